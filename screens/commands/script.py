"""Commands of the script tab."""

from __future__ import annotations

from screens.commands.base import Command, Scope


class ScriptCommand(Command):
    """A command of the script tab. Its keys win over those that a text field takes for itself."""

    scope = Scope.SCRIPT


class Undo(ScriptCommand):
    """Take back the last change of yours. Another writer's changes stay."""

    title = "Undo"
    keys = ("ctrl+z",)


class Redo(ScriptCommand):
    """Do again what was taken back."""

    title = "Redo"
    keys = ("ctrl+y",)


class Find(ScriptCommand):
    """Find words in the script. Enter or F3 goes to the next place, Shift+F3 back, Escape to the text."""

    title = "Find"
    keys = ("ctrl+f",)
    footer = "Find"
    letter = "f"


class GoToLine(ScriptCommand):
    """Go to a line by its number, or to a page and panel: 120, or p12, or p12.3."""

    title = "Go to a line or page"
    keys = ("ctrl+g",)
    letter = "g"


class BringHome(ScriptCommand):
    """Words typed into a page while somebody moved it stay at its old place; bring them to the page."""

    title = "Bring stray words home"
    letter = "y"


class CycleKind(ScriptCommand):
    """Make the line another kind: description, dialogue, caption, SFX, panel, page."""

    title = "Other kind of line"
    keys = ("tab",)
    footer = "Kind"
    letter = "k"
    priority = False


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


SCRIPT: tuple[type[Command], ...] = (
    Undo,
    Redo,
    Find,
    GoToLine,
    BringHome,
    CycleKind,
    ToggleOutline,
    ToggleLineNumbers,
    ToggleWrap,
)
