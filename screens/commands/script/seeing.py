"""What is shown beside and around the text."""

from __future__ import annotations

from screens.commands.base import Command
from screens.commands.script.base import ScriptCommand


class ToggleOutline(ScriptCommand):
    """Show or hide the outline of pages at the left (in windows of 110 columns and more)."""

    title = "Outline on or off"
    letter = "u"


class ToggleLineNumbers(ScriptCommand):
    """Show or hide the line numbers, and remember it."""

    title = "Line numbers on or off"
    letter = "l"


class ToggleWrap(ScriptCommand):
    """Wrap long lines or let them run on, and remember it."""

    title = "Wrap long lines on or off"
    letter = "w"


SEEING: tuple[type[Command], ...] = (
    ToggleOutline,
    ToggleLineNumbers,
    ToggleWrap,
)
