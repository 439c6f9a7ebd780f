"""The lines of a text in blocks: an edit or a look-up costs the same in a long script as in a short one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

BLOCK = 256
"""Lines in a fresh block; a block is split at four times this and joined with the next below a quarter."""


class LineSplice(NamedTuple):
    """What an edit did to the rows: `removed` rows from `row` on became `inserted` rows."""

    row: int
    removed: int
    inserted: int


class LineBuffer:
    """A text as rows. LF is the only line break; positions are code points (`str` indices).

    An empty text has one empty row. A row or an offset that is not in the text raises IndexError.
    """

    __slots__ = ("_blocks", "_chars", "_counts", "_offset_ends", "_row_ends", "_stale")

    def __init__(self, text: str = "") -> None:
        lines = text.split("\n")
        self._blocks = [lines[start : start + BLOCK] for start in range(0, len(lines), BLOCK)]
        self._counts = [len(block) for block in self._blocks]
        # Each line counts its line break, so the text is one shorter than the sum.
        self._chars = [_size(block) for block in self._blocks]
        self._row_ends: list[int] = []
        self._offset_ends: list[int] = []
        self._stale = True

    def __len__(self) -> int:
        """The number of rows, at least 1."""
        self._refresh()
        return self._row_ends[-1]

    def __getitem__(self, row: int) -> str:
        """The text of a row, without its line break. Negative rows are not understood."""
        index, within = self._block_of_row(row)
        return self._blocks[index][within]

    def __iter__(self) -> Iterator[str]:
        for block in self._blocks:
            yield from block

    @property
    def length(self) -> int:
        """Code points in the whole text."""
        self._refresh()
        return self._offset_ends[-1] - 1

    def text(self) -> str:
        """The whole text."""
        return "\n".join("\n".join(block) for block in self._blocks)

    def rows(self, start: int, end: int) -> list[str]:
        """The rows `start` to `end` (not included); both are clipped to the text."""
        start, end = max(start, 0), min(end, len(self))
        if start >= end:
            return []
        index, within = self._block_of_row(start)
        found = self._blocks[index][within : within + end - start]
        while len(found) < end - start:
            index += 1
            found += self._blocks[index][: end - start - len(found)]
        return found

    def slice(self, start: int, end: int) -> str:
        """The text between two offsets; IndexError unless 0 <= start <= end <= length."""
        if end < start:
            raise IndexError(f"slice from {start} to {end}")
        first, left = self.location(start)
        last, right = self.location(end)
        if first == last:
            return self[first][left:right]
        rows = self.rows(first, last + 1)
        rows[0], rows[-1] = rows[0][left:], rows[-1][:right]
        return "\n".join(rows)

    def offset(self, row: int, column: int) -> int:
        """The offset of a place; the column may be the one after the row's last character."""
        index, within = self._block_of_row(row)
        block = self._blocks[index]
        if not 0 <= column <= len(block[within]):
            raise IndexError(f"column {column} of row {row}")
        before = self._offset_ends[index] - self._chars[index]
        return before + sum(map(len, block[:within])) + within + column

    def location(self, offset: int) -> tuple[int, int]:
        """The (row, column) of an offset from 0 to `length`."""
        self._refresh()
        if not 0 <= offset < self._offset_ends[-1]:
            raise IndexError(f"offset {offset} of {self.length}")
        index = bisect_right(self._offset_ends, offset)
        block = self._blocks[index]
        left = offset - (self._offset_ends[index] - self._chars[index])
        for within, size in enumerate(map(len, block)):
            if left <= size:
                return self._row_ends[index] - len(block) + within, left
            left -= size + 1
        raise IndexError(f"offset {offset}")  # pragma: no cover - the block's size says it is in there

    def splice(self, offset: int, deleted: int, inserted: str) -> LineSplice:
        """Replace `deleted` code points at `offset` by `inserted`; says which rows that replaced."""
        if deleted < 0:
            raise IndexError(f"{deleted} characters to delete")
        first, left = self.location(offset)
        last, right = (first, left + deleted)
        head = self[first]
        if right > len(head):
            last, right = self.location(offset + deleted)
        text = head[:left] + inserted + (head if last == first else self[last])[right:]
        fresh = text.split("\n") if "\n" in inserted else [text]
        self.replace_rows(first, last - first + 1, fresh)
        return LineSplice(first, last - first + 1, len(fresh))

    def replace_rows(self, row: int, removed: int, lines: list[str]) -> None:
        """Put `lines` (no line breaks inside) in the place of `removed` rows, at least one of each."""
        index, within = self._block_of_row(row)
        end_index, end_within = self._block_of_row(row + removed - 1)
        if index == end_index and removed == len(lines) == 1:
            block = self._blocks[index]
            self._chars[index] += len(lines[0]) - len(block[within])
            block[within] = lines[0]
        else:
            tail = self._blocks[end_index][end_within + 1 :]
            self._put(index, end_index + 1, self._blocks[index][:within] + lines + tail)
        self._stale = True

    def _put(self, start: int, end: int, lines: list[str]) -> None:
        """Replace the blocks `start` to `end` by `lines`, kept between a quarter and four times BLOCK."""
        if len(lines) < BLOCK // 4 and len(self._blocks) > end - start:
            if end < len(self._blocks):
                lines, end = lines + self._blocks[end], end + 1
            else:
                lines, start = self._blocks[start - 1] + lines, start - 1
        step = len(lines) if len(lines) <= 4 * BLOCK else BLOCK
        blocks = [lines[at : at + step] for at in range(0, len(lines), step)]
        self._blocks[start:end] = blocks
        self._counts[start:end] = [len(block) for block in blocks]
        self._chars[start:end] = [_size(block) for block in blocks]

    def _block_of_row(self, row: int) -> tuple[int, int]:
        self._refresh()
        if not 0 <= row < self._row_ends[-1]:
            raise IndexError(f"row {row} of {self._row_ends[-1]}")
        index = bisect_right(self._row_ends, row)
        return index, row - (self._row_ends[index] - self._counts[index])

    def _refresh(self) -> None:
        if self._stale:
            self._row_ends = list(accumulate(self._counts))
            self._offset_ends = list(accumulate(self._chars))
            self._stale = False


def _size(block: list[str]) -> int:
    return sum(map(len, block)) + len(block)
