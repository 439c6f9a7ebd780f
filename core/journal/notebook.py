"""The journal's small facts: kept in memory, written by the same thread and as safely as words."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from uuid import UUID

from core.journal.notes import Notes, delete_outbox, write_acknowledged, write_fact, write_outbox
from core.journal.records import OutboxItem, Ticket
from core.journal.writer import Writer


class Notebook:
    """Facts, acknowledged versions and the outbox. Reading is from memory."""

    def __init__(self, notes: Notes, writer: Writer) -> None:
        self._notes, self._pen = notes, writer
        self._notes_lock = threading.Lock()

    def get(self, key: str) -> str | None:
        """A fact as it was last put here, or by another process up to the last poll."""
        with self._notes_lock:
            return self._notes.facts.get(key, (None, 0))[0]

    def names(self, prefix: str) -> list[str]:
        """The facts whose names begin so."""
        with self._notes_lock:
            facts = self._notes.facts.items()
            return [key for key, (value, _) in facts if key.startswith(prefix) and value is not None]

    def put(self, key: str, value: str | None) -> Ticket:
        """Set a fact; None takes it back. Keys that begin with ~ are the journal's own."""
        value = None if value is None else storable(value)
        with self._notes_lock:
            # Never older than what it replaces, even if the clock was set back.
            at = max(self._notes.facts.get(key, (None, 0))[1] + 1, time.time_ns())
            self._notes.facts[key] = (value, at)
            return self._pen.submit(lambda c: write_fact(c, key, value, at))

    def put_all(self, facts: Mapping[str, str | None]) -> Ticket:
        """Set several facts at once: after a crash, all of them are there or none."""
        return self._put_with(facts, lambda c: None, 0)

    def _put_with(
        self, facts: Mapping[str, str | None], also: Callable[[sqlite3.Connection], None], size: int
    ) -> Ticket:
        """Set facts in one transaction with something else."""
        stored = {key: None if value is None else storable(value) for key, value in facts.items()}
        with self._notes_lock:
            rows = []
            for key, value in stored.items():
                at = max(self._notes.facts.get(key, (None, 0))[1] + 1, time.time_ns())
                self._notes.facts[key] = (value, at)
                rows.append((key, value, at))
            return self._pen.submit(partial(_write_all, also, rows), size=size)

    def acknowledged(self, server: UUID) -> bytes | None:
        """The version that this server has said it holds."""
        with self._notes_lock:
            found = self._notes.acknowledged.get(server)
            return found[0] if found else None

    def acknowledge(self, server: UUID, version: bytes, when: datetime) -> Ticket:
        """Remember what a server says it holds; `when` needs a time zone."""
        with self._notes_lock:
            self._notes.acknowledged[server] = (version, when)
            return self._pen.submit(lambda c: write_acknowledged(c, server, version, when))

    def acknowledged_at(self, server: UUID) -> datetime | None:
        """When this server last said what it holds."""
        with self._notes_lock:
            found = self._notes.acknowledged.get(server)
            return found[1] if found else None

    def queue_save(self, item: OutboxItem) -> Ticket:
        """Put a save in the outbox: wait for the ticket before sending it."""
        item = replace(item, message=storable(item.message), details=storable(item.details))
        with self._notes_lock:
            self._notes.outbox[item.save_id] = item
            return self._pen.submit(lambda c: write_outbox(c, item), size=len(item.blob))

    def queued_saves(self) -> list[OutboxItem]:
        """Saves not yet acknowledged, oldest first."""
        with self._notes_lock:
            return sorted(self._notes.outbox.values(), key=lambda item: item.made_at)

    def finish_save(self, save_id: UUID) -> Ticket:
        """The server has it: take it out of the outbox."""
        with self._notes_lock:
            self._notes.outbox.pop(save_id, None)
            return self._pen.submit(lambda c: delete_outbox(c, save_id))

    def take_over(self, read: Callable[[Mapping[UUID, OutboxItem]], Notes]) -> bool:
        """Bring in what other processes wrote; False if own writes are on their way, which `read` lacks.

        `read` is told which queued saves are known here.
        """
        with self._notes_lock:
            if self._pen.waiting:
                return False
            there = read(self._notes.outbox)
            self._notes.outbox = there.outbox
            self._notes.merge(there)
            return True


def _write_all(
    also: Callable[[sqlite3.Connection], None],
    rows: list[tuple[str, str | None, int]],
    connection: sqlite3.Connection,
) -> None:
    also(connection)
    for key, value, at in rows:
        write_fact(connection, key, value, at)


def storable(text: str) -> str:
    """SQLite's text is UTF-8, which has no lone surrogates: they become question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")
