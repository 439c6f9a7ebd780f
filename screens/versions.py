"""The saves of the open project: when, by whom, what changed since, and back to one of them."""

from __future__ import annotations

from dataclasses import dataclass

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.getters import query_one
from textual.message import Message
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from core.errors import GenkoError
from core.script.difference import Part
from core.server import SavedVersion
from core.story import Frontier
from core.workspace import ProjectSession, ServerState, SessionStatus
from screens.base import GenkoScreen
from screens.commands import VERSIONS, bindings
from screens.comparing import VersionText, changed_records, compare_with, difference_text, text_of
from screens.messages import Refused
from screens.widgets.header import DeskHeader
from screens.widgets.keys import KeysLine
from screens.widgets.project_rows import fit
from screens.wording import counted

ABOUT = (
    "Every save that reached the server, newest first. The right side tells what has changed since: − "
    "was in that save and is gone now, + has come since. Restoring is an edit: Ctrl+Z takes it back."
)

OTHERS = (
    "Characters, backgrounds, scenes and pages of the book have changed, too: they can stay, or become "
    "what they were; what was made since goes to the trash then. "
)
RESTORE = [("script", "Restore"), ("cancel", "Cancel")]
RESTORE_ALL = [("script", "Only the script"), ("all", "Everything"), ("cancel", "Cancel")]


@dataclass
class Listed(Message):
    """The server has told its saves."""

    versions: list[SavedVersion]


@dataclass
class Compared(Message):
    """A version's text, and how it differs from now."""

    text: VersionText
    parts: list[Part]
    records: list[tuple[str, list[str]]]
    """What became of the records since, in words."""


