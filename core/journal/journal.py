"""The journal of one project: every commit's bytes in one crash-safe file."""

from __future__ import annotations

import contextlib
import itertools
import os
import sqlite3
import threading
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from core.errors import JournalError
from core.journal import parts
from core.journal.caretaker import Caretaker
from core.journal.compaction import Compaction, Merge, worth_it
from core.journal.disk import Disk
from core.journal.envelope import LARGEST, Envelope, Kind
from core.journal.mending import mend, mending_lock
from core.journal.notebook import Notebook
from core.journal.opening import Opened, open_file
from core.journal.reading import Follower
from core.journal.records import JournalState, Recovered, Ticket
from core.journal.reserve import Reserve
from core.journal.syncing import Syncer
from core.journal.trouble import WriteError
from core.journal.writer import Writer


class Journal(Notebook):
    """Append from the UI thread, which never touches the disk: one thread writes, another syncs.

    All methods may be called from any thread. The small facts, acknowledgements and the outbox
    are in `Notebook`.
    """

    @classmethod
    def open(cls, path: Path, *, create: bool = False, disk: Disk | None = None) -> tuple[Journal, Recovered]:
        """Open a project's file and read it; with `create`, a missing one is made.

        A damaged file is copied aside untouched and what can be read is recovered. A file or
        folder that can't be written gives a journal that is FAILING and keeps trying. Raises
        NotFound if there is no file, JournalError if it can't even be read.
        """
        opened = open_file(path, create=create, disk=disk or Disk())
        return cls(path, opened), opened.recovered

    def __init__(self, path: Path, opened: Opened) -> None:
        """Use `open`."""
        self.path = path
        """The project's file; on a network file system, this process writes a part beside it."""
        self._file = opened.file
        self._token = int.from_bytes(os.urandom(8), "big")
        self._numbers = itertools.count(1)
        self._append_lock = threading.Lock()
        self._callbacks: list[Callable[[JournalState], None]] = []
        self._loss_callbacks: list[Callable[[], None]] = []
        self._since_snapshot = [*opened.contents.since_snapshot()]
        self._compacting = threading.Lock()
        self._stop = threading.Event()
        self.reserve = Reserve(path.parent, opened.file.disk.reserve_bytes)
        self._writer = Writer(self._file, self.reserve, self._tell)
        super().__init__(opened.contents.notes, self._writer)
        self._syncer = Syncer(self._file, self._writer)
        self._caretaker = Caretaker(self._file, self.reserve, self._writer.gate)
        self._follower = Follower(self._file, self._writer, opened.contents, self._token, self)
        self._writer.on_commit = self._committed
        self._writer.on_damage = self._mend_while_open
        self._file.on_loss = self._tell_loss
        self._writer.start()
        self._syncer.start()
        self._caretaker.do(self._caretaker.keep_reserve)
        if self._file.connection is None:
            self._writer.submit(lambda connection: None)  # Finds out why, and tells.

    # Words

    def append(self, blob: bytes, *, facts: Mapping[str, str | None] | None = None) -> Ticket:
        """Queue one commit's bytes and return at once; `Ticket.wait` tells when they are in the file.

        `facts` are put in the same transaction: after a crash both are there, or neither.
        """
        if not isinstance(blob, bytes):
            raise TypeError("A journal takes bytes.")
        if len(blob) > LARGEST:
            raise JournalError("One change is larger than a project's file can hold.", todo="Split it.")
        with self._append_lock:
            row = Envelope(Kind.UPDATE, self._token, next(self._numbers), blob)
            self._count(1, len(blob))
            insert = partial(self._follower.insert, row)
            if facts:
                return self._put_with(facts, insert, len(blob))
            return self._writer.submit(insert, size=len(blob))

    def flush(self, seconds: float = 5.0) -> bool:
        """Wait until everything appended is in the file (it survives `kill -9` then)."""
        return self._writer.flush(seconds)

    def sync(self) -> bool:
        """Wait until everything appended would survive a power loss; False if the disk refuses."""
        return self.flush() and self._syncer.sync()

    def poll(self) -> list[bytes]:
        """What other processes appended since the last poll (or since opening).

        Never gives back what this process wrote. Empty on a network file system.
        """
        fresh = self._follower.poll()
        self._count(len(fresh), sum(map(len, fresh)))
        return fresh

    def read_all(self) -> list[bytes]:
        """Everything that makes up the document, snapshot first, as it is on the disk now."""
        if not self._file.shared:
            return parts.gather(self.path).blobs
        return self._follower.read_all()

    def maybe_compact(self, merge: Merge) -> None:
        """Fold many updates into a snapshot when that is worth it; returns at once.

        `merge` is called in a background thread with all blobs in order, and returns one that
        holds them all, or raises a GenkoError if some can't be taken in (nothing is deleted then).
        Call it as often as you like.
        """
        if self._file.shared and worth_it(*self._since_snapshot):
            self._caretaker.do(partial(self.compact, merge))

    def compact_if_worth_it(self, merge: Merge) -> bool:
        """The same in this thread, for who closes the journal right after; False if it was left undone."""
        return self._file.shared and worth_it(*self._since_snapshot) and self.compact(merge)

    def compact(self, merge: Merge) -> bool:
        """Fold now, in this thread; False if it was left undone."""
        if not self._file.shared or not self._compacting.acquire(blocking=False):
            return False
        try:
            self._since_snapshot = [0, 0]
            return self.flush() and Compaction(self._file, self._writer, self._stop).run(merge)
        finally:
            self._compacting.release()

    def _count(self, updates: int, size: int) -> None:
        counts = self._since_snapshot
        counts[0] += updates
        counts[1] += size

    # State

    @property
    def state(self) -> JournalState:
        """Where the newest words are."""
        return self._writer.state

    @property
    def failure(self) -> WriteError | None:
        """Why the newest words are only in memory; None when they are not."""
        return self._writer.failure

    @property
    def waiting(self) -> int:
        """How many appends are not yet in the file."""
        return self._writer.waiting

    def on_state(self, callback: Callable[[JournalState], None]) -> None:
        """Be told of changes of state, in whichever thread finds them out; be quick and don't raise.

        WRITING is told only when someone waited for a ticket in vain.
        """
        self._callbacks.append(callback)

    def on_loss(self, callback: Callable[[], None]) -> None:
        """Be told, in the writer's thread, that the file was damaged while it was open.

        What could be read is in a new file; append a whole snapshot, so that it holds everything again.
        """
        self._loss_callbacks.append(callback)

    def _tell(self, state: JournalState) -> None:
        for callback in list(self._callbacks):
            callback(state)

    def _committed(self, size: int) -> None:
        self._syncer.poke()
        self._caretaker.committed(size)

    def _mend_while_open(self) -> None:
        with mending_lock(self.path):
            mend(self.path)
        self._file.reattach()
        self._tell_loss()

    def _tell_loss(self) -> None:
        for callback in list(self._loss_callbacks):
            callback()

    def close(self, seconds: float = 5.0) -> bool:
        """Write, sync and close; False if something appended could not be written."""
        if not self.flush(seconds):
            self._stop.set()
        self._caretaker.close()
        synced = self.flush(0.0) and self._syncer.sync()
        self._syncer.close()
        self._follower.close()
        closed = self._writer.close(seconds if synced else 0.0) and synced
        if closed and not self._file.shared:
            with contextlib.suppress(sqlite3.Error, OSError):
                parts.tidy(self._file.path)
        return closed
