"""The list of backups: filled from the catalogue, filtered, with a trash; and the line on top."""

from __future__ import annotations

from datetime import UTC, datetime

from rich.text import Text
from textual import on
from textual.getters import query_one
from textual.widgets import Static

from core.backup.answers import Summary
from core.backup.keeping.entry import Entry
from screens.backup.daily import daily_state
from screens.backup.history import History, fits, history_lines
from screens.backup.messages import Changed, Listed, Refreshed
from screens.backup.progress import WorkLine
from screens.backup.wording import ago
from screens.backup.work import BackupWork
from screens.commands.backup import KeepBackup
from screens.messages import Refused
from screens.widgets.filter_line import FilterLine
from screens.widgets.keys import KeysLine
from screens.widgets.places import PlacesLine

EMPTY = (
    "No backup yet. b makes one of everything on this machine and reads it back.\n\n"
    "It is one file with every project, its saves and pictures, and your settings. A person can read it "
    "without Genko.\n\n"
    "i brings in a backup that you have, or another program's data."
)
NOT_FOUND = "No backup has these letters. Esc takes the filter away."
NO_TRASH = "The trash is empty. t goes back."


class Listing(BackupWork):
    """Knows the backups; what is in one is `Inside`'s."""

    top = query_one("#top", PlacesLine)
    history = query_one(History)
    work_line = query_one(WorkLine)

    def __init__(self) -> None:
        super().__init__()
        self.entries: list[Entry] = []
        self.summaries: dict[str, Summary] = {}
        self.folder = ""
        self.trashed = False
        self.last_trashed = ""
        """Id of the backup that was put into the trash last: o brings it back at once."""
        self.wanted = ""
        """Id of the backup that the cursor goes to once it is listed: one that was just made."""
        self._listed: Listed | None = None

    @property
    def chosen(self) -> Entry | None:
        """The backup under the cursor."""
        return next((entry for entry in self.entries if entry.id == self.history.value), None)

    @on(Listed)
    def _listed_now(self, event: Listed) -> None:
        before, self._listed = self._listed, event
        self.folder = event.folder
        if before is None or event.entries != before.entries:
            self.entries = sorted(event.entries, key=lambda entry: (entry.made_at, entry.id), reverse=True)
            self.fill()
        if self.wanted and self.history.go_to(self.wanted):
            self.wanted = ""
        self.show_top()

    def show_top(self) -> None:
        """Whether the daily backup is well, and how old the last copy off this machine is."""
        if self._listed is None:
            return
        now = datetime.now(UTC)
        trouble = self.desk.backup_trouble
        state = daily_state(self.desk.preferences.backup.daily, self._listed, now, trouble)
        colours = self.app.theme_variables
        words = Text.assemble((f"{state.sign} ", colours[state.colour]), state.words)
        self.top.show("daily", words)
        self.top.show("elsewhere", f"elsewhere: {ago(self._listed.elsewhere_at, now)}")
        self.query_one("#trouble", Static).update(state.explained)
        self.set_class(bool(state.explained), "-trouble")

    def show_backups(self) -> None:
        """The app has made the daily backup, or could not."""
        self.load()

    @on(Refreshed)
    def _refreshed(self, event: Refreshed) -> None:
        if event.notes:
            self.work_line.say(" ".join(event.notes))
        self.load()

    @on(Changed)
    def _changed(self, event: Changed) -> None:
        self.work_line.say(event.sentence)
        self.load()

    @on(Refused)
    def _refused(self, event: Refused) -> None:
        event.stop()
        self.desk.report(event.error)

    def fill(self) -> None:
        """Put the backups that pass the filter into the list; the chosen one stays so."""
        letters = self.query_one(FilterLine).letters
        shown = [
            entry
            for entry in self.entries
            if (entry.trashed_at is not None) == self.trashed and fits(entry, letters)
        ]
        empty = self._listed is not None and not shown
        if empty:
            said = NOT_FOUND if letters else NO_TRASH if self.trashed else EMPTY
            self.query_one("#empty", Static).update(said)
        self.set_class(empty, "-empty")
        self.history.show(lambda width: history_lines(shown, width))
        if not empty and self.focused is None and self.is_current:
            self.history.focus()  # a list that was hidden has lost the cursor
        self.show_inside()

    def show_inside(self) -> None:
        """What is in the chosen one."""
        raise NotImplementedError

    # the trash

    def action_show_backup_trash(self) -> None:
        """t: the trash, and back."""
        self.trashed = not self.trashed
        self.show_keys()
        self.fill()

    def show_keys(self) -> None:
        """The footer of where one is."""
        self.query_one(KeysLine).leave_out(*([] if self.trashed else [KeepBackup]))
        self.refresh_bindings()

    # the filter

    def action_filter_backups(self) -> None:
        """/: a line to filter by; Enter goes back to the list, Escape takes the filter away."""
        self.query_one(FilterLine).open()

    @on(FilterLine.Filtered)
    def _filter(self) -> None:
        self.fill()
