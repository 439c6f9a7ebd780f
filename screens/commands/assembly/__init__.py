"""Commands of the assembly tab, one file for each thing one is at."""

from __future__ import annotations

from screens.commands.assembly.filling import FILLING
from screens.commands.assembly.settling import SETTLING
from screens.commands.assembly.shaping import SHAPING
from screens.commands.assembly.turning import TURNING
from screens.commands.base import Command

ASSEMBLY: tuple[type[Command], ...] = (*TURNING, *SHAPING, *FILLING, *SETTLING)

__all__ = ["ASSEMBLY"]
