"""Commands that shape a page: layouts, splitting, merging, sizes, paper."""

from __future__ import annotations

from screens.commands.assembly.base import AssemblyCommand
from screens.commands.base import Command


class PickLayout(AssemblyCommand):
    """Choose among the layouts for this number of panels, ready ones and your own."""

    title = "Layouts"
    keys = ("L", "shift+l")
    footer = "Layouts"
    letter = "L"


class TypeLayout(AssemblyCommand):
    """Write the page's layout in words: 1 / 2(1 | 1) is a panel, and below it a row of two, twice as high."""

    title = "Write the layout"
    keys = ("e",)
    letter = "e"


class SaveLayout(AssemblyCommand):
    """Keep the page's layout under a name, to choose it for other pages."""

    title = "Keep this layout"
    keys = ("y",)
    letter = "y"


class SplitPanelDown(AssemblyCommand):
    """Split the panel into two, one above the other."""

    title = "Split in two rows"
    keys = ("s",)
    footer = "Split"
    letter = "-"


class SplitPanelAcross(AssemblyCommand):
    """Split the panel into two, side by side."""

    title = "Split side by side"
    keys = ("S", "shift+s")
    letter = "|"


class MergePanels(AssemblyCommand):
    """Make the panel and its next neighbour one cell of the page."""

    title = "Merge with the next"
    keys = ("m",)
    letter = "="


class TallerPanel(AssemblyCommand):
    """Make the panel higher; those of its column make room."""

    title = "Higher"
    keys = ("plus", "equals_sign")


class ShorterPanel(AssemblyCommand):
    """Make the panel less high."""

    title = "Less high"
    keys = ("minus",)


class WiderPanel(AssemblyCommand):
    """Make the panel wider; those of its row make room."""

    title = "Wider"
    keys = ("greater_than_sign",)


class NarrowerPanel(AssemblyCommand):
    """Make the panel narrower."""

    title = "Narrower"
    keys = ("less_than_sign",)


class SwapPanels(AssemblyCommand):
    """Let the panel and the next one change places."""

    title = "Swap with the next"
    keys = ("x",)
    letter = "x"


class BleedPanel(AssemblyCommand):
    """Let the panel run over the edge of the page, or not."""

    title = "Bleed on or off"
    keys = ("B", "shift+b")


class BorderPanel(AssemblyCommand):
    """Take the panel's border away, or give it one."""

    title = "Border on or off"
    keys = ("F", "shift+f")


class AddInset(AssemblyCommand):
    """Put a small panel on this one; Shift and arrows move it."""

    title = "Add an inset"
    keys = ("I", "shift+i")


class LayPanel(AssemblyCommand):
    """Lay the panel on its neighbour as an inset, or make an inset a panel again."""

    title = "Inset or panel"
    keys = ("J", "shift+j")


class OwnFormat(AssemblyCommand):
    """Set paper, margins, gutters and reading direction of the whole project."""

    title = "Paper, gutters, direction"
    keys = ("f",)
    letter = "f"


SHAPING: tuple[type[Command], ...] = (
    PickLayout,
    TypeLayout,
    SaveLayout,
    SplitPanelDown,
    SplitPanelAcross,
    MergePanels,
    TallerPanel,
    ShorterPanel,
    WiderPanel,
    NarrowerPanel,
    SwapPanels,
    BleedPanel,
    BorderPanel,
    AddInset,
    LayPanel,
    OwnFormat,
)
