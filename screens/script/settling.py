"""When the keys rest: parsing on, counts, outline, in slices that leave the keys their time."""

from __future__ import annotations

from time import monotonic

from textual import on
from textual.timer import Timer

from core.script import LineKind
from core.workspace import ProjectSession
from screens.messages import Settled
from screens.script.outlining import Outlining
from screens.widgets.editor import ScriptEditor

PARSE_MS, OUTLINE_MS = 7.0, 5.0
"""Milliseconds of parsing and of outlining at a time, so that keys are never kept waiting."""
SLICE_PAUSE = 0.01
SETTLE_SECONDS = 0.3
"""Counts and outline follow this long after the last key of a burst."""
COUNT_SECONDS = 0.2
"""Between two looks at the counts while a long script is read."""
LONGEST_SECONDS = 2.0
"""Somebody who types on and on sees the counts at least this often."""


class Settling(Outlining):
    """Everything that is made anew once the text has changed begins here."""

    def __init__(self, session: ProjectSession) -> None:
        super().__init__(session)
        self._settling: Timer | None = None
        self._outlining: Timer | None = None
        self._page: int | None = None
        self._styled = session.script.done
        self._counted = 0.0

    @on(ScriptEditor.Edited)
    def _settle_later(self, event: ScriptEditor.Edited) -> None:
        if self._outlining is not None:  # of a text that is no more
            self._outlining.stop()
            self._outlining = None
        if self._settling is None:
            self._settling = self.set_timer(SETTLE_SECONDS, self._settle)
        else:
            self._settling.reset()
            if monotonic() - self._counted > LONGEST_SECONDS and self.session.script.done:
                self._show_counts(done=True)

    def settle_soon(self) -> None:
        """Look at counts, outline and the rest again, unless that is due anyway."""
        if self._settling is None:
            self._settling = self.set_timer(SLICE_PAUSE, self._settle)

    def _settle(self) -> None:
        """Counts and outline, once the keys have come to rest; parses on if there is more to parse."""
        self._settling = None
        if not self.may_slice():
            self.settle_soon()
            return
        script = self.session.script
        done = script.advance(PARSE_MS)
        self._show_counts(done=done)
        self.show_place(self.editor.cursor[0])
        if not done:
            self.settle_soon()
        else:
            self.post_message(Settled())
            self._outline_on()
        if not self._styled:
            self.desk.rest()
            if done:
                self._styled = True  # what was guessed before the parser came by may look different now
                self.editor.sync()
        self.sliced()

    def _show_counts(self, *, done: bool) -> None:
        if done or monotonic() - self._counted > COUNT_SECONDS:
            self._counted = monotonic()
            figures = self.session.script.statistics(exact=done)
            counts = figures.pages, figures.panels, figures.dialogues, figures.words, figures.cjk_characters
            self.status_line.show_counts(*counts)

    def _outline_on(self) -> None:
        if self._outlining is None:
            self._outlining = self.set_timer(SLICE_PAUSE, self._outline_slice)

    def _outline_slice(self) -> None:
        self._outlining = None
        if not self.session.script.done:
            return  # it is asked for again when that is done
        if self.may_slice():
            made = self.make_outline(OUTLINE_MS)
            self.sliced()
            if made:
                self.rest_once("outline")
                return
        self._outline_on()

    def show_place(self, row: int) -> None:
        """Page, panel and kind of a row in the status line; the outline follows to another page."""
        place = self.session.script.place(row)
        kind = "" if place.kind is LineKind.BLANK else place.kind.value
        page = "–".join(str(number) for number in place.numbers)
        self.status_line.show_place(page, "" if place.panel is None else str(place.panel), kind)
        if place.page != self._page:
            self._page = place.page
            self.show_outline()
