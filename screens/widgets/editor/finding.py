"""Find and replace in the editor: matches are counted in slices of time and walked through in a circle."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from textual import on, work
from textual.message import Message
from textual.signal import Signal
from textual.timer import Timer

from core.script.search import Area, Finder, Match, PieceMaker, Search, SearchError, Wanted
from core.story import TextEdit
from screens.widgets.editor.edits import EditorEdits
from screens.widgets.editor.pace import PAUSE
from screens.widgets.editor.replacing import Batch, Replacement, SelectedArea

if TYPE_CHECKING:
    from core.script.patterns import Found as PatternFound

SLICE_MS = 6.0


class Found(NamedTuple):
    """How many matches there are (so far), and which of them (from 1) is selected, if one is."""

    total: int
    current: int | None


class EditorFinding(EditorEdits):
    """Nothing is looked for by typing in the text: `recount` is called when the writer pauses."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._search = Search(Wanted())
        self._area: Area | None = None
        self._finder: Finder | None = None
        self._pieces: PieceMaker | None = None
        self._jump: tuple[int, int] | None = None
        self._replacing: Replacement | None = None
        self._slicing: Timer | None = None
        self._trying = threading.Event()
        self._edition = 0
        self._batch: Batch | None = None
        self._batching = False
        self.counted: Signal[str] = Signal(self, "counted")
        """More is found, or all of it; why a pattern can't be used, else empty."""

    class _Tried(Message):
        """A pattern was tried in its process."""

        def __init__(self, search: Search, found: PatternFound, problem: str, edition: int) -> None:
            super().__init__()
            self.search, self.found, self.problem, self.edition = search, found, problem, edition

    # --- looking

    def look_for(self, wanted: Wanted, area: Area | None = None, start: int | None = None) -> None:
        """Look for something in an area, and select the first match from an offset on (-1: none yet).

        Raises SearchError for a pattern that is none. What is not found at once is told by `counted`.
        """
        self.stop_finding()
        self._search = Search(wanted)
        self._area = area
        place = self.ordered_selection[0] if start is None else self.wrapped.place(start)
        self._begin(None if start == -1 else place)

    def find(self, wanted: str, *, match_case: bool = False, start: int | None = None) -> Found:
        """Look for a text, select the match at or after an offset, and say what is found so far."""
        self.look_for(Wanted(wanted, case=match_case), start=start)
        return self.found

    def find_next(self) -> Found:
        """Select the next match, from the top again after the last one."""
        return self._go(self.ordered_selection[1], back=False)

    def find_previous(self) -> Found:
        """Select the match before, from the bottom again before the first one."""
        return self._go(self.ordered_selection[0], back=True)

    def recount(self) -> Found:
        """Count anew if the text has changed since."""
        if self._search and self._finder is None and self._pieces is None:
            self._begin(None)
        return self.found

    def stop_finding(self) -> None:
        """No match is shown any more; the selection stays."""
        self._forget()
        self._search, self._area, self._jump, self._replacing = Search(Wanted()), None, None, None
        self.sync()

    @property
    def found(self) -> Found:
        """What has been found so far."""
        if self._finder is None:
            return Found(0, None)
        (row, start), (end_row, end) = self.ordered_selection
        index = (
            self._finder.index_of(Match(row, start, end)) if row == end_row and self._finder.done else None
        )
        return Found(self._finder.count, None if index is None else index + 1)

    @property
    def finding(self) -> bool:
        """Whether there is more to look through."""
        return bool(self._search) and (self._finder is None or not self._finder.done)

    def found_in(self, row: int) -> Sequence[tuple[int, int]]:
        """The matches of a line on the screen."""
        if not self._search:
            return ()
        finder = self._finder or Finder(self.wrapped.buffer, self._search, self._area)
        return [(start, end) for _, start, end in finder.in_row(row)]

    def text_changed(self, edits: Sequence[TextEdit]) -> None:
        """What was counted is no longer so."""
        self._edition += 1
        if isinstance(self._area, SelectedArea):
            self._area.follow(edits)
        if self._batch is not None and not self._batching:
            self._batch.follow(edits)
        self._forget()

    def _forget(self) -> None:
        self._finder = self._pieces = None
        self._trying.set()
        if self._slicing is not None:
            self._slicing.stop()
            self._slicing = None

    def _begin(self, jump: tuple[int, int] | None, replacing: Replacement | None = None) -> None:
        """Start over with the text as it is now."""
        self._forget()
        self._jump, self._replacing = jump, replacing
        if not self._search:
            self.sync()
            return
        if self._search.known is not None:
            self._pieces = PieceMaker(self.wrapped.buffer, self._area)
        else:
            self._make_finder()
        self._slice()

    def _make_finder(self) -> None:
        row = self._jump[0] if self._jump else self._cursor[0]
        self._finder = Finder(self.wrapped.buffer, self._search, self._area, start_row=row)

    def _slice(self) -> None:
        """Look for a few milliseconds, and again soon if there is more."""
        self._slicing = None
        if self._pieces is not None:
            if self._pieces.advance(SLICE_MS):
                self._trying = threading.Event()
                template = self._replacing.template if self._replacing else None
                self._try(self._search, list(self._pieces.pieces), template, self._edition, self._trying)
                return
        elif self._finder is not None:
            self._finder.advance(SLICE_MS)
            self._arrive()
            if self._finder is None or self._finder.done:
                return
        else:
            return
        if self.is_mounted:
            self._slicing = self.set_timer(PAUSE, self._slice)

    def _arrive(self) -> None:
        """Do what waits for a match or for all of them."""
        finder = self._finder
        assert finder is not None
        if self._jump is not None and (match := finder.first_from(*self._jump)):
            self._show_match(match)
        if finder.done:
            self._jump = None
            self.sync()
            if self._replacing is not None:
                replacement, self._replacing = self._replacing, None
                self._replace(finder.matches, replacement)
        self.counted.publish("")

    def _go(self, place: tuple[int, int], *, back: bool) -> Found:
        if self._finder is None:
            self._begin(None if back else place)
        if self._finder is not None:
            match = self._finder.last_before(*place) if back else self._finder.first_from(*place)
            if match is not None:
                self._show_match(match)
            elif not self._finder.done:
                self._jump = place
        return self.found

    def _show_match(self, match: Match) -> None:
        self._jump = None
        start, end = (match.row, match.start), (match.row, match.end)
        top = self.scroll_offset.y
        seen = top <= self.wrapped.point(end)[1] < top + self._view_height
        self.select(start, end)
        if not seen:
            self.center()

    # --- patterns of the writer's own

    @work(thread=True, exclusive=True, group="pattern", exit_on_error=False)
    def _try(
        self, search: Search, pieces: list[str], template: str | None, edition: int, stop: threading.Event
    ) -> None:
        from core.script.patterns import SearchStopped, try_pattern

        assert search.pattern is not None
        found: PatternFound = {}
        problem = ""
        try:
            found = try_pattern(search.pattern, pieces, template, cancelled=stop)
        except SearchStopped:
            return
        except SearchError as error:
            problem = error.what
        self.post_message(self._Tried(search, found, problem, edition))

    @on(_Tried)
    def _pattern_tried(self, event: _Tried) -> None:
        event.stop()
        if event.search is not self._search or event.edition != self._edition:
            return
        self._pieces = None
        if event.problem:
            self._replacing = None
            self.counted.publish(event.problem)
            return
        self._search.known = {piece: [(s, e) for s, e, _ in all_] for piece, all_ in event.found.items()}
        if self._replacing is not None:
            self._replacing.made = event.found
        self._make_finder()
        self._slice()

    # --- for replacing

    @property
    def replaced_so_far(self) -> tuple[int, int] | None:
        """While many matches are being replaced: how many, of how many."""
        return (self._batch.replaced, self._batch.total) if self._batch else None

    def _replace(self, matches: list[Match], replacement: Replacement) -> None:
        """All that is to be replaced has been found."""
