"""The journal of one project: every commit's bytes in one crash-safe file."""

from __future__ import annotations

import itertools
import os
import sqlite3
import threading
import time
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from uuid import UUID

from core.errors import JournalError, NotFound
from core.journal.contents import Contents, read_contents
from core.journal.disk import Disk
from core.journal.envelope import LARGEST, Envelope, Kind
from core.journal.file import JournalFile, identity
from core.journal.notes import delete_outbox, write_acknowledged, write_fact, write_outbox
from core.journal.records import JournalState, OutboxItem, Recovered, Ticket
from core.journal.reserve import Reserve
from core.journal.syncing import Syncer
from core.journal.trouble import WriteError
from core.journal.writer import Writer


class Journal:
    """Append from the UI thread, which never touches the disk: a thread writes, another syncs.

    All methods may be called from any thread.
    """

    @classmethod
    def open(cls, path: Path, *, create: bool = False, disk: Disk | None = None) -> tuple[Journal, Recovered]:
        """Open a project's file and read it; with `create`, a missing one is made.

        Raises NotFound if there is none, JournalError if it can't even be read.
        """
        disk = disk or Disk()
        if identity(path) is None and not create:
            raise NotFound(f"There is no project file at {path}.", todo="Check the path.")
        file = JournalFile(path, disk, shared=True)
        try:
            contents = read_contents(file.attach())
        except (sqlite3.Error, OSError) as error:
            raise JournalError(f"The project's file can't be opened: {path} ({error}).") from error
        blobs, total = contents.needed()
        return cls(file, contents), Recovered(blobs, total, len(blobs))

    def __init__(self, file: JournalFile, contents: Contents) -> None:
        """Use `open`."""
        self._file = file
        self._token = int.from_bytes(os.urandom(8), "big")
        self._numbers = itertools.count(1)
        self._append_lock = threading.Lock()
        self._notes = contents.notes
        self._notes_lock = threading.Lock()
        self._seen = max([contents.highest, *contents.updates])
        self._reader: sqlite3.Connection | None = None
        self._read_lock = threading.Lock()
        self._data_version = -1
        self._callbacks: list[Callable[[JournalState], None]] = []
        self.reserve = Reserve(file.path.parent, file.disk.reserve_bytes)
        self._writer = Writer(file, self.reserve, self._tell)
        self._syncer = Syncer(file, self._writer)
        self._writer.on_commit = self._syncer.poke
        self._writer.start()
        self._syncer.start()

    # Words

    @property
    def path(self) -> Path:
        """The file."""
        return self._file.path

    def append(self, blob: bytes) -> Ticket:
        """Queue one commit's bytes and return at once; `Ticket.wait` tells when they are in the file."""
        if len(blob) > LARGEST:
            raise JournalError("One change is larger than a project's file can hold.", todo="Split it.")
        with self._append_lock:
            row = Envelope(Kind.UPDATE, self._token, next(self._numbers), blob)
            return self._writer.submit(partial(_insert_update, row.pack()))

    def flush(self, seconds: float = 5.0) -> bool:
        """Wait until everything appended is in the file (survives `kill -9`)."""
        return self._writer.flush(seconds)

    def sync(self) -> bool:
        """Wait until everything appended would survive a power loss; False if the disk refuses."""
        return self.flush() and self._syncer.sync()

    def poll(self) -> list[bytes]:
        """What other processes appended since the last poll (or since opening)."""
        with self._read_lock:
            if self._reader is None:
                self._reader = self._file.reader()
            (version,) = self._reader.execute("PRAGMA data_version").fetchone()
            if version == self._data_version:
                return []
            self._data_version = version
            contents = read_contents(self._reader)
            with self._notes_lock:
                self._notes.merge(contents.notes)
            fresh = sorted(id_ for id_ in contents.updates if id_ > self._seen)
            self._seen = max([self._seen, *fresh])
            return [contents.updates[i].payload for i in fresh if contents.updates[i].token != self._token]

    def read_all(self) -> list[bytes]:
        """Everything that makes up the document, snapshot first, as it is in the file now."""
        with self._read_lock:
            if self._reader is None:
                self._reader = self._file.reader()
            return read_contents(self._reader).needed()[0]

    def maybe_compact(self, merge: Callable[[list[bytes]], bytes]) -> None:
        """Fold many updates into a snapshot, in the background, when that is worth it."""

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
        """Be told of changes of state, in whichever thread finds them out; be quick and don't raise."""
        self._callbacks.append(callback)

    def _tell(self, state: JournalState) -> None:
        for callback in list(self._callbacks):
            callback(state)

    # Small facts

    def get(self, key: str) -> str | None:
        """A fact as it was last put (or last seen by `poll`)."""
        with self._notes_lock:
            return self._notes.facts.get(key, (None, 0))[0]

    def put(self, key: str, value: str | None) -> Ticket:
        """Set a fact; None takes it back."""
        with self._notes_lock:
            newest = self._notes.facts.get(key, (None, 0))[1]
            at = max(newest + 1, time.time_ns())
            self._notes.facts[key] = (value, at)
        return self._writer.submit(lambda c: write_fact(c, key, value, at))

    def acknowledged(self, server: UUID) -> bytes | None:
        """The version that this server has said it holds."""
        with self._notes_lock:
            found = self._notes.acknowledged.get(server)
        return found[0] if found else None

    def acknowledge(self, server: UUID, version: bytes, when: datetime) -> Ticket:
        """Remember what a server says it holds; `when` needs a time zone."""
        with self._notes_lock:
            self._notes.acknowledged[server] = (version, when)
        return self._writer.submit(lambda c: write_acknowledged(c, server, version, when))

    def queue_save(self, item: OutboxItem) -> Ticket:
        """Put a save in the outbox: wait for the ticket before sending it."""
        with self._notes_lock:
            self._notes.outbox[item.save_id] = item
        return self._writer.submit(lambda c: write_outbox(c, item))

    def queued_saves(self) -> list[OutboxItem]:
        """Saves not yet acknowledged, oldest first."""
        with self._notes_lock:
            return sorted(self._notes.outbox.values(), key=lambda item: item.made_at)

    def finish_save(self, save_id: UUID) -> Ticket:
        """The server has it: take it out of the outbox."""
        with self._notes_lock:
            self._notes.outbox.pop(save_id, None)
        return self._writer.submit(lambda c: delete_outbox(c, save_id))

    def close(self, seconds: float = 5.0) -> bool:
        """Write, sync and close; False if something appended could not be written."""
        written = self.flush(seconds) and self._syncer.sync()
        self._syncer.close()
        with self._read_lock:
            if self._reader is not None:
                self._reader.close()
                self._reader = None
        return self._writer.close(seconds) and written


def _insert_update(body: bytes, connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO updates (body) VALUES (?)", (body,))
