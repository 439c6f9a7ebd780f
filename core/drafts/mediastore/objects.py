"""Published media in a bucket of an S3-compatible store: private there, compared on both ends."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager

from core.bucket import PART, Bucket, BucketError, Keys, NotInBucket
from core.drafts.mediastore.folder import NAME
from core.drafts.mediastore.place import (
    READING,
    SAFE,
    SENDING,
    Held,
    MediaPlaceError,
    Sending,
    altered,
    differs,
    gone,
)
from core.work import StoppedError, Work

_AT_ONCE = 8
"""Files on their way at a time."""


class MediaBucket:
    """Below a prefix. Nothing of it is opened to the world: that is for whoever owns the bucket to do."""

    def __init__(
        self, url: str, keys: Keys, endpoint: str = "", region: str = "", *, retries: int = 3
    ) -> None:
        """`url` is `s3://bucket/prefix`. Nothing is asked yet."""
        self.name = url
        # The store itself refuses what did not arrive as it was sent.
        self._bucket = Bucket(url, keys, endpoint, region, retries=retries, checksums=True)

    def put(self, files: Iterable[Sending], work: Work) -> int:
        """See MediaPlace. Each is read back before it counts, those that were there as well."""
        wanted = list(files)
        total, done, sent = sum(one.size for one in wanted), 0, 0
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            tasks: set[Future[tuple[int, int]]] = {pool.submit(self._put_one, one, work) for one in wanted}
            try:
                while tasks:
                    work.step(SENDING, done, total)
                    ready, tasks = wait(tasks, timeout=0.2, return_when=FIRST_EXCEPTION)
                    for task in ready:
                        size, moved = task.result()
                        done, sent = done + size, sent + moved
            finally:
                for task in tasks:
                    task.cancel()
        work.step(SENDING, total, total)
        return sent

    def check(self, name: str, sha256: str, work: Work) -> None:
        """See MediaPlace."""
        digest, done = hashlib.sha256(), 0
        for piece in self.read(name):
            digest.update(piece)
            done += len(piece)
            work.step(READING, done, 0)
        if digest.hexdigest() != sha256:
            raise differs(name, self.name)

    def read(self, name: str) -> Iterator[bytes]:
        """See MediaPlace."""
        with self._told():
            try:
                yield from self._bucket.read(name)
            except NotInBucket:
                raise gone(name, self.name) from None

    def held(self) -> Iterator[Held]:
        """See MediaPlace."""
        with self._told():
            for one in self._bucket.names():
                name = one.name.rpartition("/")[2]
                if NAME.match(name):
                    yield Held(name, one.size, one.changed.timestamp())

    def remove(self, name: str) -> None:
        """See MediaPlace."""
        if NAME.match(name):
            with self._told():
                self._bucket.remove(name)

    def _put_one(self, sending: Sending, work: Work) -> tuple[int, int]:
        """Gives its size and how much of it was sent. In a thread of its own, which tells nobody."""
        _go_on(work)
        quiet = Work(stop=work.stop)
        with self._told(work):
            if self._bucket.size(sending.name) == sending.size and self._is_whole(sending, quiet):
                return sending.size, 0
            self._bucket.put(sending.name, _pieces(sending, work), sending.size)
        self.check(sending.name, sending.sha256, quiet)
        return sending.size, sending.size

    def _is_whole(self, sending: Sending, work: Work) -> bool:
        try:
            self.check(sending.name, sending.sha256, work)
        except MediaPlaceError:
            return False
        return True

    @contextmanager
    def _told(self, work: Work | None = None) -> Iterator[None]:
        try:
            yield
        except BucketError as error:
            if work is not None:
                _go_on(work)
            todo = {"bucket": "Make it, or mend its name.", "refused": "Look at its keys."}
            raise MediaPlaceError(
                error.what, safe=SAFE, todo=todo.get(error.why, "Publish again when it answers.")
            ) from None


def _go_on(work: Work) -> None:
    if work.stop.is_set():
        raise StoppedError("Stopped.", safe=SAFE)


def _pieces(sending: Sending, work: Work) -> Iterator[bytes]:
    """The file's bytes, the last of them only when all are what they are called."""
    digest = hashlib.sha256()
    try:
        with sending.path.open("rb") as stream:
            piece = stream.read(PART)
            while piece:
                _go_on(work)
                digest.update(piece)
                following = stream.read(PART)
                if not following and digest.hexdigest() != sending.sha256:
                    raise altered(sending.name)
                yield piece
                piece = following
    except OSError:
        raise altered(sending.name) from None
