"""The slow chores of an open journal, in a thread of their own: checkpoints, compaction, the reserve."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress

from core.journal.file import JournalFile
from core.journal.reserve import Reserve

CHECKPOINT_AT = 4 << 20
"""Bytes of log that are worth a checkpoint."""


class Caretaker:
    """Runs one chore at a time; a chore never makes the writer wait."""

    def __init__(self, file: JournalFile, reserve: Reserve, gate: threading.Lock) -> None:
        self._file, self._reserve, self._gate = file, reserve, gate
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="journal-chores")
        self._since_checkpoint = 0
        self._closed = False

    def committed(self, size: int) -> None:
        """Called by the writer after each commit of `size` bytes of rows."""
        # A commit writes whole pages: the row's leaf, the counter's page, and what overflows.
        self._since_checkpoint += 2 * 4096 + size
        if self._since_checkpoint > CHECKPOINT_AT and self._file.shared:
            self._since_checkpoint = 0
            self.do(self.checkpoint)

    def do(self, chore: Callable[[], object]) -> None:
        """Queue a chore."""
        if not self._closed:
            with suppress(RuntimeError):  # Closing just now: then it isn't needed any more.
                self._pool.submit(chore)

    def checkpoint(self) -> None:
        """Move the log's pages into the file, so that the log can start over.

        Most of it is moved while the writer goes on; the last few pages while it is held, because
        the log starts over only when all are moved, and someone may be typing without a pause.
        """
        with suppress(sqlite3.Error, OSError), closing(self._file.reader()) as connection:
            for _ in range(2):
                connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            with self._gate:
                connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()

    def keep_reserve(self) -> None:
        """Make the reserve if it is missing and there is room."""
        with suppress(OSError):
            self._reserve.keep()

    def close(self) -> None:
        """Finish what is queued, then end the thread."""
        self._closed = True
        self._pool.shutdown(wait=True)
