"""The backups: their history, what is in one, making, checking and bringing back."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Static

from screens.backup.bringing import Bringing
from screens.backup.history import History, Titles
from screens.backup.progress import WorkLine
from screens.bible.views.lines import LineList
from screens.commands import BACKUP, bindings
from screens.commands.everywhere import Help, Palette, Places
from screens.widgets.filter_line import FilterLine
from screens.widgets.keys import KeysLine
from screens.widgets.places import PlacesLine, Slot

ABOUT = (
    "Every backup, newest first. ● was read back and is whole, ○ was not read back yet, ▲ is damaged or "
    "gone. Enter looks into one, down to a page's words, and Esc goes out again; r there brings back the "
    "page or record under the cursor, c compares the project with what it is now. Backups are let go as "
    "they age: all of 48 hours stay, then one a day, a week, a month. Those that have a name, a pin, or "
    "were made before an import stay for good, and at least 5 always do."
)
TOP = (
    Slot("brand", 7, style="accent", bold=True),
    Slot("heading", bold=True),
    Slot("daily", 25, wide=34),
    Slot("elsewhere", 22, wide=26, style="quiet", right=True),
)
ONLY_WORKING = frozenset({"stop_backup"})
ONLY_COMPARED = frozenset({"unfold_backup"})
NEEDS_ONE = frozenset(f"{name}_backup" for name in ("open", "verify", "compare", "pin", "name", "trash")) | {
    "bring_back_all",
    "restore_from_backup",
}


class BackupScreen(Bringing):
    """List at the left, details at the right; in a narrow window the details stand below the list."""

    CSS_PATH = "backup.tcss"
    AUTO_FOCUS = "History"
    commands = BACKUP
    BINDINGS = bindings(BACKUP)

    def __init__(self) -> None:
        super().__init__()
        self._looked_through = False

    def compose(self) -> ComposeResult:
        """Header; the list and the details; filter, work, keys."""
        yield PlacesLine(TOP, id="top")
        with Horizontal(id="middle"):
            with Vertical(id="left"):
                yield Titles()
                yield Static("", id="empty", markup=False)
                yield History(id="history")
                yield Static("", id="trouble", markup=False)
            with Vertical(id="right"):
                yield LineList(id="inside")
                with VerticalScroll(id="compared"):
                    yield Static("", id="comparison", markup=False)
        yield FilterLine("letters of a day, a reason, a name, a project", "#history")
        yield WorkLine()
        yield KeysLine(BACKUP, everywhere=(Palette, Help, Places))

    def on_mount(self) -> None:
        """May be while it is still hidden: the folder is looked through when it is gone to."""
        self.top.show("brand", "Genko")
        self.compared.display = False
        self.show_keys()
        self.fill()
        self.load()

    def on_unmount(self) -> None:
        """What is under way is given up; half written files go."""
        self.stop_all()
        self.forget_passphrases()

    def on_screen_resume(self) -> None:
        """Another program may have made a backup meanwhile."""
        if self.is_mounted and self.query(History):
            self.load()
            if not self._looked_through:
                self._looked_through = True
                self.look_through_folder()

    def on_screen_suspend(self) -> None:
        """Gone to another place: whoever comes back is asked for passphrases again. A dialog is no other."""
        if self not in self.app.screen_stack:
            self.forget_passphrases()

    @property
    def is_filled(self) -> bool:
        """Whether the catalogue has been read."""
        return self._listed is not None

    def help_text(self) -> str:
        """For F1."""
        return ABOUT

    def restyle(self) -> None:
        """What holds colours has other ones."""
        self.show_top()
        self.show_inside()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What would mean nothing now is not offered."""
        if action in ONLY_WORKING:
            return self.under_way is not None
        if action in ONLY_COMPARED:
            return self.is_in and self.depth.compared is not None
        return action not in NEEDS_ONE or (self.is_mounted and self.chosen is not None)
