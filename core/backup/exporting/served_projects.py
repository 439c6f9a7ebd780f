"""Projects that are on the server and not on this machine, read some at a time from its readable rows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec

from core.backup.exporting.outputs import with_outputs
from core.backup.exporting.project import Exported, Page
from core.backup.exporting.revisions import revisions_of
from core.backup.exporting.wishes import VERSIONS, CreateWishes, Left
from core.drafts.pack.draft import KIND
from core.media import MARK_KIND, Picture
from core.server.exchange import SavedVersion
from core.server.faults import translated
from core.story import RECORD_SECTIONS, Frontier, Json, Section
from core.story.records import MARK

if TYPE_CHECKING:
    from core.backup.exporting.served import Served

AT_ONCE = 8 << 20
"""Bytes of operations of the projects that are read together; one project may have more."""
_MOST = 64
"""Projects that are read together."""

_LIST = """
SELECT project_id, coalesce(sum(octet_length(blob)), 0)
FROM projects LEFT JOIN updates USING (project_id) WHERE kind <> %s
GROUP BY project_id ORDER BY kind = 'draft', project_id
"""
_PROJECTS = """
SELECT project_id, title, meta::text, coalesce((statistics->>'words')::bigint, 0),
       coalesce((statistics->>'pages')::bigint, 0), updated_at
FROM projects WHERE project_id = ANY(%s) ORDER BY project_id
"""
_PAGES = (
    "SELECT project_id, page_key, text FROM pages WHERE project_id = ANY(%s) ORDER BY project_id, position"
)
_RECORDS = """
SELECT project_id, section, record_id, content::text FROM records
WHERE project_id = ANY(%s) ORDER BY project_id, section, position
"""
_UPDATES = (
    "SELECT project_id, sha256, blob FROM updates WHERE project_id = ANY(%s) ORDER BY project_id, update_id"
)
_VERSIONS = """
SELECT project_id, number, save_id, author, saved_at, message, frontier, pages, words,
       update_bytes, pages_changed, records_changed
FROM versions WHERE project_id = ANY(%s) ORDER BY project_id, number
"""
_decode = msgspec.json.Decoder(dict[str, Any]).decode


Sized = tuple[UUID, int]
"""A project and the bytes of its operations."""


def listed(served: Served, *, drafts: bool) -> list[Sized]:
    """All projects that this login may see, by id; then its drafts. Raises ServerError."""
    with translated():
        rows = served.connection.execute(_LIST, ["" if drafts else KIND]).fetchall()
    return [(key, int(size)) for key, size in rows]


def read(served: Served, wanted: Iterable[Sized], wishes: CreateWishes) -> Iterator[Exported]:
    """These projects in their order, as far as they are wished for. Raises ServerError."""
    for batch in batches(wanted):
        yield from _batch(served, batch, wishes)


def batches(wanted: Iterable[Sized]) -> Iterator[list[UUID]]:
    """As many together as memory is to hold."""
    batch: list[UUID] = []
    held = 0
    for project_id, size in wanted:
        if batch and (len(batch) == _MOST or held + size > AT_ONCE):
            yield batch
            batch, held = [], 0
        batch.append(project_id)
        held += size
    if batch:
        yield batch


def _batch(served: Served, ids: list[UUID], wishes: CreateWishes) -> Iterator[Exported]:
    documents = wishes.whole_document() or wishes.whole_document(is_draft=True)
    versions = VERSIONS in wishes.sections
    heads = _by_project(served, _PROJECTS, ids)
    pages = _by_project(served, _PAGES, ids)
    records = _by_project(served, _RECORDS, ids)
    updates = _by_project(served, _UPDATES, ids) if documents else {}
    saves = _by_project(served, _VERSIONS, ids) if versions else {}
    for key in ids:
        title, meta_text, words, page_count, updated_at = heads[key][0]
        meta, found = _decode(meta_text), _records(records.pop(key, []))
        exported = Exported(
            project_id=key,
            title=title,
            meta=meta,
            pages=[Page(name, text) for name, text in pages.pop(key, ())],
            records=found,
            words=int(words),
            page_count=int(page_count),
            document=[],
            edited_at=updated_at,
            versions=[_version(row) for row in saves.pop(key, ())],
            pictures=with_outputs(_pictures(meta), found),
            was_saved=True,
        )
        _add_document(exported, updates.pop(key, []))
        if exported.is_draft and versions:
            exported.revisions = revisions_of(served, key, exported)
        yield exported


def _by_project(served: Served, query: Any, ids: list[UUID]) -> dict[UUID, list[tuple[Any, ...]]]:
    with translated():
        rows = served.connection.execute(query, [ids], binary=True).fetchall()
    return {key: [row[1:] for row in found] for key, found in groupby(rows, key=lambda row: row[0])}


def _add_document(exported: Exported, updates: list[tuple[bytes, bytes]]) -> None:
    good = [blob for digest, blob in updates if hashlib.sha256(blob).digest() == digest]
    exported.document = good
    if bad := len(updates) - len(good):
        exported.left.append(
            Left(
                f"{bad} of {len(updates)} updates of {exported.name} on the server",
                "their bytes are damaged; a save from a machine that has those words mends it.",
            )
        )


def _records(rows: list[tuple[str, str, str]]) -> dict[Section, dict[str, dict[str, Json]]]:
    found: dict[Section, dict[str, dict[str, Json]]] = {section: {} for section in RECORD_SECTIONS}
    for section, key, content in rows:
        found[Section(section)][key] = _fields(_decode(content))
    return found


def _fields(content: dict[str, Json]) -> dict[str, Json]:
    """The record as the document has it; its row has the id among the fields, see `core.server.records`."""
    content.pop("genkoId" if "genkoId" in content else "id", None)
    return content


def _pictures(meta: dict[str, Json]) -> Iterator[Picture]:
    for key, value in meta.items():
        kind, _, sha = key.partition(MARK)
        if kind == MARK_KIND and (picture := Picture.from_mark(sha, value)) is not None:
            yield picture


def _version(row: Sequence[Any]) -> SavedVersion:
    number, save_id, author, saved_at, message, frontier, *counts = row
    return SavedVersion(
        number, save_id, author, saved_at, message, Frontier(bytes(frontier)), *(int(n) for n in counts)
    )
