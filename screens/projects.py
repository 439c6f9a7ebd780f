"""The list of projects: open, begin, bring in, rename, duplicate, trash."""

from __future__ import annotations

from dataclasses import replace

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.events import Paste
from textual.getters import query_one
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from core.errors import GenkoError
from core.workspace import ShelfEntry, clean_title
from screens.commands import PROJECTS, bindings
from screens.commands.everywhere import Help, Places
from screens.commands.projects import NOT_IN_TRASH, ONLY_IN_TRASH
from screens.messages import Refused
from screens.shelf_work import Arrived, Changed, Listed, ServerAway, ShelfWork
from screens.welcome import welcome
from screens.widgets.filter_line import FilterLine
from screens.widgets.header import BADGE, BADGE_WIDE
from screens.widgets.keys import KeysLine
from screens.widgets.places import PlacesLine, Slot
from screens.widgets.project_rows import project_row
from screens.wording import plain

TOP = (
    Slot("brand", 7, style="accent", bold=True),
    Slot("heading"),
    Slot("backup", len(BADGE) + 2, len(BADGE_WIDE) + 2, "warning", right=True),
    Slot("server", 40, style="quiet", right=True),
)
WIDEST = 116
"""Columns beyond which a row grows no more."""


class ProjectsScreen(ShelfWork):
    """What is on this machine, and what the server has beyond it."""

    CSS_PATH = "projects.tcss"
    commands = PROJECTS
    BINDINGS = bindings(PROJECTS)

    top = query_one("#top", PlacesLine)

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[ShelfEntry] = []
        self._filled = False

    def compose(self) -> ComposeResult:
        """Header, list or welcome, filter, keys."""
        yield PlacesLine(TOP, id="top")
        with Vertical(id="middle"):
            yield Static(welcome(self.desk), id="welcome", markup=False)
            yield OptionList(id="list", markup=False)
        yield FilterLine("letters of a title", "#list")
        yield KeysLine(PROJECTS, everywhere=(Help, Places))

    def on_mount(self) -> None:
        """Read the shelf in a worker."""
        self.top.show("brand", "Genko")
        self.query_one("#welcome").display = False
        self.query_one(KeysLine).leave_out(*ONLY_IN_TRASH)
        self.show_server()
        self.show_backups()

    def restyle(self) -> None:
        """The rows have other colours."""
        if self._filled:
            self.fill()

    def on_screen_resume(self) -> None:
        """Another program may have changed the shelf meanwhile."""
        if not self.is_mounted:
            return
        self.top.show("server", self.desk.server_note)
        self.load()

    def show_server(self) -> None:
        """The server's state at the right of the first line; what only the server has is listed then."""
        self.top.show("server", self.desk.server_note)
        if self.desk.server is not None:
            self.load()

    def show_backups(self) -> None:
        """A badge while something is wrong with the backups."""
        badge = BADGE_WIDE if self.top.is_wide else BADGE
        self.top.show("backup", badge if self.desk.backup_trouble else "")

    @property
    def _quiet(self) -> str:
        return self.app.theme_variables["quiet"]

    @property
    def chosen(self) -> ShelfEntry | None:
        """The highlighted project."""
        option = self.query_one(OptionList).highlighted_option
        return next((entry for entry in self._entries if option and str(entry.project_id) == option.id), None)

    # reading the shelf

    @on(Listed)
    def _show(self, event: Listed) -> None:
        event.entries = [self._live(entry) for entry in event.entries]
        if not event.complete:  # those of the server stay where they are until it has answered
            here = {entry.project_id for entry in event.entries}
            event.entries += [one for one in self._entries if one.path is None and one.project_id not in here]
        if event.trashed == self.trashed and (event.entries != self._entries or not self._filled):
            self._entries = event.entries
            self.fill()

    @on(ServerAway)
    def _server_away(self, event: ServerAway) -> None:
        self.top.show("server", "○ database unreachable")

    def _live(self, entry: ShelfEntry) -> ShelfEntry:
        """The open project's figures as they are now; its file has them when it is saved or closed."""
        session = self.desk.session
        if session is None or session.project_id != entry.project_id:
            return entry
        figures = session.script.statistics()
        return replace(
            entry,
            title=session.store.meta.title,
            pages=figures.pages,
            panels=figures.panels,
            words=figures.words,
            edited_at=session.status.disk_at,
            edits_waiting=session.status.edits_waiting,
        )

    def fill(self) -> None:
        """Put the entries that pass the filter into the list; the highlighted one stays so."""
        self._filled = True
        listing = self.query_one(OptionList)
        before = listing.highlighted_option.id if listing.highlighted_option else None
        wanted = plain(self.query_one(FilterLine).letters)
        shown = [entry for entry in self._entries if wanted in plain(entry.shown_title)]
        width = min(self.size.width - 4, WIDEST)
        options = [Option(project_row(entry, width, self._quiet), str(entry.project_id)) for entry in shown]
        listing.clear_options().add_options(options)
        instead = self.query_one("#welcome", Static)
        if not options:
            found = "No title has these letters." if self._entries else "The trash is empty. t goes back."
            instead.update(found if self._entries or self.trashed else welcome(self.desk))
        instead.display = empty = not options
        listing.display = not empty
        if options:
            ids = [option.id for option in options]
            listing.highlighted = ids.index(before) if before in ids else 0
        name = "Trash" if self.trashed else "Projects"
        note = "   u: take out   t: back" if self.trashed else ""
        self.top.show("heading", Text.assemble((name, "bold"), (note, self._quiet)))
        if self.focused is None and not empty:
            listing.focus()

    def on_resize(self) -> None:
        """The columns follow the width."""
        if self._entries:
            self.fill()

    # opening

    @on(OptionList.OptionSelected)
    def _opened(self, event: OptionList.OptionSelected) -> None:
        self.action_open_project()

    def action_open_project(self) -> None:
        """Enter: to the script."""
        entry = self.chosen
        if entry is None:
            return
        if self.trashed:
            self.notify("It is in the trash. Press u to take it out.", severity="warning")
        elif entry.path is None:
            self.fetch(entry)
        else:
            self.desk.open_project(entry.project_id)

    @on(Arrived)
    def _arrived(self, event: Arrived) -> None:
        self.desk.open_project(event.project_id)

    @on(Refused)
    def _refused(self, event: Refused) -> None:
        self.desk.drop_keys()
        self.desk.report(event.error)

    # making

    def action_new_project(self) -> None:
        """n: ask for a title (which may be empty), then write."""
        from screens.prompts import TextPrompt

        note = "It may stay empty; the script's own title or a later rename will do."
        self.app.push_screen(TextPrompt("Title of the new project", note=note), self._titled)

    def _titled(self, title: str | None) -> None:
        if title is not None:
            self.desk.hold_keys()
            self.make(title, "")

    def action_example_project(self) -> None:
        """e: the example."""
        from core.example import EXAMPLE_TEXT, EXAMPLE_TITLE

        self.desk.hold_keys()
        self.make(EXAMPLE_TITLE, EXAMPLE_TEXT, "fr")

    @work
    async def action_import_file(self) -> None:
        """i: a file as a new project."""
        from screens.importing import ask_and_import

        entry = await ask_and_import(self)
        if entry is not None:
            self.desk.open_project(entry)
        else:
            self.load()

    @work
    async def action_paste_script(self) -> None:
        """v: a text as a new project."""
        from screens.importing import paste_and_import

        entry = await paste_and_import(self)
        if entry is not None:
            self.desk.open_project(entry)

    @on(Paste)
    def _pasted(self, event: Paste) -> None:
        """Pasted or dropped into the list: a path, an address, or a script of several lines."""
        if not self.trashed:
            event.stop()
            self._import_pasted(event.text)

    @work
    async def _import_pasted(self, text: str) -> None:
        from screens.backup.importing.ways import bring_in_pasted
        from screens.importing import import_text

        taken, entry = await bring_in_pasted(self, text)
        if not taken and "\n" in text.strip():
            entry = await import_text(self, text)
        if entry is not None:
            self.desk.open_project(entry)
        elif taken:
            self.load()

    # changing

    @work
    async def action_rename_project(self) -> None:
        """r: another title."""
        from screens.prompts import TextPrompt

        entry = self._local_choice()
        if entry is None:
            return
        title = await self.app.push_screen_wait(TextPrompt("New title", value=entry.title))
        if title is None or title == entry.title:
            return
        session = self.desk.session
        if session is not None and session.project_id == entry.project_id:
            try:
                session.store.set_meta(title=clean_title(title))
            except GenkoError as error:
                self.desk.report(error)
            self.load()
        else:
            self.change(lambda shelf: shelf.rename(entry.project_id, title), "Renamed.")

    def action_duplicate_project(self) -> None:
        """d: a copy."""
        if entry := self._local_choice():
            self.change(lambda shelf: shelf.duplicate(entry.project_id), "Duplicated.")

    def action_trash_project(self) -> None:
        """Del: to the trash."""
        entry = self._local_choice()
        if entry is not None and not self.trashed and self.desk.leave_project(entry.project_id):
            self.change(
                lambda shelf: shelf.trash(entry.project_id),
                f"“{entry.shown_title}” is in the trash. t shows the trash, u there takes it out.",
            )

    def action_restore_project(self) -> None:
        """u: out of the trash."""
        if self.trashed and (entry := self.chosen):
            self.change(lambda shelf: shelf.restore(entry.project_id), f"“{entry.shown_title}” is back.")

    def _local_choice(self) -> ShelfEntry | None:
        """The chosen project if this machine has it; says so otherwise."""
        entry = self.chosen
        if entry is not None and entry.path is None:
            self.notify("It is on the server only. Enter brings it to this machine.", severity="warning")
            return None
        return entry

    @on(Changed)
    def _changed(self, event: Changed) -> None:
        self.notify(event.sentence, markup=False)
        self.load()

    # seeing

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What makes no sense in the trash, or only there, is not offered."""
        if action == "restore_project":
            return self.trashed
        if action in ("trash_project", "rename_project", "duplicate_project"):
            return not self.trashed
        return True

    def action_show_trash(self) -> None:
        """t: the trash, and back."""
        self.trashed = not self.trashed
        self._filled = False
        self.query_one(KeysLine).leave_out(*(NOT_IN_TRASH if self.trashed else ONLY_IN_TRASH))
        self.refresh_bindings()
        self.load()

    def action_filter_projects(self) -> None:
        """/: a line to filter by; Enter goes back to the list, Escape takes the filter away."""
        self.query_one(FilterLine).open()

    @on(FilterLine.Filtered)
    def _filter(self) -> None:
        self.fill()

    def key_escape(self) -> None:
        """Away with the filter, or back from the trash."""
        if not self.query_one(FilterLine).leave() and self.trashed:
            self.action_show_trash()
