"""The figures and the outline of a script."""

from __future__ import annotations

from dataclasses import dataclass

from core.script.kinds import LineKind
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
    SUMS,
    WORDS,
    Row,
    RowList,
    add_row,
    opens_panel,
    panel_numbers,
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


@dataclass(frozen=True, slots=True)
class OutlineItem:
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


def statistics(lines: LineBuffer, rows: RowList, done: bool) -> Statistics:
    """The sums of all rows that have been parsed."""
    sums = rows.total()
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
        done=done,
    )


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
    return [entry.item() for entry in _entries(lines, rows, pages)]


@dataclass(slots=True)
class _Entry:
    """A heading while its figures are being counted."""

    kind: LineKind
    row: int
    numbers: tuple[int, ...]
    title: str
    key: int
    sums: list[int]

    def item(self) -> OutlineItem:
        sums = self.sums
        return OutlineItem(
            self.kind,
            _LEVELS[self.kind],
            self.row,
            self.numbers,
            self.title,
            sums[PANELS],
            sums[SAID],
            self.key,
        )


def _entries(lines: LineBuffer, rows: RowList, pages: Pages) -> list[_Entry]:
    found: list[_Entry] = []
    page: _Entry | None = None
    panel: _Entry | None = None
    count = _Numbering(pages)
    titled = False
    for at, (row, line) in enumerate(zip(rows, lines, strict=True)):
        kind = row.kind
        if kind is LineKind.TITLE and not titled and row.facts:
            title = title_in(line, row.facts)
            if title:
                titled = True
                found.append(_Entry(kind, at, (), title, 0, [0] * SUMS))
        elif kind in _LEVELS and kind is not LineKind.TITLE:
            entry = _Entry(kind, at, count.numbers(row), _heading_title(row), 0, [0] * SUMS)
            found.append(entry)
            if kind is LineKind.PANEL:
                panel = entry
            elif kind is not LineKind.SCENE:
                page, panel = (entry if kind is LineKind.PAGE else None), None
                entry.key = row.page.key if row.page else 0
        elif kind is LineKind.DESCRIPTION and panel is not None and not panel.title:
            panel.title = line.strip(" \t()")[:SHORT_TITLE]
        for counted in (page, panel):
            if counted is not None:
                add_row(counted.sums, row)
    return found


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
            return self._pages.numbers(self._page)
        if row.kind is LineKind.PANEL:
            numbers = panel_numbers(row) or (self._panel + 1,)
            self._panel = numbers[-1]
            return numbers
        if row.kind is LineKind.CHAPTER:
            self._panel = 0
        return row.facts.heading.numbers if row.facts and row.facts.heading else ()


def _heading_title(row: Row) -> str:
    return row.facts.heading.title if row.facts and row.facts.heading else ""
