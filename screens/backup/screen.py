"""The backups: their history, what is in one, making, checking and bringing back."""

from __future__ import annotations

from datetime import UTC, datetime

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.getters import query_one
from textual.widgets import Input, Static

from core.backup.jobs import BackUp, Leaf, Made, Summary
from core.backup.keeping.entry import Entry
from screens.backup.details import InLeaf, InProject, contents_lines, details_lines, leaf_lines, short_details
from screens.backup.history import History, fits, history_lines, titles
from screens.backup.messages import Changed, Ended, Listed, Looked, Progressed, WasRead
from screens.backup.progress import WorkLine
from screens.backup.wording import ago, size, span
from screens.backup.work import BackupWork, now
from screens.bible.views.lines import LineList
from screens.commands import BACKUP, bindings
from screens.commands.backup import KeepBackup, StopBackup
from screens.commands.base import key_name
from screens.commands.everywhere import Help, Palette, Places
from screens.widgets.keys import KeysLine
from screens.widgets.places import PlacesLine, Slot

ABOUT = (
    "Every backup, newest first. ● was read back and is whole, ○ was not read back yet, ▲ is damaged. "
    "Enter looks into one, down to a page's words; r there brings back what the cursor is on."
)
EMPTY = (
    "No backup yet. b makes one of everything on this machine and reads it back.\n\n"
    "It is one file that holds every project, its saves and pictures, and your settings, and that can "
    "be read without Genko."
)
TOP = (
    Slot("brand", 7, style="accent", bold=True),
    Slot("heading", bold=True),
    Slot("daily", 28, wide=46),
    Slot("elsewhere", 24, wide=30, style="quiet", right=True),
)


