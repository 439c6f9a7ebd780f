"""A few megabytes kept beside the journals, given back to them when the disk is full."""

from __future__ import annotations

import os
import shutil
import threading
from pathlib import Path

NAME = ".reserve"


class Reserve:
    """One file for all projects of a folder, shared by all processes."""

    def __init__(self, folder: Path, size: int) -> None:
        self.path, self.size = folder / NAME, size
        self._lock = threading.Lock()
        self.released = False
        """True once this process had to free it: the disk is full, and little time is left."""

    def keep(self) -> bool:
        """Make the file if it is missing and the disk has ten times its size to spare."""
        with self._lock:
            if not self.size or not self.path.parent.is_dir() or self._is_there():
                return False
            if shutil.disk_usage(self.path.parent).free < 10 * self.size:
                return False
            made = self._write()
            self.released = self.released and not made
            return made

    def _is_there(self) -> bool:
        try:
            return self.path.stat().st_size >= self.size
        except OSError:
            return False

    def _write(self) -> bool:
        draft = self.path.with_name(f"{NAME}.{os.getpid()}-{os.urandom(4).hex()}")
        try:
            descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)
            try:
                os.fchmod(descriptor, 0o600)
                # Random bytes: a compressing file system would store zeros in no space at all.
                for _ in range(0, self.size, 1 << 20):
                    os.write(descriptor, os.urandom(min(self.size, 1 << 20)))
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            draft.rename(self.path)
        except OSError:
            return False
        finally:
            draft.unlink(missing_ok=True)
        return True

    def release(self) -> bool:
        """Delete it; True if that freed something."""
        with self._lock:
            try:
                self.path.unlink()
            except OSError:
                return False
            self.released = True
            return True
