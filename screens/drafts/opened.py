"""An open draft: its assets as tiles or as a list, the details of one, what is being made."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from core.story import Change
from screens.commands import DRAFT, bindings
from screens.commands.everywhere import Help, Palette, Places
from screens.drafts.asset_grid import AssetGrid
from screens.drafts.asset_list import AssetList
from screens.drafts.jobs_panel import JobsPanel
from screens.drafts.messages import AssetMoved, AssetOpened
from screens.drafts.showing import Showing
from screens.widgets.filter_line import FilterLine
from screens.widgets.keys import KeysLine
from screens.widgets.places import PlacesLine, Slot

TOP = (
    Slot("brand", 7, style="accent", bold=True),
    Slot("title", bold=True),
    Slot("state", 34, wide=46),
    Slot("disk", 22),
)
SUB = (Slot("count", style="quiet"), Slot("medium", 10, style="quiet", right=True))


class DraftScreen(Showing):
    """Stands over the list of drafts; Esc leads back there."""

    CSS_PATH = "drafts.tcss"
    AUTO_FOCUS = "AssetGrid"
    commands = DRAFT
    BINDINGS = bindings(DRAFT)

    def compose(self) -> ComposeResult:
        """Header; assets and details; what is being made; filter, keys."""
        yield PlacesLine(TOP, id="top")
        yield PlacesLine(SUB, id="sub")
        with Horizontal(id="middle"), Vertical(id="assets"):
            yield Static("", id="empty", markup=False)
            yield AssetGrid(self.choice, self.look)
            yield AssetList(self.choice, self.look)
        yield JobsPanel()
        yield FilterLine("letters of a name or a kind", "#grid")
        yield KeysLine(DRAFT, everywhere=(Palette, Help, Places))

    def on_mount(self) -> None:
        """Follow the draft."""
        self.top.show("brand", "Genko")
        self.follow()
        self.fill()
        self.show_top()

    def on_unmount(self) -> None:
        """Let go of it; it stays open at the desk."""
        self.unfollow()

    @on(AssetMoved)
    def _moved(self, event: AssetMoved) -> None:
        event.stop()
        self.show_sub()
        self.show_details()

    @on(AssetOpened)
    def _asset_opened(self, event: AssetOpened) -> None:
        event.stop()

    def show_details(self, change: Change | None = None) -> None:
        """What stands at the right."""

    def action_switch_assets(self) -> None:
        """v: pictures or a list."""
        self.toggle_class("-list")
        self.assets_view.show()
        self.assets_view.focus()
        self.grid.want_pictures()

    def action_back_from_draft(self) -> None:
        """Esc."""
        if not self.query_one(FilterLine).leave():
            self.dismiss()
