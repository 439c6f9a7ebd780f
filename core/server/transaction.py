"""The SQL of a save: one transaction, as few round trips as it can be."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, LiteralString
from uuid import UUID

from psycopg import Cursor as PsycopgCursor
from psycopg import errors

from core.server.connection import Connection
from core.server.exchange import SavePackage
from core.server.pages import PageChanges
from core.server.records import RecordChanges
from core.server.splitting import Counts
from core.story import Frontier, Json, Version

Cursor = PsycopgCursor[tuple[Any, ...]]

BATCH = 1000
"""Rows of pages or records sent in one statement."""


@dataclass(frozen=True, slots=True)
class Locked:
    """What the server said once the project's row was ours."""

    held: Version
    number: int
    title: str
    saved: tuple[int, datetime] | None
    """Number and time of this very save, if it is there already."""


@dataclass(frozen=True, slots=True)
class StoredUpdate:
    """An update as the server gives it."""

    update_id: int
    blob: bytes
    good: bool
    """Whether the bytes fit their checksum."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a save brings to the server."""

    package: SavePackage
    number: int
    part: int
    blob: bytes
    covers: Version
    held: Version
    frontier: Frontier
    title: str
    meta: dict[str, Json] | None
    """None: as it is."""
    counts: Counts
    pages: PageChanges
    records: RecordChanges
    saved: tuple[int, datetime] | None
    """As in Locked: its version is written already, only operations are missing."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What the server said after COMMIT."""

    held: Version
    server_id: UUID
    saved_at: datetime
    number: int


class Transaction:
    """A save under way on one connection, which is in autocommit mode and idle.

    Whoever gets an exception out of it must close the connection: that is the rollback.
    """

    def __init__(self, connection: Connection, project_id: UUID) -> None:
        self._connection = connection
        self._project_id = project_id

    def begin(self, save_id: UUID) -> Locked:
        """Lock the project's row, making it if it isn't there."""
        locked = self._lock(save_id, _BEGIN)
        if locked is None:
            # Two machines may do this at once; the second waits here for the first one's COMMIT.
            locked = self._lock(save_id, _NEW_PROJECT, [self._project_id])
        if locked is None:
            raise errors.InsufficientPrivilege("the project's row can be made, but not read")
        return locked

    def _lock(self, save_id: UUID, first: LiteralString, values: Sequence[UUID] = ()) -> Locked | None:
        with self._connection.pipeline():
            self._connection.execute(first, values)
            row = self._connection.execute(_LOCK, [self._project_id])
            saved = self._connection.execute(_SAVED, [save_id, self._project_id])
            found, already = row.fetchone(), saved.fetchone()
        if found is None:
            return None
        held, number, title = found
        when = None if already is None else (int(already[0]), already[1])
        return Locked(Version(bytes(held)), number, title, when)

    def all_updates(self) -> list[tuple[int, Version]]:
        """Every update of the project: (id, what it covers)."""
        return all_updates(self._connection, self._project_id)

    def fetch(self, update_ids: Sequence[int]) -> list[StoredUpdate]:
        """The bytes of these updates, checked."""
        return fetch_updates(self._connection, self._project_id, update_ids)

    def page_rows(self) -> list[tuple[str, Decimal, bytes]]:
        """Key, position and SHA-256 of the text of each page row."""
        rows = self._connection.execute(_PAGE_ROWS, [self._project_id])
        return [(key, position, bytes(digest)) for key, position, digest in rows]

    def record_rows(self) -> list[tuple[str, str, Decimal, Json]]:
        """Section, id, position and content of each record row."""
        rows = self._connection.execute(_RECORD_ROWS, [self._project_id])
        return [(section, key, position, content) for section, key, position, content in rows]

    def next_part(self, save_id: UUID) -> int:
        """A free part number for another update under a save's id."""
        row = self._connection.execute(_NEXT_PART, [save_id]).fetchone()
        return int(row[0]) if row else 0

    def commit(self, written: Written) -> Confirmed:
        """Write, COMMIT, and read back what the server holds: one round trip."""
        with self._connection.pipeline():
            self._update(written)
            self._pages(written.pages)
            self._records(written.records)
            # A save that is there already lacked operations only (see Locked.saved).
            version = self._version(written) if written.saved is None else None
            self._project(written)
            self._connection.execute(_COMMIT)
            confirmed = self._connection.execute(_READ_BACK, [self._project_id])
            held, server_id = _only(confirmed.fetchone())
            saved_at = version.fetchone() if version else written.saved
        return Confirmed(Version(bytes(held)), server_id, _only(saved_at)[-1], written.number)

    def give_back(self, saved: tuple[int, datetime]) -> Confirmed:
        """End without a change: this save is there already."""
        with self._connection.pipeline():
            self._connection.execute(_COMMIT)
            confirmed = self._connection.execute(_READ_BACK, [self._project_id])
            held, server_id = _only(confirmed.fetchone())
        return Confirmed(Version(bytes(held)), server_id, saved[1], saved[0])

    def _update(self, written: Written) -> None:
        if not written.blob:
            return
        package = written.package
        digest = hashlib.sha256(written.blob).digest()
        values = [self._project_id, package.save_id, written.part, written.covers, digest, written.blob]
        self._connection.execute(_ADD_UPDATE, values)

    def _pages(self, changes: PageChanges) -> None:
        if changes.removed:
            self._connection.execute(_REMOVE_PAGES, [self._project_id, changes.removed])
        for start in range(0, len(changes.rows), BATCH):
            rows = changes.rows[start : start + BATCH]
            values = [
                self._project_id,
                [row.key for row in rows],
                [row.position for row in rows],
                [row.text for row in rows],
                [json.dumps(row.content, ensure_ascii=False) for row in rows],
            ]
            self._connection.execute(_PUT_PAGES, values)

    def _records(self, changes: RecordChanges) -> None:
        if changes.removed:
            sections, keys = zip(*changes.removed, strict=True)
            self._connection.execute(_REMOVE_RECORDS, [self._project_id, list(sections), list(keys)])
        for start in range(0, len(changes.rows), BATCH):
            rows = changes.rows[start : start + BATCH]
            values = [
                self._project_id,
                [row.section for row in rows],
                [row.record_id for row in rows],
                [row.position for row in rows],
                [row.content for row in rows],
            ]
            self._connection.execute(_PUT_RECORDS, values)

    def _version(self, written: Written) -> Cursor:
        values = [
            self._project_id,
            written.number,
            written.package.save_id,
            written.package.message,
            written.frontier,
            written.counts.pages,
            written.counts.words,
            len(written.blob),
            len(written.pages),
            len(written.records),
        ]
        return self._connection.execute(_ADD_VERSION, values)

    def _project(self, written: Written) -> None:
        meta = None if written.meta is None else json.dumps(written.meta, ensure_ascii=False)
        statistics = json.dumps(written.counts.as_json())
        values = [written.held, written.number, written.title, meta, statistics, self._project_id]
        self._connection.execute(_PUT_PROJECT, values)


