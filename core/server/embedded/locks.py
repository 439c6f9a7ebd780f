"""Locks of the kernel on files: a killed process leaves none behind, so nobody has to trust a pid."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Callable
from pathlib import Path

_PAUSE = 0.01


class FileLock:
    """One open file that can be locked, shared or alone, against other processes and other FileLocks."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    @property
    def held(self) -> bool:
        """Whether this object holds its lock."""
        return self._descriptor is not None

    @property
    def in_force(self) -> bool:
        """Whether it is held, and on the file that others find under its name."""
        return self._descriptor is not None and _same_file(self._descriptor, self.path)

    def fileno(self) -> int:
        """The descriptor, for a child that is to inherit the lock. Only while held."""
        if self._descriptor is None:
            raise ValueError(f"{self.path.name} is not locked")
        return self._descriptor

    def take(self, *, shared: bool = False) -> bool:
        """Take the lock if it is free now, and say whether it was. The folder has to exist."""
        operation = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB
        while True:
            descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(descriptor, operation)
            except BlockingIOError:
                os.close(descriptor)
                return False
            if _same_file(descriptor, self.path):
                self._descriptor = descriptor
                return True
            # Someone removed the folder while we waited: the lock is on a file nobody else can find.
            os.close(descriptor)

    def wait(self, seconds: float, *, shared: bool = False, stop: Callable[[], bool] = bool) -> bool:
        """Take the lock within `seconds`; False if it stayed taken, or `stop` asked to give up."""
        until = time.monotonic() + seconds
        while not self.take(shared=shared):
            if stop() or time.monotonic() > until:
                return False
            time.sleep(_PAUSE)
        return True

    def free(self) -> None:
        """Give the lock up, in children that inherited it as well. Does nothing if it isn't held."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            fcntl.flock(descriptor, fcntl.LOCK_UN)
            os.close(descriptor)

    def hand_over(self) -> None:
        """Close this process's descriptor; a child that inherited it keeps the lock while it lives."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)


def is_taken(path: Path) -> bool:
    """Whether anyone holds a lock on the file. Takes it for an instant to find out."""
    if not path.exists():
        return False
    lock = FileLock(path)
    taken = not lock.take()
    lock.free()
    return taken


def holders(path: Path) -> int | None:
    """How many shared locks are held on the file; None where the kernel doesn't tell (macOS)."""
    try:
        inode = str(path.stat().st_ino)
        table = Path("/proc/locks").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    # "1: FLOCK  ADVISORY  READ 812 fe:00:1234 0 EOF"; one that waits has "->" before FLOCK. The device
    # isn't compared: some file systems show another one here than in stat.
    rows = [line.split() for line in table.splitlines()]
    held = [row for row in rows if len(row) > 5 and row[1] == "FLOCK" and row[3] == "READ"]
    return sum(row[5].rpartition(":")[2] == inode for row in held)


def _same_file(descriptor: int, path: Path) -> bool:
    try:
        there = path.stat()
    except FileNotFoundError:
        return False
    return os.path.samestat(os.fstat(descriptor), there)