class VersionsScreen(GenkoScreen):
    """List at the left, comparison with now at the right."""

    CSS_PATH = "versions.tcss"
    AUTO_FOCUS = "OptionList"
    commands = VERSIONS
    BINDINGS = bindings(VERSIONS)

    header = query_one(DeskHeader)
    listing = query_one(OptionList)
    comparison = query_one("#comparison", Static)

    def __init__(self, session: ProjectSession) -> None:
        super().__init__()
        self.session = session
        self._versions: list[SavedVersion] = []
        self._compared: Compared | None = None
        self._unfolded = False
        self._said = ""
        self._last_server = session.status.server

    def compose(self) -> ComposeResult:
        """Header, the two sides, keys."""
        yield DeskHeader()
        with Horizontal(id="middle"):
            yield OptionList(id="list", markup=False)
            with VerticalScroll(id="right"):
                yield Static("", id="comparison", markup=False)
        yield KeysLine(VERSIONS)

    def on_mount(self) -> None:
        """Follow the session."""
        self._unwatch = self.session.on_status(self._status)
        self._status(self.session.status)

    def on_unmount(self) -> None:
        """Let go of the session."""
        self._unwatch()

    def on_screen_resume(self) -> None:
        """There may be new saves, and now is another now."""
        self.load()

    def help_text(self) -> str:
        """For F1."""
        return ABOUT

    def _status(self, status: SessionStatus) -> None:
        self.header.show_status(self.session.store.meta.title, status)
        before, self._last_server = self._last_server, status.server
        if status.server is ServerState.SAVED and before is not ServerState.SAVED and self.is_current:
            self.load()

    def show_server(self) -> None:
        """The app knows more about the server: now there may be saves to list."""
        self._status(self.session.status)
        self.load()

    def restyle(self) -> None:
        """Rows and comparison have other colours."""
        self._status(self.session.status)
        if self._versions:
            self._fill()
        self._show_comparison()

    # the list

    @work(thread=True, exclusive=True, group="versions", exit_on_error=False)
    def load(self) -> None:
        """Ask the server for the saves."""
        server = self.desk.server
        if server is None:
            self.post_message(Listed([]))
            return
        try:
            versions = server.versions(self.session.project_id)
        except GenkoError as error:
            self.post_message(Refused(error))
        else:
            self.post_message(Listed(versions))

    @on(Listed)
    def _listed(self, event: Listed) -> None:
        if not event.versions:
            self.listing.clear_options()
            self._say(
                "No save yet. Ctrl+S makes one; each is a version to come back to."
                if self.desk.server is not None
                else "The database is not there (yet). Versions are kept by it; your words are safe here."
            )
        elif event.versions != self._versions or not self.listing.option_count:
            self._versions = event.versions
            self._fill()
        elif self._compared is not None:
            self._compare(self._compared.text.version)

    def _fill(self) -> None:
        chosen = self.listing.highlighted_option.id if self.listing.highlighted_option else None
        options: list[Option] = []
        day = ""
        quiet = self.app.theme_variables["quiet"]
        for version, older in zip(self._versions, [*self._versions[1:], None], strict=True):
            local = version.saved_at.astimezone()
            if (this_day := f"{local:%A} {local.day} {local:%B %Y}") != day:
                day = this_day
                options.append(Option(Text(day, style=f"bold {quiet}"), disabled=True))
            options.append(Option(version_row(version, older, quiet), str(version.number)))
        self.listing.clear_options().add_options(options)
        ids = [option.id for option in options]
        self.listing.highlighted = ids.index(chosen) if chosen is not None and chosen in ids else 1

    @property
    def chosen(self) -> SavedVersion | None:
        """The highlighted save."""
        option = self.listing.highlighted_option
        return next((one for one in self._versions if option and str(one.number) == option.id), None)

    @on(OptionList.OptionHighlighted)
    def _highlighted(self) -> None:
        if (version := self.chosen) is not None:
            self._compare(version)

    # the comparison

    def _compare(self, version: SavedVersion) -> None:
        known = self._compared.text if self._compared and self._compared.text.version == version else None
        store = self.session.store
        self._compare_in_worker(version, known, store.snapshot(), store.frontier, store.text)

    @work(thread=True, exclusive=True, group="compare", exit_on_error=False)
    def _compare_in_worker(
        self, version: SavedVersion, known: VersionText | None, snapshot: bytes, point: Frontier, now: str
    ) -> None:
        try:
            text = known or text_of(version, snapshot, self.desk.server, self.session.project_id)
            parts = compare_with(text, now)
            records = changed_records(text, snapshot, point)
        except GenkoError as error:
            self.post_message(Refused(error))
        else:
            self.post_message(Compared(text, parts, records))

    @on(Compared)
    def _show(self, event: Compared) -> None:
        if self.chosen == event.text.version:
            self._compared = event
            self._show_comparison()

    def _show_comparison(self) -> None:
        if self._compared is not None:
            self._said = ""
            colours, compared = self.app.theme_variables, self._compared
            self.comparison.update(
                difference_text(
                    compared.text.version.saved_at,
                    compared.parts,
                    colours,
                    unfold=self._unfolded,
                    records=compared.records,
                )
            )

    def _say(self, sentence: str) -> None:
        self._compared = None
        if sentence != self._said:
            self._said = sentence
            self.comparison.update(sentence)

    @on(Refused)
    def _refused(self, event: Refused) -> None:
        event.stop()
        error = event.error
        self._say(" ".join(part for part in (error.what, error.safe, error.todo) if part))

    # commands

    @on(OptionList.OptionSelected)
    def action_compare_version(self) -> None:
        """Enter: read the comparison."""
        self.query_one("#right").focus()

    def action_unfold_version(self) -> None:
        """u: the parts that are the same, too."""
        self._unfolded = not self._unfolded
        self._show_comparison()

    def action_back_to_script(self) -> None:
        """Escape: to the list first, then to the script."""
        if self.query_one("#right").has_focus:
            self.listing.focus()
        else:
            from screens.commands.everywhere import Script

            self.desk.give(Script)

    @work
    async def action_restore_version(self) -> None:
        """r: ask, then make it an edit."""
        from screens.prompts import Choice

        compared = self._compared
        if compared is None:
            return
        local = compared.text.version.saved_at.astimezone()
        more = OTHERS if compared.records else ""
        answer = await self.app.push_screen_wait(
            Choice(
                f"Restore the save of {local.day} {local:%B, %H:%M}?",
                "The script becomes what it was then, as one edit: Ctrl+Z in the script takes it back. "
                f"{more}"
                "Every save stays in this list.",
                RESTORE_ALL if compared.records else RESTORE,
            )
        )
        if answer in ("script", "all"):
            restore = compared.text.restore if answer == "script" else compared.text.restore_all
            restore(self.session.store)
            self.notify("Restored. Ctrl+Z in the script takes it back.")
            self._compare(compared.text.version)


def version_row(version: SavedVersion, older: SavedVersion | None, quiet: str) -> Text:
    """`14:31  +12 words  anna  first draft`: time, size of the change, author, name."""
    local = version.saved_at.astimezone()
    grown = version.words - (older.words if older else 0)
    sign = "+" if grown >= 0 else "−"
    row = Text(no_wrap=True, overflow="ellipsis")
    row.append(f" {local:%H:%M}", "bold")
    row.append(f"  {sign + counted(abs(grown), 'word'):>13}")
    row.append(f"  {fit(version.author, 9)}", quiet)
    row.append(f" {version.message}")
    return row
