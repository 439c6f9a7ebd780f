"""The tables of a journal file, and how a connection to one is opened."""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from pathlib import Path
from urllib.parse import quote

from core.atomic import give_new_name, sync_folder
from core.journal.connection import Connection

APPLICATION_ID = 0x474E4B4F  # "GNKO"
FORMAT = 1
"""Stands in user_version. A file with a higher one was made by a newer Genko, if its tables differ as well:
whoever raises it must change their text, a comment in it will do (a flipped bit changes only the number)."""

# AUTOINCREMENT: without it ids restart after a compaction, and another process sees nothing new.
# The checks of small rows are CRC-32 over their other columns; `body` proves itself (envelope.py).
TABLES = """
CREATE TABLE updates (id INTEGER PRIMARY KEY AUTOINCREMENT, body BLOB NOT NULL);
CREATE TABLE pieces (id INTEGER PRIMARY KEY AUTOINCREMENT, body BLOB NOT NULL);
CREATE TABLE facts (key TEXT PRIMARY KEY, value TEXT, at INTEGER NOT NULL, proof INTEGER NOT NULL);
CREATE TABLE acknowledged (
    server TEXT PRIMARY KEY, version BLOB NOT NULL, at TEXT NOT NULL, proof INTEGER NOT NULL);
CREATE TABLE outbox (
    save_id TEXT PRIMARY KEY, version BLOB NOT NULL, frontier BLOB NOT NULL, blob BLOB NOT NULL,
    sha256 BLOB NOT NULL, message TEXT NOT NULL, made_at TEXT NOT NULL, details TEXT NOT NULL,
    proof INTEGER NOT NULL);
"""

_STATEMENTS = frozenset(statement.strip() for statement in TABLES.split(";")) - {""}
BUSY_CODES = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_NAP = 0.0002


def address(path: Path, query: str) -> str:
    """A SQLite URI; `quote` keeps ? and # in folder names from being read as its syntax."""
    return f"file:{quote(str(path.absolute()))}?{query}"


def is_busy(error: sqlite3.Error) -> bool:
    """Whether someone else holds the lock just now."""
    return isinstance(error, sqlite3.OperationalError) and (
        getattr(error, "sqlite_errorcode", 0) & 0xFF in BUSY_CODES
    )


def patiently(connection: sqlite3.Connection, sql: str, seconds: float = 5.0) -> sqlite3.Cursor:
    """Run one statement, waiting for a lock in naps of 0.2 ms.

    SQLite's own busy handler sleeps up to 100 ms at a time, which a typist would feel.
    """
    end = time.monotonic() + seconds
    while True:
        try:
            return connection.execute(sql)
        except sqlite3.OperationalError as error:
            if not is_busy(error) or time.monotonic() > end:
                raise
        time.sleep(_NAP)


def connect(path: Path, *, shared: bool = True) -> sqlite3.Connection:
    """Open an existing journal for writing.

    `shared`: write-ahead log, for a local disk. Otherwise the file is this process's own, on a disk
    whose locks can't be trusted: no locks, a rollback journal, each commit synced. Raises sqlite3.Error.
    """
    query = "mode=rw" if shared else "mode=rw&nolock=1"
    connection = sqlite3.connect(
        address(path, query),
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=0,
        factory=Connection,
    )
    try:
        _settle(connection, shared)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _settle(connection: sqlite3.Connection, shared: bool) -> None:
    patiently(connection, f"PRAGMA journal_mode={'WAL' if shared else 'TRUNCATE'}").fetchone()
    # NORMAL syncs only around checkpoints; the log itself is synced by syncing.py.
    connection.execute(f"PRAGMA synchronous={'NORMAL' if shared else 'FULL'}")
    connection.execute("PRAGMA wal_autocheckpoint=0")
    # Rows that a compaction has deleted may still be read out of a damaged file.
    connection.execute("PRAGMA secure_delete=OFF")
    connection.execute("PRAGMA cell_size_check=ON")
    connection.execute("PRAGMA trusted_schema=OFF")
    if sys.platform == "darwin":
        connection.execute("PRAGMA fullfsync=ON")
        connection.execute("PRAGMA checkpoint_fullfsync=ON")


def has_our_tables(connection: sqlite3.Connection) -> bool:
    """Whether a file's tables are those of FORMAT, to the letter. Raises sqlite3.Error."""
    sql = "SELECT sql FROM sqlite_master WHERE sql NOT NULL AND name NOT LIKE 'sqlite!_%' ESCAPE '!'"
    return {text for (text,) in connection.execute(sql)} == _STATEMENTS


def create_file(path: Path, *, shared: bool = True) -> bool:
    """Make an empty journal, whole from its first moment; False if one was there already.

    It is made under another name and then linked, so that nobody ever sees half a file, and it
    is closed to other users whatever the umask. Raises OSError, sqlite3.Error.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}-{os.urandom(4).hex()}.new")
    try:
        write_empty(draft, shared=shared)
        return publish(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def write_empty(path: Path, *, shared: bool) -> None:
    """A new file at `path` with the tables in it, mode 0600, synced."""
    descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600)
    try:
        os.fchmod(descriptor, 0o600)
    finally:
        os.close(descriptor)
    connection = sqlite3.connect(path, isolation_level=None, factory=Connection)
    try:
        connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={FORMAT}")
        connection.executescript(f"BEGIN;{TABLES}COMMIT;")
        if shared:
            connection.execute("PRAGMA journal_mode=WAL").fetchone()
    finally:
        connection.close()


def publish(draft: Path, path: Path) -> bool:
    """Give a finished file its name, unless the name is taken; then sync the folder. Raises OSError."""
    if not give_new_name(draft, path):
        return False
    sync_folder(path.parent)
    return True
