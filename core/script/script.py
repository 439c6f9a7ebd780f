"""A script that is parsed as it is written: an edit costs the lines whose meaning it changed."""

from __future__ import annotations

import time
from bisect import bisect_left, insort
from collections.abc import Iterable
from typing import NamedTuple

from core.script.cues import Cue
from core.script.facts import Facts, analyse
from core.script.grammar import BARE_PAGE, CLEAR, OPENED, PAGE_SHIFT, START, decide
from core.script.kinds import HEADINGS, LETTERING, LineKind, ParsedLine
from core.script.lines import LineBuffer
from core.script.page_journal import PageChanges, PageJournal
from core.script.pages import Pages, Place
from core.script.rows import Row, RowList
from core.script.seen import Seen
from core.script.spans import parsed_line
from core.script.statistics import OutlineItem, OutlineMaker, Statistics, outline, speakers, statistics

AT_ONCE = 400
"""Rows that an edit parses itself; what reaches further is left to `advance`."""
CHUNK = 256
CONTEXT = 40
"""Rows above that are looked at for a row that is shown before its turn."""


class ScriptSplice(NamedTuple):
    """What an edit did: `removed` rows from `row` on became `inserted` rows.

    The rows `first` to `last` (not included) may have a new meaning, and so may those in `elsewhere`
    (a name that is now, or no longer, known).
    """

    row: int
    removed: int
    inserted: int
    first: int
    last: int
    elsewhere: tuple[int, ...]


