"""Replacing what was found: one place, or all of them as one step of undo, however many there are."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.message import Message

from core.script.search import Match
from core.story import TextEdit
from screens.widgets.editor.finding import EditorFinding
from screens.widgets.editor.mapping import Stick, map_offset
from screens.widgets.editor.pace import AT_ONCE, PAUSE, SOME
from screens.widgets.editor.replacing import Batch, Replacement, edits_of

TELL = 1000
"""After so many replacements it is said how many are done."""


class EditorReplacing(EditorFinding):
    """What replaces, apart from what finds."""

    count_pages: Callable[[set[int]], int] | None = None
    """In how many pages some rows are."""
    _told = 0

    class ReplacedAll(Message):
        """So many matches were replaced, in so many pages (0: nobody counted)."""

        def __init__(self, editor: EditorReplacing, count: int, pages: int) -> None:
            super().__init__()
            self.editor, self.count, self.pages = editor, count, pages

        @property
        def control(self) -> EditorReplacing:
            return self.editor

    def replace_match(self, template: str) -> None:
        """Replace the selected match and go to the next; if none is selected, go to one. SearchError."""
        self._start_replacing(Replacement(self._search, template, only=self.ordered_selection))

    def replace_all(self, template: str) -> None:
        """Replace all matches as one edit; `ReplacedAll` says how many. Raises SearchError."""
        self._start_replacing(Replacement(self._search, template))

    def _start_replacing(self, replacement: Replacement) -> None:
        if self.store is None or self.read_only or not self._search:
            return
        replacement.check()
        finder = self._finder
        if finder is None or not finder.done or self._search.known is not None:
            self._begin(None, replacement)
        else:
            self._replace(finder.matches, replacement)

    def _replace(self, matches: list[Match], replacement: Replacement) -> None:
        if replacement.only is not None:
            (row, start), (end_row, end) = replacement.only
            if row != end_row or Match(row, start, end) not in matches:
                self.find_next()
                return
            matches = [Match(row, start, end)]
        edits = edits_of(self.wrapped.buffer, matches, self._area, replacement)
        if not edits:
            return
        if replacement.only is not None:
            self.edit(*edits)
            self._begin(self._cursor)
            return
        pages = self.count_pages({match.row for match in matches}) if self.count_pages else 0
        if len(edits) > AT_ONCE:
            self._batch, self.read_only = Batch(self.wrapped.buffer, matches, edits, pages), True
            self._told = -TELL
            self._replace_some()
            return
        self.edit(*edits, select=_after(self.wrapped.offset(self._cursor), edits))
        self.post_message(self.ReplacedAll(self, len(edits), pages))
        self.recount()

    def _replace_some(self) -> None:
        """Go on with many replacements, all of them one step of undo; nothing else is written meanwhile."""
        batch, store = self._batch, self.store
        if batch is None or store is None:
            self._batch, self.read_only = None, False
            return
        first = batch.replaced == 0
        if edits := batch.take(SOME):
            self._batching = True
            store.edit_text(edits, joined=not first)
            self._batching = False
        if not batch.done:
            if batch.replaced - self._told >= TELL:
                self._told = batch.replaced
                self.counted.publish("")
            self.set_timer(PAUSE, self._replace_some)
            return
        self._batch, self.read_only = None, False
        self.post_message(self.ReplacedAll(self, batch.replaced, batch.pages))
        self.recount()


def _after(offset: int, edits: Sequence[TextEdit]) -> tuple[int, int]:
    """Where the cursor stands after edits."""
    at = map_offset(offset, edits, Stick.BEFORE)
    return at, at
