"""The thread that syncs: within 0.1 s after a commit its bytes survive a power loss."""

from __future__ import annotations

import threading

from core.journal.file import JournalFile
from core.journal.writer import Writer


class Syncer:
    """Syncs the log itself, without a checkpoint, so that no append waits for the disk."""

    def __init__(self, file: JournalFile, writer: Writer) -> None:
        self._file, self._writer = file, writer
        self._wake = threading.Event()
        self._closing = threading.Event()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._work, name="journal-sync", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def poke(self) -> None:
        """There is something new to sync."""
        self._wake.set()

    def sync(self) -> bool:
        """Sync now; False if that failed (the writer then tells why, and writes again)."""
        with self._lock:
            count, serial = self._writer.unsynced(), self._file.serial
            if not count:
                return True
            try:
                self._file.sync()
            except OSError as error:
                self._writer.sync_failed(error, self._file.serial != serial or self._is_gone())
                return False
            self._writer.synced(count)
            return True

    def _is_gone(self) -> bool:
        try:
            return self._file.has_moved()
        except OSError:
            return False  # The folder can't be asked either: the disk is in trouble, not the name.

    def close(self) -> None:
        """End the thread."""
        self._closing.set()
        self._wake.set()
        self._thread.join()

    def _work(self) -> None:
        while not self._closing.is_set():
            self._wake.wait()
            self._wake.clear()
            self._closing.wait(self._file.disk.sync_after)
            while not self.sync() and not self._closing.wait(self._file.disk.retry_after):
                pass
