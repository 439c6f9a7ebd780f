"""The relationship map in a terminal: names, lines between them in dots, words beside them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from core.bible.map_places import Spot, place_nodes
from core.bible.relations import Edge, Node
from core.cells import clean, cut, units, width

Piece = tuple[str, str]
"""(text, role)"""
NAME, CHOSEN, NEAR, LOST = "name", "chosen", "near", "lost"
"""Roles of names: of the one that is chosen, of who has to do with that one, of who was deleted."""
EDGE, EDGE_CHOSEN = "edge", "edge.chosen"
WORD, WORD_CHOSEN, MORE, SPACE = "word", "word.chosen", "more", ""

_LONGEST, _SHORTEST = 18, 6
"""Cells of a name."""
_GAP = 4
_HIGH = 3
"""Rows for a name and the lines around it."""
_FILLED = 0.6
"""How much of the grid is filled, so that lines have room."""
_MOST = 200
_MOST_LINES = 600
_BRAILLE = 0x2800
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
_WORDY = 40
"""Lines up to which all words are written, not only those of who is chosen."""


class Place(Protocol):
    """Finds a cell of a grid for each of the nodes, as `place_nodes` does."""

    def __call__(
        self, nodes: Sequence[Node], edges: Iterable[Edge], columns: int, rows: int, *, aspect: float = 2.0
    ) -> dict[str, Spot]: ...


@dataclass(slots=True)
class _Canvas:
    columns: int
    rows: int
    cells: dict[tuple[int, int], Piece] = field(default_factory=dict)
    """What is written, by (row, column); the second cell of a wide sign holds ""."""
    dots: dict[tuple[int, int], tuple[int, bool]] = field(default_factory=dict)

    def write(self, row: int, column: int, text: str, role: str) -> None:
        for sign, wide in units(text):
            if column >= 0 and column + wide <= self.columns and 0 <= row < self.rows:
                if self.cells.get((row, column), (" ", ""))[0] == "":  # half of a wide sign
                    self.cells[row, column - 1] = (" ", SPACE)
                if self.cells.get((row, column + wide), (" ", ""))[0] == "":
                    self.cells[row, column + wide] = (" ", SPACE)
                self.cells[row, column] = (sign, role)
                if wide == 2:
                    self.cells[row, column + 1] = ("", role)
            column += wide

    def is_free(self, row: int, column: int, size: int) -> bool:
        inside = 0 <= row < self.rows and column >= 0 and column + size <= self.columns
        return inside and all((row, at) not in self.cells for at in range(column - 1, column + size + 1))

    def line(self, start: tuple[int, int], end: tuple[int, int], *, chosen: bool) -> None:
        """A straight line of dots between two cells (column, row)."""
        x, y = 2 * start[0], 4 * start[1] + 2
        far_x, far_y = 2 * end[0], 4 * end[1] + 2
        steps = max(abs(far_x - x), abs(far_y - y), 1)
        for step in range(steps + 1):
            dot_x = x + round((far_x - x) * step / steps)
            dot_y = y + round((far_y - y) * step / steps)
            key = (dot_y // 4, dot_x // 2)
            bits, was = self.dots.get(key, (0, False))
            self.dots[key] = (bits | _DOTS[dot_y % 4][dot_x % 2], was or chosen)

    def lines(self) -> list[list[Piece]]:
        return [self._row(row) for row in range(self.rows)]

    def _row(self, row: int) -> list[Piece]:
        found: list[Piece] = []
        for column in range(self.columns):
            text, role = self.cells.get((row, column)) or self._dot(row, column)
            if found and found[-1][1] == role:
                found[-1] = (found[-1][0] + text, role)
            else:
                found.append((text, role))
        return found

    def _dot(self, row: int, column: int) -> Piece:
        bits, chosen = self.dots.get((row, column), (0, False))
        return (chr(_BRAILLE | bits), EDGE_CHOSEN if chosen else EDGE) if bits else (" ", SPACE)


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """A map, and where on it each name stands."""

    lines: list[list[Piece]]
    names: dict[str, tuple[int, int, int]]
    """Id → (column, row, cells) of those for whom there is room."""


def draw_map(
    nodes: Sequence[Node],
    edges: Sequence[Edge],
    columns: int,
    rows: int,
    chosen: str = "",
    place: Place = place_nodes,
) -> DrawnMap:
    """Exactly `rows` lines of `columns` cells; `nodes` come with the most connected first.

    `place` finds the cells of a grid for them; most of the time goes there.
    """
    if columns <= 0 or rows <= 0:
        return DrawnMap([[] for _ in range(max(rows, 0))], {})
    canvas = _Canvas(columns, rows)
    ordered = nodes[:_MOST]
    wide = min(max([_SHORTEST, *(width(_label(node)) for node in ordered)]), _LONGEST, columns)
    across = max(columns // (wide + _GAP), 1)
    shown, down = _fitting(ordered, edges, across, rows, len(nodes))
    if shown and all(node.id != chosen for node in shown):  # nobody moves but the last, who makes room
        shown = [*shown[:-1], next((node for node in nodes if node.id == chosen), shown[-1])]
    across, down = _roomy(len(shown), across, down)
    spots = place(shown, edges, across, down, aspect=(wide + _GAP) / (2 * _HIGH)) if down else {}
    centres = _centres(canvas, spots, across, down, rows - (len(shown) < len(nodes)))
    names = _names(canvas, shown, centres, wide, chosen, _near(edges, chosen))
    undrawn = _edges(canvas, edges, centres, wide, chosen)
    if len(shown) < len(nodes) or undrawn:
        _say_more(canvas, len(nodes) - len(shown), undrawn, some=bool(shown))
    return DrawnMap(canvas.lines(), names)


def _edges(
    canvas: _Canvas, edges: Sequence[Edge], centres: dict[str, tuple[int, int]], wide: int, chosen: str
) -> int:
    """The lines and their words; gives how many lines are left out."""
    drawn = [edge for edge in edges if edge.first in centres and edge.second in centres]
    drawn.sort(key=lambda edge: chosen not in (edge.first, edge.second))
    undrawn = max(len(drawn) - _MOST_LINES, 0)
    del drawn[_MOST_LINES:]
    for edge in drawn:
        mine = chosen in (edge.first, edge.second)
        canvas.line(centres[edge.first], centres[edge.second], chosen=mine)
    for edge in drawn:
        mine = chosen in (edge.first, edge.second)
        if mine or (not chosen and len(drawn) <= _WORDY):
            _words(canvas, edge, centres, wide, WORD_CHOSEN if mine else WORD)
    return undrawn


def _label(node: Node) -> str:
    """Who is not in the bible stands in parentheses: colour is not the only sign."""
    name = clean(node.name).strip() or "–"
    return f"({name})" if node.lost else name


def _near(edges: Sequence[Edge], chosen: str) -> set[str]:
    return {one for edge in edges for one in (edge.first, edge.second) if chosen in (edge.first, edge.second)}


def _fitting(
    nodes: Sequence[Node], edges: Sequence[Edge], across: int, rows: int, total: int
) -> tuple[list[Node], int]:
    """The nodes for which there is room, and the rows of the grid."""
    filled = _FILLED if edges and across > 2 else 1.0
    for spare in (0, 1):  # one row to say how many more there are
        down = max((rows - spare) // _HIGH, min(rows - spare, 1))
        room = max(int(across * down * filled), min(down, 1))
        if total <= room:
            break
    return list(nodes[:room]), down


def _roomy(count: int, across: int, down: int) -> tuple[int, int]:
    """A grid no finer than it needs to be, so that the names use the whole of the screen."""
    if count <= 1 or not down:
        return (1, min(count, down))
    cells = count / _FILLED
    fewer = min(across, max(math.ceil(math.sqrt(cells * across / down)), 1))
    return fewer, min(down, math.ceil(max(cells, count) / fewer))


def _centres(
    canvas: _Canvas, spots: dict[str, Spot], across: int, down: int, rows: int
) -> dict[str, tuple[int, int]]:
    """The middle cell of each name, (column, row)."""
    return {
        node: (
            (2 * spot.column + 1) * canvas.columns // (2 * across),
            (2 * spot.row + 1) * rows // (2 * down),
        )
        for node, spot in spots.items()
    }


def _names(
    canvas: _Canvas,
    nodes: Sequence[Node],
    centres: dict[str, tuple[int, int]],
    wide: int,
    chosen: str,
    near: set[str],
) -> dict[str, tuple[int, int, int]]:
    places = {}
    for node in nodes:
        label = cut(_label(node), wide)
        column, row = centres[node.id]
        start = min(max(column - width(label) // 2, 0), max(canvas.columns - width(label), 0))
        role = CHOSEN if node.id == chosen else NEAR if node.id in near else LOST if node.lost else NAME
        canvas.write(row, start - 1, f" {label} ", SPACE)
        canvas.write(row, start, label, f"{role}:{node.colour}" if node.colour else role)
        places[node.id] = (start, row, width(label))
    return places


def _words(canvas: _Canvas, edge: Edge, centres: dict[str, tuple[int, int]], wide: int, role: str) -> None:
    """What each is to the other, beside the name of whom it is said; once in the middle if it is the same."""
    start, end = centres[edge.first], centres[edge.second]
    said: list[tuple[str, tuple[float, ...]]]
    if edge.forth == edge.back:
        said = [(edge.forth, (0.5, 0.4, 0.6))]
    else:
        said = [(edge.forth, (0.7, 0.6, 0.8, 0.5)), (edge.back, (0.3, 0.4, 0.2, 0.5))]
    for word, places in said:
        text = cut(word, wide)
        if not text:
            continue
        for share in places:
            row = round(start[1] + (end[1] - start[1]) * share)
            column = round(start[0] + (end[0] - start[0]) * share) - width(text) // 2
            if canvas.is_free(row, column, width(text)):
                canvas.write(row, column, text, role)
                break


def _say_more(canvas: _Canvas, count: int, lines: int, *, some: bool) -> None:
    """How many names, and lines between names that are there, are left out."""
    names = (f"{count:,} more" if some else f"{count:,} characters") if count else ""
    undrawn = f"{lines:,} lines not drawn" if lines else ""
    text = cut(", ".join(filter(None, (names, undrawn))), canvas.columns)
    row = canvas.rows - 1
    start = max(canvas.columns - width(text), 0)
    canvas.write(row, start - 1, f" {text}", SPACE)
    canvas.write(row, start, text, MORE)
