"""What is in a backup: details, a project's contents, a page or a record, and how it differs from now."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from textual import on, work
from textual.containers import VerticalScroll
from textual.getters import query_one
from textual.widgets import Static

from core.backup.answers import Leaf
from core.backup.keeping.entry import Entry
from core.errors import GenkoError, LockedError
from screens.backup.comparing import comparison_text
from screens.backup.contents import contents_lines, leaf_lines
from screens.backup.details import InLeaf, InProject, details_lines, short_details
from screens.backup.listing import Listing
from screens.backup.messages import ComparedNow, Looked, WasRead
from screens.backup.wording import moment
from screens.bible.views.lines import LineList
from screens.widgets.filter_line import FilterLine

READING = "Reading the backup…"


@dataclass
class Depth:
    """How far one has gone into a backup. Views own no data: all of it was read from the file."""

    entry: str = ""
    project: str = ""
    leaves: list[Leaf] = field(default_factory=list)
    leaf: Leaf | None = None
    compared: ComparedNow | None = None
    waiting: str = ""
    """What is said until an answer is there."""
    from_list: bool = False
    """Whether the comparison was asked for in the list, where going out of it leads."""


class Inside(Listing):
    """The right side; in a narrow window what stands below the list, and the whole window once one is in."""

    inside = query_one("#inside", LineList)
    compared = query_one("#compared", VerticalScroll)

    def __init__(self) -> None:
        super().__init__()
        self.depth = Depth()
        self.unfolded = False
        self._passphrases: dict[str, str] = {}

    @property
    def is_in(self) -> bool:
        """Whether the writer has gone into a backup."""
        return self.has_class("-in")

    @property
    def current_leaf(self) -> Leaf | None:
        """The page or record that is read, or under the cursor."""
        if self.depth.leaf is not None:
            return self.depth.leaf
        value = self.inside.value
        if self.is_in and isinstance(value, InLeaf):
            return next((one for one in self.depth.leaves if one.id == value.id), None)
        return None

    def project_title(self, entry: Entry, project: str) -> str:
        """What a project is called in a backup."""
        known = self.summaries.get(entry.id)
        projects = known.projects if known is not None else entry.projects
        return next((one.title for one in projects if one.id == project), "") or "(untitled)"

    # what is shown

    def show_inside(self) -> None:
        """Details, contents, a page or a comparison, as deep as the writer has gone."""
        entry, depth = self.chosen, self.depth
        comparing = depth.compared is not None and self.is_in
        self.compared.display = comparing
        self.inside.display = not comparing
        self._show_path(entry)
        if entry is None:
            self.inside.show(lambda width: [])
        elif comparing and depth.compared is not None:
            self._show_comparison(depth.compared)
        elif depth.leaf is not None:
            leaf = depth.leaf
            self.inside.show(lambda width: leaf_lines(leaf, width - 2))
        elif depth.project:
            title = self.project_title(entry, depth.project)
            leaves, waiting = depth.leaves, depth.waiting
            self.inside.show(lambda width: contents_lines(title, leaves, width, waiting))
        else:
            self._show_details(entry)

    def _show_details(self, entry: Entry) -> None:
        summary, now = self.summaries.get(entry.id), datetime.now(UTC)
        if self.is_in or self.has_class("-wide"):
            self.inside.show(lambda width: details_lines(entry, summary, width, now))
        else:
            self.inside.show(lambda width: short_details(entry, summary, width, now))

    def _show_comparison(self, found: ComparedNow) -> None:
        text = comparison_text(found, self.app.theme_variables, unfold=self.unfolded)
        self.query_one("#comparison", Static).update(text)

    def _show_path(self, entry: Entry | None) -> None:
        """Where one is, on top."""
        path = ["Backups in the trash" if self.trashed else "Backup"]
        if entry is not None and self.is_in:
            path = [moment(entry.made_at)]
            if self.depth.project:  # what is nearest comes first: the line may be short
                path.insert(0, self.project_title(entry, self.depth.project))
            if self.depth.compared is None and self.depth.leaf is not None:
                path.insert(0, self.depth.leaf.title)
        self.top.show("heading", " · ".join(path))

    def on_resize(self) -> None:
        """Another width has room for other columns and details."""
        if self.is_mounted and self.query(LineList):
            self.call_after_refresh(self.show_inside)

    # going in

    @on(LineList.Moved, "#history")
    def _moved(self) -> None:
        entry = self.chosen
        if entry is not None and self.depth.entry != entry.id:
            self.depth = Depth(entry.id)
        self.show_inside()
        if entry is not None and entry.id not in self.summaries and self._can_read(entry):
            self.look(entry, self._passphrases.get(entry.id, ""))

    def _can_read(self, entry: Entry) -> bool:
        known = not entry.encrypted or entry.id in self._passphrases
        return bool(entry.path) and not entry.missing and known

    @on(Looked)
    def _looked(self, event: Looked) -> None:
        if event.summary is not None:
            self.summaries[event.entry_id] = event.summary
            self.show_inside()
        elif event.error is not None and self.is_in:
            self.forget_wrong(event.entry_id, event.error)
            self.desk.report(event.error)

    @on(LineList.Chosen, "#history")
    def _go_in(self) -> None:
        self.action_open_backup()

    def action_open_backup(self) -> None:
        """Enter: into the backup, and into its project if it has only one."""
        entry = self.chosen
        if entry is None or self.is_in:
            if self.is_in:
                self.inside.action_choose()
            return
        self.add_class("-in")
        self.inside.focus()
        if len(entry.projects) == 1 and self._can_read(entry):
            self.go_into(entry, entry.projects[0].id)
        else:
            self.show_inside()
            self.call_after_refresh(self._to_first_project)

    def _to_first_project(self) -> None:
        self.inside.action_edge(False)

    @on(LineList.Chosen, "#inside")
    def _go_deeper(self, event: LineList.Chosen) -> None:
        entry = self.chosen
        if entry is None:
            return
        self.add_class("-in")
        self.inside.focus()
        match event.value:
            case InProject(project):
                self.go_into(entry, project)
            case InLeaf(leaf):
                self.depth.leaf = next((one for one in self.depth.leaves if one.id == leaf), None)
                self.show_inside()
                self.inside.scroll_home(animate=False)

    @work
    async def go_into(self, entry: Entry, project: str) -> None:
        """Read a project of the backup; one that is encrypted asks for its passphrase first."""
        passphrase = await self.passphrase_of(entry)
        if passphrase is None:
            return
        self.depth = Depth(entry.id, project, waiting=READING)
        self.show_inside()
        self.read(entry, project, passphrase)

    async def passphrase_of(self, entry: Entry) -> str | None:
        """Empty for a backup that is not encrypted; None when the writer thought better of it."""
        if not entry.encrypted:
            return ""
        if entry.id not in self._passphrases:
            from screens.prompts import TextPrompt

            note = "It is asked for once, and forgotten when you go to another place."
            prompt = TextPrompt("Passphrase of this backup", note=note, secret=True)
            given = await self.app.push_screen_wait(prompt)
            if not given:
                return None
            self._passphrases[entry.id] = given
        return self._passphrases[entry.id]

    def forget_wrong(self, entry_id: str, error: GenkoError) -> None:
        """A passphrase that did not open it is asked for again; after any other error it is not."""
        if isinstance(error, LockedError):
            self._passphrases.pop(entry_id, None)

    def forget_passphrases(self) -> None:
        """None is kept longer than it is of use."""
        self._passphrases.clear()

    @on(WasRead)
    def _was_read(self, event: WasRead) -> None:
        if (self.depth.entry, self.depth.project) != (event.entry_id, event.project):
            return
        if event.error is not None:
            self.forget_wrong(event.entry_id, event.error)
            self.depth = Depth(event.entry_id)
            self.desk.report(event.error)
        else:
            self.depth.leaves, self.depth.waiting = event.leaves, ""
        self.show_inside()

    # going out

    def action_back_from_backup(self) -> None:
        """Escape: one step out; from the list to where one came from."""
        if self.query_one(FilterLine).has_focus or not self.is_in:
            self._leave_list()
        else:
            back_to = self._step_out(self.depth, self.chosen)
            self.show_inside()
            if back_to is not None:
                self.inside.go_to(back_to)

    def _leave_list(self) -> None:
        if self.query_one(FilterLine).leave():
            return
        if self.trashed:
            self.action_show_backup_trash()
            return
        from screens.commands.everywhere import Projects, Script

        self.desk.give(Script if self.desk.session is not None else Projects)

    def _step_out(self, depth: Depth, entry: Entry | None) -> InLeaf | InProject | None:
        """Less deep by one; gives what the cursor goes back to."""
        only = Depth(entry.id if entry is not None else "")
        if depth.compared is not None:
            depth.compared = None
            self.inside.display = True
            self.inside.focus()
            if depth.from_list:
                self._into_list(only)
            elif not depth.leaves:
                self.depth = only
                return InProject(depth.project)
        elif depth.leaf is not None:
            back, depth.leaf = InLeaf(depth.leaf.id), None
            return back
        elif depth.project and entry is not None and len(entry.projects) > 1:
            self.depth = only
            return InProject(depth.project)
        else:
            self._into_list(only)
        return None

    def _into_list(self, depth: Depth) -> None:
        self.depth = depth
        self.remove_class("-in")
        self.history.focus()
