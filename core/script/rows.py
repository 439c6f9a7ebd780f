"""The parsed rows of a script in blocks with their sums, so that totals cost what an edit touched."""

from __future__ import annotations

import time
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import Final

from core.script.blocks import BlockList
from core.script.facts import Facts
from core.script.grammar import OPENED
from core.script.headings import Heading
from core.script.kinds import LETTERING, LineKind

(PAGES, PANELS, CHAPTERS, SCENES, DIALOGUES, CAPTIONS, SFX, SIGNS, NOTES, WORDS, MARKUP, SAID, CJK) = range(
    13
)
"""What is counted. WORDS are all words, MARKUP those of keywords and numbers, SAID those in balloons."""
SUMS: Final = 13
_OPENERS = {
    LineKind.DIALOGUE: DIALOGUES,
    LineKind.CAPTION: CAPTIONS,
    LineKind.SFX: SFX,
    LineKind.SIGN: SIGNS,
}
_NUMBERED = frozenset({LineKind.CHAPTER, LineKind.SCENE, LineKind.PAGE, LineKind.PANEL})


class PageEntry:
    """What a page keeps while text moves around it: its key, and whether its figures still hold."""

    __slots__ = ("key", "row", "sums", "version")

    def __init__(self, key: int, row: Row | None = None) -> None:
        self.key = key
        self.row = row
        """Its heading; None for what stands before the first page."""
        self.sums: list[int] | None = None
        self.version = 0
        """Grows whenever a line of the page may mean something else: what was made of it is out of date."""


class Row:
    """A line's facts, and what was decided about it (`kind` is None until then)."""

    __slots__ = ("block", "facts", "kind", "page", "state")

    def __init__(self) -> None:
        self.facts: Facts | None = None
        self.kind: LineKind | None = None
        self.state = 0
        self.page: PageEntry | None = None
        self.block: list[Row] = []


def add_row(sums: list[int], row: Row) -> None:
    """Add what a row counts for."""
    facts, kind = row.facts, row.kind
    if facts is None or kind is LineKind.BLANK:
        return
    sums[WORDS] += facts.words
    sums[CJK] += facts.cjk
    if kind in LETTERING:
        sums[SAID] += said(row)
        if row.state & OPENED:
            sums[_OPENERS[kind]] += 1
    elif kind is LineKind.NOTE:
        sums[NOTES] += 1
    elif facts.heading and kind in _NUMBERED:
        _add_heading(sums, facts.heading, facts.words, kind)


def said(row: Row) -> int:
    """The lettered words of a row of lettering."""
    facts = row.facts
    if facts is None:
        return 0
    return facts.said if row.state & OPENED and facts.cue else facts.words - facts.signs


def _add_heading(sums: list[int], heading: Heading, words: int, kind: LineKind | None) -> None:
    sums[MARKUP] += words - len(heading.title.split())
    if kind is LineKind.PAGE:
        sums[PAGES] += heading.count
    if heading.kind is LineKind.PANEL:
        sums[PANELS] += heading.count
    elif heading.panels is not None:
        sums[PANELS] += max(len(heading.panels), 1)
    elif kind is LineKind.CHAPTER:
        sums[CHAPTERS] += 1
    elif kind is LineKind.SCENE:
        sums[SCENES] += 1


def opens_panel(row: Row) -> bool:
    """Whether a panel begins on this row."""
    if row.kind is LineKind.PANEL:
        return True
    return row.kind is LineKind.PAGE and row.facts is not None and _panels(row) is not None


def panels_on(row: Row) -> int:
    """How many panels this row opens: more than one for `PANELS 2-4`."""
    return max(len(panel_numbers(row)), 1) if opens_panel(row) else 0


def panel_numbers(row: Row) -> tuple[int, ...]:
    """The numbers written for the panel that begins on this row; empty for "the next one"."""
    return _panels(row) or ()


