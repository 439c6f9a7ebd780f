"""The assembly tab: pages on the left, the page in the middle, the chosen panel on the right."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal

from screens.assembly.balloons import Balloons
from screens.assembly.bottom import BottomLine
from screens.assembly.filling import Filling
from screens.assembly.matching import Matching
from screens.assembly.page_view import PageView
from screens.assembly.picturing import Picturing
from screens.assembly.settling import Settling
from screens.assembly.shaping import Shaping
from screens.assembly.side import DetailsSide
from screens.assembly.sketching import Sketching
from screens.assembly.strip import NumbersLine, PageStrip
from screens.assembly.turning import Turning
from screens.commands import ASSEMBLY, bindings
from screens.commands.everywhere import Assembly

ABOUT = (
    "The pages of the book, made from the script and following it. [ and ] turn pages, arrows choose a "
    "panel, L a layout, Tab goes to the panel's details, Enter to its place in the script. Whatever you "
    "change here is on this machine's disk at once, and Ctrl+Z takes it back. ≠ is a page that differs "
    "from the script: r makes it as the script has it, k says that it is meant."
)


ARROWS = [
    Binding("left", "go(-1, 0)", show=False),
    Binding("right", "go(1, 0)", show=False),
    Binding("up", "go(0, -1)", show=False),
    Binding("down", "go(0, 1)", show=False),
    Binding("shift+left", "move_inset(-1, 0)", show=False),
    Binding("shift+right", "move_inset(1, 0)", show=False),
    Binding("shift+up", "move_inset(0, -1)", show=False),
    Binding("shift+down", "move_inset(0, 1)", show=False),
]
"""To the panel that lies there; with Shift, an inset is moved."""


class AssemblyScreen(Turning, Shaping, Filling, Picturing, Balloons, Matching, Settling, Sketching):
    """The tab. It keeps which page and panel are chosen; everything else is the store's."""

    tab = Assembly
    commands = ASSEMBLY
    BINDINGS = [*bindings(ASSEMBLY), *ARROWS]
    CSS_PATH = "assembly.tcss"
    AUTO_FOCUS = "PageView"

    def compose_body(self) -> ComposeResult:
        """Numbers in one line or in a strip, the page, the panel, where one is."""
        yield NumbersLine()
        with Horizontal(id="middle"):
            yield PageStrip()
            yield PageView()
            yield DetailsSide()
        yield BottomLine()

    def help_keys(self) -> list[tuple[str, str]]:
        """Keys that are no commands."""
        return [
            ("Arrows", "the panel that lies there"),
            ("Shift+arrows", "move an inset on its panel"),
            ("↑ ↓ in the strip", "pages"),
            ("↑ ↓ Enter in the details", "choose a field, and change it"),
        ]

    def help_text(self) -> str:
        """For F1."""
        return ABOUT