def all_updates(connection: Connection, project_id: UUID) -> list[tuple[int, Version]]:
    """Every update of a project, in the order they came: (id, what it covers)."""
    rows = connection.execute(_ALL_UPDATES, [project_id])
    return [(int(key), Version(bytes(end))) for key, end in rows]


def fetch_updates(connection: Connection, project_id: UUID, update_ids: Sequence[int]) -> list[StoredUpdate]:
    """The bytes of these updates in their order, each compared with its checksum."""
    found = connection.execute(_FETCH, [project_id, list(update_ids)], binary=True)
    return [
        StoredUpdate(int(key), bytes(blob), hashlib.sha256(blob).digest() == bytes(digest))
        for key, digest, blob in found
    ]


def _only(row: tuple[Any, ...] | None) -> tuple[Any, ...]:
    """A row that must be there; its absence is the server's refusal to show it."""
    if row is None:
        raise errors.InsufficientPrivilege("what was written can't be read back")
    return row


# Whatever the server's default is: after the lock, each statement must see what others committed.
_BEGIN = "BEGIN ISOLATION LEVEL READ COMMITTED"
_COMMIT = "COMMIT"
_NEW_PROJECT = "INSERT INTO projects (project_id) VALUES (%s) ON CONFLICT DO NOTHING"
_LOCK = "SELECT held, save_number, title FROM projects WHERE project_id = %s FOR UPDATE"
_SAVED = "SELECT number, saved_at FROM versions WHERE save_id = %s AND project_id = %s"
_ALL_UPDATES = "SELECT update_id, covers FROM updates WHERE project_id = %s ORDER BY update_id"
_FETCH = """
SELECT update_id, sha256, blob FROM updates WHERE project_id = %s AND update_id = ANY(%s) ORDER BY update_id
"""
_PAGE_ROWS = "SELECT page_key, position, sha256(convert_to(text, 'UTF8')) FROM pages WHERE project_id = %s"
_RECORD_ROWS = "SELECT section, record_id, position, content FROM records WHERE project_id = %s"
_NEXT_PART = "SELECT coalesce(max(part) + 1, 0) FROM updates WHERE save_id = %s"
_ADD_UPDATE = """
INSERT INTO updates (project_id, save_id, part, covers, sha256, blob)
VALUES (%s, %s, %s, %s, %s, %s)
"""
_REMOVE_PAGES = "DELETE FROM pages WHERE project_id = %s AND page_key = ANY(%s)"
_PUT_PAGES = """
INSERT INTO pages AS old (project_id, page_key, position, text, content)
SELECT %s, new.* FROM unnest(%s::text[], %s::numeric[], %s::text[], %s::jsonb[]) AS new
ON CONFLICT (project_id, page_key) DO UPDATE
SET position = excluded.position, text = excluded.text, content = excluded.content
"""
_REMOVE_RECORDS = """
DELETE FROM records WHERE project_id = %s
AND (section, record_id) IN (SELECT gone.* FROM unnest(%s::text[], %s::text[]) AS gone)
"""
_PUT_RECORDS = """
INSERT INTO records AS old (project_id, section, record_id, position, content)
SELECT %s, new.* FROM unnest(%s::text[], %s::text[], %s::numeric[], %s::jsonb[]) AS new
ON CONFLICT (project_id, section, record_id) DO UPDATE
SET position = excluded.position, content = excluded.content
"""
_ADD_VERSION = """
INSERT INTO versions (project_id, number, save_id, message, frontier, pages, words,
                      update_bytes, pages_changed, records_changed)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s) RETURNING saved_at
"""
_PUT_PROJECT = """
UPDATE projects SET held = %s, save_number = %s, title = %s, meta = coalesce(%s::jsonb, meta),
                    statistics = %s::jsonb, updated_by = SESSION_USER
WHERE project_id = %s
"""
_READ_BACK = "SELECT held, server_id FROM projects, server_identity WHERE project_id = %s"
