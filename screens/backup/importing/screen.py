"""An import before it is done: what it would do in a sentence, then project by project, item by item."""

from __future__ import annotations

import asyncio
from pathlib import Path
from uuid import UUID

from textual import on, work

from core.backup.plan import ImportPlan, ImportReport
from core.content import Fate
from core.errors import LockedError
from screens.backup.importing.base import READING
from screens.backup.importing.choosing import ChoosingScreen
from screens.backup.importing.deciding import open_differences
from screens.backup.importing.wording import fate_of, sentence, shown, source_line
from screens.backup.importing.work import Done, Planned
from screens.commands import BRINGING, Command, bindings
from screens.commands.backup_importing import (
    BringIn,
    KeepBoth,
    KeepOurs,
    LeaveBringing,
    SettleDifferences,
    TakeTheirs,
)
from screens.wording import counted

ABOUT = (
    "What an import would do; nothing is changed before i. Before it begins a backup is made and read back, "
    "and u in the report takes the import back, also days later. An import deletes nothing. Where yours and "
    "theirs differ, o keeps yours (theirs becomes a version), t takes theirs, b keeps both; d shows both "
    "side by side; O, T and B settle all that are left."
)
NOT_SETTLED = [("import", "Import"), ("settle", "Settle them"), ("cancel", "Cancel")]


