"""Between millimetres of a page and cells of a terminal, both ways."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import floor

from core.assembly.plan import Direction, PagePlan, Rect, Side
from core.assembly.terminal.canvas import Box

STRETCH = 1.45
"""So much wider (or higher) than on paper a page may be drawn, where there is room: words need it."""
CELL = 2.0
"""A cell is about twice as high as wide."""
FRAMED = (30, 14)
"""From so many columns and rows on the page's own edge is drawn."""


@dataclass(frozen=True, slots=True)
class _Axis:
    """Millimetres to cells, linear between points; margins shrink to a cell."""

    places: tuple[float, ...]
    cells: tuple[float, ...]

    def cell(self, place: float) -> float:
        """The (fractional) cell of a place."""
        return _between(place, self.places, self.cells)

    def place(self, cell: float) -> float:
        """The place of a cell."""
        return _between(cell, self.cells, self.places)


def _between(value: float, known: Sequence[float], wanted: Sequence[float]) -> float:
    index = min(max(bisect_right(known, value), 1), len(known) - 1)
    low, high = known[index - 1], known[index]
    share = 0.0 if high <= low else min(max((value - low) / (high - low), 0.0), 1.0)
    return wanted[index - 1] + share * (wanted[index] - wanted[index - 1])


@dataclass(frozen=True, slots=True)
class View:
    """How a page lies in a rectangle of cells: where its panels are drawn, and what lies under a cell."""

    page: PagePlan
    columns: int
    rows: int
    sheet: Box
    """The cells of the page; of a strip also those above and below what is seen."""
    framed: bool
    """Its edge is drawn."""
    boxes: tuple[Box, ...]
    """Of the panels, in their order. Where there is room for no gutter, neighbours share a border."""
    joined_across: bool
    joined_down: bool
    _across: _Axis = field(repr=False)
    _down: _Axis = field(repr=False)

    def box(self, rect: Rect) -> Box:
        """The cells of anything on the page, at least one."""
        left, top = _near(self._across.cell(rect.x)), _near(self._down.cell(rect.y))
        right = max(_near(self._across.cell(rect.right)), left + 1)
        return Box(left, top, right, max(_near(self._down.cell(rect.bottom)), top + 1))

    def place(self, column: int, row: int) -> tuple[float, float]:
        """Millimetres of the middle of a cell."""
        return self._across.place(column + 0.5), self._down.place(row + 0.5)

    def panel_at(self, column: int, row: int) -> int | None:
        """The panel that is drawn in a cell, insets before what they lie on."""
        for index in range(len(self.boxes) - 1, -1, -1):
            box = self.boxes[index]
            if box.left <= column < box.right and box.top <= row < box.bottom:
                return index
        return None


def view_of(
    page: PagePlan, columns: int, rows: int, *, chosen: int | None = None, scroll: int | None = None
) -> View:
    """Fit the page into so many cells; a strip takes the width, from `scroll` or around the chosen panel."""
    if page.direction is Direction.VERTICAL:
        return _strip(page, columns, rows, chosen, scroll)
    wide = columns
    high = rows
    natural = page.width / max(page.height, 1.0) * CELL
    wide = max(min(wide, int(high * natural * STRETCH)), min(columns, 1))
    high = max(min(high, int(wide / natural * STRETCH)), min(rows, 1))
    left, top = (columns - wide) // 2, (rows - high) // 2
    return _view(page, columns, rows, Box(left, top, left + wide, top + high))


