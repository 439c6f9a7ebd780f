"""One screen row of text made into segments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from screens.widgets.editor.cells import LineCells, drawn, line_cells
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
        cells = line_cells(ink.line)
        line = (CURRENT_LINE,) if ink.current else ()
        segments = [
            Segment(_expand(ink.line, cells, start, end), self._style_of(line + roles))
            for start, end, roles in _pieces(ink)
        ]
        if _cursor_at_end(ink):
            segments.append(Segment(" ", self._style_of((*line, CURSOR))))
        elif ink.overhang:
            segments.append(Segment(" ", self._style_of((*line, SELECTION))))
        text = Strip(segments)
        if ink.left:
            text = text.crop(ink.left, ink.left + ink.width)
        text = text.adjust_cell_length(ink.width, self._style_of(line))
        return text.simplify()


def _cursor_at_end(ink: RowInk) -> bool:
    return any(role == CURSOR and start >= ink.end for start, _, role in ink.spans)


def _pieces(ink: RowInk) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """The row in pieces of one style: (start, end, roles in the order in which they are laid on)."""
    bounds = {ink.start, ink.end}
    for start, end, _ in ink.spans:
        bounds.update((max(ink.start, min(start, ink.end)), max(ink.start, min(end, ink.end))))
    ordered = sorted(bounds)
    for start, end in pairwise(ordered):
        yield start, end, tuple(role for first, last, role in ink.spans if first <= start and end <= last)


def _expand(line: str, cells: LineCells, start: int, end: int) -> str:
    """A piece of a line as it is drawn: tabs as spaces, control characters as signs."""
    piece = line[start:end]
    if "\t" not in piece:
        return drawn(piece)
    parts = []
    for column, character in enumerate(piece, start):
        if character == "\t":
            parts.append(" " * (cells.cell(column + 1) - cells.cell(column)))
        else:
            parts.append(character)
    return drawn("".join(parts))
