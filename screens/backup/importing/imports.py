"""The imports that were made, newest first: what each brought, and the way back, also days later."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.getters import query_one
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from core.backup.plan import Action, ImportReport
from screens.backup.importing.wording import SYSTEMS, moment_of, report_sentence, shown, title_of
from screens.backup.importing.work import BringingWork, Told
from screens.backup.wording import moment
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
    AUTO_FOCUS = "OptionList"
    commands = IMPORTED
    BINDINGS = bindings(IMPORTED)

    top = query_one("#top", PlacesLine)
    table = query_one(OptionList)
    said = query_one("#said", Static)

    def __init__(self) -> None:
        super().__init__()
        self.reports: list[ImportReport] = []
        self.opened: UUID | None = None

    def compose(self) -> ComposeResult:
        """The list, what the chosen one did, keys."""
        yield PlacesLine(TOP, id="top")
        yield OptionList(id="list", markup=False)
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

    def on_resize(self) -> None:
        """The rows follow the width."""
        if self.reports:
            self._fill()

    def restyle(self) -> None:
        """The rows have other colours."""
        self._fill()

    @on(Told)
    def _told(self, event: Told) -> None:
        if event.error is not None:
            self.desk.report(event.error)
        self.reports = event.reports
        self._fill()

    def _fill(self) -> None:
        at = self.table.highlighted or 0
        quiet = self.app.theme_variables["quiet"]
        width = max(20, self.size.width - 6)
        rows = [Option(import_row(one, width, quiet), one.import_id) for one in self.reports]
        self.table.clear_options().add_options(rows)
        self.table.display = bool(rows)
        if rows:
            self.table.highlighted = min(at, len(rows) - 1)
        self.top.show("state", counted(len(rows), "import") if rows else "")
        self._say()

    @property
    def chosen(self) -> ImportReport | None:
        """The highlighted one."""
        at = self.table.highlighted
        return self.reports[at] if at is not None and at < len(self.reports) else None

    @on(OptionList.OptionHighlighted)
    def _say(self) -> None:
        one = self.chosen
        self.said.update(report_sentence(one) if one is not None else NONE)

    # commands

    @on(OptionList.OptionSelected)
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


def import_row(report: ImportReport, width: int, quiet: str) -> Text:
    """`21 Nov 14:02  A Genko backup   2 projects: “Night” …   taken back`."""
    row = Text(no_wrap=True, overflow="ellipsis")
    row.append(fit(_when(report), 17), "bold")
    what = "An import taken back" if report.undo_of else SYSTEMS.get(report.source.system, "Data")
    row.append(fit(what, 22), quiet)
    row.append("taken back  " if report.undone_at else "", quiet)
    names = [title_of(one) for one in report.projects if one.action not in (Action.SKIP, Action.SAME)]
    row.append(", ".join(names[:3]) + (f" and {len(names) - 3:,} more" if len(names) > 3 else ""))
    if report.source.label:
        row.append(f"  “{shown(report.source.label, 40)}”", quiet)
    row.truncate(width, overflow="ellipsis")
    return row


def _when(report: ImportReport) -> str:
    """As the list of backups says it."""
    try:
        return moment(datetime.fromisoformat(report.done_at))
    except ValueError:
        return moment_of(report.done_at)