def _panels(row: Row) -> tuple[int, ...] | None:
    heading = row.facts.heading if row.facts else None
    if heading is None:
        return None
    return heading.numbers if heading.kind is LineKind.PANEL else heading.panels


class RowList(BlockList[Row]):
    """Rows, the sums of any stretch of them, and the places of pages among them.

    Blocks that changed are looked through for pages when a place is asked for, which is quick, and
    counted only when their sums are wanted, or in slices of time.
    """

    __slots__ = ("_breaks", "_dirty", "_page_ends", "_starts", "_sums", "_total", "_uncounted")

    def __init__(self, count: int) -> None:
        self._sums: list[list[int]] = []
        self._starts: list[list[int]] = []
        self._breaks: list[list[int]] = []
        self._page_ends: list[int] = []
        self._total = [0] * SUMS
        self._dirty: set[int] | None = set()
        self._uncounted: set[int] = set()
        super().__init__([Row() for _ in range(count)])

    def position(self, row: Row) -> int:
        """The index of a row of this list."""
        for index, block in enumerate(self._blocks):
            if block is row.block:
                return self._first_row(index) + block.index(row)
        raise ValueError("a row of another list")

    def changed(self, start: int, end: int) -> None:
        """The rows `start` to `end` (not included) were decided anew."""
        first = self._locate(start)[0]
        last = self._locate(min(end, len(self)) - 1)[0]
        self._mark(range(first, last + 1))

    def total(self, *, exact: bool = True) -> list[int]:
        """The sums of all rows; unless `exact`, with the former sums of what was not yet counted again."""
        while exact and self._uncounted:
            self._count(next(iter(self._uncounted)))
        return self._total

    def count(self, budget_ms: float) -> bool:
        """Count changed blocks for about so many milliseconds, one at least; True when all are counted."""
        deadline = time.perf_counter() + budget_ms / 1000
        while self._uncounted:
            self._count(next(iter(self._uncounted)))
            if time.perf_counter() >= deadline:
                break
        return not self._uncounted

    def sums(self, start: int, end: int) -> list[int]:
        """The sums of the rows `start` to `end` (not included)."""
        out = [0] * SUMS
        while start < end:
            index, within = self._locate(start)
            size = self._counts[index]
            if within == 0 and start + size <= end:
                out = [a + b for a, b in zip(out, self._sums_of(index), strict=True)]
                start += size
                continue
            stop = min(size, within + end - start)
            for row in self._blocks[index][within:stop]:
                add_row(out, row)
            start += stop - within
        return out

    def page_count(self) -> int:
        """Page headings."""
        self._settle()
        return self._page_ends[-1]

    def page_row(self, page: int) -> int:
        """The row of the page heading number `page`, from 0; the number of rows behind the last one."""
        self._settle()
        if page >= self._page_ends[-1]:
            return len(self)
        index = bisect_right(self._page_ends, page)
        starts = self._starts[index]
        return self._first_row(index) + starts[page - (self._page_ends[index] - len(starts))]

    def page_at(self, row: int) -> int:
        """The index of the last page heading at or above a row, -1 if there is none."""
        self._settle()
        index, within = self._locate(row)
        starts = self._starts[index]
        return self._page_ends[index] - len(starts) + bisect_right(starts, within) - 1

    def entry_above(self, row: int) -> PageEntry | None:
        """The page that a row stands in, without counting blocks that have changed."""
        index, within = self._locate(row)
        while index >= 0:
            block = self._blocks[index]
            if self._dirty and index in self._dirty:
                for at in range(within, -1, -1):
                    if block[at].kind is LineKind.PAGE:
                        return block[at].page
            else:
                starts = self._starts[index]
                at = bisect_right(starts, within) - 1
                if at >= 0:
                    return block[starts[at]].page
            index -= 1
            within = self._counts[index] - 1
        return None

    def next_chapter(self, start: int, end: int) -> int:
        """The first chapter heading among the rows `start` to `end`, else `end`."""
        self._settle()
        index, within = self._locate(start)
        first = start - within
        while index < len(self._blocks) and first < end:
            for at in self._breaks[index]:
                if start <= first + at < end:
                    return first + at
            first += self._counts[index]
            index += 1
        return end

    def pages(self) -> Iterator[tuple[int, Row]]:
        """All page headings with their rows, in order."""
        self._settle()
        for index, starts in enumerate(self._starts):
            first = self._first_row(index)
            for at in starts:
                yield first + at, self._blocks[index][at]

    def chapter_rows(self) -> list[int]:
        """The rows of all chapter headings, in order."""
        self._settle()
        return [self._first_row(index) + at for index, breaks in enumerate(self._breaks) for at in breaks]

    def chapters(self) -> Iterator[int]:
        """The rows of all chapter headings, in order."""
        self._settle()
        for index, breaks in enumerate(self._breaks):
            if breaks:
                first = self._first_row(index)
                yield from (first + at for at in breaks)

    def panels_above(self, start: int, row: int) -> Iterator[Row]:
        """The rows from `row` back to `start` that open a panel."""
        index, within = self._locate(row)
        while index >= 0:
            first = self._first_row(index)
            if self._sums_of(index)[PANELS]:
                block = self._blocks[index]
                for at in range(within, max(-1, start - first - 1), -1):
                    if opens_panel(block[at]):
                        yield block[at]
            if first <= start:
                return
            index -= 1
            within = self._counts[index] - 1

    def _swap(self, index: int, within: int, item: Row) -> None:
        item.block = self._blocks[index]
        super()._swap(index, within, item)
        self._mark((index,))

    def _adopt(self, start: int, end: int, blocks: list[list[Row]]) -> None:
        for block in blocks:
            for row in block:
                row.block = block
        for sums in self._sums[start:end]:
            self._subtract(sums)
        self._sums[start:end] = [[0] * SUMS for _ in blocks]
        self._starts[start:end] = [[] for _ in blocks]
        self._breaks[start:end] = [[] for _ in blocks]
        shift = len(blocks) - (end - start)
        if shift:
            self._dirty = _shifted(self._dirty or set(), start, end, shift)
            self._uncounted = _shifted(self._uncounted, start, end, shift)
        self._mark(range(start, start + len(blocks)))

    def _mark(self, indexes: range | tuple[int, ...]) -> None:
        self._dirty = self._dirty or set()
        self._dirty.update(indexes)
        self._uncounted.update(indexes)

    def _subtract(self, sums: list[int]) -> None:
        self._total = [a - b for a, b in zip(self._total, sums, strict=True)]

    def _settle(self) -> None:
        """Look for pages and chapters in the blocks that changed since the last question."""
        if not self._dirty:
            return
        for index in self._dirty:
            starts, breaks = [], []
            for within, row in enumerate(self._blocks[index]):
                if row.kind is LineKind.PAGE:
                    starts.append(within)
                elif row.kind is LineKind.CHAPTER:
                    breaks.append(within)
            self._starts[index], self._breaks[index] = starts, breaks
        self._dirty = None
        self._page_ends = list(accumulate(len(starts) for starts in self._starts))

    def _sums_of(self, index: int) -> list[int]:
        if index in self._uncounted:
            self._count(index)
        return self._sums[index]

    def _count(self, index: int) -> None:
        """Count a block again."""
        self._subtract(self._sums[index])
        sums = [0] * SUMS
        for row in self._blocks[index]:
            add_row(sums, row)
        self._sums[index] = sums
        self._total = [a + b for a, b in zip(self._total, sums, strict=True)]
        self._uncounted.discard(index)


def _shifted(indexes: set[int], start: int, end: int, shift: int) -> set[int]:
    """Block numbers after the blocks `start` to `end` (not included) were replaced."""
    return {at + shift if at >= end else at for at in indexes if not start <= at < end}
