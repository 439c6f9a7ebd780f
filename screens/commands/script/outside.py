"""The script outside of Genko: other editors, exports, hand-offs."""

from __future__ import annotations

from screens.commands.base import Command

OUTSIDE: tuple[type[Command], ...] = ()
