"""Leaves out of each frame what the terminal shows already.

Textual repaints whole lines for every letter. The painter keeps two pictures, what Textual wants
and what the terminal shows, and sends the cells in which they differ. Frames that arrive while the
line is still busy only change the wanted picture, so a slow line never has more than one frame
under way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tui.terminal.cells import UNKNOWN, Cell, is_settled, read_cells, style_change
from tui.terminal.sixels import Sixels, is_sixel

_MOVE = re.compile(r"\x1b\[([0-9]+);([0-9]+)H")
_GAP = 4  # equal cells between two changes that are cheaper to send than a cursor move


@dataclass(slots=True)
class _Row:
    """One row: wanted and shown cells, and the pieces as they came, to skip equal ones unread."""

    wanted: list[Cell] = field(default_factory=list)
    shown: list[Cell] = field(default_factory=list)
    pieces: dict[int, tuple[int, str]] = field(default_factory=dict)  # start column -> (end, text)


class Painter:
    """The wanted and the shown screen, and the way from one to the other. Belongs to the UI thread."""

    def __init__(self, translation: dict[int, str] | None = None) -> None:
        """`translation` replaces glyphs that the terminal can't draw by others of the same width."""
        self._translation = translation
        self._rows: dict[int, _Row] = {}
        self._dirty: set[int] = set()
        self._cursor = (0, 0)
        self._shown_cursor: tuple[int, int] | None = None
        self.sixels = Sixels()

    @staticmethod
    def is_frame(data: str) -> bool:
        """Whether this is a frame of Textual's: absolute moves with painted text between them."""
        return _MOVE.match(data) is not None

    @property
    def cursor(self) -> tuple[int, int]:
        """Where the last frame left the cursor: (column, row) from 0."""
        return self._cursor

    @cursor.setter
    def cursor(self, position: tuple[int, int]) -> None:
        self._cursor = position

    def forget(self, columns: int | None = None, rows: int | None = None) -> None:
        """The terminal shows something unknown: the next paint() sends everything.

        With a new size, what no longer fits is dropped from the wanted picture as well.
        """
        for y in [y for y in self._rows if rows is not None and y >= rows]:
            del self._rows[y]
        for row in self._rows.values():
            row.shown = []
            row.pieces.clear()
            if columns is not None:
                del row.wanted[columns:]
        self._dirty = set(self._rows)
        self._shown_cursor = None
        self.sixels.forget()

    def take(self, frame: str) -> None:
        """Put a frame of Textual's into the wanted picture."""
        if self._translation is not None and not frame.isascii():
            frame = frame.translate(self._translation)
        parts = _MOVE.split(frame)
        for index in range(1, len(parts), 3):
            y, x, piece = int(parts[index]) - 1, int(parts[index + 1]) - 1, parts[index + 2].rstrip("\n")
            if piece:
                self._place(y, x, piece)
            self._cursor = (x, y)

    def _place(self, y: int, x: int, piece: str) -> None:
        row = self._rows.get(y)
        if row is None:
            row = self._rows[y] = _Row()
        known = row.pieces.get(x)
        if known is not None and known[1] == piece:
            return
        cells = read_cells(piece)
        end = x + len(cells)
        for start, (stop, _) in list(row.pieces.items()):
            if start < end and stop > x:
                del row.pieces[start]
        row.pieces[x] = (end, piece)
        wanted = row.wanted
        if len(wanted) < end:
            wanted.extend([UNKNOWN] * (end - len(wanted)))
        if wanted[x:end] == cells:
            return
        # Half a wide glyph can't stay: terminals blank it.
        if x and not wanted[x].text and wanted[x - 1].text:
            wanted[x - 1] = Cell(" ", wanted[x - 1].style)
        if end < len(wanted) and not wanted[end].text:
            wanted[end] = Cell(" ", wanted[end].style)
        wanted[x:end] = cells
        self._dirty.add(y)

    def paint(self) -> str:
        """What to send so that the terminal shows the wanted picture; "" if it does already."""
        out: list[str] = []
        pen = ""
        pictures: dict[int, set[str]] = {}
        for y in sorted(self._dirty):
            row = self._rows[y]
            if row.wanted != row.shown:
                if self.sixels.any:
                    pictures[y] = _pictures_in(row)
                pen = _paint_row(out, y, row.wanted, row.shown, pen)
                row.shown = row.wanted.copy()
        self._dirty.clear()
        if pen:
            out.append(style_change(pen, ""))
        if self.sixels.any:
            out += self.sixels.due(((y, row.wanted) for y, row in self._rows.items()), pictures)
        if out or self._cursor != self._shown_cursor:
            x, y = self._cursor
            out.append(f"\x1b[{y + 1};{x + 1}H")
            self._shown_cursor = self._cursor
        return "".join(out)


def _paint_row(out: list[str], y: int, wanted: list[Cell], shown: list[Cell], pen: str) -> str:
    """Append what turns `shown` into `wanted`; gives the pen's style at the end."""
    spans = _spans(wanted, shown)
    unsettled = not all(is_settled(cell.text) for cell in {*wanted, *shown})
    if unsettled:  # such a glyph may reach into its neighbours: the row is drawn anew, column by column
        spans = [(0, len(wanted))]
    at = -1
    for start, end in spans:
        column = start
        while column < end:
            cell = wanted[column]
            if cell is UNKNOWN or not cell.text:
                column += 1
                continue
            if at != column:
                out.append(f"\x1b[{column - at}C" if 0 <= at < column else f"\x1b[{y + 1};{column + 1}H")
            if cell.style != pen:
                out.append(style_change(pen, cell.style))
                pen = cell.style
            width = 2 if column + 1 < len(wanted) and not wanted[column + 1].text else 1
            at = column + width
            if unsettled and not is_settled(cell.text):
                # It may turn out narrower or wider than its place.
                out.append(f"{' ' * width}\x1b[{y + 1};{column + 1}H")
                at = -1
            out.append(" " if is_sixel(cell.text) else cell.text)
            column += width
    return pen


def _pictures_in(row: _Row) -> set[str]:
    """The signs of pictures in what will be painted of a row, of which all is painted now and then."""
    spans = _spans(row.wanted, row.shown)
    return {cell.text for start, end in spans for cell in row.wanted[start:end] if is_sixel(cell.text)}


def _spans(wanted: list[Cell], shown: list[Cell]) -> list[tuple[int, int]]:
    """The column ranges in which the two differ, near ones joined, wide glyphs kept whole."""
    common = min(len(wanted), len(shown))
    spans: list[tuple[int, int]] = []
    start = end = -1
    for column in [x for x in range(common) if wanted[x] != shown[x]]:
        if start >= 0 and column - end <= _GAP:
            end = column + 1
            continue
        if start >= 0:
            spans.append((start, end))
        start, end = column, column + 1
    if start >= 0:
        spans.append((start, end))
    if len(wanted) > common:
        spans.append((common, len(wanted)))
    return [(_whole(wanted, first), last) for first, last in spans]


def _whole(wanted: list[Cell], column: int) -> int:
    """The column where the glyph begins of which `column` may be the right half."""
    return column - 1 if column and not wanted[column].text else column
