"""Reads a project's facts for a list, without opening its file for writing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from core.errors import JournalError
from core.journal import parts
from core.journal.connection import connect_for_reading
from core.journal.file import identity, log_path
from core.journal.notes import Notes, read_facts_table
from core.journal.schema import BUSY_CODES, address

_PATIENCE = 5.0
"""Seconds: the last program that closes a file has it alone until the disk has all of it."""


def read_facts(path: Path) -> dict[str, str]:
    """The facts of the project at `path`: title, pages, words, …; nothing is written or created.

    Raises JournalError if there is no such file or it can't be read.
    """
    notes = Notes()
    try:
        for file in (path, *parts.find(path)):
            _read(file, notes)
    except (sqlite3.Error, OSError) as error:
        raise JournalError(
            f"The project's file can't be read: {path} ({error}).", todo="Open it: Genko then mends it."
        ) from error
    return {
        key: value for key, (value, _) in notes.facts.items() if value is not None and not key.startswith("~")
    }


def _read(path: Path, notes: Notes) -> None:
    # With no log beside it the file is whole by itself, and SQLite needs no shared memory for it.
    query = "mode=ro" if identity(log_path(path)) else "mode=ro&immutable=1"
    try:
        notes.merge(_facts_at(address(path, query)))
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in _NO_SHARED_MEMORY | BUSY_CODES:
            raise
        notes.merge(_facts_at(address(path, "mode=ro&immutable=1")))  # perhaps not the newest, each proven


def _facts_at(uri: str) -> Notes:
    found = Notes()
    with closing(connect_for_reading(uri, _PATIENCE)) as connection:
        read_facts_table(connection, found)
    return found


_NO_SHARED_MEMORY = frozenset(
    {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY}
)
"""What SQLite says where the disk has no room for the memory that readers of a log share."""
