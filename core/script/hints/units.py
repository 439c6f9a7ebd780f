"""What hints need to remember of one page, made from the page alone."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from core.script.hints.hint import Hint, Rule
from core.script.hints.page_rules import loose_hints, page_hints
from core.script.hints.signs import hushed_by, is_reveal, reveals
from core.script.hints.speakers import Use
from core.script.hints.text_rules import Note, Sized, panel_name
from core.script.hints.thresholds import Thresholds
from core.script.keywords import fold
from core.script.kinds import LineKind, Role
from core.script.manuscript import Element, Heading, Manuscript, Page, Panel
from core.script.numbering import Written, written_on
from core.script.script import Script

T = TypeVar("T")
SOME = 64
"""Panels, headings or notes between two pauses."""


@dataclass(slots=True)
class Unit:
    """One page with what follows it up to the next, or what stands before the first page.

    All rows are relative to the first row of the unit.
    """

    version: int
    rows: int
    hints: tuple[Hint, ...] = ()
    """Those that the unit alone decides, in order."""
    notes: dict[int, Note] = field(default_factory=dict)
    page: Written | None = None
    below: tuple[Written, ...] = ()
    """The headings under that of the page: panels, and chapters behind the page with panels of theirs."""
    spread: bool = False
    reveals: tuple[tuple[int, str], ...] = ()
    speakers: dict[str, Use] = field(default_factory=dict)
    hushes: dict[int, tuple[int, frozenset[Rule]]] = field(default_factory=dict)
    """First row of a panel or page → the row after its last, and what is hushed there."""
    silent: frozenset[Rule] = frozenset()
    """What a note before the first page hushes in the whole script."""
    panel_rows: tuple[int, ...] = ()
    """Where panels with hushes begin, in order."""

    @property
    def headings(self) -> Iterator[Written]:
        """All numbered headings in order."""
        if self.page:
            yield self.page
        yield from self.below

    @property
    def placing(self) -> tuple[object, ...]:
        """All that hints on numbers, spreads and reveals are made of."""
        return self.page, self.below, self.spread, self.reveals

    @property
    def ends_chapter(self) -> bool:
        """Whether a chapter begins between this page and the next."""
        return any(heading.kind is LineKind.CHAPTER for heading in self.below)

    def is_hushed(self, hint: Hint) -> bool:
        """Whether a note in the script hushes it: one of its panel, or of the page."""
        if not self.hushes:
            return False
        near = bisect_right(self.panel_rows, hint.row) - 1
        for row in {0, self.panel_rows[near] if near >= 0 else 0}:
            end, rules = self.hushes.get(row, (0, frozenset()))
            if row <= hint.row < end and hint.rule in rules:
                return True
        return False


class UnitReader:
    """Makes a unit of the rows `start` to `end`, in steps; for one state of the script."""

    def __init__(self, script: Script, read: Manuscript, start: int, end: int, limits: Thresholds) -> None:
        """`read` is the manuscript of these rows."""
        self._script, self._read, self._start, self._end, self._limits = script, read, start, end, limits
        self._page = read.parts[0] if read.parts and isinstance(read.parts[0], Page) else None
        self._loose = list(read.loose_panels)
        for part in read.parts[1:] if self._page else read.parts:
            self._loose += part.panels
        self._hints: list[Hint] = []

    def steps(self, version: int) -> Iterator[Unit | None]:
        """None at each pause, at last the unit."""
        unit = Unit(version, self._end - self._start)
        yield from self._sizes(unit)
        yield from self._headings(unit)
        yield from self._speakers(unit)
        yield from self._hushes(unit)
        page = self._page
        if page:
            unit.spread = page.spread
            unit.reveals = tuple((row - self._start, panel) for row, panel in reveals(page))
            self._hints += page_hints(page, self._script.lines[page.row], self._limits)
        self._hints += loose_hints(self._loose, self._limits)
        by = -self._start
        moved = (hint._replace(row=hint.row + by, end_row=hint.end_row + by) for hint in self._hints)
        unit.hints = tuple(sorted(moved, key=lambda hint: hint.row))
        yield unit

    def _sizes(self, unit: Unit) -> Iterator[None]:
        page = self._page
        for sized, panels in ((Sized(self._limits), page.panels if page else []), (None, self._loose)):
            here = sized or Sized(self._limits)
            for element in _paused(page.elements if page and sized else ()):
                if element is None:
                    yield
                else:
                    here.take_loose(element)
            for panel in _paused(panels):
                if panel is None:
                    yield
                else:
                    here.take_panel(panel)
            if page and sized:
                here.finish(page)
            self._hints += here.hints
            unit.notes |= {row - self._start: note for row, note in here.notes.items()}

    def _headings(self, unit: Unit) -> Iterator[None]:
        rows = {panel.row for panel in self._loose}
        if self._page:
            rows |= {self._page.row, *(panel.row for panel in self._page.panels)}
        chapters = (part for part in self._read.parts if not isinstance(part, Page))
        rows |= {part.row for part in chapters if part.kind is LineKind.CHAPTER}
        below: list[Written] = []
        for row in _paused(sorted(rows)):
            if row is None:
                yield
                continue
            for here in written_on(self._script.line(row), self._script.lines[row], row - self._start):
                if here.kind is LineKind.PAGE and not here.repeats:
                    unit.page = here
                elif not here.repeats:
                    below.append(here)
        unit.below = tuple(below)

    def _speakers(self, unit: Unit) -> Iterator[None]:
        found = unit.speakers
        for spoken in _paused(_spoken(self._read)):
            if spoken is None:
                yield
                continue
            element, panel = spoken
            name = fold(element.speaker)
            if (use := found.get(name)) is not None:
                found[name] = use._replace(times=use.times + 1)
                continue
            spans = [span for span in self._script.line(element.row).spans if span.role is Role.SPEAKER]
            first, last = (spans[0].start, spans[0].end) if spans else (0, 0)
            found[name] = Use(element.speaker, 1, element.row - self._start, first, last, panel)

    def _hushes(self, unit: Unit) -> Iterator[None]:
        for note in _paused(_notes(self._read, self._page, self._end)):
            if note is None:
                yield
                continue
            row, end, text = note
            rules = hushed_by(text)
            if rules and row < 0:
                unit.silent |= rules
            elif rules:
                before = unit.hushes.get(row - self._start, (0, frozenset()))[1]
                unit.hushes[row - self._start] = end - self._start, rules | before
        unit.panel_rows = tuple(sorted(unit.hushes))


def _paused(items: Iterable[T]) -> Iterator[T | None]:
    """The items, with None now and then for a pause."""
    for at, item in enumerate(items, 1):
        yield item
        if at % SOME == 0:
            yield None


def _notes(read: Manuscript, page: Page | None, end: int) -> Iterator[tuple[int, int, str]]:
    """(first row, row after the last, text) of each note: of the panel, page or chapter that it is in.

    The first row is -1 for notes that stand before all pages and in no panel.
    """
    panels = (panel for part in read.parts for panel in part.panels)
    holders: Iterable[Panel | Page | Heading] = (*read.loose_panels, *read.parts, *panels)
    for holder in holders:
        until = end if isinstance(holder, Heading) else holder.end_row
        row = -1 if page is None and isinstance(holder, Heading) else holder.row
        yield from (
            (row, until, element.text) for element in holder.elements if element.kind is LineKind.NOTE
        )
    if page is None:
        yield from ((-1, end, element.text) for element in read.front if element.kind is LineKind.NOTE)


def _spoken(read: Manuscript) -> Iterator[tuple[Element, str]]:
    """Balloons of speakers with the number of their panel."""
    loose = [*read.front, *(element for part in read.parts for element in part.elements)]
    yield from ((element, "") for element in loose if _speaks(element))
    for panel in (*read.loose_panels, *(panel for part in read.parts for panel in part.panels)):
        name = panel_name(panel)
        yield from ((element, name) for element in panel.elements if _speaks(element))


def _speaks(element: Element) -> bool:
    return element.kind is LineKind.DIALOGUE and bool(element.speaker) and not is_reveal(element)
