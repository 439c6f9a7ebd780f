"""What the list of projects says while there is none: how to begin."""

from __future__ import annotations

from screens.commands import key_name
from screens.commands.everywhere import Help, Palette, Places, Save
from screens.ports import Desk

WELCOME = """\
Nothing here yet. Three ways to begin:

  n   a new project: write at once, give it a title later
  i   import a script that you have in a file (or v: paste one)
  e   an example, to see what a script looks like

Every key you type is on this machine's disk at once.
{save} also saves it to the database.

{help} explains. {palette} finds any command by its name.
{leader} and a letter go anywhere."""


def welcome(desk: Desk) -> str:
    """How to begin, with the writer's own keys."""
    keys = {
        command: [key_name(key) for key in desk.keys_of(command)] for command in (Save, Palette, Help, Places)
    }
    return WELCOME.format(
        save=keys[Save][0] if keys[Save] else "Save",
        palette=keys[Palette][0] if keys[Palette] else "The palette",
        help=keys[Help][0] if keys[Help] else "Help",
        leader=keys[Places][-1] if keys[Places] else "The menu",
    )