class ImportScreen(ChoosingScreen):
    """Dismissed with nothing; `report` tells what was done, `opened` a project to go to."""

    commands = BRINGING
    BINDINGS = bindings(BRINGING)

    def __init__(self, path: Path | str | None = None, plan: ImportPlan | None = None) -> None:
        """`path` is a file, a folder or the address of a database; `plan` may have been made before."""
        super().__init__()
        self.path = str(path) if path is not None else ""
        self.plan = plan
        self.report: ImportReport | None = None
        self.opened: UUID | None = None
        self._passphrase = ""
        self._sealed = False
        """Whether it is encrypted."""

    def on_mount(self) -> None:
        """Have the plan made, unless it is there."""
        from screens.backup.importing.arriving import spoken_path

        self.top.show("heading", f"Import  {shown(spoken_path(self.path), 60)}")
        self.show_keys()
        if self.plan is not None:
            self.show_plan(self.plan)
        elif self.path:
            self._begin()

    def on_unmount(self) -> None:
        """The passphrase is of no use any more."""
        self._passphrase = ""

    def help_text(self) -> str:
        """For F1."""
        return ABOUT

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is under way can only be stopped."""
        if action == "stop_bringing":
            return bool(self.busy)
        return not self.busy or action == "leave_bringing"

    # the plan

    @work(exclusive=True, group="begin-import")
    async def _begin(self, wrong: str = "") -> None:
        """Ask for the passphrase of an encrypted one, then look at it."""
        from screens.backup.importing.arriving import is_sealed

        if not wrong:
            self.say(READING)
        self._sealed = await asyncio.to_thread(is_sealed, self.path)
        if self._sealed and not await self._ask_passphrase(wrong):
            if self.plan is None and not wrong:
                self.dismiss()
            return
        self.look()

    async def _ask_passphrase(self, wrong: str) -> bool:
        from screens.prompts import TextPrompt

        note = f"{wrong} " if wrong else ""
        note += "The key from its recovery sheet does as well. What you type is used now and kept nowhere."
        prompt = TextPrompt("The passphrase of this backup", note=note, secret=True)
        answer = await self.app.push_screen_wait(prompt)
        self._passphrase = answer or ""
        return bool(self._passphrase)

    def look(self) -> None:
        """Have the plan made with what has been decided so far."""
        if not self.path:
            if self.plan is not None:
                self.show_plan(self.plan)
            return
        if self.plan is None:
            self.say(READING)
        self.set_busy(READING)
        self.plan_in_worker(self.path, self.decisions, self._passphrase, self.begin())

    @on(Planned)
    def _planned(self, event: Planned) -> None:
        if event.number != self.number:
            return
        self.set_busy("")
        if event.plan is not None:
            self.show_plan(event.plan)
            return
        if event.error is not None:
            self.say_error(event.error)
            if isinstance(event.error, LockedError):
                self._begin(shown(event.error.what, 200))
        elif self.plan is not None:  # stopped: the plan before holds
            self.show_plan(self.plan)
        else:
            self.dismiss()

    def show_plan(self, plan: ImportPlan) -> None:
        """Another plan. The cursor stays with its project, which may have gone elsewhere in the list."""
        held = self.table.chosen
        self.heed(plan)
        at = self._place_of(held.project.key) if held and held.project and held.kind == "project" else None
        self.say("", source_line(plan), (*plan.problems, *plan.notes))
        self.fill(at)

    def _place_of(self, key: str) -> int | None:
        listing = self.listing
        return listing.places(self.wanted).at_project(key) if listing is not None else None

    def fill(self, at: int | None = None) -> None:
        """The list and the sentence, as far as differences are settled."""
        super().fill(at)
        self.call_after_refresh(self._say_what)  # with tens of thousands of items each has its own moment

    def _say_what(self) -> None:
        if self.plan is not None:
            self.sentence.update(sentence(self.plan, self.decisions))

    def unused(self) -> tuple[type[Command], ...]:
        """Without a plan one can only go; with nothing open there is nothing to settle."""
        if self.plan is None:
            return tuple(command for command in BRINGING if command is not LeaveBringing)
        open_ones = any(True for _ in open_differences(self.plan, self.decisions))
        settled = (
            ()
            if open_ones and not self.plan.problems
            else (SettleDifferences, KeepOurs, TakeTheirs, KeepBoth)
        )
        return (*settled, *(() if self._worth_it(self.plan) else (BringIn,)))

    # doing it

    @work(exclusive=True, group="ask-import")
    async def action_bring_in(self) -> None:
        """i: do what the preview says."""
        plan = self.plan
        if plan is None or not self._can_begin(plan):
            return
        count = sum(1 for _ in open_differences(plan, self.decisions))
        if count:
            from screens.prompts import Choice

            question = Choice(
                f"{counted(count, 'difference')} not settled",
                "In all that are not settled yours stays, and theirs is kept as a version.",
                NOT_SETTLED,
            )
            answer = await self.app.push_screen_wait(question)
            if answer == "settle":
                self.action_settle_differences()
            if answer != "import":
                return
        self.set_busy("Importing…")
        self.apply_in_worker(self.path, plan, self.decisions, self._passphrase, self.begin())

    def _can_begin(self, plan: ImportPlan) -> bool:
        if plan.problems:
            self.notify("It can't be imported as it is; the reasons stand above the list.", timeout=5)
        elif not self._worth_it(plan):
            self.notify("Everything is here already; there is nothing to import.", timeout=5)
        else:
            return bool(self.path)
        return False

    def _worth_it(self, plan: ImportPlan) -> bool:
        """Whether importing it would do anything."""
        return not plan.problems and bool(plan.changes or self.restoring or _keeps(plan))

    @on(Done)
    def _done(self, event: Done) -> None:
        if event.number != self.number:
            return
        self.set_busy("")
        if event.report is None:
            if event.error is not None:
                self.say_error(event.error)
            return
        if event.late:
            self.notify(
                "It was stopped late: the report says what was done by then, and u takes it back.", timeout=8
            )
        self.report = event.report
        self._show_report(event.report)

    @work(exclusive=True, group="ask-import")
    async def _show_report(self, report: ImportReport) -> None:
        from screens.backup.importing.report import ReportScreen

        shown_report = ReportScreen(report)
        await self.app.push_screen_wait(shown_report)
        self.opened = shown_report.opened
        self.dismiss()

    def action_leave_bringing(self) -> None:
        """Escape: stop what is under way, else go."""
        if self.busy and self.plan is not None:
            self.action_stop_bringing()
            if self.busy == READING:
                self.set_busy("")
                self.show_plan(self.plan)
        else:
            self.dismiss()


def _keeps(plan: ImportPlan) -> bool:
    """Whether rows of it are to be kept for a part of Genko that is to come."""
    return any(fate_of(row) is Fate.KEPT for row in plan.rows)
