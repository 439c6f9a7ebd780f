"""Cells of one line: how wide each character is on a terminal, and where a long line wraps."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from rich.cells import split_graphemes

TAB = 4
"""Cells between two tab stops."""

LONG = 2_000
"""Code points from which on a line is treated with care for memory."""

# Everything outside this class is measured; inside it each character is one cell.
_NEEDS_MEASURING = re.compile(r"[^ -~\xa0-\xac\xae-\u02ff\u2010-\u2027\u2030-\u2054]")

# A terminal must never receive these raw: each is drawn as one visible character instead.
_VISIBLE: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in range(0x20)},
    **dict.fromkeys(range(128, 160), "�"),
    0x7F: "\u2421",
    0x85: "\u2424",
    0xAD: "\u2010",
    0x2028: "\u21b5",
    0x2029: "\u00b6",
}
# Direction overrides would move what stands around them; they are kept in the text and not drawn.
_UNDRAWN = re.compile("[\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\ufeff]")

_NOT_AT_START = frozenset(
    "、。，．・：；？！」』）】〉》〕］｝ーぁぃぅぇぉっゃゅょァィゥェォッャュョ…‥々％!?),.:;]}»”’%"
)
_NOT_AT_END = frozenset("「『（【〈《〔［｛([{«“‘")


class LineCells(NamedTuple):
    """The characters of a line as one sees them.

    `columns[i]` is the code point at which the i-th visible character begins and `cells[i]` the
    cell it begins at; each has one more entry for the end of the line.
    """

    columns: Sequence[int]
    cells: Sequence[int]

    @property
    def width(self) -> int:
        """Cells of the whole line."""
        return self.cells[-1]

    def cell(self, column: int) -> int:
        """The cell at which the character holding this code point begins."""
        return self.cells[bisect_right(self.columns, column) - 1]

    def column(self, cell: int) -> int:
        """The first code point of the character drawn over this cell; the line's end if beyond."""
        index = bisect_right(self.cells, cell) - 1
        return self.columns[max(0, min(index, len(self.columns) - 1))]

    def before(self, column: int) -> int:
        """The start of the character to the left of a column."""
        return self.columns[max(0, bisect_left(self.columns, column) - 1)]

    def after(self, column: int) -> int:
        """The start of the character to the right of the one at a column."""
        return self.columns[min(bisect_right(self.columns, column), len(self.columns) - 1)]

    def snap(self, column: int) -> int:
        """The start of the character that a column falls into."""
        return self.columns[bisect_right(self.columns, column) - 1]


def is_plain(line: str) -> bool:
    """True if each code point is one cell, as in most lines."""
    return _NEEDS_MEASURING.search(line) is None


def drawn(text: str) -> str:
    """The text as it may be sent to a terminal; tabs must have been expanded. Width is kept."""
    if text.isascii() and text.isprintable():
        return text
    return _UNDRAWN.sub("", text.translate(_VISIBLE))


def line_cells(line: str) -> LineCells:
    """Measure a line (without its line break)."""
    return _measure(line) if len(line) <= LONG else _measure_long(line)


def cut_to(text: str, width: int) -> str:
    """As much of the text as fits into so many cells, in whole characters."""
    columns, cells = line_cells(text)
    return text[: columns[max(0, bisect_right(cells, width) - 1)]]


def wrap_line(line: str, width: int) -> tuple[int, ...]:
    """The columns at which the second and later rows of a line begin, when rows hold `width` cells.

    A row breaks after spaces (which hang over the edge) and between wide characters, but not
    before a closing or after an opening mark; a word longer than a row is cut.
    """
    if len(line) * 2 <= width and "\t" not in line:
        return ()
    return wrap_remembered(line, width) if len(line) <= LONG else _wrap_long(line, width)


def _cells_of(line: str) -> LineCells:
    if is_plain(line):
        one_each = range(len(line) + 1)
        return LineCells(one_each, one_each)
    columns, cells = [], []
    at = 0
    for start, width in _clusters(line):
        columns.append(start)
        cells.append(at)
        at += TAB - at % TAB if line[start] == "\t" else width
    columns.append(len(line))
    cells.append(at)
    return LineCells(columns, cells)


def _clusters(line: str) -> list[tuple[int, int]]:
    """The (start, cells) of each visible character; the two halves of a flag are one."""
    found: list[tuple[int, int]] = []
    half_flag = False
    for start, _, width in split_graphemes(line.translate(_VISIBLE))[0]:
        is_flag = "\U0001f1e6" <= line[start] <= "\U0001f1ff"
        if half_flag and is_flag:
            first, first_width = found[-1]
            found[-1] = (first, first_width + width)
            half_flag = False
        else:
            found.append((start, width))
            half_flag = is_flag
    return found


def _wrap(line: str, width: int) -> tuple[int, ...]:
    return _wrap_plain(line, width) if is_plain(line) else _wrap_measured(line, width)


def _wrap_plain(line: str, width: int) -> tuple[int, ...]:
    cuts: list[int] = []
    start, length = 0, len(line)
    while length - start > width:
        over = start + width
        while over < length and line[over] == " ":
            over += 1
        if over == length:
            break
        cut = over if line[over - 1] == " " else line.rfind(" ", start, over) + 1
        start = cut if cut > start else start + width
        cuts.append(start)
    return tuple(cuts)


def _wrap_measured(line: str, width: int) -> tuple[int, ...]:
    columns, cells = line_cells(line)
    cuts: list[int] = []
    start = breakable = 0
    for index in range(len(columns) - 1):
        character = line[columns[index]]
        while cells[index + 1] - cells[start] > width and character not in " \t" and index > start:
            start = breakable if breakable > start else index
            cuts.append(columns[start])
        if _breaks_after(line, columns, cells, index):
            breakable = index + 1
    return tuple(cuts)


def _breaks_after(line: str, columns: Sequence[int], cells: Sequence[int], index: int) -> bool:
    character = line[columns[index]]
    if character in " \t":
        return True
    if index + 2 >= len(columns):
        return False
    wide = cells[index + 1] - cells[index] > 1 or cells[index + 2] - cells[index + 1] > 1
    return wide and character not in _NOT_AT_END and line[columns[index + 1]] not in _NOT_AT_START


# A line of a megabyte must not be remembered once for each letter typed in it.
_measure, _measure_long = lru_cache(4096)(_cells_of), lru_cache(8)(_cells_of)
wrap_remembered, _wrap_long = lru_cache(4096)(_wrap), lru_cache(8)(_wrap)
