"""The hints of a script in order; rows and places are filled in when one is asked for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import overload

from core.script.hints.hint import Hint


class Hints(Sequence[Hint]):
    """All hints in the order of the script. Rows and places are filled in when a hint is asked for."""

    def __init__(self, blocks: Sequence[tuple[int, str, tuple[Hint, ...]]] = ()) -> None:
        """`blocks` are (first row of a page, its name, its hints with rows from there)."""
        self._blocks = blocks
        self._ends = list(accumulate(len(hints) for _, _, hints in blocks))
        self._starts = [row for row, _, _ in blocks]

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    @overload
    def __getitem__(self, index: int) -> Hint: ...
    @overload
    def __getitem__(self, index: slice) -> list[Hint]: ...
    def __getitem__(self, index: int | slice) -> Hint | list[Hint]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        at = index + len(self) if index < 0 else index
        if not 0 <= at < len(self):
            raise IndexError(f"hint {index} of {len(self)}")
        block = bisect_right(self._ends, at)
        row, page, hints = self._blocks[block]
        return placed(hints[at - (self._ends[block] - len(hints))], row, page)

    def counts(self) -> dict[int, int]:
        """How many hints there are by the row that their page begins at."""
        return {row: len(hints) for row, _, hints in self._blocks if hints}

    def index_at(self, row: int) -> int:
        """The index of the first hint that begins at a row or below it; the number of hints if none does."""
        block = bisect_right(self._starts, row) - 1
        if block < 0:
            return 0
        start, _, hints = self._blocks[block]
        above = sum(hint.row + start < row for hint in hints)
        return self._ends[block] - len(hints) + above


def placed(hint: Hint, row: int, page: str) -> Hint:
    """A hint of a page that begins at `row` and is called `page`."""
    places = (page, f"panel {hint.panel}" if hint.panel else "")
    where = ", ".join(place for place in places if place) or f"line {hint.row + row + 1}"
    return hint._replace(row=hint.row + row, end_row=hint.end_row + row, where=where)
