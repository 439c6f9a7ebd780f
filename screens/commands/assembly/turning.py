"""Commands that turn to a page, a panel, or its place in the script."""

from __future__ import annotations

from screens.commands.assembly.base import AssemblyCommand
from screens.commands.base import Command


class PageBefore(AssemblyCommand):
    """Turn back to the page before."""

    title = "The page before"
    keys = ("left_square_bracket", "pageup")
    letter = "["


class PageAfter(AssemblyCommand):
    """Turn to the next page."""

    title = "The next page"
    keys = ("right_square_bracket", "pagedown")
    letter = "]"


class TurnToPage(AssemblyCommand):
    """Turn to a page by its number."""

    title = "Turn to a page"
    keys = ("g",)
    letter = "g"


class FirstPage(AssemblyCommand):
    """Turn to the first page."""

    title = "The first page"
    keys = ("home",)


class LastPage(AssemblyCommand):
    """Turn to the last page."""

    title = "The last page"
    keys = ("end",)


class SpreadView(AssemblyCommand):
    """Show both pages that lie side by side in the open book, or one of them."""

    title = "Both pages or one"
    keys = ("v",)
    letter = "2"


class OrderOverlay(AssemblyCommand):
    """Show in which order panels and balloons are read, or hide it."""

    title = "Reading order on or off"
    keys = ("o",)
    letter = "0"


class ToItsScript(AssemblyCommand):
    """Go to the panel's place in the script. F6 comes back to the panel."""

    title = "To its place in the script"
    keys = ("enter",)
    footer = "Script"
    letter = "j"


class FromTheScript(AssemblyCommand):
    """Choose the panel that the cursor of the script is in."""

    title = "The panel of the script's cursor"
    keys = ("h",)
    letter = "c"


class PageSketch(AssemblyCommand):
    """Show the page as a drawn sketch, in terminals that show pictures, or in characters."""

    title = "Sketch or characters"
    keys = ("P", "shift+p")
    letter = "3"


class OpenInspector(AssemblyCommand):
    """Go to what is known of the panel, and from there back to the page."""

    title = "To the panel's details"
    keys = ("tab", "shift+tab")
    footer = "Details"
    letter = "d"


class CloseInspector(AssemblyCommand):
    """Go back from the details to the page."""

    title = "Back to the page"
    keys = ("escape",)


TURNING: tuple[type[Command], ...] = (
    PageBefore,
    PageAfter,
    TurnToPage,
    FirstPage,
    LastPage,
    SpreadView,
    OrderOverlay,
    PageSketch,
    ToItsScript,
    FromTheScript,
    OpenInspector,
    CloseInspector,
)
