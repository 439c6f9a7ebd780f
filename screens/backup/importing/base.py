"""What the preview of an import and its report share: a sentence, a list with filters, the chosen row."""

from __future__ import annotations

import time

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.getters import query_one
from textual.widgets import Static

from core.errors import GenkoError, HelperDied
from screens.backup.importing.rows import CHANGES, Listing, Row
from screens.backup.importing.table import PlanTable
from screens.backup.importing.wording import shown
from screens.backup.importing.work import BringingWork, Stepped
from screens.backup.place import MAY_BE_DONE
from screens.backup.progress import Pace, WorkLine
from screens.commands import Command, key_name
from screens.commands.backup_importing import LeaveBringing, StopBringing
from screens.commands.everywhere import Help, Palette
from screens.widgets.keys import KeysLine
from screens.widgets.places import PlacesLine, Slot

TOP = (
    Slot("brand", 7, style="accent", bold=True),
    Slot("heading", bold=True),
    Slot("state", 30, style="quiet", right=True),
)
READING = "Reading…"
"""What is under way while a plan is made."""
LONGEST = 600
"""Characters of a sentence about an import that are shown."""


class ListingScreen(BringingWork):
    """A sentence first, then the list; below it what is known of the chosen row, and how far the work is."""

    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "PlanTable"

    top = query_one("#top", PlacesLine)
    sentence = query_one("#sentence", Static)
    source = query_one("#source", Static)
    notes = query_one("#notes", Static)
    table = query_one(PlanTable)
    below = query_one("#below", Static)
    work_line = query_one(WorkLine)
    keys = query_one(KeysLine)

    def __init__(self) -> None:
        super().__init__()
        self.wanted = CHANGES
        self.busy = ""
        """What is under way, in a word; empty: nothing."""
        self._pace = Pace()

    def compose(self) -> ComposeResult:
        """The sentence, where it is from, notes; the list; the chosen row; work; keys."""
        yield PlacesLine(TOP, id="top")
        with Vertical(id="about"):
            yield Static("", id="sentence", markup=False)
            yield Static("", id="source", markup=False)
            yield Static("", id="notes", markup=False)
        yield PlanTable()
        yield Static("", id="below", markup=False)
        yield WorkLine()
        yield KeysLine(self.commands, everywhere=(Palette, Help))

    def on_mount(self) -> None:
        """Nothing under way."""
        self.top.show("brand", "Genko")
        self.work_line.display = False

    def restyle(self) -> None:
        """The list has other colours."""
        self.table.refresh()

    @property
    def listing(self) -> Listing | None:
        """What the list is made of; None while there is nothing."""
        raise NotImplementedError

    def say(self, sentence: str, source: str = "", notes: tuple[str, ...] = ()) -> None:
        """What stands above the list."""
        self.sentence.update(sentence)
        self.source.update(source)
        self.source.display = bool(source)
        self.notes.update("\n".join(shown(one, LONGEST) for one in notes))
        self.notes.display = bool(notes)

    def say_error(self, error: GenkoError) -> None:
        """What happened, what is safe, what to do, where the sentence stands."""
        if isinstance(error, HelperDied):
            self.desk.report(error)  # says where the log is
        safe = error.safe or "Nothing was changed."
        self.say(shown(error.what, LONGEST), shown(safe, LONGEST), (error.todo,) if error.todo else ())

    # the list

    def fill(self, at: int | None = None) -> None:
        """The list anew; the cursor stays where it is, or goes to a row."""
        listing = self.listing
        if listing is None:
            return
        counts = dict(listing.filters())
        self.wanted = self.wanted if self.wanted in counts else CHANGES
        self.table.fill(listing, self.wanted, self.table.cursor if at is None else at)
        self.top.show("state", f"{self.wanted}: {counts[self.wanted]:,}")
        self.show_keys()
        self._say_row()

    @property
    def row(self) -> Row | None:
        """The chosen row, unless something is under way."""
        return None if self.busy else self.table.chosen

    @on(PlanTable.Moved)
    def _say_row(self) -> None:
        row = self.table.chosen
        self.below.update(row.detail if row is not None else "")

    def action_filter_outcomes(self) -> None:
        """f: the next filter."""
        self._turn(1)

    def action_filter_outcomes_back(self) -> None:
        """F: the one before."""
        self._turn(-1)

    def _turn(self, by: int) -> None:
        if (listing := self.listing) is not None:
            names = [name for name, _ in listing.filters()]
            self.wanted = names[(names.index(self.wanted) + by) % len(names)]
            self.fill(0)

    @on(PlanTable.Chosen)
    def _enter(self) -> None:
        self.action_look_closer()

    def action_look_closer(self) -> None:
        """Enter: all that is known of the row."""
        if self.row is not None:
            from screens.backup.importing.dialogs import Known

            self.app.push_screen(Known(self.row))

    def unused(self) -> tuple[type[Command], ...]:
        """Commands that mean nothing now."""
        return ()

    def show_keys(self) -> None:
        """In the last line what can be done now; while something is under way, only to stop."""
        others = (command for command in self.commands if command is not LeaveBringing)
        self.keys.leave_out(*(others if self.busy else self.unused()))

    # work

    @property
    def working(self) -> str:
        """Reading changes nothing, so that nobody is asked about it."""
        return f"{self.busy.rstrip('…')}. {MAY_BE_DONE}" if self.busy not in ("", READING) else ""

    def set_busy(self, what: str) -> None:
        """Something is under way, or nothing is any more."""
        self.busy = what
        self._pace = Pace()
        self.work_line.display = bool(what)
        if what:
            self.work_line.say(what)
        self.show_keys()
        self.refresh_bindings()

    @on(Stepped)
    def _stepped(self, event: Stepped) -> None:
        if event.number == self.number and self.busy and not self.stopping.is_set():
            self._pace.hear(event.step, time.monotonic())
            keys = self.desk.keys_of(StopBringing)
            self.work_line.show_step(event.step, self._pace, key_name(keys[0]) if keys else "")

    def action_stop_bringing(self) -> None:
        """x: stop what is under way."""
        if self.busy:
            self.stopping.set()
            self.work_line.say("Stopping…")