def _strip(page: PagePlan, columns: int, rows: int, chosen: int | None, scroll: int | None) -> View:
    wide = min(columns, max(24, int(rows * 2.2)))
    high = max(int(wide * page.height / max(page.width, 1.0) / CELL), rows if page.height > page.width else 1)
    left = (columns - wide) // 2
    whole = _view(page, columns, rows, Box(left, 0, left + wide, high))
    if scroll is None:
        scroll = 0
        if chosen is not None and 0 <= chosen < len(whole.boxes):
            box = whole.boxes[chosen]
            scroll = box.top - max((rows - box.height) // 2, 1)
    scroll = min(max(scroll, 0), max(high - rows, 0))
    if not scroll:
        return whole
    return _view(page, columns, rows, Box(left, -scroll, left + wide, high - scroll))


def _view(page: PagePlan, columns: int, rows: int, sheet: Box) -> View:
    paper = page.format
    framed = sheet.width >= FRAMED[0] and sheet.height >= FRAMED[1]
    margin = 1 if framed else 0
    left, right = {
        Side.LEFT: (paper.outer, paper.inner),
        Side.RIGHT: (paper.inner, paper.outer),
    }.get(page.side, (paper.outer, paper.outer))
    live_wide, live_high = page.width - left - right, page.height - paper.top - paper.bottom
    joined_across = (sheet.width - 2 * margin) / max(live_wide, 1.0) * paper.across < 0.95
    joined_down = (sheet.height - 2 * margin) / max(live_high, 1.0) * paper.down < 0.95
    across = _axis(page.width, left, right, paper.bleed, sheet.left, sheet.right - joined_across, margin)
    down = _axis(
        page.height, paper.top, paper.bottom, paper.bleed, sheet.top, sheet.bottom - joined_down, margin
    )
    rects = [panel.box for panel in page.panels]
    inset = [panel.inset for panel in page.panels]
    xs = _spans([(rect.x, rect.right) for rect in rects], inset, across, joined_across)
    ys = _spans([(rect.y, rect.bottom) for rect in rects], inset, down, joined_down)
    boxes = tuple(Box(x[0], y[0], x[1], y[1]) for x, y in zip(xs, ys, strict=True))
    return View(page, columns, rows, sheet, framed, boxes, joined_across, joined_down, across, down)


def _axis(
    length: float, before: float, after: float, bleed: float, first: int, last: int, margin: int
) -> _Axis:
    places = (-bleed, 0.0, before, max(length - after, before), length, length + bleed)
    cells = (first, first, first + margin, max(last - margin, first + margin), last, last)
    return _Axis(places, tuple(float(min(cell, max(last, first))) for cell in cells))


def _spans(
    edges: Sequence[tuple[float, float]], inset: Sequence[bool], axis: _Axis, joined: bool
) -> list[tuple[int, int]]:
    """First cell and the one after the last of each.

    Edges that face each other over a gutter both go to its middle, so that gutters look alike. One's end
    never lies behind the other's start: what doesn't overlap on paper shares at most a border.
    """
    starts = sorted({edge[0] for edge, is_inset in zip(edges, inset, strict=True) if not is_inset})
    ends = sorted({edge[1] for edge, is_inset in zip(edges, inset, strict=True) if not is_inset})
    keys = [(start, end, is_inset) for (start, end), is_inset in zip(edges, inset, strict=True)]
    known: dict[tuple[float, float, bool], tuple[int, int]] = {}  # most edges are those of a whole row
    for start, end, is_inset in dict.fromkeys(keys):
        first = _near(axis.cell(start if is_inset else _facing_start(start, ends)))
        last = _near(axis.cell(end if is_inset else _facing_end(end, starts)))
        known[start, end, is_inset] = first, max(last, first) + joined
    return [known[key] for key in keys]


_FACING = 15.0
"""Millimetres; what is further apart is no gutter."""


def _facing_start(start: float, ends: Sequence[float]) -> float:
    index = bisect_right(ends, start + 1e-6) - 1
    return (start + ends[index]) / 2 if index >= 0 and start - ends[index] < _FACING else start


def _facing_end(end: float, starts: Sequence[float]) -> float:
    index = bisect_left(starts, end - 1e-6)
    return (end + starts[index]) / 2 if index < len(starts) and starts[index] - end < _FACING else end


def _near(value: float) -> int:
    return floor(value + 0.5)
