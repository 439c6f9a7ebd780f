"""Find in the editor: matches are shown on the screen, counted, and walked through in a circle."""

from __future__ import annotations

from typing import NamedTuple

from screens.widgets.editor.edits import EditorEdits
from screens.widgets.editor.search import Search, match_at, next_match, previous_match


class Found(NamedTuple):
    """How many matches there are, and which of them (from 1) is selected, if one is."""

    total: int
    current: int | None


class EditorFinding(EditorEdits):
    """The offsets of matches are computed when asked for, never by typing in the text."""

    _matches: list[int] | None = None

    def find(self, wanted: str, *, match_case: bool = False, start: int | None = None) -> Found:
        """Look for a text from an offset on (the selection's start if None) and select the match."""
        self.search = Search(wanted, match_case=match_case)
        self._matches = None
        if start is None:
            start = self.wrapped.offset(self.ordered_selection[0])
        return self._go_to_match(next_match(self._offsets(), start))

    def find_next(self) -> Found:
        """Select the next match, from the top again after the last one."""
        after = self.wrapped.offset(self.ordered_selection[1])
        return self._go_to_match(next_match(self._offsets(), after))

    def find_previous(self) -> Found:
        """Select the match before, from the bottom again before the first one."""
        before = self.wrapped.offset(self.ordered_selection[0])
        return self._go_to_match(previous_match(self._offsets(), before))

    def stop_finding(self) -> None:
        """No match is shown any more; the selection stays."""
        self.search = Search()
        self._matches = None
        self.sync()

    @property
    def found(self) -> Found:
        """What find has found, counted anew if the text has changed. O(text) then."""
        offsets = self._offsets()
        low, high = (self.wrapped.offset(place) for place in self.ordered_selection)
        current = match_at(offsets, low) if high - low == len(self.search.wanted) else None
        return Found(len(offsets), None if current is None else current + 1)

    def _offsets(self) -> list[int]:
        if self._matches is None:
            self._matches = self.search.in_text(self.wrapped.buffer.text()) if self.search else []
        return self._matches

    def _go_to_match(self, index: int | None) -> Found:
        offsets = self._offsets()
        if index is None:
            self.sync()
            return Found(0, None)
        start = self.wrapped.place(offsets[index])
        end = self.wrapped.place(offsets[index] + len(self.search.wanted))
        top = self.scroll_offset.y
        seen = top <= self.wrapped.point(end)[1] < top + self._view_height
        self.select(start, end)
        if not seen:
            self.center()
        return Found(len(offsets), index + 1)
