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
    needs_project = True


class Characters(Command):
    """Go to the characters of the open project: who they are, where they speak, whom they know."""

    title = "Characters"
    keys = ("f3",)
    letter = "C"
    place = True
    needs_project = True


class Backgrounds(Command):
    """Go to the places and decors of the open project."""

    title = "Backgrounds"
    keys = ("f4",)
    letter = "B"
    place = True
    needs_project = True


class Scenes(Command):
    """Go to the scenes of the open project: place, characters, pages, camera, light, mood."""

    title = "Scenes"
    keys = ("f5",)
    letter = "S"
    place = True
    needs_project = True


class Assembly(Command):
    """Put the pages together: layouts, balloons, what each panel holds, previews, exports."""

    title = "Assembly"
    keys = ("f6",)
    letter = "A"
    place = True
    needs_project = True


class BackFromScript(Command):
    """Go back to where you were before a jump into the script."""

    title = "Back from the script"
    keys = ("alt+j",)
    letter = "<"
    needs_project = True


class Versions(Command):
    """See every save of the open project, compare it with now, and restore it."""

    title = "Versions"
    keys = ("f7",)
    letter = "v"
    place = True
    needs_project = True


class Backup(Command):
    """See the backups, make one, look into one, bring one back; bring in data of other programs."""

    title = "Backup"
    keys = ("f9",)
    letter = "K"
    place = True


class Drafts(Command):
    """Go to the drafts: packs of pictures that are made from prompts, reworked one by one, and published."""

    title = "Drafts"
    keys = ("f8",)
    letter = "F"
    place = True


class Save(Command):
    """Save to the server. The words are on this machine already, saved or not."""

    title = "Save"
    keys = ("ctrl+s",)
    footer = "Save"
    letter = "s"
    needs_project = True


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
    Characters,
    Backgrounds,
    Scenes,
    Assembly,
    BackFromScript,
    Versions,
    Drafts,
    Backup,
    NextTheme,
    ToggleMouse,
    Redraw,
    Quit,
)

TABS: tuple[type[Command], ...] = (Script, Characters, Backgrounds, Scenes, Assembly)
"""The places of the open project that stand side by side."""
