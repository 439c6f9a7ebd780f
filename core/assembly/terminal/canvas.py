"""A sheet of terminal cells to draw on: lines that join, words that never cut a wide character in half."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from core.cells import units


class Ink(StrEnum):
    """What a cell shows, for whoever gives it a colour."""

    PAPER = "paper"
    EDGE = "edge"
    """The edge of the page, and the fold of a spread."""
    BORDER = "border"
    CHOSEN = "chosen"
    NUMBER = "number"
    STATUS = "status"
    BALLOON = "balloon"
    """Frames and tails."""
    SPEAKER = "speaker"
    WORDS = "words"
    CAPTION = "caption"
    SFX = "sfx"
    OVERFULL = "overfull"
    """Frames of balloons whose words don't fit."""
    DESCRIPTION = "description"
    CAST = "cast"
    ORDER = "order"


class Box(NamedTuple):
    """Cells from `left`, `top` to `right`, `bottom` (not included)."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """Columns."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Rows."""
        return self.bottom - self.top

    def inside(self, by: int = 1) -> Box:
        """Without its border."""
        return Box(self.left + by, self.top + by, self.right - by, self.bottom - by)

    def overlaps(self, other: Box) -> bool:
        """Whether both have a cell in common."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: Box) -> bool:
        """Whether the other lies in it."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )


NORTH, EAST, SOUTH, WEST = 1, 2, 4, 8
_LIGHT = " ╵╶└╷│┌├╴┘─┴┐┤┬┼"
_HEAVY = " ╹╺┗╻┃┏┣╸┛━┻┓┫┳╋"


class Canvas:
    """Cells, each with a character and its ink. What lies outside is not drawn."""

    def __init__(self, columns: int, rows: int) -> None:
        self.columns, self.rows = columns, rows
        self._characters = [[" "] * columns for _ in range(rows)]
        self._inks = [[Ink.PAPER] * columns for _ in range(rows)]
        self._lines = [[0] * columns for _ in range(rows)]

    def put(self, column: int, row: int, text: str, ink: Ink, end: int | None = None) -> int:
        """Write on one row, up to column `end`; gives the column after it. A half character is left out."""
        end = self.columns if end is None else min(end, self.columns)
        if not 0 <= row < self.rows:
            return column
        for character, cells in units(text):
            if column < 0 or column + cells > end:
                break
            self._set(column, row, character, ink)
            if cells == 2:
                self._set(column + 1, row, " ", ink)
                self._characters[row][column + 1] = ""
            column += cells
        return column

    def _set(self, column: int, row: int, character: str, ink: Ink) -> None:
        line = self._characters[row]
        if line[column] == "":
            line[column - 1] = " "
        if column + 1 < self.columns and line[column + 1] == "":
            line[column + 1] = " "
        line[column] = character
        self._inks[row][column] = ink
        self._lines[row][column] = 0

    def clear(self, box: Box, ink: Ink = Ink.PAPER) -> None:
        """Make it blank, lines too."""
        for row in range(max(box.top, 0), min(box.bottom, self.rows)):
            for column in range(max(box.left, 0), min(box.right, self.columns)):
                self._set(column, row, " ", ink)

    def frame(self, box: Box, ink: Ink, *, heavy: bool = False) -> None:
        """Lines around a box, on its outermost cells; they join lines that are there."""
        if box.width < 1 or box.height < 1:
            return
        table = _HEAVY if heavy else _LIGHT
        left, top, right, bottom = box.left, box.top, box.right - 1, box.bottom - 1
        for column in range(left, right + 1):
            bits = (WEST if column > left else 0) | (EAST if column < right else 0)
            self._line(
                column, top, bits | (SOUTH if column in (left, right) and bottom > top else 0), table, ink
            )
            if bottom > top:
                self._line(column, bottom, bits | (NORTH if column in (left, right) else 0), table, ink)
        for row in range(top + 1, bottom):
            self._line(left, row, NORTH | SOUTH, table, ink)
            if right > left:
                self._line(right, row, NORTH | SOUTH, table, ink)

    def _line(self, column: int, row: int, bits: int, table: str, ink: Ink) -> None:
        if not (0 <= column < self.columns and 0 <= row < self.rows):
            return
        bits |= self._lines[row][column]
        self._set(column, row, table[bits], ink)
        self._lines[row][column] = bits

    def ring(self, box: Box, corners: str, across: str, down: str, ink: Ink) -> None:
        """A frame of given characters (four corners, clockwise) that joins nothing; its inside is cleared."""
        self.clear(box)
        wide = box.width - 2
        self.put(box.left, box.top, corners[0] + across * wide + corners[1], ink)
        self.put(box.left, box.bottom - 1, corners[3] + across * wide + corners[2], ink)
        for row in range(box.top + 1, box.bottom - 1):
            self.put(box.left, row, down, ink)
            self.put(box.right - 1, row, down, ink)

    def lines(self) -> list[list[tuple[str, str]]]:
        """Each row as stretches of one ink; all rows are `columns` cells wide."""
        return [
            _stretches(characters, inks)
            for characters, inks in zip(self._characters, self._inks, strict=True)
        ]


def _stretches(characters: list[str], inks: list[Ink]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    start = 0
    for column in range(1, len(inks) + 1):
        if column == len(inks) or inks[column] is not inks[start]:
            found.append(("".join(characters[start:column]), inks[start].value))
            start = column
    return found
