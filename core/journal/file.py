"""The journal's file while it is open: its connections, its identity, and what to do when it vanishes."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

from core.atomic import sync_folder
from core.journal.connection import Connection
from core.journal.contents import Contents, read_contents
from core.journal.disk import Disk
from core.journal.notes import write_notes
from core.journal.schema import connect, create_file, patiently, publish, write_empty

Identity = tuple[int, int]


def identity(path: Path) -> Identity | None:
    """Device and inode of what stands at `path` now; None if nothing does."""
    try:
        found = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found.st_dev, found.st_ino


def log_path(path: Path) -> Path:
    """The write-ahead log of a journal."""
    return path.with_name(path.name + "-wal")


class JournalFile:
    """Owns the writing connection (used by the writer thread only) and makes reading ones.

    Never open the main file with plain `open()` while a connection is up: closing that
    descriptor would drop SQLite's locks on it for the whole process (POSIX locks do that).
    """

    def __init__(self, path: Path, disk: Disk, *, shared: bool) -> None:
        self.path, self.disk, self.shared = path, disk, shared
        self.connection: sqlite3.Connection | None = None
        self.serial = 0
        """Grows each time another file takes this one's place."""
        self.on_loss: Callable[[], None] = lambda: None
        """Called by the writer thread when a file was left of which not everything could be taken along."""
        self.identity: Identity | None = None
        """Which file the writing connection has open."""
        self._log: int | None = None
        self._log_lock = threading.Lock()

    def attach(self) -> sqlite3.Connection:
        """Open for writing, making the file if there is none. Raises sqlite3.Error, OSError."""
        if identity(self.path) is None:
            create_file(self.path, shared=self.shared)
        # Asked before: where another file takes its place meanwhile, the next commit goes over to that one.
        found = identity(self.path)
        connection = connect(self.path, shared=self.shared)
        with contextlib.suppress(PermissionError):
            os.chmod(self.path, 0o600)
        # The log exists once something was read.
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        self.identity = found
        self.connection = connection
        self.serial += 1
        self._forget_log()
        return connection

    def ready(self) -> sqlite3.Connection:
        """The writing connection, on the file that stands at the path now."""
        if self.connection is None:
            return self.attach()
        if self.has_moved():
            return self._move_over()
        return self.connection

    def has_moved(self) -> bool:
        """Whether another file, or none, stands at the path now."""
        return identity(self.path) != self.identity

    def reader(self) -> sqlite3.Connection:
        """Another connection, for reading in any thread. Raises sqlite3.Error."""
        return connect(self.path, shared=self.shared)

    def _move_over(self) -> sqlite3.Connection:
        """The file was deleted or replaced: what we hold open still has every word; take it along."""
        old = self.connection
        assert old is not None
        try:
            held = read_contents(old, everything=True)
            lost = not held.is_whole()
        except sqlite3.DatabaseError:
            # It was broken, and another process has mended it: what that one saved is there.
            held, lost = Contents(), True
        if identity(self.path) is None:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            draft = self.path.with_name(f".{self.path.name}.{os.getpid()}-{os.urandom(4).hex()}.new")
            try:
                write_contents(draft, held, shared=self.shared)
                publish(draft, self.path)
            finally:
                draft.unlink(missing_ok=True)
        add_missing(self.reattach(), held)
        if lost:
            self.on_loss()
        assert self.connection is not None
        return self.connection

    def reattach(self) -> sqlite3.Connection:
        """Go over to the file that stands at the path now. Raises sqlite3.Error, OSError."""
        old = self.connection
        new = self.attach()
        if old is not None:
            # SQLite notices that this one is no longer at its path, and leaves the new one's log alone.
            with contextlib.suppress(sqlite3.Error):
                old.close()
        return new

    def sync(self) -> None:
        """Make every commit so far survive a power loss. Raises OSError."""
        if not self.shared:
            return  # Its commits are synced one by one.
        with self._log_lock:
            if self._log is None:
                self._log = os.open(log_path(self.path), os.O_RDWR | os.O_CLOEXEC)
                sync_folder(self.path.parent)
            self.disk.sync(self._log)

    def _forget_log(self) -> None:
        with self._log_lock:
            if self._log is not None:
                os.close(self._log)
            self._log = None

    def detach(self) -> None:
        """Close; the last process out folds the log into the file."""
        self._forget_log()
        if self.connection is not None:
            with contextlib.suppress(sqlite3.Error):
                self.connection.close()
            self.connection = None


def write_contents(path: Path, contents: Contents, *, shared: bool) -> None:
    """A new journal at `path` with all of `contents`, synced. Ids stay. Raises OSError, sqlite3.Error."""
    write_empty(path, shared=False)
    connection = sqlite3.connect(path, isolation_level=None, factory=Connection)
    try:
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("BEGIN")
        for table, rows in (("updates", contents.updates), ("pieces", contents.pieces)):
            packed = ((id_, envelope.pack()) for id_, envelope in sorted(rows.items()))
            connection.executemany(f"INSERT INTO {table} (id, body) VALUES (?, ?)", packed)  # noqa: S608
        # Ids go on where they were, even if no row is left: a snapshot covers all that are lower.
        connection.execute("DELETE FROM sqlite_sequence WHERE name = 'updates'")
        top = max([contents.highest, *contents.updates])
        connection.execute("INSERT INTO sqlite_sequence (name, seq) VALUES ('updates', ?)", (top,))
        write_notes(connection, contents.notes)
        connection.execute("COMMIT")
        if shared:
            connection.execute("PRAGMA journal_mode=WAL").fetchone()
    finally:
        connection.close()


def add_missing(connection: sqlite3.Connection, held: Contents) -> None:
    """Append what `held` needs and the file behind `connection` lacks.

    A snapshot comes in as an update: what it covers is told in ids of the file it comes from.
    Raises sqlite3.Error.
    """
    patiently(connection, "BEGIN IMMEDIATE")
    try:
        there = read_contents(connection, everything=True, in_transaction=True)
        known = {row.key for row in there.updates.values()}
        missing = [(row.pack(),) for row in held.as_updates() if row.key not in known]
        connection.executemany("INSERT INTO updates (body) VALUES (?)", missing)
        notes = held.notes
        notes.merge(there.notes)
        write_notes(connection, notes)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
