"""The imports that were made, newest first: what each brought, and the way back, also days later."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from textual import on, work
from textual.app import ComposeResult
from textual.getters import query_one
from textual.widgets import Static

from core.backup.plan import Action, ImportReport
from screens.backup.importing.wording import SYSTEMS, moment_of, report_sentence, shown, title_of
from screens.backup.importing.work import BringingWork, Told
from screens.backup.wording import moment
from screens.bible.views.lines import Line, LineList
from screens.commands import IMPORTED, bindings
from screens.commands.everywhere import Help, Palette
from screens.widgets.keys import KeysLine
from screens.widgets.places import PlacesLine, Slot
from screens.widgets.project_rows import fit
from screens.wording import counted

ABOUT = (
    "Every import that was made on this machine. Enter shows what became of each item, u takes the import "
    "back: what it brought goes, what you wrote since stays."
)
NONE = "Nothing has been imported yet."
TOP = (
    Slot("brand", 7, style="accent", bold=True),
    Slot("heading", bold=True),
    Slot("state", 30, style="quiet", right=True),
)


class ImportsScreen(BringingWork):
    """Dismissed with nothing; `opened` is a project to go to."""

    CSS_PATH = "imports.tcss"
    AUTO_FOCUS = "LineList"
    commands = IMPORTED
    BINDINGS = bindings(IMPORTED)

    top = query_one("#top", PlacesLine)
    table = query_one(LineList)
    said = query_one("#said", Static)

    def __init__(self) -> None:
        super().__init__()
        self.reports: list[ImportReport] = []
        self.opened: UUID | None = None

    def compose(self) -> ComposeResult:
        """The list, what the chosen one did, keys."""
        yield PlacesLine(TOP, id="top")
        yield LineList(id="list")
        yield Static("", id="said", markup=False)
        yield KeysLine(IMPORTED, everywhere=(Palette, Help))

    def on_mount(self) -> None:
        """Have the reports read."""
        self.top.show("brand", "Genko")
        self.top.show("heading", "Imports")
        self.said.update("Reading…")
        self.tell_imports()

    def help_text(self) -> str:
        """For F1."""
        return ABOUT

    def restyle(self) -> None:
        """The rows have other colours."""
        self.table.refresh()

    @on(Told)
    def _told(self, event: Told) -> None:
        if event.error is not None:
            self.desk.report(event.error)
        self.reports = event.reports
        self._fill()

    def _fill(self) -> None:
        self.table.show(lambda width: [import_line(one) for one in self.reports])
        self.table.display = bool(self.reports)
        if self.reports and self.focused is None:
            self.table.focus()  # a list that was hidden has lost the cursor
        self.top.show("state", counted(len(self.reports), "import") if self.reports else "")
        self._say()

    @property
    def chosen(self) -> ImportReport | None:
        """The one under the cursor."""
        return next((one for one in self.reports if one.import_id == self.table.value), None)

    @on(LineList.Moved)
    def _say(self) -> None:
        one = self.chosen
        self.said.update(report_sentence(one) if one is not None else NONE)

    # commands

    @on(LineList.Chosen)
    def action_look_closer(self) -> None:
        """Enter: its report."""
        if (one := self.chosen) is not None:
            self._show_report(one)

    @work(exclusive=True, group="ask-undo")
    async def _show_report(self, report: ImportReport, *, undoing: bool = False) -> None:
        from screens.backup.importing.report import ReportScreen

        screen = ReportScreen(report, undoing=undoing)
        await self.app.push_screen_wait(screen)
        self.opened = screen.opened
        if self.opened is not None:
            self.dismiss()
        else:
            self.tell_imports()

    def action_undo_this_import(self) -> None:
        """u: take the chosen one back; its report shows how far that is."""
        one = self.chosen
        if one is not None and one.undone_at:
            self.notify("It is taken back already.", timeout=4)
        elif one is not None:
            self._show_report(one, undoing=True)

    def action_leave_bringing(self) -> None:
        """Escape."""
        self.dismiss()


def import_line(report: ImportReport) -> Line:
    """`21 Nov 14:02  A Genko backup   2 projects: “Night” …   taken back`."""
    what = "An import taken back" if report.undo_of else SYSTEMS.get(report.source.system, "Data")
    names = [title_of(one) for one in report.projects if one.action not in (Action.SKIP, Action.SAME)]
    named = ", ".join(names[:3]) + (f" and {len(names) - 3:,} more" if len(names) > 3 else "")
    named = " · ".join(filter(None, (part_of(report), named)))
    nothing = "" if named or report.rows else "nothing was changed"
    label = f"  “{shown(report.source.label, 40)}”" if report.source.label else ""
    pieces = (
        (fit(_when(report), 17), "bold"),
        (fit(what, 22), "quiet"),
        ("taken back  " if report.undone_at else "", "quiet"),
        (named, ""),
        (nothing, "quiet"),
        (label, "quiet"),
    )
    return Line(pieces, report.import_id)


def part_of(report: ImportReport) -> str:
    """The page or record that came back, if it was one."""
    if len(report.projects) != 1 or report.undo_of:
        return ""
    project = report.projects[0]
    alone = project.action is Action.RESTORE and len(project.items) == 1
    return shown(project.items[0].title, 40) if alone else ""


def _when(report: ImportReport) -> str:
    """As the list of backups says it."""
    try:
        return moment(datetime.fromisoformat(report.done_at))
    except ValueError:
        return moment_of(report.done_at)
