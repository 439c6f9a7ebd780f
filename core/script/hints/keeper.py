"""Keeps the hints of a script up to date: what an edit costs follows the pages that it changed."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import NamedTuple

from core.script.hints.hint import Hint, Rule
from core.script.hints.listing import Hints, placed
from core.script.hints.number_rules import number_hint, panel_hints
from core.script.hints.page_rules import Sides, placed_hints
from core.script.hints.speakers import Cast
from core.script.hints.text_rules import Note
from core.script.hints.thresholds import Thresholds
from core.script.hints.units import Unit, UnitReader
from core.script.keywords import fold
from core.script.manuscript import in_steps
from core.script.numbering import Count, Scheme, SchemeFinder, Written
from core.script.numbers import spanned
from core.script.pages import PageSpan
from core.script.script import Script

FRONT = 0
"""The key of what stands before the first page."""
_PAGES = 32
"""Pages between two looks at the clock."""
AT_ONCE = 200
"""Rows of a page up to which it is read at once when lines have come or gone."""


class _Shown(NamedTuple):
    """A page that has hints."""

    name: str
    hints: tuple[Hint, ...]
    rows: frozenset[int]
    """Those on which a hint begins."""


_NOTHING = _Shown("", (), frozenset())


class HintKeeper:
    """Hints and margin figures of one script. Nothing is looked at until `advance` is called."""

    def __init__(
        self, script: Script, limits: Thresholds | None = None, *, sides: Sides | None = None
    ) -> None:
        self.hints = Hints()
        """Of the text as it was when `advance` last came to its end."""
        self._script = script
        self._limits = limits or Thresholds()
        self._sides = sides or Sides()
        self._declared: frozenset[str] = frozenset()
        self._cast = Cast()
        self._units: dict[int, Unit] = {}
        self._order: list[tuple[int, int]] = []  # (row, key) of the units in order
        self._places: dict[int, int] = {}
        self._scheme = Scheme()
        self._renumbered = True
        self._by_page: dict[int, tuple[Hint, ...]] = {}  # what the whole script decides, by page
        self._shown: dict[int, _Shown] = {}  # pages that have hints
        self._span: tuple[int, PageSpan] | None = None  # the page asked for last, and of which version
        self._seen = -1
        self._work: Iterator[None] = iter(())
        self._done = False

    # --- what is set

    @property
    def limits(self) -> Thresholds:
        """The thresholds."""
        return self._limits

    def set_limits(self, limits: Thresholds) -> None:
        """Other thresholds: everything is looked at again."""
        if limits != self._limits:
            self._limits = limits
            self._units.clear()
            self._cast = Cast()
            self._seen = -1

    def set_sides(self, sides: Sides) -> None:
        """Another reading direction."""
        if sides != self._sides:
            self._sides, self._renumbered, self._seen = sides, True, -1

    def set_known(self, names: frozenset[str]) -> None:
        """Names that the writer has said are speakers, as written."""
        declared = frozenset(map(fold, names))
        if declared != self._declared:
            self._declared, self._seen = declared, -1

    # --- work

    @property
    def is_current(self) -> bool:
        """Whether the hints are those of the text as it is now."""
        return self._done and self._seen == self._script.version

    def advance(self, budget_ms: float = 5.0) -> bool:
        """Go on for about so many milliseconds; True when the hints are those of the text as it is.

        Waits (False) while the parser has not come to the end of the script.
        """
        if self.is_current:
            return True
        if not self._script.done:
            return False
        deadline = time.perf_counter() + budget_ms / 1000
        if self._seen != self._script.version:
            self._seen, self._done = self._script.version, False
            self._work = self._look()
        for _ in self._work:
            if time.perf_counter() >= deadline:
                return False
        self._done = True
        return True

    def _look(self) -> Iterator[None]:
        """One round; given up for another when the script changes in between."""
        yield from self._read_pages()
        if self._renumbered:
            yield from self._find_scheme()
        yield
        self._cast.know(self._script.names, self._declared)
        while not self._cast.judge(2.0):
            yield
        yield from self._gather()

    def _read_pages(self) -> Iterator[None]:
        script = self._script
        stamps = [(0, FRONT, script.pages.front_version), *script.pages.stamps()]
        order = [(row, key) for row, key, _ in stamps]
        if [key for _, key in order] != [key for _, key in self._order]:
            self._renumbered = True
            self._places = {key: at for at, (_, key) in enumerate(order)}
            for key in self._units.keys() - self._places.keys():
                self._cast.replace(key, self._units.pop(key).speakers, {})
        self._order = order
        yield
        for at, (row, key, version) in enumerate(stamps):
            unit = self._units.get(key)
            if unit is None or unit.version != version:
                end = stamps[at + 1][0] if at + 1 < len(stamps) else len(script.lines)
                yield from self._read(row, end, key, version)
                yield
            elif at % _PAGES == 0:
                yield

    def _read(self, row: int, end: int, key: int, version: int) -> Iterator[None]:
        unit = Unit(version, end - row)
        for read in in_steps(self._script, row, end):
            yield
            if read is not None:
                for made in UnitReader(self._script, read, row, end, self._limits).steps(version):
                    yield
                    unit = made or unit
        old = self._units.get(key)
        self._cast.replace(key, old.speakers if old else {}, unit.speakers)
        if old is None or old.placing != unit.placing:
            self._renumbered = True
        self._units[key] = unit

    def _find_scheme(self) -> Iterator[None]:
        finder = SchemeFinder()
        for at, (_, key) in enumerate(self._order):
            for heading in self._units[key].headings:
                finder.take(heading)
            if at % _PAGES == 0:
                yield
        self._scheme = finder.scheme

    def _gather(self) -> Iterator[None]:
        """Hints that depend on other pages, and all of them in order."""
        if self._renumbered:
            yield from self._number()
        doubts: dict[int, list[Hint]] = {}
        for key, hint in self._cast.hints(self._places, self._limits):
            doubts.setdefault(key, []).append(hint)
        yield
        silent = self._units[FRONT].silent
        shown: dict[int, _Shown] = {}
        blocks: list[tuple[int, str, tuple[Hint, ...]]] = []
        for at, (row, key) in enumerate(self._order):
            unit, more, names = self._units[key], self._by_page.get(key, ()), doubts.get(key, ())
            if unit.hints or more or names:
                found = [hint for hint in (*unit.hints, *more, *names) if not unit.is_hushed(hint)]
                found = [hint for hint in found if hint.rule not in silent]
                if found:
                    found.sort(key=lambda hint: hint.row)
                    name, rows = self._name(at), frozenset(hint.row for hint in found)
                    shown[key] = _Shown(name, tuple(found), rows)
                    blocks.append((row, name, shown[key].hints))
            if at % _PAGES == 0:
                yield
        self._renumbered = False
        self.hints, self._shown = Hints(blocks), shown

    def _name(self, at: int) -> str:
        """`page 12`, for the unit at a place in the order."""
        if at == 0:
            return ""
        return f"page {spanned(self._script.pages.numbers(at - 1))}"

    def _number(self) -> Iterator[None]:
        """Numbers of pages and panels, and where spreads and reveals fall."""
        scheme, limits = self._scheme, self._limits
        pages = Count(None, padded=scheme.padded_pages)
        panels = Count(None if scheme.through else 1, padded=scheme.padded_panels)
        by_page: dict[int, tuple[Hint, ...]] = {}
        for at, (_, key) in enumerate(self._order):
            unit = self._units[key]
            found: list[Hint] = []
            if unit.page:
                if scheme.per_chapter and unit.page.numbers[:1] == (1,):
                    pages = pages.anew()  # a chapter without a heading
                hint = number_hint(unit.page, self._page_below(at), pages)
                if hint and limits.asks(Rule.PAGE_NUMBERS):
                    found.append(hint)
                if unit.spread or unit.reveals:
                    numbers = self._script.pages.numbers(at - 1)
                    found += placed_hints(numbers, unit.spread, unit.reveals, self._sides, limits)
                panels = panels if scheme.through else panels.anew()
            numbered, panels = panel_hints(unit.below, panels, anew=not scheme.through)
            if limits.asks(Rule.PANEL_NUMBERS):
                found += numbered
            if scheme.per_chapter and unit.ends_chapter and unit.page:
                pages = pages.anew()
            if found:
                by_page[key] = tuple(found)
            if at % _PAGES == 0:
                yield
        self._by_page = by_page

    def _page_below(self, at: int) -> Written | None:
        """The heading of the next page, if it counts on from the one at this place."""
        if at + 1 == len(self._order) or (
            self._scheme.per_chapter and self._units[self._order[at][1]].ends_chapter
        ):
            return None
        return self._units[self._order[at + 1][1]].page

    # --- questions about a row

    def at(self, row: int) -> list[Hint]:
        """The hints on a row, those that begin there first; of others the nearest above first.

        Right for pages that have not changed since `advance` came to its end, wherever they are now.
        """
        span = self._page_at(row)
        page, within = self._shown.get(span.key, _NOTHING), row - span.row
        here = [placed(hint, span.row, page.name) for hint in page.hints if hint.row <= within < hint.end_row]
        return sorted(here, key=lambda hint: -hint.row)

    def begins_at(self, row: int) -> bool:
        """Whether any hint begins on a row; quick, for rows that are painted."""
        span = self._page_at(row)
        return span.key in self._shown and row - span.row in self._shown[span.key].rows

    def note(self, row: int) -> Note | None:
        """The margin figures of a row.

        While a page is being written they are those of a moment ago, until `advance` comes by; when it
        has got lines or lost some it is read at once, unless it is very long.
        """
        span = self._page_at(row)
        unit = self._units.get(span.key)
        size = span.end_row - span.row
        if (unit is None or unit.rows != size) and size <= AT_ONCE and self._script.done:
            version = self._script.pages.entry(span.index).version
            for _ in self._read(span.row, span.end_row, span.key, version):
                pass
            unit = self._units[span.key]
            self._seen = -1
        return unit.notes.get(row - span.row) if unit else None

    def counts_by_page(self) -> dict[int, int]:
        """How many hints there are, by the keys of their pages."""
        return {key: len(page.hints) for key, page in self._shown.items() if key != FRONT}

    def pages_with(self, name: str) -> list[int]:
        """Indexes of the pages where a name speaks; -1 is what stands before the first."""
        return sorted(self._places[key] - 1 for key in self._cast.pages_with(name))

    def _page_at(self, row: int) -> PageSpan:
        """The page around a row; many rows of one page are asked for in a row."""
        version = self._script.version
        if (
            self._span is None
            or self._span[0] != version
            or not self._span[1].row <= row < self._span[1].end_row
        ):
            self._span = version, self._script.pages.at(row)
        return self._span[1]
