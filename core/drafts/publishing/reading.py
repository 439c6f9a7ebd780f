"""What a server has of a pack: its row, its revisions, the rows that readers see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from core.drafts.publishing import sql
from core.drafts.publishing.manifest import Manifest, PublishError, from_plain
from core.drafts.publishing.rows import TABLES, Row, rows_of, univers_row
from core.server.faults import translated

if TYPE_CHECKING:
    from core.server.connection import Connection

MOST_REVISIONS = 1000


@dataclass(frozen=True, slots=True)
class PackRow:
    """A pack that was published at least once."""

    univers_id: int
    slug: str
    revision: int
    """The number of the last thing that was done to it."""
    shown: int | None
    """The revision that is published; None: it is not."""
    is_public: bool
    owner: str


@dataclass(frozen=True, slots=True)
class Revision:
    """Something that was done to a published pack."""

    number: int
    action: str
    """publish, return, unpublish or visibility."""
    shows: int | None
    """Which revision's manifest is published from then on; None: none."""
    is_public: bool
    expected: int
    request: UUID
    content: str
    """The hash (hex) of its manifest; empty where it has none of its own."""
    author: str
    made_at: datetime


def pack_row(connection: Connection, pack: UUID, *, lock: bool = False) -> PackRow | None:
    """The pack as it stands; None if it was never published, or is another login's private one."""
    row = connection.execute(sql.LOCK_PACK if lock else sql.PACK, [pack]).fetchone()
    return None if row is None else PackRow(*row)


def revision_of(row: tuple[Any, ...]) -> Revision:
    """From a row of univers_revisions, without its manifest."""
    number, action, shows, public, expected, request, content, author, made_at, _ = row
    return Revision(number, action, shows, public, expected, request, content or "", author, made_at)


def by_request(connection: Connection, pack: UUID, request: UUID) -> Revision | None:
    """What a request has led to, if it was carried out."""
    row = connection.execute(sql.BY_REQUEST, [request, pack]).fetchone()
    return None if row is None else revision_of(row)


def revisions(connection: Connection, pack: UUID, limit: int = MOST_REVISIONS) -> list[Revision]:
    """What was done to a pack, newest first. Raises ServerError."""
    with translated():
        return [revision_of(row) for row in connection.execute(sql.REVISIONS, [pack, limit])]


def manifest_of(connection: Connection, pack: UUID, number: int) -> Manifest:
    """The manifest of a revision that published. Raises PublishError where there is none such."""
    row = connection.execute(sql.BY_NUMBER, [pack, number]).fetchone()
    if row is None or row[-1] is None:
        raise PublishError(
            f"Revision {number} published nothing that this login may see.",
            safe="What is published is as it was.",
            todo="`genko drafts revisions` lists them.",
        )
    return from_plain(row[-1], row[6] or "")


@contextmanager
def one_moment(connection: Connection) -> Iterator[None]:
    """All that is read inside is of one moment."""
    connection.execute(sql.SNAPSHOT)
    try:
        yield
    finally:
        if not connection.closed:
            connection.execute(sql.ROLLBACK)


def published_rows(connection: Connection, univers_id: int) -> dict[str, set[Row]]:
    """The rows that readers see of a pack, by table."""
    return {table.name: set(connection.execute(sql.GET[table.name], [univers_id])) for table in TABLES}


def differing(
    connection: Connection,
    found: PackRow,
    manifest: Manifest | None,
    rows: Mapping[str, Sequence[Row]] | None = None,
) -> list[str]:
    """The tables whose rows are not those that the manifest makes (None: that none are left).

    `rows` are those that it makes, if they are known already.
    """
    expected = None
    if manifest is not None:
        values = {**univers_row(manifest), "revision": found.shown, "is_public": found.is_public}
        expected = tuple(values[name] for name in sql.UNIVERS_COLUMNS)
        rows = rows_of(manifest, found.univers_id) if rows is None else rows
    row = connection.execute(sql.GET_UNIVERS, [found.univers_id]).fetchone()
    wrong = ["univers"] if row != expected else []
    there = published_rows(connection, found.univers_id)
    for table in TABLES:
        wanted = rows.get(table.name, ()) if rows is not None and manifest is not None else ()
        if there[table.name] != set(wanted):
            wrong.append(table.name)
    return wrong
