"""The SQL of a save: one transaction, as few round trips as it can be."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from time import perf_counter
from typing import Any, LiteralString
from uuid import UUID

from psycopg import Cursor as PsycopgCursor
from psycopg import errors

from core.server import sql
from core.server.connection import Connection
from core.server.exchange import Brought, SavePackage
from core.server.pages import PageChanges, PageRow
from core.server.records import RecordChanges, RecordRow
from core.story import Frontier, Json, Version, clean_text

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
    kind: str
    meta: dict[str, Json] | None
    """None: as it is."""
    statistics: dict[str, int]
    pages: PageChanges
    records: RecordChanges
    again: bool
    """Its version is there already, only operations are missing."""


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What the server said after COMMIT."""

    held: Version
    server_id: UUID
    saved_at: datetime
    number: int
    committed: float
    """As in SaveResult."""


class Transaction:
    """A save under way on one connection, which is in autocommit mode and idle.

    Whoever gets an exception out of it must close the connection: that is the rollback.
    """

    def __init__(self, connection: Connection, project_id: UUID) -> None:
        self._connection = connection
        self._project_id = project_id

    def begin(self, save_id: UUID) -> Locked:
        """Lock the project's row, making it if it isn't there."""
        locked = self._lock(save_id, sql.BEGIN)
        if locked is None:
            # Two machines may do this at once; the second waits here for the first one's COMMIT.
            locked = self._lock(save_id, sql.NEW_PROJECT, [self._project_id])
        if locked is None:
            raise errors.InsufficientPrivilege("the project's row can be made, but not read")
        return locked

    def _lock(self, save_id: UUID, first: LiteralString, values: Sequence[UUID] = ()) -> Locked | None:
        with self._connection.pipeline():
            self._connection.execute(first, values)
            row = self._connection.execute(sql.LOCK, [self._project_id])
            saved = self._connection.execute(sql.SAVED, [save_id, self._project_id])
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
        rows = self._connection.execute(sql.PAGE_ROWS, [self._project_id])
        return [(key, position, bytes(digest)) for key, position, digest in rows]

    def record_rows(self) -> list[tuple[str, str, Decimal, Json]]:
        """Section, id, position and content of each record row."""
        rows = self._connection.execute(sql.RECORD_ROWS, [self._project_id])
        return [(section, key, position, content) for section, key, position, content in rows]

    def next_part(self, save_id: UUID) -> int:
        """A free part number for another update under a save's id."""
        row = self._connection.execute(sql.NEXT_PART, [save_id]).fetchone()
        return int(row[0]) if row else 0

    def commit(self, written: Written, found: Locked) -> Confirmed:
        """Write under the lock, COMMIT, and read back what the server holds: one round trip."""
        with self._connection.pipeline():
            self._pages(written.pages)
            self._records(written.records)
            version = self._write(written, found.held, found.number, PageChanges())
            self._connection.execute(sql.COMMIT)
            confirmed = self._connection.execute(sql.READ_BACK, [self._project_id])
            held, server_id = _only(confirmed.fetchone())
            saved_at = found.saved[1] if found.saved else _only(version.fetchone())[0]
        return Confirmed(Version(bytes(held)), server_id, saved_at, written.number, perf_counter())

    def commit_at_once(self, written: Written, held: Version, number: int) -> Confirmed | None:
        """Lock, write and COMMIT in one statement, if the project still is as (`held`, `number`) say.

        None, and nothing written, when it is not: somebody else saved, or the server was restored.
        Only for what `fits_at_once`.
        """
        try:
            version = self._write(written, held, number, written.pages).fetchone()
        except (errors.UniqueViolation, errors.SerializationFailure):
            return None  # this very save is there already, or another one got in between
        if version is None:
            return None
        committed = perf_counter()
        held_now, server_id = _only(self._connection.execute(sql.READ_BACK, [self._project_id]).fetchone())
        return Confirmed(Version(bytes(held_now)), server_id, version[0], written.number, committed)

    def bring(self, brought: Sequence[Brought], found: Locked) -> int:
        """Add what imports bring, under the lock; gives the number of the last version then."""
        from core.server.bringing import bring

        return bring(self._connection, self._project_id, brought, found.number)

    def give_back(self, saved: tuple[int, datetime], number: int | None = None) -> Confirmed:
        """End without another save: this one is there already. `number`: of what an import has brought."""
        with self._connection.pipeline():
            if number is not None:
                self._connection.execute(sql.NUMBER, [number, self._project_id])
            self._connection.execute(sql.COMMIT)
            confirmed = self._connection.execute(sql.READ_BACK, [self._project_id])
            held, server_id = _only(confirmed.fetchone())
        return Confirmed(Version(bytes(held)), server_id, saved[1], saved[0], perf_counter())

    def _pages(self, changes: PageChanges) -> None:
        if changes.removed:
            self._connection.execute(sql.REMOVE_PAGES, [self._project_id, changes.removed])
        for start in range(0, len(changes.rows), BATCH):
            rows = pages_json(changes.rows[start : start + BATCH])
            self._connection.execute(sql.PUT_PAGES, [self._project_id, rows])

    def _records(self, changes: RecordChanges) -> None:
        if changes.removed:
            sections, keys = zip(*changes.removed, strict=True)
            self._connection.execute(sql.REMOVE_RECORDS, [self._project_id, list(sections), list(keys)])
        for start in range(0, len(changes.rows), BATCH):
            rows = records_json(changes.rows[start : start + BATCH])
            self._connection.execute(sql.PUT_RECORDS, [self._project_id, rows])

    def _write(self, written: Written, held: Version, number: int, pages: PageChanges) -> Cursor:
        package = written.package
        meta = None if written.meta is None else json.dumps(written.meta, ensure_ascii=False)
        statistics = json.dumps(written.statistics)
        project = [written.held, written.number, written.title, written.kind, meta, statistics]
        condition = [self._project_id, held, number]
        digest = hashlib.sha256(written.blob).digest()
        update = [package.save_id, written.part, written.covers, digest, written.blob, bool(written.blob)]
        version = [written.number, package.save_id, clean_text(package.message).text, written.frontier]
        counts = [written.statistics["pages"], written.statistics["words"], len(written.blob)]
        changed = [len(written.pages), len(written.records), not written.again]
        values = [*project, *condition, *update, pages_json(pages.rows), *version, *counts, *changed]
        return self._connection.execute(sql.WRITE, values)


