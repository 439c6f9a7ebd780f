"""Hints: going through them, mending what they name, numbers in order."""

from __future__ import annotations

from screens.commands.base import Command
from screens.commands.script.base import ScriptCommand


class NextHint(ScriptCommand):
    """Go to the next line that there is a hint on; its sentence stands in the status line."""

    title = "Next hint"
    keys = ("alt+h",)
    letter = "."


class PreviousHint(ScriptCommand):
    """Go to the line before that there is a hint on."""

    title = "Previous hint"
    keys = ("alt+shift+h",)
    letter = ","


class FixHint(ScriptCommand):
    """Do what the hint on this line proposes. The list of hints has the other ways to mend it."""

    title = "Mend what the hint says"
    keys = ("alt+m",)
    letter = "!"


class ListHints(ScriptCommand):
    """See all hints of the script; go to one, mend it, hush it there, or switch its rule off."""

    title = "Hints"
    letter = "i"


class Renumber(ScriptCommand):
    """Put the numbers of pages and panels in order, spelled as they are. Forced ones (PAGE 012) stay."""

    title = "Put numbers in order"
    letter = "#"


class WriteNumbers(ScriptCommand):
    """Put the numbers in order, and write one into every heading that has none (PAGE, PAGE #, Panel)."""

    title = "Write out automatic numbers"


class BringHome(ScriptCommand):
    """Words typed into a page while somebody moved it stay at its old place; bring them to the page."""

    title = "Bring stray words home"
    letter = "y"


HINTING: tuple[type[Command], ...] = (
    NextHint,
    PreviousHint,
    FixHint,
    ListHints,
    Renumber,
    WriteNumbers,
    BringHome,
)
