"""The layer between Textual and any terminal on any line: abilities, driver, clipboard, shutdown."""

from __future__ import annotations

from tui.terminal.abilities import (
    Glyphs,
    Multiplexer,
    TerminalAbilities,
    TerminalError,
    check_terminal,
)
from tui.terminal.app import TerminalApp
from tui.terminal.clipboard import CopyPlan, CopyWay, copy_report
from tui.terminal.driver import GenkoDriver, TerminalListener, driver_of
from tui.terminal.losing import Loss
from tui.terminal.pictures import space_for

__all__ = [
    "CopyPlan",
    "CopyWay",
    "GenkoDriver",
    "Glyphs",
    "Loss",
    "Multiplexer",
    "TerminalAbilities",
    "TerminalApp",
    "TerminalError",
    "TerminalListener",
    "check_terminal",
    "copy_report",
    "driver_of",
    "space_for",
]
