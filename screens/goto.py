"""What a writer means by a line number, a page, or a page and panel."""

from __future__ import annotations

import re

from core.script import LineKind, Script


def row_of(wanted: str, script: Script, rows: int) -> int | None:
    """The row (from 0) of `120` (a line), `p12` (a page), `12.3` (a panel); None if there is none."""
    text = wanted.strip().casefold().replace(" ", "")
    if found := re.fullmatch(r"(?:p(?:age)?)?(\d+)[.:](\d+)", text):
        return _panel_row(script, int(found[1]), int(found[2]), rows)
    if found := re.fullmatch(r"p(?:age)?(\d+)", text):
        return _page_row(script, int(found[1]))
    if text.isdecimal() and text.isascii():
        return max(0, min(int(text), rows) - 1)
    return None


def _page_row(script: Script, number: int) -> int | None:
    return next((page.row for page in script.pages if number in page.numbers), None)


def _panel_row(script: Script, page: int, panel: int, rows: int) -> int | None:
    start = _page_row(script, page)
    if start is None:
        return None
    seen = 0
    for row in range(start, rows):
        line = script.line(row)
        if row > start and line.kind is LineKind.PAGE:
            return None
        if line.kind is LineKind.PANEL:
            seen += 1
            number = line.numbers[0] if line.numbers else seen
            if number == panel:
                return row
    return None
