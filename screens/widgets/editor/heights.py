"""Screen rows taken by each line, in blocks, so that a place in 100,000 lines is found at once."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

BLOCK = 256
"""Lines in a fresh block; one that grows beyond four times this is split."""


class Heights:
    """A sequence of heights (at least 1 each), some of which are estimates until measured.

    Heights of lines that nobody has looked at are guesses from their length: wrapping a long
    script as a whole would take seconds.
    """

    __slots__ = ("_blocks", "_row_ends", "_totals", "_y_ends")

    def __init__(self, heights: list[int]) -> None:
        """Take one height per line; a negative one is an estimate."""
        self._blocks = [heights[at : at + BLOCK] for at in range(0, len(heights), BLOCK)] or [[]]
        self._totals = [sum(map(abs, block)) for block in self._blocks]
        self._row_ends: list[int] = []  # empty: to be added up anew when somebody asks
        self._y_ends: list[int] = []

    def __len__(self) -> int:
        return self._rows()[-1]

    @property
    def total(self) -> int:
        """Screen rows of all lines together."""
        return self._ys()[-1]

    def height(self, row: int) -> int:
        """Screen rows of a line; negative if that is an estimate."""
        index, within = self._find(row)
        return self._blocks[index][within]

    def set(self, row: int, height: int) -> int:
        """Note a height; returns by how much the line has grown."""
        index, within = self._find(row)
        block = self._blocks[index]
        grown = abs(height) - abs(block[within])
        block[within] = height
        if grown:
            self._totals[index] += grown
            self._y_ends = []
        return grown

    def top(self, row: int) -> int:
        """The screen row at which a line begins; `row` may be the one after the last."""
        if row >= len(self):
            return self.total
        index, within = self._find(row)
        return self._ys()[index] - self._totals[index] + sum(map(abs, self._blocks[index][:within]))

    def at(self, y: int) -> tuple[int, int]:
        """The (line, screen row within it) at a screen row, clipped to the text."""
        ends = self._ys()
        y = max(0, min(y, ends[-1] - 1))
        index = bisect_right(ends, y)
        left = y - (ends[index] - self._totals[index])
        row = self._rows()[index] - len(self._blocks[index])
        for height in self._blocks[index]:
            if left < abs(height):
                return row, left
            left -= abs(height)
            row += 1
        raise IndexError(f"screen row {y}")  # pragma: no cover - the totals say it is in there

    def splice(self, row: int, removed: int, heights: list[int]) -> None:
        """Put `heights` in the place of `removed` lines (at least one of each)."""
        if removed == len(heights) == 1:
            self.set(row, heights[0])
            return
        index, within = self._find(row)
        last, last_within = self._find(row + removed - 1)
        tail = self._blocks[last][last_within + 1 :]
        joined = self._blocks[index][:within] + heights + tail
        step = len(joined) if len(joined) <= 4 * BLOCK else BLOCK
        blocks = [joined[at : at + step] for at in range(0, len(joined), step)]
        self._blocks[index : last + 1] = blocks
        self._totals[index : last + 1] = [sum(map(abs, block)) for block in blocks]
        self._row_ends = self._y_ends = []

    def _find(self, row: int) -> tuple[int, int]:
        ends = self._rows()
        if not 0 <= row < ends[-1]:
            raise IndexError(f"line {row} of {ends[-1]}")
        index = bisect_right(ends, row)
        return index, row - (ends[index] - len(self._blocks[index]))

    def _rows(self) -> list[int]:
        if not self._row_ends:
            self._row_ends = list(accumulate(map(len, self._blocks)))
        return self._row_ends

    def _ys(self) -> list[int]:
        if not self._y_ends:
            self._y_ends = list(accumulate(self._totals))
        return self._y_ends
