"""Which pages changed since somebody last asked, so that a save writes those and no others."""

from __future__ import annotations

from typing import NamedTuple

from core.script.kinds import LineKind
from core.script.pages import Pages, PageSpan
from core.script.rows import PageEntry, Row

MANY = 64
"""Changed pages from which going through all pages is cheaper than looking each of them up."""


class PageChanges(NamedTuple):
    """What happened to the pages since the last question."""

    changed: tuple[PageSpan, ...]
    """New pages and pages whose text changed, in order; the front (key 0, index -1) among them."""
    removed: tuple[int, ...]
    """Keys of pages that were reported before and are gone."""
    reordered: bool
    """Pages came, went or were renumbered: indexes and counted numbers of others may differ."""


class PageJournal:
    """The keys of pages, and which of them changed."""

    def __init__(self) -> None:
        self.front = PageEntry(0)
        self._keys = 0
        self._touched: dict[int, PageEntry] = {0: self.front}
        self._gone: set[int] = set()
        self._told: set[int] = set()
        self._reordered = True

    def touch(self, entry: PageEntry) -> None:
        """The page's text changed: its figures hold no longer."""
        entry.sums = None
        entry.version += 1
        self._touched[entry.key] = entry

    def add(self, row: Row) -> None:
        """The row is a page heading now; it may have inherited its page."""
        self._reordered = True
        if row.page is None:
            self._keys += 1
            row.page = PageEntry(self._keys, row)
        self.touch(row.page)

    def drop(self, row: Row) -> None:
        """The row is no page heading any more."""
        entry, row.page = row.page, None
        if entry is None:
            return
        self._reordered = True
        self._touched.pop(entry.key, None)
        if entry.key in self._told:
            self._told.discard(entry.key)
            self._gone.add(entry.key)

    def inherit(self, old: list[Row], fresh: list[Row]) -> None:
        """A page heading that was edited is the same page: by number first, then in order."""
        left = [row for row in old if row.page is not None]
        heirs = [row for row in fresh if _is_page(row)] if left else []
        for by_number in (True, False):
            for row in list(left):
                heir = next((h for h in heirs if not by_number or _numbers(h) == _numbers(row)), None)
                if heir is not None and row.page is not None:
                    heir.page, row.page = row.page, None
                    heir.page.row = heir
                    heirs.remove(heir)
                    left.remove(row)

    def take(self, pages: Pages) -> PageChanges:
        """All of it, and forget it."""
        if len(self._touched) < MANY:
            changed = [pages.span_of(entry) for entry in self._touched.values()]
        else:
            changed = [span for span in (pages.front, *pages) if span.key in self._touched]
        self._told.update(key for key in self._touched if key)
        changed.sort(key=lambda span: span.index)
        answer = PageChanges(tuple(changed), tuple(sorted(self._gone)), self._reordered)
        self._touched, self._gone, self._reordered = {}, set(), False
        return answer


def _is_page(row: Row) -> bool:
    return bool(row.facts and row.facts.heading and row.facts.heading.kind is LineKind.PAGE)


def _numbers(row: Row) -> tuple[int, ...] | None:
    return row.facts.heading.numbers if row.facts and row.facts.heading else None
