"""The text as the editor shows it: its lines, how they wrap, and which screen row each is on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from core.script import LineBuffer, LineSplice
from core.story import TextEdit
from screens.widgets.editor.cells import LineCells, line_cells, wrap_line
from screens.widgets.editor.heights import Heights

Location = tuple[int, int]
"""A (row, column) of the text; columns are code points."""

MIN_WIDTH = 8


class WrappedText:
    """A mirror of the store's text plus its layout for one width. It is told of edits, it makes none.

    Lines are wrapped when somebody asks for them; until then their height is guessed.
    """

    def __init__(self, text: str = "", *, width: int = 80, wrap: bool = True) -> None:
        self.buffer = LineBuffer(text)
        self._width = max(MIN_WIDTH, width)
        self._wrap = wrap
        self._heights = Heights(self._guess(self.buffer))

    @property
    def width(self) -> int:
        """Cells a screen row may hold."""
        return self._width

    @property
    def wraps(self) -> bool:
        """Whether long lines take several screen rows."""
        return self._wrap

    @property
    def rows(self) -> int:
        """Number of lines, at least 1."""
        return len(self.buffer)

    @property
    def end(self) -> Location:
        """The place after the last character."""
        last = self.rows - 1
        return last, len(self.buffer[last])

    @property
    def height(self) -> int:
        """Screen rows of the whole text, partly guessed."""
        return self._heights.total

    def set_layout(self, width: int, *, wrap: bool) -> bool:
        """Use another width or way of wrapping; True if that changes anything."""
        width = max(MIN_WIDTH, width)
        if (width, wrap) == (self._width, self._wrap):
            return False
        self._width, self._wrap = width, wrap
        self._heights = Heights(self._guess(self.buffer))
        return True

    def cells(self, row: int) -> LineCells:
        """The measured characters of a line."""
        return line_cells(self.buffer[row])

    def cuts(self, row: int) -> tuple[int, ...]:
        """The columns at which the second and later screen rows of a line begin."""
        return wrap_line(self.buffer[row], self._width) if self._wrap else ()

    def section(self, row: int, column: int) -> tuple[int, int, int]:
        """The (index, first column, end column) of the screen row of a line that holds a column."""
        cuts = self.cuts(row)
        index = bisect_right(cuts, column)
        start = cuts[index - 1] if index else 0
        return index, start, cuts[index] if index < len(cuts) else len(self.buffer[row])

    # Layout

    def measure(self, row: int) -> int:
        """Wrap a line if that was not done yet; returns by how much its height was mistaken."""
        known = self._heights.height(row)
        if known > 0:
            return 0
        return self._heights.set(row, 1 + len(self.cuts(row)))

    def line_height(self, row: int) -> int:
        """Screen rows of a line."""
        self.measure(row)
        return self._heights.height(row)

    def measure_all(self) -> None:
        """Wrap every line; only tests and benchmarks need this."""
        for row in range(self.rows):
            self.measure(row)

    def top(self, row: int) -> int:
        """The screen row at which a line begins."""
        return self._heights.top(row)

    def at(self, y: int) -> tuple[int, int]:
        """The (line, section) at a screen row, clipped to the text."""
        return self._heights.at(y)

    def point(self, location: Location) -> tuple[int, int]:
        """The (cell, screen row) at which a place is drawn; cells count from the text's edge."""
        row, column = location
        self.measure(row)
        index, start, _ = self.section(row, column)
        cells = self.cells(row)
        x = cells.cell(column) - cells.cell(start)
        return min(x, self._width) if self._wrap else x, self.top(row) + index

    def location(self, x: int, y: int) -> Location:
        """The place drawn at a cell of a screen row, clipped to the text."""
        row, section = self.at(y)
        cuts = self.cuts(row)
        section = min(section, len(cuts))
        return row, self.column(row, section, x)

    def column(self, row: int, section: int, x: int) -> int:
        """The column of a line drawn at a cell of one of its screen rows."""
        bounds = (0, *self.cuts(row), len(self.buffer[row]))
        cells = self.cells(row)
        column = cells.column(cells.cell(bounds[section]) + max(0, x))
        if section + 2 < len(bounds):  # the last place of a wrapped row is before its cut
            column = min(column, cells.before(bounds[section + 1]))
        return column

    # Places

    def clip(self, location: Location) -> Location:
        """The nearest place in the text, never inside a visible character."""
        row = max(0, min(location[0], self.rows - 1))
        if location[0] > row:
            return self.end
        column = max(0, min(location[1], len(self.buffer[row])))
        return row, self.cells(row).snap(column)

    def offset(self, location: Location) -> int:
        """The offset of a place in the text."""
        return self.buffer.offset(*location)

    def place(self, offset: int) -> Location:
        """The place at an offset, clipped to the text."""
        return self.buffer.location(max(0, min(offset, self.buffer.length)))

    def between(self, start: Location, end: Location) -> str:
        """The text between two places, in either order."""
        start, end = sorted((start, end))
        return self.buffer.slice(self.offset(start), self.offset(end))

    # Edits

    def apply(self, edits: Sequence[TextEdit]) -> list[LineSplice]:
        """Follow edits of the store, in the order in which they were made."""
        splices = []
        for edit in edits:
            splice = self.buffer.splice(edit.position, edit.deleted, edit.inserted)
            row, removed, inserted = splice
            fresh = [self.buffer[row]] if inserted == 1 else self.buffer.rows(row, row + inserted)
            self._heights.splice(row, removed, self._guess(fresh))
            splices.append(splice)
        return splices

    def _guess(self, lines: LineBuffer | list[str]) -> list[int]:
        """Heights from lengths alone; exact (positive) where the line can't be wider than a row."""
        if not self._wrap:
            return [1] * len(lines)
        width = self._width
        return [
            1 if len(line) * 2 <= width and "\t" not in line else -1 - (len(line) - 1) // width
            for line in lines
        ]
