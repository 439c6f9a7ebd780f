"""What an import did: every item with its outcome, the file of the report, the way back."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from textual import on, work

from core.backup.plan import Action, Decisions, ImportReport
from core.backup.work import StoppedError
from core.errors import GenkoError
from screens.backup.importing.base import ListingScreen
from screens.backup.importing.rows import Listing
from screens.backup.importing.undoing import undo_question
from screens.backup.importing.wording import moment_of, report_heading, report_sentence, shown
from screens.backup.importing.work import Done
from screens.commands import REPORTED, Command, bindings
from screens.commands.backup_importing import OpenImported, UndoThisImport

ABOUT = (
    "What the import did, item by item. It is kept as a file, and in the list of imports (u on the backup "
    "screen), where it can be taken back days later: u here does so. What was written since stays."
)


class ReportScreen(ListingScreen):
    """Dismissed with nothing; `opened` is a project to go to."""

    commands = REPORTED
    BINDINGS = bindings(REPORTED)

    def __init__(self, report: ImportReport, *, undoing: bool = False) -> None:
        """`undoing`: ask at once whether it is to be taken back."""
        super().__init__()
        self.report = report
        self._undoing = undoing
        self.opened: UUID | None = None

    def on_mount(self) -> None:
        """All of it is there already."""
        self.top.show("heading", report_heading(self.report))
        self._show()
        if self._undoing:
            self._undoing = False
            self.action_undo_this_import()

    def help_text(self) -> str:
        """For F1."""
        return ABOUT

    @property
    def listing(self) -> Listing:
        """What was done."""
        return Listing(
            self.report.projects,
            self.report.rows,
            Decisions(),
            done=True,
            taken_back=bool(self.report.undo_of),
            notes=self.report.notes,
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What was taken back can't be taken back again."""
        if action == "undo_this_import":
            return self._can_undo
        if action == "open_imported":
            return self._project is not None
        return True

    @property
    def _can_undo(self) -> bool:
        return not self.busy and not self.report.undone_at

    @property
    def _project(self) -> UUID | None:
        """The project of the chosen row, else the first one that was made or changed."""
        row = self.table.chosen
        chosen = [row.project] if row is not None and row.project is not None else []
        for project in (*chosen, *self.report.projects):
            if project.project_id and project.action is not Action.SKIP:
                return UUID(project.project_id)
        return None

    def _show(self) -> None:
        report = self.report
        kept = []
        if report.path:
            kept.append(f"Report: {_short(report.path)} (and .txt)")
        if report.backup:
            kept.append(f"The backup made before: {_short(report.backup)}")
        if report.undone_at:
            kept.append(f"Taken back on {moment_of(report.undone_at)}.")
        self.say(report_sentence(report), "\n".join(kept), report.notes)
        self.fill()

    def unused(self) -> tuple[type[Command], ...]:
        """What was taken back can't be taken back again; without a project there is none to open."""
        undo = () if self._can_undo else (UndoThisImport,)
        return (*undo, *(() if self._project is not None else (OpenImported,)))

    @work(exclusive=True, group="ask-undo")
    async def action_undo_this_import(self) -> None:
        """u: take it back."""
        if not self._can_undo:
            return
        plan = await self._undo_plan()
        if plan is None:
            return
        if await self.app.push_screen_wait(undo_question(self.report, plan)) == "undo":
            self.set_busy("Taking it back…")
            self.undo_in_worker(self.report.import_id, self.begin())

    async def _undo_plan(self) -> ImportReport | None:
        """What would be taken back; None if it can't be, or nobody waits for it any more."""
        self.set_busy("Looking at what would be taken back…")
        try:
            return await self.plan_of_undo(self.report.import_id, self.begin())
        except StoppedError:
            return None
        except GenkoError as error:
            self.desk.report(error)
            return None
        finally:
            if self.is_attached:
                self.set_busy("")

    @on(Done)
    def _undone(self, event: Done) -> None:
        if event.number != self.number:
            return
        self.set_busy("")
        if event.report is not None:
            self.report = event.report
            self.on_mount()
        elif event.error is not None:
            self.desk.report(event.error)

    def action_open_imported(self) -> None:
        """g: to the project."""
        if (project := self._project) is not None:
            self.opened = project
            self.dismiss()

    def action_leave_bringing(self) -> None:
        """Escape."""
        if self.busy:
            self.action_stop_bringing()
        else:
            self.dismiss()


def _short(path: str) -> str:
    """A path with ~ for the home folder, all of it: it is there to be copied."""
    home = str(Path.home())
    return shown(f"~{path.removeprefix(home)}" if path.startswith(f"{home}/") else path, 400)
