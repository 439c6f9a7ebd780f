"""The figures and the outline of a script."""

from __future__ import annotations

from collections.abc import Iterator
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


_LEVELS = {
    LineKind.TITLE: 0,
    LineKind.CHAPTER: 0,
    LineKind.SCENE: 1,
    LineKind.PAGE: 1,
    LineKind.PANEL: 2,
}


def outline(rows: RowList, pages: Pages) -> list[OutlineItem]:
    """All headings in order. Costs O(rows), so ask when `Script.structure` has grown."""
    return list(_Outline(pages).items(rows))


class _Outline:
    """One pass over the rows; a heading is told when its figures are known."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._page = -1
        self._panel = 0

    def items(self, rows: RowList) -> Iterator[OutlineItem]:
        """The items in order."""
        found: list[tuple[int, Row, list[int], tuple[int, ...], LineKind]] = []
        page: list[int] | None = None
        panel: list[int] | None = None
        for at, row in enumerate(rows):
            kind = row.kind
            if kind in _LEVELS:
                own = [0] * SUMS
                if kind is LineKind.PAGE or kind is LineKind.CHAPTER:
                    page = panel = None
                found.append((at, row, own, self._numbers(row), kind))
                if kind is LineKind.PAGE:
                    page = own
                elif kind is LineKind.PANEL:
                    panel = own
            for sums in (page, panel):
                if sums is not None:
                    add_row(sums, row)
        for at, row, own, numbers, kind in found:
            yield _item(at, row, own, numbers, kind)

    def _numbers(self, row: Row) -> tuple[int, ...]:
        """As written, or counted on."""
        heading = row.facts.heading if row.facts else None
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
        return heading.numbers if heading and row.kind is not LineKind.TITLE else ()


def _item(at: int, row: Row, own: list[int], numbers: tuple[int, ...], kind: LineKind) -> OutlineItem:
    heading = row.facts.heading if row.facts else None
    key = row.page.key if row.page else 0
    title = heading.title if heading else ""
    return OutlineItem(kind, _LEVELS[kind], at, numbers, title, own[PANELS], own[SAID], key)
