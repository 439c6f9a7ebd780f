"""One screen row of text made into segments."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Offset, Size
from textual.strip import Strip

from screens.widgets.editor.cells import drawn, line_cells
from screens.widgets.editor.document import Location
from screens.widgets.editor.styling import StyledSpan

CURRENT_LINE = "current-line"
SELECTION = "selection"
MATCH = "match"
CURSOR = "cursor"
GUTTER = "gutter"
CURRENT_GUTTER = "current-gutter"
OVERLAYS = (CURRENT_LINE, MATCH, SELECTION, CURSOR, GUTTER, CURRENT_GUTTER)
"""Roles that say where one is, besides those that say what a line is."""


class RowInk(NamedTuple):
    """All that a painted row depends on: two equal inks give the same strip."""

    line: str
    start: int
    end: int
    spans: tuple[StyledSpan, ...]
    current: bool
    overhang: bool  # the selection goes on over the line break
    left: int  # cells scrolled away on the left
    width: int  # cells of text, without the gutter
    margin: int  # cells behind it, under the scroll bar


class Page(NamedTuple):
    """What all rows of one painting have in common; `width` counts the cells of text."""

    size: Size
    offset: Offset
    gutter: int
    width: int
    low: Location
    high: Location
    cursor: Location
    shows_cursor: bool


class ShownRow(NamedTuple):
    """A painted row, and the same after the app's filters (fewer colours, for example)."""

    text: Strip
    filtered: Strip


NO_PAGE = Page(Size(), Offset(), 0, 0, (0, 0), (0, 0), (0, 0), False)
"""A painting that nothing was seen of."""


class Painter:
    """Paints rows in one theme and remembers the strips; `style_of` gives the style of some roles."""

    def __init__(self, style_of: Callable[[tuple[str, ...]], Style], remembered: int = 2048) -> None:
        self._style_of = lru_cache(512)(style_of)
        self.paint = lru_cache(remembered)(self._paint)

    def blank(self, width: int) -> Strip:
        """A row below the text."""
        return Strip.blank(width, self._style_of(()))

    def number(self, label: str, text: Strip, *, current: bool) -> Strip:
        """Put a line number in front of a painted row."""
        style = self._style_of((CURRENT_GUTTER if current else GUTTER,))
        return Strip([Segment(label, style), *text], len(label) + text.cell_length)

    def _paint(self, ink: RowInk) -> Strip:
        line = (CURRENT_LINE,) if ink.current else ()
        start, end, gap = _visible(ink)
        segments = [Segment(" " * gap, self._style_of(line))] if gap else []
        segments += [
            Segment(_expand(ink.line, first, last), self._style_of(line + roles))
            for first, last, roles in _pieces(ink, start, end)
        ]
        if end == ink.end and (after := _after_the_end(ink)):
            segments.append(Segment(" ", self._style_of((*line, after))))
        width = ink.width + ink.margin
        return Strip(segments).adjust_cell_length(width, self._style_of(line)).simplify()


def shortened(ink: RowInk) -> RowInk:
    """The same row without the parts of a very long line that are out of view.

    Otherwise the painter would remember the whole line once for each letter typed in it.
    """
    start, end, gap = _visible(ink)
    piece = ink.line[start:end]
    if gap or "\t" in piece:
        return ink
    spans = tuple(
        (max(first, start) - start, min(last, end + 1) - start, role)
        for first, last, role in ink.spans
        if (first < end and last > start) or first == end == ink.end
    )
    overhang = ink.overhang and end == ink.end
    return ink._replace(line=piece, start=0, end=len(piece), spans=spans, left=0, overhang=overhang)


def _visible(ink: RowInk) -> tuple[int, int, int]:
    """The columns of the row that are in view, and the cells that half a wide character leaves free."""
    columns, cells = line_cells(ink.line)
    left = cells[bisect_left(columns, ink.start)] + ink.left
    first = bisect_left(cells, left)
    if first == len(cells):
        return ink.end, ink.end, 0
    start = max(ink.start, columns[first])
    end = min(ink.end, columns[bisect_right(cells, left + ink.width) - 1])
    return start, max(start, end), cells[first] - left


def _after_the_end(ink: RowInk) -> str:
    """What the cell after the last character shows: the cursor, or that the line break is selected."""
    if any(role == CURSOR and start >= ink.end for start, _, role in ink.spans):
        return CURSOR
    return SELECTION if ink.overhang else ""


def _pieces(ink: RowInk, start: int, end: int) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Columns in pieces of one style: (start, end, roles in the order in which they are laid on)."""
    bounds = {start, end}
    for first, last, _ in ink.spans:
        bounds.update((max(start, min(first, end)), max(start, min(last, end))))
    for first, last in pairwise(sorted(bounds)):
        yield first, last, tuple(role for low, high, role in ink.spans if low <= first and last <= high)


def _expand(line: str, start: int, end: int) -> str:
    """A piece of a line as it is drawn: tabs as spaces, control characters as signs."""
    piece = line[start:end]
    if "\t" not in piece:
        return drawn(piece)
    cells = line_cells(line)
    parts = []
    for column, character in enumerate(piece, start):
        if character == "\t":
            parts.append(" " * (cells.cell(column + 1) - cells.cell(column)))
        else:
            parts.append(character)
    return drawn("".join(parts))
