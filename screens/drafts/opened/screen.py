"""An open draft: its assets as tiles or as a list, the details of one, what is being made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING
from uuid import UUID

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from core.cells import clean
from core.drafts.making.wish import Wish
from core.errors import GenkoError
from core.story import Change
from screens.bible.views.lines import LineList
from screens.commands import DRAFT, Command, bindings
from screens.commands.everywhere import Help, Palette, Places
from screens.drafts.assets.acts import AssetActs
from screens.drafts.assets.messages import AssetMoved, AssetOpened
from screens.drafts.assets.shown import AssetsShown
from screens.drafts.details.asset import CandidateOf, HistoryOf, KindOf, LinkOf, NameOf, PromptOf
from screens.drafts.details.pack import PackField, PackHistory, PackName, PackPrompt
from screens.drafts.details.pack_acts import PackActs
from screens.drafts.details.shown import DetailsShown
from screens.drafts.hanging.hanging import Hanging
from screens.drafts.hanging.linking import Linking
from screens.drafts.jobs.board import JobBoard
from screens.drafts.jobs.following import JobsFollowing
from screens.drafts.jobs.gathering import Gathered
from screens.drafts.jobs.rows import JobRows
from screens.drafts.opened.head import Head
from screens.drafts.opened.keys import DraftKeys
from screens.drafts.opened.possible import (
    AT_ASSETS,
    AT_DETAILS,
    AT_JOBS,
    EVERY,
    IN_TRASH,
    OWN,
    WITHOUT_ASSETS,
)
from screens.drafts.pictures.looking import Looking
from screens.drafts.prompts.pane import PromptPane
from screens.drafts.prompts.writing import Writing
from screens.drafts.seen import Seen
from screens.widgets.filter_line import FilterLine
from screens.widgets.keys import KeysLine

if TYPE_CHECKING:
    from core.workspace import ProjectSession
    from screens.ports import JobNews, OpenDraft

ABOUT = (
    "A draft and its assets. ● is accepted, ◒ has candidates that wait to be looked at, ◐ is being made, ○ "
    "waits, ▲ failed or has lost its file, · has nothing yet. Enter goes to the details of an asset: Enter "
    "there changes a name, the kind, the link, the prompt; on a candidate a accepts it. Nothing is "
    "overwritten: what is made again comes beside what is there. Every change can be taken back."
)
HELP_KEYS = [
    ("Arrows", "From asset to asset."),
    ("Shift+Left  Shift+Right", "Mark several."),
    ("Tab", "Between assets, details and jobs."),
    ("Tab  Esc", "In a prompt: Esc makes a revision of what was written."),
]


class DraftScreen(DraftKeys):
    """Stands over the list of drafts; Esc leads back there. An `OpenPlace`: puts those who act together."""

    CSS_PATH = ["../drafts.tcss", "opened.tcss", "../prompts/history.tcss"]
    AUTO_FOCUS = "AssetGrid"
    commands = DRAFT
    BINDINGS = bindings(DRAFT)

    def __init__(self, opened: OpenDraft) -> None:
        super().__init__()
        self._opened = opened
        self.seen = seen = Seen(opened)
        self.filter_line = FilterLine("letters of a name or a kind", "#grid")
        self.jobs = JobsFollowing(self, opened, self, self._news_shown, self.refresh_bindings)
        self.assets = AssetsShown(self, seen, self.jobs.board, self.filter_line)
        self.details = DetailsShown(self, seen, self.assets)
        self.writing = Writing(self, seen, self.details.prompt_place, self.details.focus_back)
        self.acts = AssetActs(self, seen, self.assets, self.details.pointed)
        self.pack = PackActs(self, seen)
        self.linking = Linking(self, seen)
        self.hanging = Hanging(self, seen)
        self.looking = Looking(self, seen, self.assets, self.details)
        self.head = Head(self, seen, self.jobs.board)
        self._steps_back = (
            self.details.leave,
            self.filter_line.leave,
            self.acts.any_state,
            self.acts.unselect,
        )
        self._wire_details()

    def _wire_details(self) -> None:
        """What Enter does on the lines of the details, and whose words they show."""
        details, writing = self.details, self.writing
        details.link_words = self.linking.words
        details.on_enter(NameOf, lambda line: self.run_worker(self.acts.name(line.language)))
        details.on_enter(KindOf, lambda line: self.action_change_asset_kind())
        details.on_enter(LinkOf, lambda line: self.action_link_asset())
        details.on_enter(PromptOf, lambda line: writing.edit())
        details.on_enter(HistoryOf, lambda line: writing.history())
        details.on_enter(CandidateOf, lambda line: self._look_closely())
        details.on_enter(PackPrompt, lambda line: writing.edit_prompt("", line.medium))
        details.on_enter(PackHistory, lambda line: writing.show_history("", line.medium))
        details.on_enter(PackName, lambda line: self.run_worker(self.pack.name(line.language)))
        details.on_enter(PackField, lambda line: self.run_worker(self.pack.change(line.name)))

    def _look_closely(self) -> None:
        if self.details.pointed() is not None:
            self.looking.closely()

    def compose(self) -> ComposeResult:
        """Header; assets and details; what is being made; filter, keys."""
        yield self.head.top
        yield self.head.sub
        with Horizontal(id="middle"):
            with Vertical(id="assets"):
                yield self.assets.nothing
                yield self.assets.grid
                yield self.assets.rows
            with Vertical(id="right"):
                yield self.details.picture
                yield self.details.lines
                yield self.writing.pane
        yield self.jobs.panel
        yield self.filter_line
        yield KeysLine(DRAFT, everywhere=(Palette, Help, Places))

    def on_mount(self) -> None:
        """Follow the draft."""
        self.details.picture.nothing = "no picture yet"
        self.assets.follow()
        self.fill()
        self.show_top()
        self.run_worker(self.details.read_themes(), group="themes", exit_on_error=False)
        self.run_worker(self.linking.read_titles(), group="titles", exit_on_error=False)
        self.run_worker(self.looking.for_missing(), group="missing", exit_on_error=False)
        self.jobs.follow()
        self.run_worker(self.publishing.clear_up())

    def on_unmount(self) -> None:
        """Let go of it; it stays open at the desk."""
        self.assets.unfollow()
        self.jobs.unfollow()

    def help_text(self) -> str:
        """For F1."""
        return ABOUT

    def help_keys(self) -> list[tuple[str, str]]:
        """Keys of the tiles and of a prompt."""
        return list(HELP_KEYS)

    def restyle(self) -> None:
        """Everything painted has other colours."""
        self.assets.restyle()
        self.details.restyle()
        self.show_top()

    # what actions are meant for

    @property
    def opened(self) -> OpenDraft:
        """The draft."""
        return self._opened

    @property
    def board(self) -> JobBoard:
        """What is being made for it."""
        return self.jobs.board

    @property
    def draft_id(self) -> UUID:
        """Its id."""
        return self._opened.session.project_id

    @property
    def draft_title(self) -> str:
        """Its name, harmless and on one line."""
        return clean(self._opened.draft.name) or "(no name)"

    @property
    def saves(self) -> ProjectSession:
        """Ctrl+S saves the draft."""
        return self._opened.session

    @property
    def acted_on(self) -> Sequence[str]:
        """The marked assets, or the chosen one."""
        return self.seen.acted_on

    @contextmanager
    def told(self) -> Iterator[None]:
        """What is refused inside is told; nothing was changed then."""
        try:
            yield
        except GenkoError as error:
            self.desk.report(error)

    def open_panel(self) -> None:
        """Something is going to be made."""
        self.jobs.open_panel()

    @work
    async def offer(self, wish: Wish) -> None:
        """Show what it would be to make this; have it made if that is wanted."""
        await self.asking.offer(wish)

    # what follows

    def fill(self, chosen: str = "") -> None:
        """Other assets pass."""
        self.assets.fill(chosen)

    def assets_filled(self) -> None:
        """Other assets are shown."""
        self.show_count()
        self.show_details()
        self.refresh_bindings()

    def show_count(self) -> None:
        """The second line."""
        self.head.show_count()

    def show_top(self) -> None:
        """The first line."""
        self.head.show()

    def show_details(self, change: Change | None = None) -> None:
        """What stands at the right."""
        self.writing.go_on()
        self.details.show(change)

    def _news_shown(self, news: Mapping[str, JobNews | None]) -> None:
        """Gathered: only the assets that something was made for are looked at."""
        attempts = (self.seen.draft.attempt(str(attempt_id)) for attempt_id in news)
        touched = {one.asset for one in attempts if one is not None and one.asset}
        self.assets.touched(touched)
        self.show_top()
        if self.seen.choice.chosen in touched:
            self.show_details()

    def takes_early(self, event: events.Key | events.Paste) -> bool:
        """What is typed before the editor has the cursor is the prompt's."""
        return self.writing.takes_early(event)

    def early_keys(self) -> list[events.Key | events.Paste]:
        """For the app to send on."""
        return self.writing.early_keys()

    # what its parts tell

    @on(Gathered)
    def _gathered(self, event: Gathered) -> None:
        self.jobs.gathered(event)

    @on(JobRows.Opened)
    def _job_opened(self, event: JobRows.Opened) -> None:
        event.stop()
        self.jobs.show_job(event.job)

    @on(AssetMoved)
    def _asset_moved(self, event: AssetMoved) -> None:
        event.stop()
        self.show_count()
        self.show_details()

    @on(AssetOpened)
    def _asset_opened(self, event: AssetOpened) -> None:
        event.stop()
        self.details.go_to_asset()

    @on(LineList.Moved, "#details")
    def _line_moved(self, event: LineList.Moved) -> None:
        event.stop()
        self.details.show_picture()

    @on(LineList.Chosen, "#details")
    def _line_chosen(self, event: LineList.Chosen) -> None:
        event.stop()
        self.details.enter(event.value)

    @on(PromptPane.Left)
    def _prompt_left(self, event: PromptPane.Left) -> None:
        event.stop()
        self.writing.leave()

    @on(FilterLine.Filtered)
    def _filtered(self) -> None:
        self.fill()

    @on(events.DescendantFocus)
    def _focus_moved(self) -> None:
        self.refresh_bindings()

    def on_resize(self) -> None:
        """From narrow to wide the details come beside the assets."""
        self.call_after_refresh(self.show_details)

    # keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What would mean nothing now is not offered; while a prompt is written, nothing is."""
        if action in EVERY and self.writing.goes_on:
            return False
        if action in OWN and not self.seen.choice.chosen:
            return action in WITHOUT_ASSETS
        if action == "restore_asset":
            return self.seen.in_trash
        if action in OWN and self.seen.in_trash:
            return action in IN_TRASH
        if action in ("cancel_job", "cancel_jobs"):
            return self.board.busy
        return super().check_action(action, parameters)

    def matters(self, command: type[Command]) -> bool:
        """Assets, details and jobs have keys of their own."""
        if self.jobs.panel.has_cursor:
            return command.action in AT_JOBS
        if self.seen.in_trash:
            return command.action in IN_TRASH
        return command.action in (AT_DETAILS if self.details.has_focus else AT_ASSETS)

    def action_back_from_draft(self) -> None:
        """Esc: one thing after another is taken away."""
        if self.jobs.panel.has_cursor:
            self.assets.view.focus()
        elif any(take_away() for take_away in self._steps_back):
            return
        elif self.seen.in_trash:
            self.acts.show_trash()
        else:
            self.dismiss()
