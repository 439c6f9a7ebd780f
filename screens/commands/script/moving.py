"""Getting about in the script."""

from __future__ import annotations

from screens.commands.base import Command
from screens.commands.script.base import ScriptCommand


class GoToLine(ScriptCommand):
    """Go to a line by its number, or to a page, panel or chapter: 120, or p12, or 12.3, or ch2."""

    title = "Go to a line or page"
    keys = ("ctrl+g",)
    letter = "g"


class GoToNextPage(ScriptCommand):
    """Go to the heading of the next page."""

    title = "To the next page"
    keys = ("ctrl+pagedown",)
    letter = "]"


class GoToPreviousPage(ScriptCommand):
    """Go to the heading of this page, and from there to the page before."""

    title = "To the previous page"
    keys = ("ctrl+pageup",)
    letter = "["


class GoToNextPanel(ScriptCommand):
    """Go to the next panel, on this page or the next."""

    title = "To the next panel"
    keys = ("alt+pagedown",)
    letter = "}"


class GoToPreviousPanel(ScriptCommand):
    """Go to the heading of this panel, and from there to the panel before."""

    title = "To the previous panel"
    keys = ("alt+pageup",)
    letter = "{"


MOVING: tuple[type[Command], ...] = (
    GoToLine,
    GoToNextPage,
    GoToPreviousPage,
    GoToNextPanel,
    GoToPreviousPanel,
)
