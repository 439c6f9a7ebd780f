"""The thread that writes: takes what was appended, commits it in order, and never gives up."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from core.errors import JournalError
from core.journal.file import JournalFile
from core.journal.records import JournalState, Ticket
from core.journal.reserve import Reserve
from core.journal.schema import patiently
from core.journal.trouble import Trouble, WriteError, describe, name_trouble

Run = Callable[[sqlite3.Connection], None]
_BATCH = 500


class Declined(Exception):
    """Raised by a background step that finds it isn't wanted: no failure."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to write. Running it twice must do no harm: after a failed sync it is written again."""

    run: Run
    ticket: Ticket
    size: int = 0


class Writer:
    """Two queues: the words, and a compaction's small steps for when there are no words waiting."""

    def __init__(self, file: JournalFile, reserve: Reserve, on_state: Callable[[JournalState], None]) -> None:
        self._file, self._reserve, self._on_state = file, reserve, on_state
        self._wake = threading.Condition()
        self._queue: deque[Entry] = deque()
        self._background: deque[Entry] = deque()
        self._writing = 0
        self._unsynced: list[Entry] = []
        self._failure: WriteError | None = None
        self._sync_failed = False
        self._told = JournalState.ON_DISK
        self._closing = False
        self._give_up = False
        self._thread = threading.Thread(target=self._work, name="journal-writer", daemon=True)
        self.gate = threading.Lock()
        """Whoever holds it keeps the writer from committing: for a few milliseconds at most."""
        self.on_commit: Callable[[int], None] = lambda size: None
        """Called by the writer thread after each commit with the bytes of its rows."""
        self.on_damage: Callable[[], None] = lambda: None
        """Called by the writer thread when SQLite finds the file broken; must raise what hinders it."""

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    # For any thread

    def submit(self, run: Run, *, size: int = 0, background: bool = False) -> Ticket:
        """Queue something to write; returns at once. Raises JournalError once closed."""
        ticket = Ticket(None if background else self._late)
        with self._wake:
            if self._closing:
                raise JournalError("The project's file is closed.", todo="Open the project again.")
            (self._background if background else self._queue).append(Entry(run, ticket, size))
            self._wake.notify_all()
        return ticket

    @property
    def failure(self) -> WriteError | None:
        """Why the newest words are not on the disk; None when they are, or are on their way."""
        return self._failure

    @property
    def state(self) -> JournalState:
        """As it is at this moment. Whoever reads that it is being written will be told when it is."""
        with self._wake:
            state = self._state()
            if state is JournalState.WRITING:
                self._told = state
            return state

    def _state(self) -> JournalState:
        if self._failure is not None:
            return JournalState.FAILING
        return JournalState.WRITING if self._queue or self._writing else JournalState.ON_DISK

    @property
    def waiting(self) -> int:
        """Appends that are not yet in the file."""
        with self._wake:
            return len(self._queue) + self._writing

    def flush(self, seconds: float) -> bool:
        """Wait until everything queued is in the file."""
        with self._wake:
            return self._wake.wait_for(lambda: not self._queue and not self._writing, seconds)

    def close(self, seconds: float) -> bool:
        """Write what is queued, then end the thread; False if something could not be written in time."""
        with self._wake:
            self._closing = True
            self._wake.notify_all()
            done = self._wake.wait_for(lambda: not self._queue and not self._writing, seconds)
            self._give_up = True
            self._wake.notify_all()
        self._thread.join(seconds)
        return done and not self._thread.is_alive()

    def _late(self) -> None:
        """Someone waited in vain. Told in a thread of its own: callbacks never run in the UI's."""
        with self._wake:
            changed = self._state() is not self._told
        if changed:
            threading.Thread(target=self._tell, name="journal-late", daemon=True).start()

    def _tell(self) -> None:
        with self._wake:
            state = self._state()
            changed = state is not self._told
            self._told = state
        if changed:
            self._on_state(state)

    # For the syncing thread

    def unsynced(self) -> int:
        """How many entries are in the file and not yet synced."""
        with self._wake:
            return len(self._unsynced)

    def synced(self, count: int) -> None:
        """The first `count` unsynced entries would now survive a power loss."""
        with self._wake:
            del self._unsynced[:count]
            if self._sync_failed:
                self._sync_failed = False
                self._failure = None
        self._tell()

    def sync_failed(self, error: OSError, gone: bool) -> None:
        """After a failed sync nobody knows which bytes are on the disk: write all of them again.

        `gone`: the file was deleted or replaced, which the next commit sees to, so it's no failure.
        """
        if gone:
            self._write_again(None)
            return
        trouble = name_trouble(error, self._file.path)
        if trouble in (Trouble.FULL, Trouble.QUOTA):
            self._reserve.release()
        self._write_again(describe(trouble, self._file.path))
        self._tell()

    def _write_again(self, failure: WriteError | None) -> None:
        with self._wake:
            self._queue.extendleft(reversed(self._unsynced))
            self._unsynced.clear()
            if failure is not None:
                self._sync_failed = True
                self._failure = failure
            self._wake.notify_all()

    # The writer thread

    def _work(self) -> None:
        while self._wait_for_work():
            words = self._take()
            batch = words or [self._background.popleft()]
            try:
                with self.gate:
                    self._commit(batch)
            except Exception as error:  # noqa: BLE001 - without this thread every later word is lost
                if words and not isinstance(error, Declined):
                    self._failed(words, error)
                else:
                    batch[0].ticket.finish(error)  # A compaction's step is simply left undone.
            else:
                self._committed(batch)
        for entry in [*self._queue, *self._background]:
            entry.ticket.finish(JournalError("The project's file was closed before this was written."))
        self._file.detach()

    def _wait_for_work(self) -> bool:
        with self._wake:
            self._wake.wait_for(self._has_work)
            return not (self._give_up or (self._closing and not self._queue))

    def _has_work(self) -> bool:
        return bool(self._queue or self._background or self._closing)

    def _take(self) -> list[Entry]:
        with self._wake:
            # After a failure one by one, so that what still fits is written.
            count = min(len(self._queue), 1 if self._failure is not None else _BATCH)
            self._writing = count
            return [self._queue.popleft() for _ in range(count)]

    def _commit(self, batch: list[Entry]) -> None:
        connection = self._file.ready()
        try:
            patiently(connection, "BEGIN IMMEDIATE")
            for entry in batch:
                entry.run(connection)
            connection.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
            raise

    def _committed(self, batch: list[Entry]) -> None:
        with self._wake:
            self._writing = 0
            if not self._sync_failed:
                self._failure = None
            if self._file.shared:
                self._unsynced.extend(batch)
            self._wake.notify_all()
        for entry in batch:
            entry.ticket.finish()
        if self._told is not JournalState.ON_DISK:
            self._tell()
        self.on_commit(sum(entry.size for entry in batch))

    def _failed(self, words: list[Entry], error: Exception) -> None:
        trouble = Trouble.BROKEN
        if isinstance(error, sqlite3.Error | OSError):
            trouble = name_trouble(error, self._file.path)
        freed = trouble in (Trouble.FULL, Trouble.QUOTA) and self._reserve.release()
        if trouble is Trouble.DAMAGED:
            freed = self._mend()
        with self._wake:
            self._queue.extendleft(reversed(words))
            self._writing = 0
        if freed:
            return
        with self._wake:
            self._failure = describe(trouble, self._file.path)
        self._tell()
        with self._wake:
            self._wake.wait_for(lambda: self._give_up, self._file.disk.retry_after)

    def _mend(self) -> bool:
        try:
            self.on_damage()
        except Exception:  # noqa: BLE001 - as in _work; it is tried again
            return False
        return True
