"""The layer between Textual and any terminal on any line: abilities, driver, clipboard, shutdown."""

from __future__ import annotations

from tui.terminal.abilities import (
    Glyphs,
    Multiplexer,
    TerminalAbilities,
    TerminalError,
    check_terminal,
)
from tui.terminal.driver import GenkoDriver

__all__ = [
    "GenkoDriver",
    "Glyphs",
    "Multiplexer",
    "TerminalAbilities",
    "TerminalError",
    "check_terminal",
]