class BackupScreen(BackupWork):
    """List at the left, details at the right; in a narrow window the details stand below the list."""

    CSS_PATH = "backup.tcss"
    AUTO_FOCUS = "History"
    commands = BACKUP
    BINDINGS = bindings(BACKUP)

    top = query_one("#top", PlacesLine)
    history = query_one(History)
    inside = query_one("#inside", LineList)
    work_line = query_one(WorkLine)

    def __init__(self) -> None:
        super().__init__()
        self._all: list[Entry] = []
        self._filled = False
        self.trashed = False
        self._summaries: dict[str, Summary] = {}
        self._project = ""
        self._leaves: list[Leaf] = []
        self._leaf: Leaf | None = None

    def compose(self) -> ComposeResult:
        """Header; the list and the details; filter, work, keys."""
        yield PlacesLine(TOP, id="top")
        with Horizontal(id="middle"):
            with Vertical(id="left"):
                yield Static("", id="titles", markup=False)
                yield Static(EMPTY, id="empty", markup=False)
                yield History(id="history")
            with Vertical(id="right"):
                yield LineList(id="inside")
        yield Input(placeholder="letters of a day, a reason, a name", id="filter", compact=True)
        yield WorkLine()
        yield KeysLine(BACKUP, everywhere=(Palette, Help, Places))

    def on_mount(self) -> None:
        """Read the catalogue in a worker."""
        self.top.show("brand", "Genko")
        self.query_one("#filter").display = False
        self.query_one("#empty").display = False
        self.query_one(KeysLine).leave_out(KeepBackup)
        self.work_line.say("")
        self.fill()

    def on_unmount(self) -> None:
        """What is under way is given up; half written files go."""
        self.stop_all()

    def on_screen_resume(self) -> None:
        """Another program may have made a backup meanwhile."""
        if self.is_mounted:
            self.load()

    def help_text(self) -> str:
        """For F1."""
        return ABOUT

    @property
    def chosen(self) -> Entry | None:
        """The backup under the cursor."""
        return next((entry for entry in self._all if entry.id == self.history.value), None)

    # the list

    @on(Listed)
    def _listed(self, event: Listed) -> None:
        if event.entries != self._all or not self._filled:
            self._all = event.entries
            self._filled = True
            self.fill()
        self.top.show("elsewhere", f"elsewhere: {ago(event.elsewhere_at, datetime.now(UTC))}")

    def fill(self) -> None:
        """Put the backups that pass the filter into the list; the chosen one stays so."""
        letters = self.query_one("#filter", Input).value
        shown = [
            entry
            for entry in self._all
            if (entry.trashed_at is not None) == self.trashed and fits(entry, letters)
        ]
        empty = self._filled and not shown
        if empty:
            said = "No backup has these letters." if letters.strip() else "The trash is empty. t goes back."
            self.query_one("#empty", Static).update(said if letters.strip() or self.trashed else EMPTY)
        self.query_one("#empty").display = empty
        self.history.display = not empty
        self.set_class(empty, "-empty")
        self.history.show(lambda width: history_lines(shown, width))
        self.top.show("heading", "Backups in the trash" if self.trashed else "Backup")
        self._show_titles()
        self.show_inside()

    def _show_titles(self) -> None:
        words = titles(max(8, self.history.scrollable_content_region.width))
        self.query_one("#titles", Static).update(Text(words, style=self.app.theme_variables["quiet"]))

    def on_resize(self) -> None:
        """The columns follow the width."""
        if self.is_mounted and self.query(History):
            self.call_after_refresh(self._show_titles)

    @on(Changed)
    def _changed(self, event: Changed) -> None:
        self.work_line.say(event.sentence)
        self.load()

    # what is in it

    def show_inside(self) -> None:
        """Details, contents or a page, as deep as the writer has gone."""
        entry = self.chosen
        leaf, project, leaves = self._leaf, self._project, self._leaves
        if entry is None:
            self.inside.show(lambda width: [])
            return
        summary = self._summaries.get(entry.id)
        moment = datetime.now(UTC)
        if leaf is not None:
            self.inside.show(lambda width: leaf_lines(leaf, width))
        elif project:
            title = next((one.title for one in entry.projects if one.id == project), "")
            self.inside.show(lambda width: contents_lines(title, leaves, width))
        elif self.is_in or self.is_wide:
            self.inside.show(lambda width: details_lines(entry, summary, width, moment))
        else:
            self.inside.show(lambda width: short_details(entry, summary, width, moment))

    @property
    def is_in(self) -> bool:
        """Whether the writer has gone into a backup."""
        return self.inside.has_focus

    @property
    def is_wide(self) -> bool:
        """Whether list and details stand side by side."""
        return self.has_class("-wide")

    @on(LineList.Moved, "#history")
    def _moved(self) -> None:
        self.show_inside()
        entry = self.chosen
        if entry is not None and entry.id not in self._summaries and entry.path and not entry.encrypted:
            self.look(entry)

    @on(Looked)
    def _looked(self, event: Looked) -> None:
        if event.summary is not None:
            self._summaries[event.entry_id] = event.summary
            self.show_inside()

    @on(LineList.Chosen, "#history")
    def _go_in(self) -> None:
        self.action_open_backup()

    def action_open_backup(self) -> None:
        """Enter: into the backup."""
        if self.chosen is not None:
            self.add_class("-in")
            self.inside.focus()
            self.show_inside()

    @on(LineList.Chosen, "#inside")
    def _go_deeper(self, event: LineList.Chosen) -> None:
        entry = self.chosen
        match event.value:
            case InProject(project) if entry is not None:
                self.read(entry, project)
            case InLeaf(leaf):
                self._leaf = next((one for one in self._leaves if one.id == leaf), None)
                self.show_inside()

    @on(WasRead)
    def _was_read(self, event: WasRead) -> None:
        if event.error is not None:
            self.desk.report(event.error)
        elif self.chosen is not None and self.chosen.id == event.entry_id:
            self._project, self._leaves = event.project, event.leaves
            self.show_inside()

    def action_back_from_backup(self) -> None:
        """Escape: one step out."""
        if self._leaf is not None:
            self._leaf = None
        elif self._project:
            self._project, self._leaves = "", []
        elif self.is_in:
            self.remove_class("-in")
            self.history.focus()
        elif self.trashed:
            self.action_show_backup_trash()
        else:
            from screens.commands.everywhere import Projects, Script

            self.desk.give(Script if self.desk.session is not None else Projects)
        self.show_inside()

    # work

    def action_back_up_now(self) -> None:
        """b: everything, to where backups are."""
        self.begin(BackUp(wishes=self.wishes), "looking at what there is")

    def action_stop_backup(self) -> None:
        """x: end it."""
        if self.under_way is not None:
            self.under_way.stop.set()

    @on(Progressed)
    def _progressed(self, event: Progressed) -> None:
        if self.under_way is not None:
            self.pace.hear(event.step, now())
            keys = self.desk.keys_of(StopBackup)
            self.work_line.show_step(event.step, self.pace, key_name(keys[0]) if keys else "")

    @on(Ended)
    def _ended(self, event: Ended) -> None:
        self.under_way = None
        if event.stopped:
            self.work_line.say("Stopped. What was half written is gone; older backups are as they were.")
        elif event.error is not None:
            self.work_line.say(f"▲ {event.error.what}")
            self.desk.report(event.error)
        else:
            self.work_line.say(_sentence(event.answer))
        self.load()

    def action_show_backup_trash(self) -> None:
        """t: the trash, and back."""
        self.trashed = not self.trashed
        self.fill()


def _sentence(answer: object) -> str:
    match answer:
        case Made():
            return f"● Backed up and read back: {size(answer.size)} in {span(answer.seconds)}."
        case _:
            return "● Done."