class Script:
    """The lines of a script and what each of them is.

    Nothing is parsed when it is made: `line` reads a row on demand, `advance` parses the rest in slices
    of time, `complete` at one go. Until `done`, figures cover what has been parsed so far.
    """

    def __init__(self, source: LineBuffer | str = "", *, names: Iterable[str] = ()) -> None:
        """Parse a text or a shared LineBuffer. `names` are those of the bible: their cues are believed."""
        self.lines = source if isinstance(source, LineBuffer) else LineBuffer(source)
        self.structure = 0
        """Grows whenever a heading was added, removed or changed: the outline is out of date."""
        self.version = 0
        """Grows whenever a line or what it means changed: places found before may be others now."""
        self._rows = RowList(len(self.lines))
        self._seen = Seen(names)
        self._pending = [0]
        self._elsewhere: list[int] = []
        self._journal = PageJournal()
        self._outlining: OutlineMaker | None = None
        self.pages = Pages(self.lines, self._rows, self._journal.front)

    @property
    def done(self) -> bool:
        """Whether every line has been parsed."""
        return not self._pending

    @property
    def names(self) -> frozenset[str]:
        """The folded names of the bible."""
        return self._seen.names

    def set_names(self, names: Iterable[str]) -> None:
        """The bible's names changed: the lines that are headed by one of them are parsed again."""
        for row in self._seen.rename(names):
            self._queue(self._rows.position(row))
        self._run(AT_ONCE)

    # --- parsing

    def advance(self, budget_ms: float = 5.0) -> bool:
        """Parse on and count for about so many milliseconds; True when nothing of either is left to do."""
        deadline = time.perf_counter() + budget_ms / 1000
        while self._pending and time.perf_counter() < deadline:
            self._run(CHUNK)
        self._elsewhere.clear()
        counted = self._rows.count(budget_ms / 4 if self._pending else budget_ms)
        return counted and not self._pending

    def complete(self) -> Script:
        """Parse everything that is left; returns itself."""
        while self._pending:
            self._run(len(self._rows))
        self._elsewhere.clear()
        return self

    def splice(self, offset: int, deleted: int, inserted: str) -> ScriptSplice:
        """Edit the text (see LineBuffer.splice) and parse what that changed."""
        return self.rows_replaced(*self.lines.splice(offset, deleted, inserted))

    def splice_many(self, edits: Iterable[tuple[int, int, str]]) -> None:
        """Follow a merge: (offset, deleted, inserted), one after another. `advance` does the parsing."""
        self._outlining = None
        for offset, deleted, inserted in edits:
            row, removed, added = self.lines.splice(offset, deleted, inserted)
            self._put(row, removed, [Row() for _ in range(added)])
            if shift := added - removed:
                below = bisect_left(self._pending, row)  # mostly none: merged edits come in order
                self._pending[below:] = [
                    at + shift if at >= row + removed else row for at in self._pending[below:]
                ]
            self._queue(max(row - 1, 0))

    def rows_replaced(self, row: int, removed: int, inserted: int) -> ScriptSplice:
        """Take note of an edit that a shared LineBuffer has seen already."""
        self._outlining = None
        fresh = [Row() for _ in range(inserted)]
        if inserted <= AT_ONCE:
            for line, new in zip(self.lines.rows(row, row + inserted), fresh, strict=True):
                self._learn(new, line)
        self._put(row, removed, fresh)
        shift = inserted - removed
        self._pending = sorted(
            {at + shift if at >= row + removed else min(at, row) for at in self._pending} | {max(row - 1, 0)}
        )
        first, last = self._run(AT_ONCE, row, row + inserted)
        self._touch(min(max(row - 1, 0), first), max(row + inserted, last))
        elsewhere = tuple(sorted({at for at in self._elsewhere if not first <= at < last}))
        self._elsewhere.clear()
        return ScriptSplice(row, removed, inserted, first, last, elsewhere)

    def _put(self, row: int, removed: int, fresh: list[Row]) -> None:
        """Put unparsed rows in the place of others, and let go of what was known about those."""
        self.version += 1
        old = self._rows.rows(row, row + removed)
        if any(gone.page for gone in old) and len(fresh) <= AT_ONCE:
            for line, new in zip(self.lines.rows(row, row + len(fresh)), fresh, strict=True):
                if new.facts is None:
                    self._learn(new, line)
        self._journal.inherit(old, fresh)
        for gone in old:
            self._forget(gone)
        self._rows.replace_rows(row, removed, fresh)
        if row == 0:
            self._journal.touch(self._journal.front)

    def _run(self, limit: int, first: int | None = None, last: int | None = None) -> tuple[int, int]:
        """Settle queued rows, at most about `limit`; the range of rows that were settled."""
        low = len(self._rows) if first is None else first
        high = 0 if last is None else last
        while self._pending and limit > 0:
            start = self._pending.pop(0)
            if start >= len(self._rows) or (start and self._rows[start - 1].kind is None):
                continue  # an earlier start will come through here
            end, finished = self._settle(start, limit)
            if not finished:
                insort(self._pending, end)
            limit -= end - start
            if first is not None and not (start <= high and end >= low):
                self._elsewhere += range(start, end)
            else:
                low, high = min(low, start), max(high, end)
            self._touch(start, end)
        return low, high

    def _settle(self, start: int, limit: int) -> tuple[int, bool]:
        """Decide rows from `start` until nothing changes any more: the row after, and whether it is so."""
        self.version += 1
        row, stop = start, min(len(self._rows), start + limit)
        state = self._rows[start - 1].state if start else START
        while row < stop:
            end = min(row + CHUNK, stop)
            rows = self._rows.rows(row, end + 1)
            lines = self.lines.rows(row, end + 1)
            for at in range(end - row):
                below = rows[at + 1] if at + 1 < len(rows) else None
                facts = rows[at].facts or self._learn(rows[at], lines[at])
                under = None if below is None else below.facts or self._learn(below, lines[at + 1])
                kind, after = decide(facts, under, state, self._seen.known)
                settled = self._decide(rows[at], kind, after)
                state = after
                if settled and (below is None or below.kind is not None):
                    self._rows.changed(start, row + at + 1)
                    return row + at + 1, True
            row = end
        self._rows.changed(start, row)
        return row, row >= len(self._rows)

    def _decide(self, row: Row, kind: LineKind, state: int) -> bool:
        """Note a decision; whether the lines below see no difference."""
        same = row.kind is not None and row.state == state
        if row.kind is not kind:
            if kind in HEADINGS or row.kind in HEADINGS:
                self._restructured()
            if kind is LineKind.PAGE:
                self._journal.add(row)
            else:
                self._journal.drop(row)
        row.kind, row.state = kind, state
        return same

    def _learn(self, row: Row, line: str) -> Facts:
        """Analyse a line; others may mean something else because of it."""
        facts = row.facts = analyse(line)
        self._again(self._seen.learn(row, facts), row)
        return facts

    def _forget(self, row: Row) -> None:
        if row.kind in HEADINGS:
            self._restructured()
        self._journal.drop(row)
        if row.facts:
            self._again(self._seen.forget(row, row.facts), row)

    def _again(self, rows: list[Row], cause: Row) -> None:
        """Other lines mean something else now."""
        for row in rows:
            if row is not cause and row.kind is not None:
                self._queue(self._rows.position(row))

    def _restructured(self) -> None:
        self.structure += 1
        self.pages.renumber()

    def _queue(self, row: int) -> None:
        insort(self._pending, row)

    # --- pages

    def _touch(self, start: int, end: int) -> None:
        """The pages that hold the rows `start` to `end` changed."""
        end = min(end, len(self._rows))
        if start >= end:
            return
        # A line that the line below it made a page was the end of the page above.
        self._journal.touch(self._rows.entry_above(max(start - 1, 0)) or self._journal.front)
        for row in self._rows.rows(start, end):
            if row.page is not None and row.kind is LineKind.PAGE:
                self._journal.touch(row.page)

    def take_page_changes(self) -> PageChanges:
        """The pages that changed since the last call (all of them the first time), and forget them.

        Costs what changed. A page keeps its `key` while its heading is edited and text moves around it.
        """
        return self._journal.take(self.pages)

    # --- questions

    def kind(self, row: int) -> LineKind:
        """The kind of a row; a guess from the lines near it where the parser has not come yet."""
        return self._view(row)[0]

    def line(self, row: int) -> ParsedLine:
        """A row with its spans. IndexError outside the text."""
        kind, state = self._view(row)
        owner = None
        if kind in (LineKind.DIALOGUE, LineKind.CAPTION, LineKind.SFX, LineKind.SIGN, LineKind.MODIFIER):
            owner = self._owner(row)
        facts = self._rows[row].facts
        assert facts is not None  # _view has seen to it
        return parsed_line(self.lines[row], facts, kind, state, owner)

    def cues(self, start: int, end: int) -> list[tuple[int, Cue]]:
        """(row, cue) of each balloon, caption, sound and sign that opens on the rows `start` to `end`.

        Rows that the parser has not come to are left out. Costs the rows, and little for each.
        """
        rows = self._rows.rows(start, end)
        return [
            (at, row.facts.cue)
            for at, row in enumerate(rows, max(start, 0))
            if row.kind in LETTERING and row.state & OPENED and row.facts and row.facts.cue
        ]

    def kinds(self, start: int, end: int) -> list[LineKind | None]:
        """The kinds of the rows `start` to `end` (not included), None where the parser has not come to."""
        return [row.kind for row in self._rows.rows(start, end)]

    def names_from(self, beginning: str, most: int = 24) -> list[tuple[str, int]]:
        """(name as written, times) of speakers whose name begins so, whatever the case.

        Counts names that stand where a speaker may stand; costs what is found, not the script.
        """
        return self._seen.names_from(beginning, most)

    def scenes_from(self, beginning: str, most: int = 24) -> list[str]:
        """Titles of scenes that begin so, whatever the case, as they are first found; see `names_from`."""
        return self._seen.scenes_from(beginning, most)

    def _view(self, row: int) -> tuple[LineKind, int]:
        here = self._rows[row]
        if here.kind is not None:
            return here.kind, here.state
        start = max(0, row - CONTEXT)
        for at in range(row - 1, start - 1, -1):
            if self._rows[at].kind is not None or not self.lines[at].strip():
                start = at
                break
        above = self._rows[start]
        state = START if start == 0 else BARE_PAGE << PAGE_SHIFT | CLEAR
        if above.kind is not None:
            start, state = start + 1, above.state
        kind = LineKind.DESCRIPTION
        for at in range(start, row + 1):
            facts = self._facts(at)
            kind, state = decide(
                facts, self._facts(at + 1) if at + 1 < len(self._rows) else None, state, self._seen.known
            )
        return kind, state

    def _facts(self, row: int) -> Facts:
        here = self._rows[row]
        return here.facts or self._learn(here, self.lines[row])

    def _owner(self, row: int) -> Facts | None:
        """The line with the name, for a text line below it."""
        for at in range(row, max(-1, row - CONTEXT), -1):
            facts = self._facts(at)
            if facts.cue and not facts.cue.text and at < row:
                return facts
            if not self.lines[at].strip():
                return None
        return None

    def place(self, row: int) -> Place:
        """The page, the panel and the kind of a row."""
        return self.pages.place(row, self.kind(row))

    def outline(self) -> list[OutlineItem]:
        """Titles, chapters, scenes, pages and panels in order, with their level and figures."""
        return outline(self.lines, self._rows, self.pages)

    def outline_slice(self, budget_ms: float) -> list[OutlineItem] | None:
        """The outline, if it can be finished in about so many milliseconds; else None: ask again.

        The next call goes on where this one stopped, unless the text was edited in between.
        """
        if self._outlining is None:
            self._outlining = OutlineMaker(self.lines, self._rows, self.pages)
        if not self._outlining.advance(budget_ms):
            return None
        items, self._outlining = self._outlining.items, None
        return items

    def statistics(self, *, exact: bool = True) -> Statistics:
        """The figures of what has been parsed so far.

        With `exact=False` those that are at hand: in the middle of a merge or of the first parse it
        costs up to 30 ms to count all changed rows at once, and `advance` counts them in slices.
        """
        return statistics(self.lines, self._rows, self.done, exact=exact)

    def speakers(self) -> dict[str, int]:
        """Balloons of each speaker, most first; the name as it is first written. Costs O(rows)."""
        return speakers(self._rows)


def parse(text: str, *, names: Iterable[str] = ()) -> Script:
    """A script that is wholly parsed."""
    return Script(text, names=names).complete()
