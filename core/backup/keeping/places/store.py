"""A store that speaks S3: copies go up piece by piece, and are read back and compared before they count."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from core.backup.keeping.places.keys import Keys, read_keys
from core.backup.keeping.places.place import READING, SAFE, PlaceError, differs
from core.backup.keeping.wishes import KeepingWishes
from core.backup.work import StoppedError, Work
from core.bucket import PART, Bucket, BucketError, NotInBucket

_TODO = "It is tried again with the next backup."


class Store:
    """Copies in a bucket, under a prefix."""

    away = True

    def __init__(
        self, url: str, keys: Keys, endpoint: str = "", region: str = "", *, retries: int = 3
    ) -> None:
        """`url` is `s3://bucket/prefix`. Nothing is asked yet."""
        self.name = url
        self._bucket = Bucket(url, keys, endpoint, region, retries=retries)

    @classmethod
    def of(cls, wishes: KeepingWishes) -> Store:
        """The one that the settings name. Raises PlaceError where its keys are missing."""
        return cls(wishes.second, read_keys(Path(wishes.keys)), wishes.endpoint, wishes.region)

    def look(self) -> None:
        """See Place. A store is only asked when there is something for it."""

    def put(self, source: Path, sha256: str, work: Work) -> None:
        """See Place."""
        with self._told(work):
            if self._bucket.size(source.name) is None:
                self._bucket.put(source.name, _pieces(source, work), source.stat().st_size)
        self.check(source.name, sha256, work)

    def check(self, name: str, sha256: str, work: Work) -> None:
        """See Place."""
        digest, done = hashlib.sha256(), 0
        with self._told(work):
            total = self._bucket.size(name) or 0
            try:
                for piece in self._bucket.read(name):
                    digest.update(piece)
                    done += len(piece)
                    work.step(READING, done, total)
            except NotInBucket:
                raise PlaceError(f"{name} is not in {self.name} any more.", safe=SAFE) from None
        if digest.hexdigest() != sha256:
            raise differs(name, self.name)

    @contextmanager
    def _told(self, work: Work) -> Iterator[None]:
        try:
            yield
        except BucketError as error:
            if work.stop.is_set():
                raise StoppedError("Stopped.", safe="Nothing was changed.") from None
            raise _sentence(error, self.name) from None


def _sentence(error: BucketError, name: str) -> PlaceError:
    if error.why == "bucket":
        return PlaceError(error.what, safe=SAFE, todo=f"Make it, or mend its name. {_TODO}")
    if error.why == "refused":
        return PlaceError(error.what, safe=SAFE, todo="Look at its keys.")
    return PlaceError(f"The store {name} could not take the copy, or did not answer.", safe=SAFE, todo=_TODO)


def _pieces(source: Path, work: Work) -> Iterator[bytes]:
    total, done = source.stat().st_size, 0
    with source.open("rb") as stream:
        while piece := stream.read(PART):
            yield piece
            done += len(piece)
            work.step("sending to the second place", done, total)
