"""The file of the catalogue: SQLite beside the data, private, and set aside when it is damaged."""

from __future__ import annotations

import contextlib
import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

import msgspec
from msgspec.structs import replace

from core.backup.keeping.entry import Entry
from core.errors import GenkoError, NotFound
from core.paths import Paths, private_folder

SHORTEST = 4
"""Letters of an id that have to be given."""
_WAIT = 10.0
_VERSION = 1
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS backups (id TEXT PRIMARY KEY, made_at TEXT NOT NULL, entry BLOB NOT NULL)",
    "CREATE TABLE IF NOT EXISTS notes (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS strangers (name TEXT PRIMARY KEY, stamp TEXT NOT NULL)",
)


class CatalogueError(GenkoError):
    """The list of backups can't be read or written. The backups themselves are files of their own."""


class Register:
    """Rows of backups and notes. May be used by several programs; each change is one transaction.

    `fresh` says that there was none, or only a damaged one (which was set aside): what the folder of the
    backups holds has to be read again.
    """

    def __init__(self, paths: Paths) -> None:
        """Opens it, or makes it, readable by its owner alone. Raises CatalogueError."""
        self.paths = paths
        self.path = paths.backups_file
        self.fresh = not self.path.exists()
        try:
            private_folder(paths.data)
            self._connection = self._open()
        except (sqlite3.Error, OSError) as error:
            raise _refused(self.path, error) from None

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *gone: object) -> None:
        self.close()

    # reading

    def entries(self, *, trashed: bool | None = None) -> list[Entry]:
        """All of them, or only those (not) in the trash, newest first."""
        with self._told():
            rows = self._connection.execute("SELECT entry FROM backups ORDER BY made_at DESC, id DESC")
            every = [self._unpacked(row[0]) for row in rows]
        return [e for e in every if trashed is None or (e.trashed_at is not None) == trashed]

    def entry(self, wanted: str) -> Entry:
        """The one with this id, or whose id, file name or label begins so. Raises NotFound."""
        every = self.entries()
        folded = wanted.casefold()
        for fits in (
            [e for e in every if folded == e.id.casefold() or (e.path and wanted in (e.path, _name(e)))],
            [e for e in every if e.label and e.label.casefold() == folded],
            [e for e in every if len(wanted) >= SHORTEST and e.id.casefold().startswith(folded)],
            [e for e in every if len(wanted) >= SHORTEST and e.path and _name(e).startswith(wanted)],
        ):
            if len(fits) == 1:
                return fits[0]
            if fits:
                raise NotFound(f"{len(fits)} backups fit that.", todo="Name one by its id.", ambiguous=True)
        raise NotFound("There is no such backup.", todo="`genko backup list` lists them.")

    def note(self, key: str) -> str:
        """Something small that is remembered between runs; empty if it is not there."""
        with self._told():
            row = self._connection.execute("SELECT value FROM notes WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    def notes(self, prefix: str) -> dict[str, str]:
        """All whose key begins so."""
        with self._told():
            rows = self._connection.execute("SELECT key, value FROM notes").fetchall()
        return {key: value for key, value in rows if key.startswith(prefix)}

    def strangers(self) -> dict[str, str]:
        """Files in the folder that are called like backups and are none: name → size and time."""
        with self._told():
            return dict(self._connection.execute("SELECT name, stamp FROM strangers").fetchall())

    # writing

    def put(self, *entries: Entry) -> None:
        """Write them down, in place of what was known of the same ids."""
        with self._changing() as connection:
            connection.executemany(
                "INSERT INTO backups (id, made_at, entry) VALUES (?, ?, ?) "
                "ON CONFLICT (id) DO UPDATE SET made_at = excluded.made_at, entry = excluded.entry",
                [(e.id, e.made_at.astimezone(UTC).isoformat(), self._packed(e)) for e in entries],
            )

    def edit(self, entry_id: str, make: Callable[[Entry], Entry]) -> Entry:
        """Change the newest state of an entry, whoever wrote that. Raises NotFound."""
        with self._changing() as connection:
            row = connection.execute("SELECT entry FROM backups WHERE id = ?", (entry_id,)).fetchone()
            if row is None:
                raise NotFound("This backup is not in the list any more.")
            entry = make(self._unpacked(row[0]))
            connection.execute("UPDATE backups SET entry = ? WHERE id = ?", (self._packed(entry), entry_id))
        return entry

    def forget(self, entry_ids: Sequence[str]) -> None:
        """Take them off the list. The files are not touched."""
        with self._changing() as connection:
            connection.executemany("DELETE FROM backups WHERE id = ?", [(one,) for one in entry_ids])

    def remember(self, key: str, value: str) -> None:
        """See `note`; an empty value takes it away."""
        with self._changing() as connection:
            connection.execute("DELETE FROM notes WHERE key = ?", (key,))
            if value:
                connection.execute("INSERT INTO notes VALUES (?, ?)", (key, value))

    def remember_strangers(self, stamps: dict[str, str]) -> None:
        """These and no others are there now."""
        with self._changing() as connection:
            connection.execute("DELETE FROM strangers")
            connection.executemany("INSERT INTO strangers VALUES (?, ?)", list(stamps.items()))

    # inside

    def _packed(self, entry: Entry) -> bytes:
        """A file in the data folder is told from there: a copy of the folder has its own backups."""
        path, home = Path(entry.path), self.paths.data
        if entry.path and path.is_relative_to(home):
            entry = replace(entry, path=str(path.relative_to(home)))
        return msgspec.json.encode(entry)

    def _unpacked(self, raw: bytes) -> Entry:
        entry = msgspec.json.decode(raw, type=Entry)
        return replace(entry, path=str(self.paths.data / entry.path)) if entry.path else entry

    def _open(self) -> sqlite3.Connection:
        try:
            return self._connected()
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):  # busy, no room, may not be read: not damaged
                raise
        with _alone_in(self.path.parent):
            try:
                return self._connected()  # another program may have set it aside while this one waited
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError):
                    raise
            self._set_aside()
            self.fresh = True
            return self._connected()

    def _connected(self) -> sqlite3.Connection:
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600))
        connection = sqlite3.connect(self.path, timeout=_WAIT, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA synchronous = FULL")
            if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise sqlite3.DatabaseError("damaged")
            if connection.execute("PRAGMA user_version").fetchone()[0] != _VERSION:
                _make_tables(connection)
            for row in connection.execute("SELECT entry FROM backups"):
                msgspec.json.decode(row[0], type=Entry)
        except (sqlite3.Error, msgspec.MsgspecError, UnicodeDecodeError) as error:
            connection.close()
            if isinstance(error, sqlite3.Error):
                raise
            raise sqlite3.DatabaseError("damaged") from None
        return connection

    def _set_aside(self) -> None:
        """A damaged list is kept for whoever wants to look into it."""
        moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
        self.path.replace(self.path.with_name(f"{self.path.name}.damaged-{moment}"))
        for end in ("-journal", "-wal", "-shm"):
            self.path.with_name(self.path.name + end).unlink(missing_ok=True)

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        with self._told(), _transaction(self._connection):
            yield self._connection

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise _refused(self.path, error) from None


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """One program at a time sets a damaged list aside; the system lets go for one that is killed."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _make_tables(connection: sqlite3.Connection) -> None:
    with _transaction(connection):
        for statement in _SCHEMA:
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {_VERSION}")


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        with contextlib.suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _name(entry: Entry) -> str:
    return Path(entry.path).name


def _refused(path: Path, error: Exception) -> CatalogueError:
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return CatalogueError(
        f"The list of backups can't be used: {path} ({reason}).",
        safe="The backups themselves are files of their own; nothing happened to them.",
        todo="Look whether the disk is full or read-only.",
    )
