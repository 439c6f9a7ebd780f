"""A store that speaks S3: copies go up piece by piece, and are read back and compared before they count."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from core.backup.keeping.places.keys import Keys, read_keys
from core.backup.keeping.places.place import READING, SAFE, PlaceError, differs
from core.backup.keeping.wishes import KeepingWishes
from core.backup.work import StoppedError, Work

if TYPE_CHECKING:
    from obstore.store import S3Store

_UP = 5 << 20
"""Bytes of a part; a store takes none that are smaller."""
_DOWN = 1 << 20
_AT_ONCE = 4
_TODO = "It is tried again with the next backup."


class Store:
    """Copies in a bucket, under a prefix."""

    away = True

    def __init__(
        self, url: str, keys: Keys, endpoint: str = "", region: str = "", *, retries: int = 3
    ) -> None:
        """`url` is `s3://bucket/prefix`. Nothing is asked yet."""
        self.name = url
        self._keys, self._endpoint, self._region, self._retries = keys, endpoint, region, retries

    @classmethod
    def of(cls, wishes: KeepingWishes) -> Store:
        """The one that the settings name. Raises PlaceError where its keys are missing."""
        return cls(wishes.second, read_keys(Path(wishes.keys)), wishes.endpoint, wishes.region)

    def look(self) -> None:
        """See Place. A store is only asked when there is something for it."""

    def put(self, source: Path, sha256: str, work: Work) -> None:
        """See Place."""
        import obstore
        from obstore.exceptions import NotFoundError

        store = self._connected()
        with self._told(work):
            try:
                obstore.head(store, source.name)
            except (NotFoundError, FileNotFoundError):
                obstore.put(
                    store,
                    source.name,
                    _pieces(source, work),
                    use_multipart=source.stat().st_size > _UP,
                    chunk_size=_UP,
                    max_concurrency=_AT_ONCE,
                )
        self.check(source.name, sha256, work)

    def check(self, name: str, sha256: str, work: Work) -> None:
        """See Place."""
        import obstore
        from obstore.exceptions import NotFoundError

        store, digest, done = self._connected(), hashlib.sha256(), 0
        with self._told(work):
            try:
                found = obstore.get(store, name)
            except (NotFoundError, FileNotFoundError):
                raise PlaceError(f"{name} is not in {self.name} any more.", safe=SAFE) from None
            total = found.meta["size"]
            for piece in found.stream(min_chunk_size=_DOWN):
                digest.update(piece)
                done += len(piece)
                work.step(READING, done, total)
        if digest.hexdigest() != sha256:
            raise differs(name, self.name)

    def _connected(self) -> S3Store:
        from obstore.store import S3Store

        bucket, _, prefix = self.name.removeprefix("s3://").partition("/")
        wanted: dict[str, Any] = {
            "access_key_id": self._keys.key,
            "secret_access_key": self._keys.secret,
            "region": self._region or "us-east-1",
        }
        if self._keys.token:
            wanted["session_token"] = self._keys.token
        if self._endpoint:
            wanted |= {"endpoint": self._endpoint, "virtual_hosted_style_request": False}
        return S3Store(
            bucket,
            prefix=prefix or None,
            client_options={
                "allow_http": self._endpoint.startswith("http://"),
                "connect_timeout": timedelta(seconds=10),
                "timeout": timedelta(minutes=5),
            },
            retry_config={"max_retries": self._retries, "retry_timeout": timedelta(minutes=3)},
            **wanted,
        )

    @contextmanager
    def _told(self, work: Work) -> Iterator[None]:
        """What the store says may hold anything, keys too: only its kind is told."""
        from obstore.exceptions import BaseError, NotFoundError, PermissionDeniedError, UnauthenticatedError

        try:
            yield
        except (NotFoundError, FileNotFoundError):  # a file that is missing is another thing, told before
            raise PlaceError(
                f"There is no such bucket: {self.name}.",
                safe=SAFE,
                todo=f"Make it, or mend its name. {_TODO}",
            ) from None
        except (PermissionDeniedError, UnauthenticatedError, PermissionError):
            raise PlaceError(
                f"The store {self.name} does not let us in.", safe=SAFE, todo="Look at its keys."
            ) from None
        except (BaseError, OSError):
            if work.stop.is_set():
                raise StoppedError("Stopped.", safe="Nothing was changed.") from None
            raise PlaceError(
                f"The store {self.name} could not take the copy, or did not answer.", safe=SAFE, todo=_TODO
            ) from None


def _pieces(source: Path, work: Work) -> Iterator[bytes]:
    total, done = source.stat().st_size, 0
    with source.open("rb") as stream:
        while piece := stream.read(_UP):
            yield piece
            done += len(piece)
            work.step("sending to the second place", done, total)
