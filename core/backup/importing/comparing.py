"""What has changed since a backup: as a whole, page by page, and panel by panel."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from core.backup.importing.applying.parts import find_project
from core.backup.importing.reading.sources import open_source
from core.backup.importing.reading.states import PagePart, State, state_of, state_of_content
from core.backup.importing.weaving.scripts import interleaved, linked_pages, page_title
from core.backup.library import library_of
from core.backup.work import Work
from core.script import LineKind, parse
from core.story import RECORD_SECTIONS
from core.story.comparison import Comparison, Hunk, compare_records, compare_texts, count_words
from core.workspace.files import open_store

if TYPE_CHECKING:
    from core.workspace import Shelf


@dataclass(frozen=True)
class PanelChange:
    """A panel of a page that differs; number 0 is what stands before its first panel."""

    number: int
    hunks: tuple[Hunk, ...]


@dataclass(frozen=True)
class PageChange:
    """A page that differs between the backup and now."""

    key: str
    """Of the page here, or of the backup's if it is gone."""
    title: str
    kind: str
    """`changed`, `added` since the backup, or `removed` since."""
    words_added: int
    words_removed: int
    panels: tuple[PanelChange, ...] = ()


@dataclass(frozen=True)
class Since:
    """All that differs, the backup first."""

    whole: Comparison
    pages: tuple[PageChange, ...]


def compare_with_now(
    shelf: Shelf, path: Path, project: UUID | str, *, work: Work | None = None, passphrase: str | None = None
) -> Since:
    """A project of a backup (its id, its title, or "" where there is only one) with what it is now.

    Raises NotFound, and ArchiveError for a damaged one.
    """
    with open_source(path, work=work or Work(), passphrase=passphrase) as source:
        content = find_project(source, str(project))
        assert content.project_id is not None
        library = library_of(shelf)
        store = open_store(library, library.entry(content.project_id))
        return compare_states(state_of_content(content), state_of(store))


def compare_states(old: State, new: State) -> Since:
    """What differs between two states of a project, the older one first; what the older lacks counts not."""
    hunks = compare_texts(old.text, new.text) if "script" in old.known else ()
    records = [
        change
        for section in RECORD_SECTIONS
        if section in old.known
        for change in compare_records(section.value, old.raw(section), new.raw(section))
    ]
    pages = tuple(compare_pages(old, new)) if hunks else ()
    return Since(Comparison(hunks, *count_words(hunks), tuple(records)), pages)


def compare_pages(old: State, new: State) -> list[PageChange]:
    """The pages that differ, in their order."""
    links = linked_pages(old, new, by_heading=True)
    before = {links.get(page.key, page.key): page for page in old.pages}
    order = interleaved([page.key for page in new.pages], list(before))
    found = (_page(key, before.get(key), new.by_key.get(key)) for key in order)
    return [change for change in found if change is not None]


def _page(key: str, old: PagePart | None, new: PagePart | None) -> PageChange | None:
    texts = tuple("" if page is None else page.text for page in (old, new))
    if texts[0] == texts[1]:
        return None
    shown = new or old
    assert shown is not None
    kind = "added" if old is None else "removed" if new is None else "changed"
    added, removed = count_words(compare_texts(*texts))
    panels = compare_panels(*texts) if kind == "changed" else ()
    return PageChange(key, page_title(shown), kind, added, removed, panels)


def compare_panels(old: str, new: str) -> tuple[PanelChange, ...]:
    """The panels of a page that differ, by their place on it."""
    before, after = panels_of(old), panels_of(new)
    found = []
    for number in range(max(len(before), len(after))):
        texts = [side[number] if number < len(side) else "" for side in (before, after)]
        if hunks := compare_texts(*texts):
            found.append(PanelChange(number, hunks))
    return tuple(found)


def panels_of(page: str) -> list[str]:
    """The text of a page panel by panel; the first is what stands before its first panel."""
    script = parse(page)
    lines = page.split("\n")
    starts = [row for row in range(len(lines)) if script.kind(row) is LineKind.PANEL]
    bounds = [0, *starts, len(lines)]
    return ["\n".join(lines[start:stop]) for start, stop in pairwise(bounds)]