def fits_at_once(written: Written) -> bool:
    """Whether a save is of the plain kind: operations and changed pages, nothing removed, no records."""
    return not written.records and not written.pages.removed and len(written.pages) <= BATCH


def pages_json(rows: Sequence[PageRow]) -> str:
    """The rows as one JSON array."""
    return json.dumps(
        [
            {"key": row.key, "position": str(row.position), "text": row.text, "content": row.content}
            for row in rows
        ],
        ensure_ascii=False,
    )


def records_json(rows: Sequence[RecordRow]) -> str:
    """The rows as one JSON array."""
    return json.dumps(
        [
            {
                "section": row.section,
                "record_id": row.record_id,
                "position": str(row.position),
                "content": json.loads(row.content),
            }
            for row in rows
        ],
        ensure_ascii=False,
    )


def all_updates(connection: Connection, project_id: UUID) -> list[tuple[int, Version]]:
    """Every update of a project, in the order they came: (id, what it covers)."""
    rows = connection.execute(sql.ALL_UPDATES, [project_id])
    return [(int(key), Version(bytes(end))) for key, end in rows]


def fetch_updates(connection: Connection, project_id: UUID, update_ids: Sequence[int]) -> list[StoredUpdate]:
    """The bytes of these updates in their order, each compared with its checksum."""
    found = connection.execute(sql.FETCH, [project_id, list(update_ids)], binary=True)
    return [
        StoredUpdate(int(key), bytes(blob), hashlib.sha256(blob).digest() == bytes(digest))
        for key, digest, blob in found
    ]


def _only(row: tuple[Any, ...] | None) -> tuple[Any, ...]:
    """A row that must be there; its absence is the server's refusal to show it."""
    if row is None:
        raise errors.InsufficientPrivilege("what was written can't be read back")
    return row
