"""Finding, replacing and renaming."""

from __future__ import annotations

from screens.commands.base import Command
from screens.commands.script.base import ScriptCommand


class Find(ScriptCommand):
    """Find words in the script. Enter goes to the next place, Shift+Enter back, Escape to the text."""

    title = "Find"
    keys = ("ctrl+f",)
    footer = "Find"
    letter = "f"


class FindNext(ScriptCommand):
    """Go to the next place of what was looked for last."""

    title = "Find the next"
    keys = ("alt+g",)


class FindPrevious(ScriptCommand):
    """Go to the place before of what was looked for last."""

    title = "Find the one before"
    keys = ("alt+shift+g",)


class Replace(ScriptCommand):
    """Find words and put others in their place, one by one or all as one undo step."""

    title = "Find and replace"
    keys = ("alt+r",)
    letter = "z"


class RenameCharacter(ScriptCommand):
    """Give a character another name in every cue, and in the bible, after a preview of every place."""

    title = "Rename a character"
    letter = "d"


FINDING: tuple[type[Command], ...] = (Find, FindNext, FindPrevious, Replace, RenameCharacter)
