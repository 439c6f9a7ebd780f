"""Where an archive's bytes go: counted and summed up, with a sentence for what the disk refuses."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path
from typing import BinaryIO

from core.backup.archive.errors import ArchiveError, NoRoom
from core.backup.archive.parts import PartFile, cant_write


class Sink:
    """A file that does not count yet, or a stream that can't seek. Raises ArchiveError."""

    def __init__(self, target: Path | BinaryIO, part: PartFile | None, expected: int) -> None:
        self._target, self._part, self._expected = target, part, expected
        self._digest = hashlib.sha256()
        self.size = 0
        if part is not None and isinstance(target, Path):
            _refuse_small(target, expected)

    @property
    def sha256(self) -> str:
        """Of all bytes so far, in hex."""
        return self._digest.hexdigest()

    def put(self, data: bytes) -> None:
        """All of it."""
        try:
            self._write(data)
        except OSError as error:
            raise self._refused(error) from error
        self._digest.update(data)
        self.size += len(data)

    def flush(self) -> None:
        """A stream's own buffer is empty."""
        try:
            if not isinstance(self._target, Path):
                self._target.flush()
        except OSError as error:
            raise self._refused(error) from error

    def _write(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            if self._part is not None:
                taken: int | None = os.write(self._part.descriptor, rest)
            else:
                assert not isinstance(self._target, Path)
                taken = self._target.write(rest)
            rest = rest[len(rest) if taken is None else taken :]

    def _refused(self, error: OSError) -> ArchiveError:
        if isinstance(self._target, Path):
            return cant_write(self._target, error, max(0, self._expected - self.size))
        if error.errno == errno.EPIPE:
            return ArchiveError("Whoever was to take the backup has gone.", safe="It is not whole.")
        return ArchiveError(f"The backup can't be handed on: {error.strerror}.", safe="It is not whole.")


def _refuse_small(target: Path, expected: int) -> None:
    """Raise NoRoom when the disk has less room than is needed, before anything is written."""
    try:
        found = os.statvfs(target.parent)
    except OSError:
        return
    free = found.f_bavail * found.f_frsize
    if expected > free > 0:
        missing = expected - free
        raise NoRoom(
            f"There is no room for the backup in {target.parent}: about {-(-missing // 1_000_000):,} MB "
            "more are needed.",
            missing=missing,
        )
