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

from screens.widgets.editor.cells import cut_to, drawn, line_cells
from screens.widgets.editor.document import Location
from screens.widgets.editor.styling import StyledSpan

CURRENT_LINE = "current-line"
SELECTION = "selection"
MATCH = "match"
CURSOR = "cursor"
GUTTER = "gutter"
CURRENT_GUTTER = "current-gutter"
GHOST = "ghost"
OVERLAYS = (CURRENT_LINE, MATCH, SELECTION, CURSOR, GUTTER, CURRENT_GUTTER, GHOST)
"""Roles that say where one is, besides those that say what a line is."""

MarginNote = tuple[str, str]
"""(words, role) for the margin; where there is no room, the parts before each ` · ` are left out."""


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
    margin: int  # cells behind all that, under the scroll bar
    ghost: str = ""  # offered behind the cursor, not part of the text
    note: MarginNote | None = None
    column: int = 0  # cells of the margin column, between the text and the scroll bar


class Page(NamedTuple):
    """What all rows of one painting share; `width` counts the cells of text, `column` the margin's."""

    size: Size
    offset: Offset
    gutter: int
    width: int
    column: int
    low: Location
    high: Location
    cursor: Location
    shows_cursor: bool


class ShownRow(NamedTuple):
    """A painted row, and the same after the app's filters (fewer colours, for example)."""

    text: Strip
    filtered: Strip


NO_PAGE = Page(Size(), Offset(), 0, 0, 0, (0, 0), (0, 0), (0, 0), False)
"""A painting that nothing was seen of."""


class Painter:
    """Paints rows in one theme and remembers the strips; `style_of` gives the style of some roles."""

    def __init__(self, style_of: Callable[[tuple[str, ...]], Style], remembered: int = 2048) -> None:
        self._style_of = lru_cache(512)(style_of)
        self.paint = lru_cache(remembered)(self._paint)

    def blank(self, width: int) -> Strip:
        """A row below the text."""
        return Strip.blank(width, self._style_of(()))

    def number(self, label: str, text: Strip, sign: tuple[str, str], *, current: bool) -> Strip:
        """Put a line number, a sign of one cell (with its role) and a space in front of a painted row."""
        role = CURRENT_GUTTER if current else GUTTER
        style = self._style_of((role,))
        if sign[1]:
            marks = [
                Segment(label, style),
                Segment(sign[0], self._style_of((role, sign[1]))),
                Segment(" ", style),
            ]
        else:
            marks = [Segment(f"{label}{sign[0]} ", style)]
        return Strip([*marks, *text], len(label) + 2 + text.cell_length)

    def _paint(self, ink: RowInk) -> Strip:
        line = (CURRENT_LINE,) if ink.current else ()
        start, end, gap = _visible(ink)
        segments = [Segment(" " * gap, self._style_of(line))] if gap else []
        segments += [
            Segment(_expand(ink.line, first, last), self._style_of(line + roles))
            for first, last, roles in _pieces(ink, start, end)
        ]
        if end == ink.end:
            used = sum(segment.cell_length for segment in segments)
            segments += [Segment(text, self._style_of((*line, *roles))) for text, roles in _tail(ink, used)]
        if ink.note:
            segments += self._note(ink, ink.note, line, sum(segment.cell_length for segment in segments))
        width = ink.width + ink.column + ink.margin
        return Strip(segments).adjust_cell_length(width, self._style_of(line)).simplify()

    def _note(self, ink: RowInk, note: MarginNote, line: tuple[str, ...], used: int) -> list[Segment]:
        """What stands in the margin, flush with its right edge but for one cell."""
        edge = ink.width + ink.column - 1
        words = _fitting_note(note[0], edge - used - 1)
        gap = edge - used - line_cells(words).width
        if not words or gap < 1:
            return []
        return [Segment(" " * gap, self._style_of(line)), Segment(words, self._style_of((*line, note[1])))]


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


def _tail(ink: RowInk, used: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What is drawn behind the last character, with its roles; the cursor stands on what is offered."""
    after = _after_the_end(ink)
    ghost = drawn(cut_to(ink.ghost, ink.width - used))
    if ghost and after == CURSOR:
        first = line_cells(ghost).after(0)
        yield ghost[:first], (GHOST, CURSOR)
        ghost = ghost[first:]
    elif after:
        yield " ", (after,)
    if ghost:
        yield ghost, (GHOST,)


def _fitting_note(words: str, room: int) -> str:
    """The words if there is room for them, else what is behind the first ` · ` and so on."""
    words = drawn(words)
    while words and line_cells(words).width > room:
        words = words.partition(" · ")[2]
    return words


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
