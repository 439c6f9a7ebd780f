"""Whole lines taken out of a text at one place and put in at another, as two edits."""

from __future__ import annotations

from typing import NamedTuple

from core.script.lines import LineBuffer

Edit = tuple[int, int, str]
"""(offset, deleted, inserted), one after another, as `Script.splice_many` takes them."""


class Run(NamedTuple):
    """The rows `start` to `end` (not included)."""

    start: int
    end: int


class LineMoves:
    """Makes the edits. Which line break goes with the lines depends on whether a line stands below them."""

    def __init__(self, lines: LineBuffer) -> None:
        self._lines = lines

    def size(self, start: int, end: int) -> int:
        """Characters of the rows `start` to `end`, each with a line break."""
        return self._offset(end) - self._offset(start)

    def _offset(self, row: int) -> int:
        """The offset of a row's first character; one behind the text for the row after the last."""
        lines = self._lines
        return lines.offset(row, 0) if row < len(self._lines) else lines.length + 1

    def _text(self, *runs: Run) -> str:
        lines = self._lines
        return "".join(f"{line}\n" for run in runs for line in lines.rows(run.start, run.end))

    def lift(self, cut: Run, to: int, put: tuple[Run, ...]) -> tuple[Edit, ...]:
        """Take rows out together with the line break above them, and put rows in above."""
        text = self._text(*put)
        start = self._offset(cut.start) - 1
        return (self._offset(to), 0, text), (start + len(text), self.size(*cut), "")

    def lift_rows(self, cut: Run, to: int, put: tuple[Run, ...]) -> tuple[Edit, ...]:
        """The same with the line break below them."""
        text = self._text(*put)
        return (self._offset(to), 0, text), (self._offset(cut.start) + len(text), self.size(*cut), "")

    def drop(self, cut: Run, to: int, put: tuple[Run, ...]) -> tuple[Edit, ...]:
        """Take rows out together with the line break below them, and put rows in above `to`."""
        text = "\n" + self._text(*put)[:-1]
        size = self.size(*cut)
        return (self._offset(cut.start), size, ""), (self._offset(to) - 1 - size, 0, text)

    def drop_rows(self, cut: Run, to: int, put: tuple[Run, ...]) -> tuple[Edit, ...]:
        """The same, put in before the row `to`."""
        size = self.size(*cut)
        return (self._offset(cut.start), size, ""), (self._offset(to) - size, 0, self._text(*put))
