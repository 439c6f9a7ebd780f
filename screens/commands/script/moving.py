"""Getting about in the script."""

from __future__ import annotations

from screens.commands.base import Command
from screens.commands.script.base import ScriptCommand


class GoToLine(ScriptCommand):
    """Go to a line by its number, or to a page and panel: 120, or p12, or p12.3."""

    title = "Go to a line or page"
    keys = ("ctrl+g",)
    letter = "g"


MOVING: tuple[type[Command], ...] = (GoToLine,)
