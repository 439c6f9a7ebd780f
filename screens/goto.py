"""What a writer means by a line number, a page, a panel, a chapter; and which heading comes next."""

from __future__ import annotations

import re
import unicodedata

from core.script import LineKind, Script
from core.script.keywords import bare, words_of

LONGEST = 100
"""Characters of what can be meant; of thousands of digits Python makes no number."""
STEP = 512
"""Rows looked at together in search of a panel."""

_PANEL = re.compile(r"(?P<word>\D*?)(?P<page>\d+)\s*[.:, /]\s*(?P<panel>\d+)")
_JAPANESE = re.compile(r"第?(?P<page>\d+)(?:ページ|頁)(?:目?(?P<panel>\d+)コマ目?)?")
_NAMED = re.compile(r"(?P<word>[^\W\d]+\.?)\s*(?P<number>\d+)")
_CHAPTERS = frozenset({"ch", "ch.", *(bare(word) for word in words_of("chapter"))})


def row_of(wanted: str, script: Script, rows: int, *, near: int = 0) -> int | None:
    """The row (from 0) of `120` (a line), `p12` (a page), `12.3` (a panel), `ch2`; None if there is none.

    Where several have that number, the one nearest to the row `near` is meant.
    """
    text = unicodedata.normalize("NFKC", wanted).strip().casefold()
    if len(text) > LONGEST:
        return None
    if found := (_JAPANESE.fullmatch(text) or _PANEL.fullmatch(text)):
        page = int(found["page"])
        return (
            _panel_row(script, page, int(found["panel"]), near)
            if found["panel"]
            else _page_row(script, page, near)
        )
    if found := _NAMED.fullmatch(text):
        if bare(found["word"]) in _CHAPTERS:
            return _chapter_row(script, int(found["number"]), near)
        return _page_row(script, int(found["number"]), near)
    if text.isdecimal() and text.isascii():
        return max(0, min(int(text), rows) - 1)
    return None


def heading_from(script: Script, row: int, kind: LineKind, direction: int) -> int | None:
    """The row of the nearest page or panel heading below (1) or above (-1) a row; None if there is none."""
    if kind is LineKind.PAGE:
        pages = script.pages
        if not len(pages):
            return None
        here = pages.at(row)
        index = here.index + 1 if direction > 0 else here.index - (here.row == row)
        return pages[index].row if 0 <= index < len(pages) else None
    at = row + direction
    while 0 <= at < len(script.lines):
        start = at if direction > 0 else max(at - STEP + 1, 0)
        kinds = script.kinds(start, min(start + STEP, len(script.lines)) if direction > 0 else at + 1)
        order = range(len(kinds)) if direction > 0 else range(len(kinds) - 1, -1, -1)
        for within in order:
            if _opens_panel(script, start + within, kinds[within]):
                return start + within
        at = start + len(kinds) if direction > 0 else start - 1
    return None


def _opens_panel(script: Script, row: int, kind: LineKind | None) -> bool:
    return kind is LineKind.PANEL or (kind is LineKind.PAGE and script.line(row).opens_panel)


def _nearest(rows: list[int], near: int) -> int | None:
    return min(rows, key=lambda row: abs(row - near), default=None)


def _page_index(script: Script, number: int, near: int) -> int | None:
    """The page with this number; the first guess is right in nearly every script."""
    pages = script.pages
    here = pages.at(near).index if len(pages) else -1
    if here >= 0 and number in pages.numbers(here):
        return here
    indexes = [index for index in range(len(pages)) if number in pages.numbers(index)]
    return min(indexes, key=lambda index: abs(index - here), default=None)


def _page_row(script: Script, number: int, near: int) -> int | None:
    index = _page_index(script, number, near)
    return None if index is None else script.pages[index].row


def _chapter_row(script: Script, number: int, near: int) -> int | None:
    return _nearest([row for row in script.pages.chapter_rows() if number in script.line(row).numbers], near)


def _panel_row(script: Script, page: int, panel: int, near: int) -> int | None:
    index = _page_index(script, page, near)
    if index is None:
        return None
    span, seen = script.pages[index], 0
    for row, kind in enumerate(script.kinds(span.row, span.end_row), span.row):
        if not _opens_panel(script, row, kind):
            continue
        line = script.line(row)
        numbers = line.numbers if kind is LineKind.PANEL else (line.panel,) if line.panel is not None else ()
        seen = numbers[-1] if numbers else seen + 1
        if panel in (numbers or (seen,)):
            return row
    return None
