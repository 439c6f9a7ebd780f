"""Moving a page, a panel or a chapter with everything under it up or down, as edits of the text.

Only whole lines change places, so no word and no line is lost or made. The blank lines (and rules) between
blocks stay where they separate: before a page what stood before a page, between panels what stood there.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from core.script.facts import analyse
from core.script.kinds import LineKind
from core.script.line_moves import Edit, LineMoves, Run
from core.script.script import Script

_STARTS = frozenset({LineKind.PAGE, LineKind.PANEL, LineKind.CHAPTER, LineKind.SCENE})
_TITLED = {LineKind.PAGE: "page", LineKind.PANEL: "panel", LineKind.CHAPTER: "chapter"}


@dataclass(frozen=True, slots=True)
class Moved:
    """A move that can be made."""

    edits: tuple[Edit, ...]
    row: int
    """Where the block begins before the move."""
    rows: int
    """How many rows it has, without the blank ones behind it."""
    new_row: int
    """Where it begins after the move."""
    passed: range
    """The rows that it went past, before the move."""
    shift: int
    """By how many rows those are further down afterwards."""

    def follow(self, row: int) -> int | None:
        """Where a row of the block, or of what it passed, is after the move; None for any other row."""
        if self.row <= row < self.row + self.rows:
            return self.new_row + row - self.row
        return row + self.shift if row in self.passed else None


class Refused(NamedTuple):
    """Why nothing can be moved, in one sentence."""

    why: str


def move(script: Script, row: int, *, down: bool) -> Moved | Refused:
    """Move the block whose heading is at `row`; the script has to be parsed to its end.

    A panel goes from page to page, a page from chapter to chapter. Costs the block and its neighbour.
    """
    if not script.done:
        return Refused("The script is still being read; try again in a moment.")
    kind = script.kind(row)
    if kind not in _TITLED:
        return Refused("Only pages, panels and chapters can be moved.")
    return _Mover(script, row, kind).down() if down else _Mover(script, row, kind).up()


class _Mover:
    """Finds the block around a heading and what stands next to it."""

    def __init__(self, script: Script, row: int, kind: LineKind) -> None:
        self._script = script
        self._kind = kind
        self._text = LineMoves(script.lines)
        self._count = len(script.lines)
        self._chapters = script.pages.chapter_rows()
        self._block = Run(row, self._end(row))

    # --- what a block is

    def _end(self, row: int) -> int:
        """The row after the block that begins at `row`, on the level of what is moved."""
        script = self._script
        chapter = self._chapter_below(row)
        if self._kind is LineKind.CHAPTER:
            return chapter
        if self._kind is LineKind.PANEL:
            return self._next_start(row)
        if script.kind(row) is LineKind.SCENE:
            return self._next_start(row)
        index = script.pages.at(row).index
        page = script.pages[index + 1].row if index + 1 < len(script.pages) else self._count
        end = min(page, chapter)
        while (lead := self._previous_start(end)) is not None and lead > row and self._leads(lead):
            end = lead
        return end

    def _chapter_below(self, row: int) -> int:
        at = bisect_right(self._chapters, row)
        return self._chapters[at] if at < len(self._chapters) else self._count

    def _next_start(self, row: int) -> int:
        """The next heading's row, or the end."""
        return next(
            (at for at in range(row + 1, self._count) if self._script.kind(at) in _STARTS), self._count
        )

    def _previous_start(self, row: int) -> int | None:
        """The heading above a row."""
        return next((at for at in range(row - 1, -1, -1) if self._script.kind(at) in _STARTS), None)

    def _leads(self, row: int) -> bool:
        """Whether a scene heading stands behind the panels of its page: it is for what comes next."""
        while row < self._count and self._script.kind(row) is LineKind.SCENE:
            row = self._next_start(row)
        return row >= self._count or self._script.kind(row) is not LineKind.PANEL

    def _above(self, row: int) -> int | None:
        """Where the block begins that ends above `row`."""
        start = self._previous_start(row)
        if start is None or self._kind is LineKind.PANEL:
            return start
        if self._kind is LineKind.PAGE and self._script.kind(start) is LineKind.SCENE and self._leads(start):
            return start
        chapter = bisect_left(self._chapters, row)
        above = self._chapters[chapter - 1] if chapter else None
        if self._kind is LineKind.CHAPTER:
            return above
        page = self._script.pages.at(row - 1)
        if page.index < 0 or (above is not None and above > page.row):
            return above
        return page.row

    # --- up and down

    def up(self) -> Moved | Refused:
        """Before the block above."""
        start = self._block.start
        above = self._above(start)
        first = Refused(f"It is the first {_TITLED[self._kind]}.")
        if above is None:
            return first
        if self._script.kind(above) is self._kind:
            return self._exchange(Run(above, start), self._block, down=False)
        if self._kind is LineKind.PANEL:
            if why := self._stuck(above):
                return why
            above = self._with_chapter_above(above)
            if not self._has_room_above(above, start):
                return first
        return self._cross(Run(above, start), down=False)

    def _has_room_above(self, above: int, start: int) -> bool:
        """Whether a panel that passes the rows `above` to `start` upward is still in a page or chapter."""
        script = self._script
        if script.kind(above) is LineKind.SCENE:
            return True
        if any(script.kind(row) is LineKind.PAGE for row in range(above, start)):
            return above > 0 and script.pages.at(above - 1).index >= 0
        beyond = self._previous_start(above)
        return beyond is not None and script.kind(beyond) is LineKind.PANEL

    def down(self) -> Moved | Refused:
        """Behind the block below."""
        start = self._block.end
        last = Refused(f"It is the last {_TITLED[self._kind]}.")
        if start >= self._count:
            return last
        kind = self._script.kind(start)
        if kind is self._kind:
            return self._exchange(self._block, Run(start, self._end(start)), down=True)
        end = self._end(start)
        if self._kind is LineKind.PANEL:
            page = self._page_below(start) if kind is LineKind.CHAPTER else start
            if why := self._stuck(page):
                return why
            end = self._next_start(page)
            if kind is LineKind.CHAPTER and page == start and not self._opens_panels(end):
                return last
        return self._cross(Run(start, end), down=True)

    def _opens_panels(self, row: int) -> bool:
        return row < self._count and self._script.kind(row) in (LineKind.PANEL, LineKind.SCENE)

    def _page_below(self, row: int) -> int:
        """The page that a chapter begins with, below its scene headings; the chapter's row without one."""
        at = self._next_start(row)
        while at < self._count and self._script.kind(at) in (LineKind.SCENE, LineKind.CHAPTER):
            at = self._next_start(at)
        return at if at < self._count and self._script.kind(at) is LineKind.PAGE else row

    def _with_chapter_above(self, row: int) -> int:
        """A page that a chapter begins with is passed together with the chapter's heading."""
        if self._script.kind(row) is not LineKind.PAGE:
            return row
        found, at = row, self._previous_start(row)
        while at is not None and self._script.kind(at) in (LineKind.SCENE, LineKind.CHAPTER):
            if self._script.kind(at) is LineKind.CHAPTER:
                found = at
            at = self._previous_start(at)
        return found

    def _stuck(self, page: int) -> Refused | None:
        """A panel that shares a line with a page can't be passed, nor taken to another page."""
        if self._script.kind(page) is not LineKind.PAGE:
            return None
        heading = analyse(self._script.lines[self._block.start]).heading
        if self._script.line(page).opens_panel or (heading and heading.kind is LineKind.PAGE):
            return Refused("A panel stands on its page's own line here; move the page instead.")
        return None

    # --- the text

    def _body_end(self, block: Run) -> int:
        """The row after a block's last line that is no separator."""
        end = block.end
        while end > block.start + 1 and self._separates(end - 1):
            end -= 1
        return end

    def _separates(self, row: int) -> bool:
        return not self._script.lines[row].strip() or self._script.kind(row) is LineKind.RULE

    def _gap_above(self, row: int) -> Run:
        start = row
        while start > 0 and self._separates(start - 1):
            start -= 1
        return Run(start, row)

    def _exchange(self, first: Run, second: Run, *, down: bool) -> Moved:
        """Two neighbours of one kind change places; what separates them stays where it is."""
        gap = Run(self._body_end(first), second.start)
        end = self._body_end(second)
        by = end - second.start + gap.end - gap.start
        behind = second.start - first.start
        block, new = (first, first.start + by) if down else (second, second.start - behind)
        rows = self._body_end(block) - block.start
        # The shorter one moves: what is put in anew is new to whoever writes there meanwhile.
        if self._text.size(second.start, end) <= self._text.size(first.start, gap.start):
            edits = self._text.lift(Run(gap.start, end), first.start, (Run(second.start, end), gap))
        else:
            edits = self._text.drop(Run(first.start, gap.end), end, (gap, Run(first.start, gap.start)))
        if down:
            return Moved(edits, block.start, rows, new, range(second.start, end), -behind)
        return Moved(edits, block.start, rows, new, range(first.start, gap.start), by)

    def _cross(self, passed: Run, *, down: bool) -> Moved:
        """Pass a heading of another kind: page, chapter or scene, which keeps its own text."""
        body = Run(self._block.start, self._body_end(self._block))
        passed = Run(passed.start, self._body_end(passed))
        last = max(self._block.end, passed.end)
        while last < self._count and self._separates(last):
            last += 1
        followed = last < self._count and self._script.kind(last) is self._kind
        rows = body.end - body.start
        if down:
            return self._cross_down(body, passed, last, rows, followed=followed)
        before, between = self._gap_above(passed.start), Run(passed.end, body.start)
        gap = Run(body.end, last) if followed else between
        if before.start == 0:  # there is nothing above to be separated from
            return self._exchange(Run(passed.start, body.start), self._block, down=False)
        if followed:
            cut = Run(body.start, last)
            edits = self._text.lift_rows(cut, before.start, (gap, body))
        else:
            edits = self._text.lift(Run(between.start, body.end), before.start, (gap, body))
        shift = rows + gap.end - gap.start
        return Moved(edits, body.start, rows, before.start + gap.end - gap.start, range(*passed), shift)

    def _cross_down(self, body: Run, passed: Run, last: int, rows: int, *, followed: bool) -> Moved:
        above = self._gap_above(body.start)
        if above.start == 0:
            return self._exchange(self._block, Run(passed.start, last), down=True)
        cut = Run(above.start, body.end)
        size = cut.end - cut.start
        if followed:
            edits = self._text.drop_rows(cut, last, (body, above))
            return Moved(edits, body.start, rows, last - size, range(*passed), -size)
        edits = self._text.drop(cut, passed.end, (above, body))
        new_row = passed.end - size + above.end - above.start
        return Moved(edits, body.start, rows, new_row, range(*passed), -size)
