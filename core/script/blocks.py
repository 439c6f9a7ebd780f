"""A list kept in blocks with a weight for each block, for rows that are edited in the middle."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")

BLOCK = 128
"""Items in a fresh block; a block is split at four times this and joined with the next below a quarter."""


class BlockList(Generic[T]):
    """Items by row. Finding and replacing rows costs O(n / BLOCK + BLOCK), both tiny at 100,000 rows."""

    __slots__ = ("_blocks", "_counts", "_row_ends", "_stale", "_step")

    def __init__(self, items: list[T]) -> None:
        self._step = BLOCK
        self._blocks: list[list[T]] = []
        self._counts: list[int] = []
        self._row_ends: list[int] = []
        self._stale = True
        self._put(0, 0, items)

    def __len__(self) -> int:
        self._refresh()
        return self._row_ends[-1]

    def __getitem__(self, row: int) -> T:
        """The item of a row from 0; IndexError outside (negative rows too)."""
        index, within = self._locate(row)
        return self._blocks[index][within]

    def __iter__(self) -> Iterator[T]:
        for block in self._blocks:
            yield from block

    def rows(self, start: int, end: int) -> list[T]:
        """The rows `start` to `end` (not included); both are clipped to the list."""
        start, end = max(start, 0), min(end, len(self))
        if start >= end:
            return []
        index, within = self._locate(start)
        found = self._blocks[index][within : within + end - start]
        while len(found) < end - start:
            index += 1
            found += self._blocks[index][: end - start - len(found)]
        return found

    def replace_rows(self, row: int, removed: int, items: list[T]) -> None:
        """Put `items` in the place of `removed` rows; at least one of each."""
        index, within = self._locate(row)
        end_index, end_within = self._locate(row + removed - 1)
        if index == end_index and removed == len(items) == 1:
            self._swap(index, within, items[0])
            return
        tail = self._blocks[end_index][end_within + 1 :]
        self._put(index, end_index + 1, self._blocks[index][:within] + items + tail)

    def _swap(self, index: int, within: int, item: T) -> None:
        """Replace one item; nothing moves."""
        self._blocks[index][within] = item

    def _put(self, start: int, end: int, items: list[T]) -> None:
        """Replace the blocks `start` to `end` by `items`, in blocks of a quarter to four times `_step`."""
        if len(items) < self._step // 4 and len(self._blocks) > end - start:
            if end < len(self._blocks):
                items, end = items + self._blocks[end], end + 1
            else:
                items, start = self._blocks[start - 1] + items, start - 1
        step = len(items) if start < end and len(items) <= 4 * self._step else self._step
        blocks = [items[at : at + step] for at in range(0, len(items), step)]
        self._blocks[start:end] = blocks
        self._counts[start:end] = [len(block) for block in blocks]
        self._stale = True
        self._adopt(start, end, blocks)

    def _adopt(self, start: int, end: int, blocks: list[list[T]]) -> None:
        """For weights: the blocks `start` to `end` were replaced by these."""

    def _locate(self, row: int) -> tuple[int, int]:
        self._refresh()
        if not 0 <= row < self._row_ends[-1]:
            raise IndexError(f"row {row} of {self._row_ends[-1]}")
        index = bisect_right(self._row_ends, row)
        return index, row - (self._row_ends[index] - self._counts[index])

    def _first_row(self, index: int) -> int:
        self._refresh()
        return self._row_ends[index] - self._counts[index]

    def _refresh(self) -> None:
        if self._stale:
            self._row_ends = list(accumulate(self._counts))
            self._stale = False
