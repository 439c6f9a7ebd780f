"""The one transaction that makes another revision the current one: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from uuid import UUID

from psycopg import errors

from core.drafts.publishing import sql
from core.drafts.publishing.manifest import Manifest, PublishError, content_hash, to_json
from core.drafts.publishing.reading import (
    PackRow,
    Revision,
    by_request,
    differing,
    manifest_of,
    pack_row,
    published_rows,
)
from core.drafts.publishing.rows import TABLES, Row, rows_of, univers_row

if TYPE_CHECKING:
    from core.server.connection import Connection

BATCH = 2000
"""Rows of one statement."""
SAFE = "What is published is as it was."


class Superseded(PublishError):
    """Somebody else has published in the meantime."""


@dataclass(frozen=True, kw_only=True)
class Request:
    """Something to do to a published pack, once, whatever happens on the way."""

    pack: UUID
    id: UUID
    """The same request sent again has the same."""
    expected: int
    """The last revision that whoever asks has seen; 0: none."""
    action: str
    """publish, return, unpublish or visibility."""
    public: bool | None = None
    """None: as it is."""
    manifest: Manifest | None = None
    """What to publish."""
    back_to: int | None = None
    """The revision to return to."""


@dataclass(frozen=True)
class Carried:
    """What came of a request."""

    revision: Revision
    pack: PackRow
    again: bool = False
    """It had been carried out before."""
    written: Mapping[str, int] = field(default_factory=dict)
    """How many rows of each table were written or removed."""
    manifest: Manifest | None = None
    """What is published now."""
    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    """What readers see of it."""


def carry_out(connection: Connection, request: Request) -> Carried:
    """Do it, on a connection in autocommit mode. Whoever gets an exception out of it closes the connection.

    Raises Superseded, PublishError, psycopg.Error.
    """
    connection.execute(sql.BEGIN)
    try:
        return _in_transaction(connection, request)
    except PublishError:
        connection.execute(sql.ROLLBACK)
        raise
    except errors.UniqueViolation as error:
        connection.execute(sql.ROLLBACK)
        raise _taken(error) from None


def _in_transaction(connection: Connection, request: Request) -> Carried:
    found = _locked(connection, request)
    before = by_request(connection, request.pack, request.id)
    if before is not None:
        connection.execute(sql.ROLLBACK)
        return Carried(_same(before, request), found, again=True)
    if found.revision != request.expected:
        raise superseded(found.revision, request.expected)
    manifest, shows = _wanted(connection, request, found)
    public = found.is_public if request.public is None else request.public
    if found.is_public and not public and found.owner != connection.info.user:
        raise PublishError("Only the login that published it first can make it private.", safe=SAFE)
    slug = manifest.slug if manifest is not None else found.slug
    after = PackRow(found.univers_id, slug, found.revision + 1, shows, public, found.owner)
    revision = _add_revision(connection, request, after)
    connection.execute(sql.CHANGE_PACK, [slug, after.revision, shows, public, request.pack])
    if not public:
        connection.execute(sql.CLOSE_DRAFT, [request.pack])
    rows = rows_of(manifest, after.univers_id) if manifest is not None else {}
    written = _write(connection, request.pack, after, manifest, rows)
    wrong = differing(connection, after, manifest, rows)
    if wrong:
        raise PublishError(f"The server did not keep what was sent: {', '.join(wrong)}.", safe=SAFE)
    connection.execute(sql.COMMIT)
    return Carried(revision, after, written=written, manifest=manifest, rows=rows)


def _locked(connection: Connection, request: Request) -> PackRow:
    connection.execute(sql.LOCK_REQUESTS, [str(request.pack)])
    if request.manifest is not None:
        new = [request.pack, request.manifest.slug, bool(request.public)]
        connection.execute(sql.NEW_PACK, new)
    found = pack_row(connection, request.pack, lock=True)
    if found is None:
        raise not_ours()
    return found


def _wanted(connection: Connection, request: Request, found: PackRow) -> tuple[Manifest | None, int | None]:
    """What is to be current, and the revision that it is of."""
    if request.action == "publish":
        return request.manifest, found.revision + 1
    if request.action == "return" and request.back_to is not None:
        return manifest_of(connection, request.pack, request.back_to), request.back_to
    if request.action == "visibility" and found.shown is not None:
        return manifest_of(connection, request.pack, found.shown), found.shown
    return None, None


def _add_revision(connection: Connection, request: Request, after: PackRow) -> Revision:
    text = to_json(request.manifest) if request.manifest is not None else None
    content = content_hash(text) if text is not None else ""
    values = [request.pack, after.revision, request.action, after.shown, after.is_public]
    values += [request.expected, request.id, text, content or None]
    row = connection.execute(sql.ADD_REVISION, values).fetchone()
    if row is None:
        raise PublishError("The server did not take the revision.", safe=SAFE)
    return Revision(
        *(after.revision, request.action, after.shown, after.is_public, request.expected),
        *(request.id, content, row[0], row[1]),
    )


def _write(
    connection: Connection,
    pack: UUID,
    after: PackRow,
    manifest: Manifest | None,
    rows: Mapping[str, Sequence[Row]],
) -> dict[str, int]:
    """Make the rows those of the manifest, touching only what differs."""
    if manifest is None:
        return {"univers": connection.execute(sql.REMOVE_UNIVERS, [after.univers_id]).rowcount}
    connection.execute(sql.NAME_MEDIA, [pack, list(manifest.files())])
    values = {**univers_row(manifest), "revision": after.shown, "is_public": after.is_public}
    head = [after.univers_id, pack, after.owner]
    connection.execute(sql.PUT_UNIVERS, [*head, *(values[name] for name in sql.UNIVERS_COLUMNS)])
    written = {"univers": 1}
    there = published_rows(connection, after.univers_id)
    for table in reversed(TABLES):  # what belongs to an asset goes before the asset
        kept = {table.key_of(row) for row in rows[table.name]}
        gone = [row for row in there[table.name] if table.key_of(row) not in kept]
        written[table.name] = len(gone)
        if gone:
            connection.execute(sql.REMOVE[table.name], [after.univers_id, table.as_json(gone)])
    for table in TABLES:
        new = [row for row in rows[table.name] if row not in there[table.name]]
        written[table.name] += len(new)
        for start in range(0, len(new), BATCH):
            connection.execute(sql.PUT[table.name], [table.as_json(new[start : start + BATCH])])
    return written


def _same(before: Revision, request: Request) -> Revision:
    content = content_hash(to_json(request.manifest)) if request.manifest is not None else ""
    asked = (request.action, content, request.expected)
    if (before.action, before.content, before.expected) != asked:
        raise PublishError("This request was carried out before, with something else in it.", safe=SAFE)
    return before


def superseded(found: int, expected: int) -> Superseded:
    """The sentence for two who publish at once."""
    return Superseded(
        f"Somebody else has published this pack meanwhile: it is at revision {found}, not {expected}.",
        safe=f"{SAFE} Nothing of yours is lost.",
        todo="Look at the preflight again, and publish then.",
    )


def not_ours() -> PublishError:
    """The sentence for a pack that this login sees nothing of."""
    return PublishError(
        "This draft was never published here, or another login has published it for itself.", safe=SAFE
    )


def _taken(error: errors.UniqueViolation) -> PublishError:
    if error.diag.constraint_name in ("univers_packs_slug", "univers_slug"):
        return PublishError(
            "Another pack has the same name in addresses (slug).",
            safe=SAFE,
            todo="Give the draft another one, and publish again.",
        )
    return PublishError("The server has this already, for another pack.", safe=SAFE)
