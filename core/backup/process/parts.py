"""One page or record of a backup beside what it is now, before it is brought back."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from core.backup.answers import PartNow
from core.backup.importing.reading.states import PagePart, state_of, state_of_content
from core.backup.importing.weaving.scripts import linked_pages, page_title
from core.backup.library import library_of
from core.backup.work import Work
from core.cells import clean
from core.errors import NotFound, UsageError
from core.script.difference import difference
from core.story import BOOK_SECTIONS, Section
from core.workspace import open_store

if TYPE_CHECKING:
    from core.backup.archive import Archive
    from core.content import Content
    from core.story import ProjectStore
    from core.workspace import Shelf

PAGE = "page"


def part_now(archive: Archive, project: UUID, part: str, shelf: Shelf, work: Work) -> PartNow:
    """What restoring `part` (`page:<key>`, `characters:<id>`) would change. Raises NotFound, UsageError."""
    work.step("reading the backup", 0, 0)
    content = archive.content(project)
    try:
        library = library_of(shelf)
        store = open_store(library, library.entry(project))
    except NotFound:
        return PartNow("", gone=True)
    kind, _, key = part.partition(":")
    if kind == PAGE:
        return _page(content, store, key)
    known = (*BOOK_SECTIONS, Section.ASSETS)
    section = next((one for one in known if one.value == kind), None)
    if section is None:
        raise UsageError(
            "Only pages, characters, backgrounds, scenes, pages of the book and assets are brought back."
        )
    then = next((dict(one.fields) for one in content.records.get(section, ()) if one.key == key), None)
    if then is None:
        raise NotFound("It is not in this backup.")
    now = store.raw_records(section).get(key)
    name = clean(str(then.get("name") or then.get("title") or "(no name)"))
    return PartNow(
        name,
        now={kind: {key: dict(now)} if now is not None else {}},
        then={kind: {key: then}},
        missing=now is None,
        same=now == then,
    )


def _page(content: Content, store: ProjectStore, key: str) -> PartNow:
    theirs, ours = state_of_content(content), state_of(store)
    page = _of(theirs.pages, key)
    if page is None:
        raise NotFound("This page is not in this backup.")
    mine = ours.by_key.get(linked_pages(theirs, ours, by_heading=True).get(page.key, ""))
    before = mine.text if mine is not None else ""
    parts = tuple(difference(before, page.text, [0], [0]))
    return PartNow(clean(page_title(page)), parts, missing=mine is None, same=before == page.text)


def _of(pages: tuple[PagePart, ...], key: str) -> PagePart | None:
    return next((page for page in pages if page.key == key), None)
