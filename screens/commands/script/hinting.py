"""Hints: going through them, mending what they name."""

from __future__ import annotations

from screens.commands.base import Command
from screens.commands.script.base import ScriptCommand


class BringHome(ScriptCommand):
    """Words typed into a page while somebody moved it stay at its old place; bring them to the page."""

    title = "Bring stray words home"
    letter = "y"


HINTING: tuple[type[Command], ...] = (BringHome,)
