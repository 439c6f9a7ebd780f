"""An open draft: its assets as tiles or as a list, the details of one, what is being made."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from screens.bible.views.lines import LineList
from screens.commands import DRAFT, Command, bindings
from screens.commands.everywhere import Help, Palette, Places
from screens.drafts.assets.grid import AssetGrid
from screens.drafts.assets.messages import AssetMoved
from screens.drafts.assets.rows import AssetList
from screens.drafts.details.pack_acts import Packing
from screens.drafts.jobs.panel import JobsPanel
from screens.drafts.prompts.pane import PromptPane
from screens.widgets.filter_line import FilterLine
from screens.widgets.keys import KeysLine
from screens.widgets.picture import PictureView
from screens.widgets.places import PlacesLine, Slot

TOP = (
    Slot("brand", 7, style="accent", bold=True),
    Slot("title", bold=True),
    Slot("state", 36, wide=46),
    Slot("disk", 21),
)
SUB = (
    Slot("medium", 10, style="accent"),
    Slot("count", style="quiet"),
    Slot("server", 27, wide=40, style="quiet", right=True),
)
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


IN_TRASH = frozenset(
    {
        "open_asset",
        "about_draft",
        "show_asset_trash",
        "restore_asset",
        "select_asset",
        "select_all_assets",
        "show_picture",
    }
    | {"compare_candidates", "switch_assets", "switch_medium", "filter_assets", "filter_asset_state"}
    | {"undo_in_draft", "redo_in_draft", "back_from_draft"}
)
"""What can be done with assets in the trash."""
WITHOUT_ASSETS = frozenset(
    {
        "add_asset",
        "about_draft",
        "edit_prompt",
        "prompt_history",
        "show_asset_trash",
        "switch_assets",
        "switch_medium",
        "filter_assets",
        "filter_asset_state",
    }
    | {"undo_in_draft", "redo_in_draft", "back_from_draft"}
)
"""What can be done where no asset is shown."""
EVERY = frozenset(command.action for command in DRAFT)
AT_JOBS = frozenset({"show_jobs", "cancel_job", "cancel_jobs", "back_from_draft"})
"""What the last line shows while the cursor is on the jobs."""
AT_DETAILS = AT_JOBS - {"cancel_jobs"} | {"edit_prompt", "accept_candidate", "regenerate_asset"}
"""And on the details of an asset."""
AT_ASSETS = EVERY - {"cancel_jobs", "back_from_draft"}
OWN = frozenset(command.action for command in DRAFT if command.__module__.endswith(".drafts"))


class DraftScreen(Packing):
    """Stands over the list of drafts; Esc leads back there."""

    CSS_PATH = ["../drafts.tcss", "opened.tcss", "../prompts/history.tcss"]
    AUTO_FOCUS = "AssetGrid"
    commands = DRAFT
    BINDINGS = bindings(DRAFT)

    def compose(self) -> ComposeResult:
        """Header; assets and details; what is being made; filter, keys."""
        yield PlacesLine(TOP, id="top")
        yield PlacesLine(SUB, id="sub")
        with Horizontal(id="middle"):
            with Vertical(id="assets"):
                yield Static("", id="empty", markup=False)
                yield AssetGrid(self.choice, self.look)
                yield AssetList(self.choice, self.look)
            with Vertical(id="right"):
                yield PictureView(media=self.opened.session.media, id="preview")
                yield LineList(id="details")
                yield PromptPane(self.draft)
        yield JobsPanel()
        yield FilterLine("letters of a name or a kind", "#grid")
        yield KeysLine(DRAFT, everywhere=(Palette, Help, Places))

    def on_mount(self) -> None:
        """Follow the draft."""
        from core.drafts.pack.files import outputs

        self.top.show("brand", "Genko")
        self.preview.nothing = "no picture yet"
        self.follow()
        self.fill()
        self.show_top()
        self.load_themes()
        self.look_for_titles()
        self.look_for_missing(outputs(self.draft))

    def on_unmount(self) -> None:
        """Let go of it; it stays open at the desk."""
        self.unfollow()

    def help_text(self) -> str:
        """For F1."""
        return ABOUT

    def help_keys(self) -> list[tuple[str, str]]:
        """Keys of the tiles and of a prompt."""
        return list(HELP_KEYS)

    def restyle(self) -> None:
        """Everything painted has other colours."""
        for painted in (self.grid, self.rows, self.details):
            painted.notify_style_update()
            painted.refresh()
        self.show_top()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What would mean nothing now is not offered; while a prompt is written, nothing is."""
        if action in EVERY and self.writes_prompt:
            return False
        if action in OWN and not self.choice.chosen:
            return action in WITHOUT_ASSETS
        if action == "restore_asset":
            return self.in_trash
        if action in OWN and self.in_trash:
            return action in IN_TRASH
        return super().check_action(action, parameters)

    def matters(self, command: type[Command]) -> bool:
        """Assets, details and jobs have keys of their own."""
        if self.panel.rows.has_focus:
            return command.action in AT_JOBS
        if self.in_trash:
            return command.action in IN_TRASH
        return command.action in (AT_DETAILS if self.in_details else AT_ASSETS)

    @on(AssetMoved)
    def _moved(self, event: AssetMoved) -> None:
        event.stop()
        self.show_sub()
        self.show_details()

    @on(events.DescendantFocus)
    def _focus_moved(self) -> None:
        self.refresh_bindings()

    def on_resize(self) -> None:
        """From narrow to wide the details come beside the assets."""
        self.call_after_refresh(self.show_details)

    def action_switch_assets(self) -> None:
        """v: pictures or a list."""
        self.toggle_class("-list")
        self.assets_view.show()
        self.assets_view.focus()
        self.call_after_refresh(self.grid.want_pictures)

    def action_back_from_draft(self) -> None:
        """Esc: one thing after another is taken away."""
        if self.panel.rows.has_focus:
            self.assets_view.focus()
            return
        if self.leave_details() or self.query_one(FilterLine).leave():
            return
        if self.asset_filter.only_state:
            self.asset_filter.only_state = ""
            self.fill()
        elif self.choice.marked:
            self.choice.marked.clear()
            self.assets_view.refresh()
            self.show_sub()
        elif self.in_trash:
            self.action_show_asset_trash()
        else:
            self.dismiss()
