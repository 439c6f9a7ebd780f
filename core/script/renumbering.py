"""Putting the numbers of pages and panels in order, spelled as the writer spells them."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from core.script.kinds import LineKind
from core.script.numbering import Scheme, SchemeFinder, Written, written_on
from core.script.script import Script
from core.script.spelled import NumberText, language_of

_SLICE = 64


class Edit(NamedTuple):
    """Replace `deleted` characters at `offset`; a list of these is applied one after another."""

    offset: int
    deleted: int
    inserted: str


class Scope(NamedTuple):
    """What is to be renumbered: the headings of the rows `row` to `end_row` (not included)."""

    row: int = 0
    end_row: int | None = None
    pages: bool = True
    panels: bool = True
    start: int | None = None
    """The number of the first page (or panel, without pages) in it; None: as the script begins."""
    stretch: bool = False
    """Only as far as this count goes: to the end of the page, or chapter, if the next begins anew."""
    fill: bool = False
    """Give bare and `#` headings a written number as well."""


WHOLE = Scope()


@dataclass(frozen=True)
class Renumbering:
    """What renumbering comes to."""

    edits: tuple[Edit, ...]
    """From the last to the first, so that offsets hold."""
    kept: int
    """Forced numbers: they were left as they are."""
    left: int
    """Numbers that can't be spelled as the writer spells: a panel after ⑳."""

    @property
    def changed(self) -> int:
        """Numbers that become others."""
        return len(self.edits)


class Renumber:
    """Makes a renumbering in slices of time; for one state of the script, begin anew when it changed."""

    def __init__(self, script: Script, scope: Scope = WHOLE) -> None:
        self.result: Renumbering | None = None
        """Once `advance` has said that it is complete."""
        self._script, self._scope = script, scope
        self._headings: list[Written] = []
        self._work = self._go()

    def advance(self, budget_ms: float) -> bool:
        """Go on for about so many milliseconds; True when it is complete."""
        deadline = time.perf_counter() + budget_ms / 1000
        return all(time.perf_counter() < deadline for _ in self._work)

    @property
    def first_page(self) -> Written | None:
        """The first page heading of the script, once it is complete."""
        return next((one for one in self._headings if one.kind is LineKind.PAGE), None)

    def _go(self) -> Iterator[None]:
        script = self._script
        for row in range(len(script.lines)):
            if script.kind(row) in (LineKind.PAGE, LineKind.PANEL, LineKind.CHAPTER):
                self._headings += written_on(script.line(row), script.lines[row], row)
            if row % _SLICE == 0:
                yield
        finder = SchemeFinder()
        for done, heading in enumerate(self._headings):
            finder.take(heading)
            if done % _SLICE == 0:
                yield
        language = language_of(one.text for one in self._headings if one.text[:1].isalpha())
        yield
        edits: list[Edit] = []
        kept = left = 0
        wanted = derive(self._headings, finder.scheme, self._scope)
        for done, (here, number) in enumerate(zip(self._headings, wanted, strict=True)):
            if number is None:
                kept += here.forced
            elif (edit := self._edit(here, number, language)) is None:
                left += 1
            elif edit.inserted != here.text:
                edits.append(edit)
            if done % _SLICE == 0:
                yield
        self.result = Renumbering(tuple(reversed(edits)), kept, left)

    def _edit(self, here: Written, number: int, language: str) -> Edit | None:
        offset = self._script.lines.offset(here.row, here.start)
        text = respelled(here, number, language)
        return None if text is None else Edit(offset, here.end - here.start, text)


def respelled(here: Written, number: int, language: str = "") -> str | None:
    """A heading's number as another, spelled as the writer spells; None if it can't be."""
    if here.text and (here.numbers or here.repeats):
        return NumberText(here.text, len(here.numbers) > 1).spelled(number, here.size, language)
    last = f"-{number + here.size - 1}" if here.size > 1 and here.kind is LineKind.PAGE else ""
    return f"{number}{last}" if here.text else f" {number}{last}"


def renumber(script: Script, scope: Scope = WHOLE) -> Renumbering:
    """The whole renumbering at once; see Renumber."""
    work = Renumber(script, scope)
    while not work.advance(1000):
        pass
    assert work.result is not None  # that is what complete means
    return work.result


def derive(headings: Iterable[Written], scheme: Scheme, scope: Scope = WHOLE) -> Iterator[int | None]:
    """The first number that belongs to each heading.

    None where the number is the writer's to say: chapters, forced numbers, bare headings (unless
    `fill`), and what is outside of the scope.
    """
    page, panel = _Next(scheme.padded_pages), _Next(scheme.padded_panels, None if scheme.through else 1)
    started = over = False
    now: int | None = None  # what the page around is to be
    for here in headings:
        if here.repeats:
            yield now
            continue
        inside = here.row >= scope.row and (scope.end_row is None or here.row < scope.end_row)
        own = here.kind is (LineKind.PAGE if scope.pages else LineKind.PANEL)
        if here.kind is LineKind.CHAPTER:
            yield None
            now = None
            if scheme.per_chapter and page.met:
                page.next, over = 1, over or (started and scope.stretch and scope.pages)
        if here.kind is not LineKind.PANEL and not scheme.through:
            panel.next, over = 1, over or (started and scope.stretch and not scope.pages)
        if here.kind is LineKind.CHAPTER:
            continue
        if here.kind is LineKind.PAGE and scheme.per_chapter and page.met and here.numbers[:1] == (1,):
            page.next = 1  # a chapter without a heading
        if inside and own and not started:
            started = True
            if scope.start is not None:
                (page if scope.pages else panel).next = scope.start
        mend = inside and not over
        if here.kind is LineKind.PAGE:
            now = page.take(here, mend=mend and scope.pages, fill=scope.fill)
            yield now
        else:
            yield panel.take(here, mend=mend and scope.panels, fill=scope.fill)


class _Next:
    """The next number of pages, or of panels."""

    def __init__(self, padded: bool, start: int | None = None) -> None:
        self.next = start
        self.met = False
        self._padded = padded

    def take(self, here: Written, *, mend: bool, fill: bool) -> int | None:
        own = here.numbers[0] if here.numbers else None
        if self.next is None:
            self.next = own if own is not None else 1
        self.met = True
        forced = here.forced and not self._padded
        if own is not None and (forced or not mend):
            self.next = own + here.size
            return None
        number, self.next = self.next, self.next + here.size
        return number if mend and (own is not None or fill) else None
