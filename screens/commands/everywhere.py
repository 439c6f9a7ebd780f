"""Commands that work on every screen."""

from __future__ import annotations

from screens.commands.base import Command


class Help(Command):
    """Show the keys of this place, and how a script is written."""

    title = "Help"
    keys = ("f1",)
    footer = "Help"
    letter = "h"
    place = True


class Places(Command):
    """Open the menu of places. Each place and action has a letter there."""

    title = "Menu of places"
    keys = ("f10",)
    footer = "Places"


class Palette(Command):
    """Find any action by its name."""

    title = "Command palette"
    keys = ("ctrl+p",)
    footer = "Commands"
    letter = "p"


class Projects(Command):
    """Go to the list of projects. The open project stays as it is."""

    title = "Projects"
    keys = ("ctrl+o",)
    letter = "o"
    place = True


class Script(Command):
    """Go back to the script of the open project."""

    title = "Script"
    keys = ("f2",)
    letter = "1"
    place = True


class Versions(Command):
    """See every save of the open project, compare it with now, and restore it."""

    title = "Versions"
    keys = ("f7",)
    letter = "v"
    place = True


class Save(Command):
    """Save to the server. The words are on this machine already, saved or not."""

    title = "Save"
    keys = ("ctrl+s",)
    footer = "Save"
    letter = "s"


class NextTheme(Command):
    """Change between the dark and the light theme, and remember it."""

    title = "Change theme"
    letter = "t"


class ToggleMouse(Command):
    """Give the mouse to the terminal, so that it can select text, or take it back."""

    title = "Mouse on or off"
    letter = "m"


class Redraw(Command):
    """Draw the whole screen anew, after something else has written on it."""

    title = "Redraw the screen"
    letter = "r"


class Quit(Command):
    """Leave Genko. Words that the server lacks are safe on this machine."""

    title = "Quit"
    keys = ("ctrl+q",)
    letter = "q"


EVERYWHERE: tuple[type[Command], ...] = (
    Save,
    Palette,
    Help,
    Places,
    Projects,
    Script,
    Versions,
    NextTheme,
    ToggleMouse,
    Redraw,
    Quit,
)
