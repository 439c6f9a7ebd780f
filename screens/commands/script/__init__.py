"""Commands of the script tab, one file for each thing a writer is at."""

from __future__ import annotations

from screens.commands.base import Command
from screens.commands.script.finding import FINDING
from screens.commands.script.hinting import HINTING
from screens.commands.script.moving import MOVING
from screens.commands.script.outside import OUTSIDE
from screens.commands.script.seeing import SEEING
from screens.commands.script.writing import WRITING

SCRIPT: tuple[type[Command], ...] = (*WRITING, *MOVING, *FINDING, *HINTING, *SEEING, *OUTSIDE)

__all__ = ["SCRIPT"]
