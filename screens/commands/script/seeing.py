"""What is shown beside and around the text."""

from __future__ import annotations

from screens.commands.base import Command
from screens.commands.script.base import ScriptCommand


class ToggleOutline(ScriptCommand):
    """Show or hide the outline: beside the text, or over it in windows of less than 110 columns."""

    title = "Outline on or off"
    letter = "u"


class GoToOutline(ScriptCommand):
    """Go to the outline: Enter jumps, left and right fold, Alt+up and Alt+down move, Escape goes back."""

    title = "Go to the outline"
    keys = ("alt+o",)
    letter = "0"


class ToggleLineNumbers(ScriptCommand):
    """Show or hide the line numbers, and remember it."""

    title = "Line numbers on or off"
    letter = "l"


class ToggleWrap(ScriptCommand):
    """Wrap long lines or let them run on, and remember it."""

    title = "Wrap long lines on or off"
    letter = "w"


class Statistics(ScriptCommand):
    """See what there is of everything, per speaker, page, panel and place; Enter there goes to it."""

    title = "Statistics"
    letter = "2"


class FocusMode(ScriptCommand):
    """Show only the text, the cursor's line in the middle. The same again, or Escape, leaves."""

    title = "Only the text"
    letter = "3"


class Goal(ScriptCommand):
    """Set a goal of pages, panels or words for a day or a session; the status line shows how far it is."""

    title = "Goal"
    letter = "4"


class Spelling(ScriptCommand):
    """Mark misspelt words in English and French scripts, or stop that, and remember it."""

    title = "Spelling on or off"
    letter = "5"


class SpellWord(ScriptCommand):
    """What the misspelt word at the cursor, or the next one, may be meant to be; or teach it to Genko."""

    title = "Spelling of a word"
    keys = ("alt+s",)
    letter = "="


class KnowWord(ScriptCommand):
    """The word at the cursor is right in this project, for everybody who writes in it."""

    title = "Know this word"
    letter = "+"


SEEING: tuple[type[Command], ...] = (
    ToggleOutline,
    GoToOutline,
    ToggleLineNumbers,
    ToggleWrap,
    Statistics,
    FocusMode,
    Goal,
    Spelling,
    SpellWord,
    KnowWord,
)
