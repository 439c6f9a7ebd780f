"""Published media in a folder that only its owner can read."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import stat
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from core.atomic import sync_file, sync_folder
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
from core.hashing import hash_of
from core.paths import private_folder
from core.work import Work

NAME = re.compile(r"[0-9a-f]{64}\.[0-9a-z]{1,5}\Z")
_NEW = ".new-"
_PIECE = 1 << 18
_STALE = 3600.0
"""Seconds after which an unfinished file is nobody's: its program was killed."""
_AT_ONCE = 1024
_BYTES_AT_ONCE = 256 << 20
"""Files, and bytes, that are written before the disk is waited for."""
_WAITERS = 4


@dataclass(slots=True)
class _New:
    """A file that is written and has no name that counts yet."""

    sending: Sending
    path: Path


class MediaFolder:
    """One folder, made when it is needed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def name(self) -> str:
        """See MediaPlace."""
        return str(self.folder)

    def put(self, files: Iterable[Sending], work: Work) -> int:
        """See MediaPlace."""
        wanted = list(files)
        total, done, sent = sum(one.size for one in wanted), 0, 0
        with self._told():
            self._ready()
            for batch in _batches(wanted):
                missing = []
                for one in batch:
                    work.step(SENDING, done, total)
                    if self._is_whole(one.name, one.sha256, one.size):
                        done += one.size
                    else:
                        missing.append(one)
                done = self._write(missing, work, done, total)
                sent += sum(one.size for one in missing)
            work.step(SENDING, total, total)
        return sent

    def check(self, name: str, sha256: str, work: Work) -> None:
        """See MediaPlace."""
        path = self.folder / name
        try:
            found = hash_of(path, work, READING)
        except FileNotFoundError:
            raise gone(name, self.name) from None
        except OSError as error:
            raise _unreadable(path, error) from None
        if found != sha256:
            raise differs(name, self.name)

    def read(self, name: str) -> Iterator[bytes]:
        """See MediaPlace."""
        try:
            descriptor = os.open(self.folder / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        except FileNotFoundError:
            raise gone(name, self.name) from None
        except OSError as error:
            raise _unreadable(self.folder / name, error) from None
        with open(descriptor, "rb", buffering=0) as stream:
            while piece := stream.read(_PIECE):
                yield piece

    def held(self) -> Iterator[Held]:
        """See MediaPlace."""
        try:
            with os.scandir(self.folder) as entries:
                for entry in entries:
                    if NAME.match(entry.name) and entry.is_file(follow_symlinks=False):
                        facts = entry.stat(follow_symlinks=False)
                        yield Held(entry.name, facts.st_size, facts.st_mtime)
        except FileNotFoundError:
            return
        except OSError as error:
            raise _unreadable(self.folder, error) from None

    def remove(self, name: str) -> None:
        """See MediaPlace."""
        if NAME.match(name):
            with self._told(), contextlib.suppress(FileNotFoundError):
                (self.folder / name).unlink()

    def sweep(self) -> None:
        """Take away what killed programs left unfinished."""
        now = time.time()
        with contextlib.suppress(OSError), os.scandir(self.folder) as found:
            for entry in found:
                if entry.name.startswith(_NEW) and now - entry.stat(follow_symlinks=False).st_mtime > _STALE:
                    os.unlink(entry.path)

    def _ready(self) -> None:
        if self.folder.is_symlink():
            raise MediaPlaceError(
                f"The folder of published media is a link: {self.folder}.",
                safe=SAFE,
                todo="Put a folder there in its place, or name the real one in the settings.",
            )
        private_folder(self.folder)
        self.sweep()

    def _is_whole(self, name: str, sha256: str, size: int) -> bool:
        """Whether the file is there with the bytes of its name; what is not is written anew."""
        path = self.folder / name
        try:
            facts = path.lstat()
            if not stat.S_ISREG(facts.st_mode) or facts.st_size != size:
                return False
            with path.open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest() == sha256
        except FileNotFoundError:
            return False

    def _write(self, files: Sequence[Sending], work: Work, done: int, total: int) -> int:
        """Write, wait for the disk, read back, name: in that order, so that a name always means all of it.

        Gives `done` with their bytes added.
        """
        new: list[_New] = []
        try:
            for one in files:
                work.step(SENDING, done, total)
                new.append(self._copied(one))
                done += one.size
            work.step(SENDING, done, total)
            with ThreadPoolExecutor(_WAITERS) as waiters:
                for _ in waiters.map(self._finish, new):
                    work.step(SENDING, done, total)
            for file in new:
                file.path.replace(self.folder / file.sending.name)
            if new:
                sync_folder(self.folder)
        finally:
            for file in new:
                file.path.unlink(missing_ok=True)
        return done

    def _finish(self, file: _New) -> None:
        """In a thread: the disk takes several at once as fast as one."""
        descriptor = os.open(file.path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            sync_file(descriptor)
        finally:
            os.close(descriptor)
        if hash_of(file.path, Work(), READING) != file.sending.sha256:
            raise differs(file.sending.name, self.name)

    def _copied(self, sending: Sending) -> _New:
        descriptor, made = tempfile.mkstemp(prefix=_NEW, dir=self.folder)
        path = Path(made)
        try:
            with open(descriptor, "wb", buffering=0) as stream:
                _copy(sending, stream.fileno())
                if hasattr(os, "posix_fadvise"):  # the disk begins now, before it is waited for
                    os.posix_fadvise(stream.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return _New(sending, path)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            room = error.errno in (errno.ENOSPC, errno.EDQUOT)
            reason = "there is no room left" if room else error.strerror or "it is gone"
            raise MediaPlaceError(
                f"The folder of published media can't be used: {self.folder} ({reason}).",
                safe=SAFE,
                todo="Make room, and publish again." if room else "Look at its disk and its rights.",
            ) from None


def _batches(files: Sequence[Sending]) -> Iterator[list[Sending]]:
    batch: list[Sending] = []
    size = 0
    for one in files:
        batch.append(one)
        size += one.size
        if len(batch) == _AT_ONCE or size > _BYTES_AT_ONCE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _copy(sending: Sending, target: int) -> None:
    """Copy, and make sure that it is what it is called. Raises MediaPlaceError for an altered source."""
    digest = hashlib.sha256()
    try:
        source = os.open(sending.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        raise altered(sending.name) from None
    try:
        while piece := os.read(source, _PIECE):
            digest.update(piece)
            rest = memoryview(piece)
            while rest:
                rest = rest[os.write(target, rest) :]
    finally:
        os.close(source)
    if digest.hexdigest() != sending.sha256:
        raise altered(sending.name)


def _unreadable(path: Path, error: OSError) -> MediaPlaceError:
    return MediaPlaceError(f"{path} can't be read ({error.strerror or error}).", safe=SAFE)
