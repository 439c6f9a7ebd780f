"""The figures and the outline of a script."""

from __future__ import annotations

import time
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

from core.script.grammar import OPENED
from core.script.kinds import LETTERING, LineKind
from core.script.lines import LineBuffer
from core.script.pages import Pages
from core.script.rows import (
    CAPTIONS,
    CHAPTERS,
    CJK,
    DIALOGUES,
    NOTES,
    PAGES,
    PANELS,
    SAID,
    SCENES,
    SFX,
    SIGNS,
    WORDS,
    Row,
    RowList,
    opens_panel,
    panel_numbers,
    panels_on,
    said,
)
from core.script.spans import title_in


@dataclass(frozen=True, slots=True)
class Statistics:
    """What a script holds. Words are split at white space; CJK characters are counted besides."""

    pages: int
    """Comic pages: a spread is two."""
    panels: int
    chapters: int
    words: int
    """All words of the text, markup included."""
    characters: int
    """Code points of the text, line breaks included."""
    dialogues: int
    """Balloons of speakers."""
    scenes: int
    captions: int
    sfx: int
    signs: int
    notes: int
    lettered_words: int
    """Words that end up as letters: dialogue, captions, SFX, signs."""
    cjk_characters: int
    lines: int
    done: bool
    """False while lines are still to be parsed: the figures (but characters and lines) will grow."""


class OutlineItem(NamedTuple):
    """A heading in the outline. Level 0 is a title or chapter, 1 a scene or page, 2 a panel."""

    kind: LineKind
    level: int
    row: int
    numbers: tuple[int, ...]
    title: str
    panels: int = 0
    """Of a page."""
    words: int = 0
    """Lettered words, of a page or panel."""
    key: int = 0
    """Of a page: PageSpan.key."""


def statistics(lines: LineBuffer, rows: RowList, done: bool, *, exact: bool = True) -> Statistics:
    """The sums of all rows that have been parsed; unless `exact`, nothing is counted for the question."""
    sums = rows.total(exact=exact)
    return Statistics(
        pages=sums[PAGES],
        panels=sums[PANELS],
        chapters=sums[CHAPTERS],
        words=sums[WORDS],
        characters=lines.length,
        dialogues=sums[DIALOGUES],
        scenes=sums[SCENES],
        captions=sums[CAPTIONS],
        sfx=sums[SFX],
        signs=sums[SIGNS],
        notes=sums[NOTES],
        lettered_words=sums[SAID],
        cjk_characters=sums[CJK],
        lines=len(lines),
        done=done and exact,
    )


def speakers(rows: RowList) -> dict[str, int]:
    """Balloons of each speaker, most first; a name is spelled as it is first written."""
    found: dict[str, tuple[str, int]] = {}
    for row in rows:
        cue = row.facts.cue if row.facts and row.kind is LineKind.DIALOGUE else None
        if cue and cue.key and row.state & OPENED:
            name, count = found.get(cue.key, (cue.name, 0))
            found[cue.key] = (name, count + 1)
    return dict(sorted(found.values(), key=lambda item: -item[1]))


SHORT_TITLE = 60
"""Characters of a description that stand for a panel without a title."""
_LEVELS = {
    LineKind.TITLE: 0,
    LineKind.CHAPTER: 0,
    LineKind.SCENE: 1,
    LineKind.PAGE: 1,
    LineKind.PANEL: 2,
}


def outline(lines: LineBuffer, rows: RowList, pages: Pages) -> list[OutlineItem]:
    """The title and all headings in order. Costs O(rows), so ask when `Script.structure` has grown."""
    maker = OutlineMaker(lines, rows, pages)
    while not maker.advance(1000):
        pass
    return maker.items


_SLICE = 256
"""Rows between two looks at the clock."""
# Lists, since figures are added while going through the rows: kind, row, numbers, title, panels, words, key.
_TITLE, _PANELS, _WORDS = 3, 4, 5


class OutlineMaker:
    """Makes the outline in slices of time, so that a long script keeps no key waiting.

    Made for one state of the text: when that has changed, begin with a new one.
    """

    def __init__(self, lines: LineBuffer, rows: RowList, pages: Pages) -> None:
        self.items: list[OutlineItem] = []
        """The outline, once `advance` has said that it is complete."""
        self._rows = enumerate(zip(rows, lines, strict=True))
        self._found: list[list[Any]] = []
        self._page: list[Any] | None = None
        self._panel: list[Any] | None = None
        self._numbering = _Numbering(pages)
        self._titled = False

    def advance(self, budget_ms: float) -> bool:
        """Go on for about so many milliseconds; True when the outline is complete."""
        deadline = time.perf_counter() + budget_ms / 1000
        while time.perf_counter() < deadline:
            some = list(islice(self._rows, _SLICE))
            for at, (row, line) in some:
                self._take(at, row, line)
            if not some and self._finish():
                return True
        return False

    def _finish(self) -> bool:
        """Make items of some entries; True when it was the last of them."""
        at = len(self.items)
        for kind, row, numbers, title, panels, words, key in self._found[at : at + _SLICE]:
            self.items.append(OutlineItem(kind, _LEVELS[kind], row, numbers, title, panels, words, key))
        return len(self.items) == len(self._found)

    def _take(self, at: int, row: Row, line: str) -> None:
        kind = row.kind
        if kind in LETTERING:
            words = said(row)
            for entry in (self._page, self._panel):
                if entry:
                    entry[_WORDS] += words
        elif kind is LineKind.DESCRIPTION:
            if self._panel and not self._panel[_TITLE]:
                self._panel[_TITLE] = line.strip(" \t()")[:SHORT_TITLE]
        elif kind is LineKind.NOTE and row.facts and row.facts.cue:
            if self._panel and not self._panel[_TITLE] and row.facts.cue.text:
                self._panel[_TITLE] = row.facts.cue.text[:SHORT_TITLE]
        elif kind is LineKind.TITLE:
            title = "" if self._titled or not row.facts else title_in(line, row.facts, row.state)
            if title:
                self._titled = True
                self._found.append([kind, at, (), title, 0, 0, 0])
        elif kind in _LEVELS:
            self._take_heading(at, row, kind)

    def _take_heading(self, at: int, row: Row, kind: LineKind) -> None:
        key = row.page.key if row.page else 0
        entry = [kind, at, self._numbering.numbers(row), _heading_title(row), 0, 0, key]
        self._found.append(entry)
        if kind is LineKind.PANEL:
            self._panel = entry
        elif kind is not LineKind.SCENE:
            self._page, self._panel = (entry if kind is LineKind.PAGE else None), None
        if self._page:
            self._page[_PANELS] += panels_on(row)


class _Numbering:
    """Numbers of headings met in order: as written, or counted on."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._page = -1
        self._panel = 0

    def numbers(self, row: Row) -> tuple[int, ...]:
        """Of the next heading."""
        if row.kind is LineKind.PAGE:
            self._page += 1
            written = panel_numbers(row)
            self._panel = written[-1] if written else int(opens_panel(row))
            heading = row.facts.heading if row.facts else None
            return (heading.numbers if heading else ()) or self._pages.numbers(self._page)
        if row.kind is LineKind.PANEL:
            numbers = panel_numbers(row) or (self._panel + 1,)
            self._panel = numbers[-1]
            return numbers
        if row.kind is LineKind.CHAPTER:
            self._panel = 0
        return row.facts.heading.numbers if row.facts and row.facts.heading else ()


def _heading_title(row: Row) -> str:
    return row.facts.heading.title if row.facts and row.facts.heading else ""
