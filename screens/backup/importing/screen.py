"""An import before it is done: what it would do in a sentence, then project by project, item by item."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.getters import query_one
from textual.widgets import Static

from core.backup.plan import Action, Choice, Decisions, ImportPlan, ImportReport
from core.errors import GenkoError
from screens.backup.importing.deciding import (
    open_differences,
    possible_actions,
    with_action,
    with_all,
    with_choice,
)
from screens.backup.importing.progress import Rate, Stepped
from screens.backup.importing.rows import CHANGES, Listing, Row
from screens.backup.importing.table import PlanTable
from screens.backup.importing.wording import sentence, shown, source_line, title_of
from screens.backup.importing.work import BringingWork, Planned
from screens.commands import BRINGING, bindings
from screens.commands.backup_importing import KeepBoth, KeepOurs, SettleDifferences, TakeTheirs
from screens.commands.everywhere import Help, Palette
from screens.widgets.keys import KeysLine
from screens.widgets.places import PlacesLine, Slot
from screens.wording import counted

ABOUT = (
    "What an import would do; nothing is changed before i. Before it begins a backup is made and read back, "
    "and u in the report takes the import back, also days later. An import deletes nothing. Where yours and "
    "theirs differ, o keeps yours (theirs becomes a version), t takes theirs, b keeps both; d shows both side "
    "by side; O, T and B settle all that are left."
)
TOP = (
    Slot("brand", 7, style="accent", bold=True),
    Slot("heading", bold=True),
    Slot("state", 30, style="quiet", right=True),
)
UNTOUCHED = "nothing changed yet"


class ImportScreen(BringingWork):
    """Dismissed with nothing; `report` tells what was done, `opened` a project to go to."""

    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "PlanTable"
    commands = BRINGING
    BINDINGS = bindings(BRINGING)

    top = query_one("#top", PlacesLine)
    sentence_line = query_one("#sentence", Static)
    source_line = query_one("#source", Static)
    notes = query_one("#notes", Static)
    table = query_one(PlanTable)
    below = query_one("#below", Static)

    def __init__(self, path: Path | str | None = None, plan: ImportPlan | None = None) -> None:
        """`path` is a file, a folder or a database's address; `plan` may have been made before."""
        super().__init__()
        self.path = path
        self.plan = plan
        self.decisions = Decisions()
        self.report: ImportReport | None = None
        self.opened: UUID | None = None
        self.error: GenkoError | None = None
        self._passphrase = ""
        self._wanted = CHANGES
        self._rate = Rate()
        self._busy = ""

    def compose(self) -> ComposeResult:
        """The sentence, where it is from, notes; the list; the detail of a row or how far it is; keys."""
        yield PlacesLine(TOP, id="top")
        with Vertical(id="about"):
            yield Static("", id="sentence", markup=False)
            yield Static("", id="source", markup=False)
            yield Static("", id="notes", markup=False)
        yield PlanTable()
        yield Static("", id="below", markup=False)
        yield KeysLine(BRINGING, everywhere=(Palette, Help))

    def on_mount(self) -> None:
        """Have the plan made, unless it is there."""
        self.top.show("brand", "Genko")
        self.top.show("heading", f"Import  {self._called}")
        self.top.show("state", UNTOUCHED)
        if self.plan is not None:
            self.show_plan(self.plan)
        else:
            self._look()

    @property
    def _called(self) -> str:
        if isinstance(self.path, Path):
            return shown(self.path.name, 60)
        return shown(Path(self.plan.source.path).name, 60) if self.plan is not None else ""

    def help_text(self) -> str:
        """For F1."""
        return ABOUT

    def restyle(self) -> None:
        """The list has other colours."""
        self.table.refresh()

    # the plan

    def _look(self) -> None:
        """Have the plan made with what has been decided so far."""
        if self.path is not None:
            self._busy = "planning"
            self.sentence_line.update(
                "Reading…" if self.plan is None else sentence(self.plan, self.decisions)
            )
            self.plan_in_worker(self.path, self.decisions, self._passphrase, self.begin())

    @on(Planned)
    def _planned(self, event: Planned) -> None:
        if event.number != self.number:
            return
        self._busy = ""
        if event.plan is not None:
            self.show_plan(event.plan)
        elif event.error is not None:
            self.error = event.error
            self._say_error(event.error)

    def show_plan(self, plan: ImportPlan) -> None:
        """Another plan, from above."""
        self.plan = plan
        at = self.table.cursor
        self.sentence_line.update(sentence(plan, self.decisions))
        self.source_line.update(source_line(plan))
        said = [shown(one, 400) for one in (*plan.problems, *plan.notes)]
        self.notes.update("\n".join(said))
        self.notes.display = bool(said)
        self._fill(at)

    def _fill(self, at: int) -> None:
        if (listing := self.listing) is None:
            return
        self.table.fill(listing.lines(self._wanted), at)
        counts = dict(listing.filters())
        self.top.show("state", f"{self._wanted}: {counts.get(self._wanted, 0):,}")
        open_ones = self.plan is not None and any(True for _ in open_differences(self.plan, self.decisions))
        unused = () if open_ones else (SettleDifferences, KeepOurs, TakeTheirs, KeepBoth)
        self.query_one(KeysLine).leave_out(*unused)
        self._say_row()

    @property
    def listing(self) -> Listing | None:
        """What the list is made of."""
        return None if self.plan is None else Listing(self.plan.projects, self.plan.rows, self.decisions)

    def _say_error(self, error: GenkoError) -> None:
        """In the place of the sentence: what happened, what is safe, what to do."""
        self.sentence_line.update(shown(error.what, 400))
        self.source_line.update(shown(error.safe, 400) or "Nothing was changed.")
        self.notes.update(shown(error.todo, 400))
        self.notes.display = bool(error.todo)
        self.below.update("")

    def _say_row(self) -> None:
        if self._busy:
            return
        row = self.table.chosen
        self.below.update(row.detail if row is not None else "")

    @on(PlanTable.Moved)
    def _moved(self) -> None:
        self._say_row()

    @on(Stepped)
    def _stepped(self, event: Stepped) -> None:
        if event.number == self.number and self._busy:
            self.below.update(f"{self._rate.line(event.step)}   x stops")

    # what is chosen

    @property
    def _row(self) -> Row | None:
        return self.table.chosen if not self._busy else None

    def action_filter_outcomes(self) -> None:
        """f: the next filter."""
        self._turn(1)

    def action_filter_outcomes_back(self) -> None:
        """F: the one before."""
        self._turn(-1)

    def _turn(self, by: int) -> None:
        if (listing := self.listing) is not None:
            names = [name for name, _ in listing.filters()]
            at = names.index(self._wanted) if self._wanted in names else 0
            self._wanted = names[(at + by) % len(names)]
            self._fill(0)

    def action_keep_ours(self) -> None:
        """o: this difference."""
        self._settle(Choice.OURS)

    def action_take_theirs(self) -> None:
        """t: this difference."""
        self._settle(Choice.THEIRS)

    def action_keep_both(self) -> None:
        """b: this difference."""
        self._settle(Choice.BOTH)

    def _settle(self, choice: Choice) -> None:
        row = self._row
        if row is None or row.project is None or row.item is None or self.plan is None:
            return
        if row.item not in row.project.conflicts:
            self.notify("Here is nothing to choose: only one of the two has changed.", timeout=3)
            return
        self.decisions = with_choice(self.decisions, row.project, row.item, choice)
        self._fill(self.table.cursor + 1)

    def action_keep_all_ours(self) -> None:
        """O: all that are left."""
        self._settle_all(Choice.OURS)

    def action_take_all_theirs(self) -> None:
        """T: all that are left."""
        self._settle_all(Choice.THEIRS)

    def action_keep_all_both(self) -> None:
        """B: all that are left."""
        self._settle_all(Choice.BOTH)

    def _settle_all(self, choice: Choice) -> None:
        if self.plan is not None and not self._busy:
            count = sum(1 for _ in open_differences(self.plan, self.decisions))
            self.decisions = with_all(self.decisions, self.plan, choice)
            self.notify(f"{counted(count, 'difference')} settled." if count else "Nothing is left to settle.")
            self._fill(self.table.cursor)

    def action_merge_project(self) -> None:
        """m: what happens by itself."""
        self._act(None)

    def action_copy_project(self) -> None:
        """c: a project of its own."""
        self._act(Action.COPY)

    def action_leave_out(self) -> None:
        """s: not this one."""
        self._act(Action.SKIP)

    def _act(self, action: Action | None) -> None:
        row = self._row
        if row is None or row.project is None or self.plan is None:
            return
        if action is not None and action not in possible_actions(row.project):
            self.notify(f"“{title_of(row.project)}” is not here; it can only be made or left out.", timeout=4)
            return
        self.decisions = with_action(self.decisions, row.project, action)
        self._look()

    # the end

    def action_leave_bringing(self) -> None:
        """Escape: stop, else go."""
        self.dismiss()
