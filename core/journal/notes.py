"""The small tables beside the updates: facts, what servers have acknowledged, the outbox."""

from __future__ import annotations

import sqlite3
import time
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from core.journal.records import OutboxItem


@dataclass
class Notes:
    """The small tables as read into memory."""

    facts: dict[str, tuple[str | None, int]] = field(default_factory=dict)
    """Value and the time it was put, in nanoseconds; None is a fact taken back."""
    acknowledged: dict[UUID, tuple[bytes, datetime]] = field(default_factory=dict)
    outbox: dict[UUID, OutboxItem] = field(default_factory=dict)
    damaged: int = 0
    """Rows whose check failed."""

    def merge(self, other: Notes) -> None:
        """Take over what `other` knows newer."""
        for key, fact in other.facts.items():
            if key not in self.facts or self.facts[key][1] < fact[1]:
                self.facts[key] = fact
        for server, answer in other.acknowledged.items():
            if server not in self.acknowledged or self.acknowledged[server][1] < answer[1]:
                self.acknowledged[server] = answer
        self.outbox.update(other.outbox)


def _proof(*columns: str | bytes | int | None) -> int:
    total = 0
    for column in columns:
        # repr keeps "1" and 1, and ("ab", "c") and ("a", "bc"), apart.
        total = zlib.crc32(repr(column).encode("utf-8", "surrogatepass"), total)
    return total


def write_fact(connection: sqlite3.Connection, key: str, value: str | None, at: int | None = None) -> None:
    """Put one fact; `at` in nanoseconds, now if None."""
    at = time.time_ns() if at is None else at
    row = (key, value, at, _proof(key, value, at))
    connection.execute("INSERT OR REPLACE INTO facts (key, value, at, proof) VALUES (?, ?, ?, ?)", row)


def write_acknowledged(connection: sqlite3.Connection, server: UUID, version: bytes, when: datetime) -> None:
    """Remember what a server says it holds."""
    columns = (str(server), version, when.isoformat())
    sql = "INSERT OR REPLACE INTO acknowledged (server, version, at, proof) VALUES (?, ?, ?, ?)"
    connection.execute(sql, (*columns, _proof(*columns)))


def write_outbox(connection: sqlite3.Connection, item: OutboxItem) -> None:
    """Queue one save."""
    columns = (
        str(item.save_id),
        item.version,
        item.frontier,
        item.blob,
        item.sha256,
        item.message,
        item.made_at.isoformat(),
        item.details,
    )
    sql = (
        "INSERT OR REPLACE INTO outbox (save_id, version, frontier, blob, sha256, message, made_at, details,"
        " proof) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
    )
    connection.execute(sql, (*columns, _proof(*columns)))


def delete_outbox(connection: sqlite3.Connection, save_id: UUID) -> None:
    """The save is through."""
    connection.execute("DELETE FROM outbox WHERE save_id = ?", (str(save_id),))


def write_notes(connection: sqlite3.Connection, notes: Notes) -> None:
    """Write all of `notes`."""
    for key, (value, at) in notes.facts.items():
        write_fact(connection, key, value, at)
    for server, (version, when) in notes.acknowledged.items():
        write_acknowledged(connection, server, version, when)
    for item in notes.outbox.values():
        write_outbox(connection, item)


def read_notes(connection: sqlite3.Connection, known: Mapping[UUID, OutboxItem] | None = None) -> Notes:
    """Read the three tables; rows with a wrong check are counted and left out. Raises sqlite3.Error.

    Queued saves in `known` are not read again: they never change, and may be large.
    """
    notes = Notes()
    read_facts_table(connection, notes)
    read_acknowledged(connection, notes)
    read_outbox(connection, notes, known)
    return notes


def read_facts_table(connection: sqlite3.Connection, notes: Notes) -> None:
    """The facts alone, into `notes`."""
    for key, value, at, proof in connection.execute("SELECT key, value, at, proof FROM facts"):
        if _proof(key, value, at) == proof:
            notes.facts[key] = (value, at)
        else:
            notes.damaged += 1


def read_acknowledged(connection: sqlite3.Connection, notes: Notes) -> None:
    """What servers hold, into `notes`."""
    for *columns, proof in connection.execute("SELECT server, version, at, proof FROM acknowledged"):
        if _proof(*columns) != proof:
            notes.damaged += 1
            continue
        server, version, at = columns
        notes.acknowledged[UUID(server)] = (version, datetime.fromisoformat(at))


def read_outbox(
    connection: sqlite3.Connection, notes: Notes, known: Mapping[UUID, OutboxItem] | None = None
) -> None:
    """The queued saves, into `notes`, but for those in `known`, which are taken as they are."""
    there = {str(save_id): item for save_id, item in (known or {}).items()}
    sql = (
        "SELECT save_id, version, frontier, blob, sha256, message, made_at, details, proof FROM outbox"
        " WHERE rowid = ?"
    )
    # From the table itself: an index could be damaged, and rows be missed.
    for row, save_id in connection.execute("SELECT rowid, save_id FROM outbox NOT INDEXED").fetchall():
        if save_id in there:
            notes.outbox[there[save_id].save_id] = there[save_id]
            continue
        for *columns, proof in connection.execute(sql, (row,)):
            if _proof(*columns) != proof:
                notes.damaged += 1
                continue
            item = _outbox_item(columns)
            notes.outbox[item.save_id] = item


def read_lease(connection: sqlite3.Connection, key: str) -> tuple[str, int] | None:
    """A fact's value and time; None if it isn't set."""
    row = connection.execute("SELECT value, at FROM facts WHERE key = ?", (key,)).fetchone()
    return (row[0], row[1]) if row and row[0] is not None else None


def _outbox_item(columns: list[Any]) -> OutboxItem:
    save_id, version, frontier, blob, sha256, message, made_at, details = columns
    return OutboxItem(
        UUID(save_id),
        version,
        blob,
        sha256,
        message,
        datetime.fromisoformat(made_at),
        frontier,
        details,
    )
