"""The figures and the outline of a script."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

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
    return [
        OutlineItem(kind, _LEVELS[kind], row, numbers, title, panels, words, key)
        for kind, row, numbers, title, panels, words, key in _entries(lines, rows, pages)
    ]


# Lists, since figures are added while going through the rows: kind, row, numbers, title, panels, words, key.
_TITLE, _PANELS, _WORDS = 3, 4, 5


def _entries(lines: LineBuffer, rows: RowList, pages: Pages) -> list[list[Any]]:
    found: list[list[Any]] = []
    page: list[Any] | None = None
    panel: list[Any] | None = None
    numbering = _Numbering(pages)
    titled = False
    for at, (row, line) in enumerate(zip(rows, lines, strict=True)):
        kind = row.kind
        if kind in LETTERING:
            words = said(row)
            for entry in (page, panel):
                if entry:
                    entry[_WORDS] += words
        elif kind is LineKind.DESCRIPTION:
            if panel and not panel[_TITLE]:
                panel[_TITLE] = line.strip(" \t()")[:SHORT_TITLE]
        elif kind is LineKind.TITLE:
            title = "" if titled or not row.facts else title_in(line, row.facts)
            if title:
                titled = True
                found.append([kind, at, (), title, 0, 0, 0])
        elif kind in _LEVELS:
            entry = [
                kind,
                at,
                numbering.numbers(row),
                _heading_title(row),
                0,
                0,
                row.page.key if row.page else 0,
            ]
            found.append(entry)
            if kind is LineKind.PANEL:
                panel = entry
            elif kind is not LineKind.SCENE:
                page, panel = (entry if kind is LineKind.PAGE else None), None
            if page:
                page[_PANELS] += panels_on(row)
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
