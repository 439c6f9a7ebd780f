"""Old universes: a path, a report of what of them can come and what can't, then drafts are made of them."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.getters import query_one
from textual.message import Message
from textual.widgets import Input, Static

from core.errors import GenkoError
from core.work import Step, StoppedError, Work
from screens.backup.progress import Pace, WorkLine
from screens.bible.views.lines import Line, LineList
from screens.drafts.bringing.words import brought_words, coming_lines, told_of
from screens.drafts.dialog import DraftDialog, Stepped
from screens.import_paths import PathSuggester, path_from
from screens.wording import counted

if TYPE_CHECKING:
    from core.drafts import Drafts
    from core.drafts.bringing import Brought, Coming
    from core.drafts.themes.shelf import Themes

KEPT = "Empty: what earlier imports have kept for the drafts."
FIRST = "Enter: look   Esc: cancel"
THEN = "Space: tick   Enter: all of it   ^G: make drafts   Esc: cancel"


@dataclass
class Seen(Message):
    """A report is there."""

    visit: Visit
    coming: Coming | None
    error: GenkoError | None = None


@dataclass
class Over(Message):
    """It is done, or was not."""

    brought: Sequence[Brought]
    error: GenkoError | None = None


class Visit:
    """One look at a source; what was read of it is there until somebody has decided."""

    def __init__(self, work: Work) -> None:
        self.work = work
        self.wanted: set[UUID] | None = None
        self._decided = threading.Event()

    def decide(self, wanted: set[UUID] | None) -> None:
        """Which universes are to come; None: none of them."""
        self.wanted = wanted
        if wanted is None:
            self.work.stop.set()
        self._decided.set()

    def wait(self) -> None:
        """Until somebody has decided; on the thread that looks."""
        self._decided.wait()


class ImportDialog(DraftDialog[str]):
    """The answer is a sentence on what was done; None: nothing. The originals are only ever read."""

    AUTO_FOCUS = "#path"
    lines = query_one(LineList)
    line = query_one(WorkLine)

    def __init__(self, drafts: Drafts, themes: Themes) -> None:
        super().__init__()
        self._drafts, self._themes = drafts, themes
        self._visit: Visit | None = None
        self._coming: Coming | None = None
        self._ticked: set[UUID] = set()
        self._unfolded: set[UUID] = set()
        self._doing = False
        self._pace = Pace()

    def compose(self) -> ComposeResult:
        """Where, the report, how far it is, the keys."""
        with Vertical(classes="dialog"):
            yield Static("Import old universes", classes="question")
            with Horizontal(classes="row"):
                yield Static("Where it is", classes="name")
                yield Input(id="path", compact=True, suggester=PathSuggester(), placeholder=KEPT)
            yield LineList()
            yield Static("", classes="said", markup=False)
            yield WorkLine()
            yield Static(FIRST, classes="note", markup=False)

    def on_mount(self) -> None:
        """Ask for a path."""
        self.say("A folder of MagikSwipe, one universe in it, or its database. Nothing there is changed.")

    def on_unmount(self) -> None:
        """Nobody waits for it any more."""
        self._leave_visit()

    # looking

    @on(Input.Submitted, "#path")
    def _look(self, event: Input.Submitted) -> None:
        event.stop()
        if self._doing:
            return
        self._leave_visit()
        self._visit = Visit(Work(self._tell))
        self._coming = None
        self._pace = Pace()
        self.lines.show(lambda width: ())
        self.say("Reading everything to its end…")
        self._read(event.value.strip(), self._visit)

    @work(thread=True, group="bringing", exit_on_error=False)
    def _read(self, typed: str, visit: Visit) -> None:
        from core.drafts.bringing import bring

        try:
            with self._looked_at(typed, visit) as coming:
                self.post_message(Seen(visit, coming))
                visit.wait()
                if visit.wanted is not None:
                    done = bring(coming, self._drafts, self._themes, work=visit.work, only=visit.wanted)
                    self.post_message(Over(done))
        except GenkoError as error:
            self.post_message(Over((), error) if visit.wanted else Seen(visit, None, error))

    @contextmanager
    def _looked_at(self, typed: str, visit: Visit) -> Iterator[Coming]:
        from core.drafts.bringing import look, look_at_kept

        if typed:
            with look(path_from(typed), self._drafts, self._themes, work=visit.work) as coming:
                yield coming
        else:
            with look_at_kept(self._drafts, self._themes, work=visit.work) as coming:
                yield coming

    @on(Seen)
    def _seen(self, event: Seen) -> None:
        if event.visit is not self._visit:
            return
        self.line.say("")
        if event.coming is None:
            self._visit = None
            self.say("Stopped." if isinstance(event.error, StoppedError) else f"▲ {event.error}")
            return
        self._coming = event.coming
        self._ticked = {pack.draft_id for pack in event.coming.packs if pack.is_new}
        self.query_one(".note", Static).update(THEN)
        self._show()
        self.lines.focus()

    # the report

    def _show(self) -> None:
        coming = self._coming
        if coming is None:
            return
        self.lines.show(lambda width: self._rows(coming))
        self.say(told_of(coming, len(self._ticked)))

    def _rows(self, coming: Coming) -> Sequence[Line]:
        return coming_lines(coming, self._ticked, self._unfolded)

    @on(LineList.Ticked)
    def _tick(self, event: LineList.Ticked) -> None:
        if isinstance(event.value, UUID) and not self._doing:
            self._ticked ^= {event.value}
            self._show()

    @on(LineList.Chosen)
    def _unfold(self, event: LineList.Chosen) -> None:
        if isinstance(event.value, UUID):
            self._unfolded ^= {event.value}
            self._show()

    # doing it

    def action_go(self) -> None:
        """^G."""
        if self._doing or self._coming is None or self._visit is None:
            return
        if not self._ticked:
            self.say("▲ Nothing is ticked that is not here already.")
            return
        self._doing = True
        self._pace = Pace()
        self.query_one(".note", Static).update("Esc: stop; drafts that are done stay, whole")
        self._visit.decide(set(self._ticked))

    def _tell(self, step: Step) -> None:
        self.post_message(Stepped(step))

    @on(Stepped)
    def _stepped(self, event: Stepped) -> None:
        import time

        if self._visit is not None and not self._visit.work.stop.is_set():
            self._pace.hear(event.step, time.monotonic())
            self.line.show_step(event.step, self._pace, "Esc")

    @on(Over)
    def _over(self, event: Over) -> None:
        self._doing, self._visit = False, None
        self.line.say("")
        if isinstance(event.error, StoppedError):
            self.dismiss("Stopped. Drafts that were done are there, whole; of the others nothing is.")
        elif event.error is not None:
            self.say(f"▲ {event.error}")
        else:
            made = [one for one in event.brought if one.entry is not None]
            self.dismiss(
                brought_words(event.brought) if made else f"Nothing was made: {counted(0, 'draft')}."
            )

    def action_leave(self) -> None:
        """Escape: stop what is being brought, else go."""
        if self._doing and self._visit is not None:
            self._visit.work.stop.set()
            self.line.say("Stopping…")
        else:
            self.dismiss(None)

    def _leave_visit(self) -> None:
        if self._visit is not None:
            if self._doing:
                self._visit.work.stop.set()
            else:
                self._visit.decide(None)
            self._visit = None
