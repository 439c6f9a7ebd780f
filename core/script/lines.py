"""The lines of a text in blocks: an edit or a look-up costs the same in a long script as in a short one."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import NamedTuple

from core.script.blocks import BlockList


class LineSplice(NamedTuple):
    """What an edit did to the rows: `removed` rows from `row` on became `inserted` rows."""

    row: int
    removed: int
    inserted: int


class LineBuffer(BlockList[str]):
    """A text as rows. LF is the only line break; positions are code points (`str` indices).

    An empty text has one empty row. A row or an offset that is not in the text raises IndexError.
    """

    __slots__ = ("_chars", "_moved", "_moved_by", "_offset_ends", "_resized")

    def __init__(self, text: str = "") -> None:
        # Each line counts its line break, so the text is one shorter than the sum.
        self._chars: list[int] = []
        self._offset_ends: list[int] = []
        self._resized = True
        # From this block on the ends are off by so many: edits made in order move them once, not each.
        self._moved = self._moved_by = 0
        super().__init__(text.split("\n"))

    @property
    def length(self) -> int:
        """Code points in the whole text."""
        return self._end(len(self._chars) - 1) - 1

    def text(self) -> str:
        """The whole text."""
        return "\n".join("\n".join(block) for block in self._blocks)

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
        index, within = self._locate(row)
        block = self._blocks[index]
        if not 0 <= column <= len(block[within]):
            raise IndexError(f"column {column} of row {row}")
        before = self._end(index) - self._chars[index]
        return before + sum(map(len, block[:within])) + within + column

    def location(self, offset: int) -> tuple[int, int]:
        """The (row, column) of an offset from 0 to `length`."""
        if not 0 <= offset <= self.length:
            raise IndexError(f"offset {offset} of {self.length}")
        ends, moved = self._offset_ends, self._moved
        if moved and offset < ends[moved - 1]:
            index = bisect_right(ends, offset, 0, moved)
        else:
            index = bisect_right(ends, offset - self._moved_by, moved)
        left = offset - (self._end(index) - self._chars[index])
        within = 0
        for within, size in enumerate(map(len, self._blocks[index])):  # noqa: B007 - used below
            if left <= size:
                break
            left -= size + 1
        return self._first_row(index) + within, left

    def splice(self, offset: int, deleted: int, inserted: str) -> LineSplice:
        """Replace `deleted` code points at `offset` by `inserted`; says which rows that replaced."""
        if deleted < 0:
            raise IndexError(f"{deleted} characters to delete")
        first, left = self.location(offset)
        last, right = first, left + deleted
        head = self[first]
        if right > len(head):
            last, right = self.location(offset + deleted)
        text = head[:left] + inserted + (head if last == first else self[last])[right:]
        fresh = text.split("\n") if "\n" in inserted else [text]
        self.replace_rows(first, last - first + 1, fresh)
        return LineSplice(first, last - first + 1, len(fresh))

    def _swap(self, index: int, within: int, item: str) -> None:
        self._move_ends(index, len(item) - len(self._blocks[index][within]))
        super()._swap(index, within, item)

    def _adopt(self, start: int, end: int, blocks: list[list[str]]) -> None:
        self._chars[start:end] = [sum(map(len, block)) + len(block) for block in blocks]
        self._resized = True

    def _move_ends(self, index: int, by: int) -> None:
        """A block has so many characters more."""
        self._chars[index] += by
        if self._resized or index < self._moved:
            self._resized = True
            return
        if self._moved_by:
            for at in range(self._moved, index):
                self._offset_ends[at] += self._moved_by
        self._moved = index
        self._moved_by += by

    def _end(self, index: int) -> int:
        """The offset behind a block."""
        if self._resized:
            self._offset_ends = list(accumulate(self._chars))
            self._resized = False
            self._moved = self._moved_by = 0
        return self._offset_ends[index] + (self._moved_by if index >= self._moved else 0)
