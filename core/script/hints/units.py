"""What hints need to remember of one page, made from the page alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from core.script.hints.hint import Hint, Rule
from core.script.hints.page_rules import loose_hints, page_hints
from core.script.hints.signs import hushed_by, is_reveal, reveals
from core.script.hints.speakers import Use
from core.script.hints.text_rules import Note, panel_name, sized
from core.script.hints.thresholds import Thresholds
from core.script.keywords import fold
from core.script.kinds import LineKind, Role
from core.script.manuscript import Element, Manuscript, Page, Panel
from core.script.numbering import Written, written_on
from core.script.script import Script

Hush = tuple[int, int, frozenset[Rule]]
"""From row, to row (not included), what is hushed there."""


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
    hushes: tuple[Hush, ...] = ()

    @property
    def headings(self) -> Iterator[Written]:
        """All numbered headings in order."""
        if self.page:
            yield self.page
        yield from self.below

    @property
    def ends_chapter(self) -> bool:
        """Whether a chapter begins between this page and the next."""
        return any(heading.kind is LineKind.CHAPTER for heading in self.below)

    def is_hushed(self, hint: Hint) -> bool:
        """Whether a note in the script hushes it."""
        return any(start <= hint.row < end and hint.rule in rules for start, end, rules in self.hushes)


def read_unit(
    script: Script, read: Manuscript, start: int, end: int, version: int, limits: Thresholds
) -> Unit:
    """Look at the rows `start` to `end`, of which `read` is the manuscript."""
    page = read.parts[0] if read.parts and isinstance(read.parts[0], Page) else None
    loose = list(read.loose_panels)
    for part in read.parts[1:] if page else read.parts:
        loose += part.panels
    hints: list[Hint] = []
    notes: dict[int, Note] = {}
    if page:
        found = sized(page, page.panels, limits)
        hints += found.hints
        notes |= found.notes
        hints += page_hints(page, script.lines[page.row], limits)
    if loose:
        found = sized(None, loose, limits)
        hints += found.hints
        notes |= found.notes
        hints += loose_hints(loose, limits)
    headings = list(_headings(script, read, page, loose))
    unit = Unit(
        version,
        end - start,
        tuple(sorted((_moved(hint, -start) for hint in hints), key=lambda hint: hint.row)),
        {row - start: note for row, note in notes.items()},
        spread=bool(page and page.spread),
        reveals=tuple((row - start, panel) for row, panel in reveals(page)) if page else (),
        speakers=_speakers(script, read, start),
        hushes=tuple((a - start, b - start, rules) for a, b, rules in _hushes(read, page, start, end)),
    )
    own = [here._replace(row=here.row - start) for here in headings if not here.repeats]
    unit.page = next((here for here in own if here.kind is LineKind.PAGE), None)
    unit.below = tuple(here for here in own if here.kind is not LineKind.PAGE)
    return unit


def _moved(hint: Hint, by: int) -> Hint:
    return hint._replace(row=hint.row + by, end_row=hint.end_row + by)


def _headings(script: Script, read: Manuscript, page: Page | None, loose: list[Panel]) -> Iterator[Written]:
    rows = {panel.row for panel in loose}
    if page:
        rows |= {page.row, *(panel.row for panel in page.panels)}
    rows |= {part.row for part in read.parts if not isinstance(part, Page) and part.kind is LineKind.CHAPTER}
    for row in sorted(rows):
        yield from written_on(script.line(row), script.lines[row], row)


def _hushes(read: Manuscript, page: Page | None, start: int, end: int) -> Iterator[Hush]:
    for holder in (*read.loose_panels, *read.parts, *(panel for part in read.parts for panel in part.panels)):
        until = holder.end_row if isinstance(holder, Panel | Page) else end
        yield from ((holder.row, until, rules) for rules in _notes(holder.elements))
    if page is None:
        yield from ((start, end, rules) for rules in _notes(read.front))


def _notes(elements: list[Element]) -> Iterator[frozenset[Rule]]:
    for element in elements:
        if element.kind is LineKind.NOTE and (rules := hushed_by(element.text)):
            yield rules


def _speakers(script: Script, read: Manuscript, start: int) -> dict[str, Use]:
    found: dict[str, Use] = {}
    for element, panel in _spoken(read):
        name = fold(element.speaker)
        if (use := found.get(name)) is not None:
            found[name] = use._replace(times=use.times + 1)
            continue
        spans = [span for span in script.line(element.row).spans if span.role is Role.SPEAKER]
        first, last = (spans[0].start, spans[0].end) if spans else (0, 0)
        found[name] = Use(element.speaker, 1, element.row - start, first, last, panel)
    return found


def _spoken(read: Manuscript) -> Iterator[tuple[Element, str]]:
    """Balloons of speakers with the number of their panel."""
    loose = [*read.front, *(element for part in read.parts for element in part.elements)]
    yield from ((element, "") for element in loose if _speaks(element))
    for panel in (*read.loose_panels, *(panel for part in read.parts for panel in part.panels)):
        name = panel_name(panel)
        yield from ((element, name) for element in panel.elements if _speaks(element))


def _speaks(element: Element) -> bool:
    return element.kind is LineKind.DIALOGUE and bool(element.speaker) and not is_reveal(element)
