"""In which way this terminal shows pictures, from its environment: nothing is asked, so nothing is typed."""

from __future__ import annotations

import contextlib
import fcntl
import struct
import termios
from collections.abc import Mapping

from screens.picture_ways import PictureSpace, PictureWay
from tui.terminal.abilities import Glyphs, TerminalAbilities

_GUESS = (10, 20)
_CELLS = range(4, 129)
"""Pixels that a side of a cell may have; anything else is a terminal that says nonsense."""
_PLACEHOLDERS = ("xterm-kitty", "xterm-ghostty")
"""TERM of those that draw Kitty's placeholders. Others know the protocol, but not that part of it."""

_SIXEL = ("foot", "mlterm", "contour", "yaft")
_SIXEL_PROGRAMS = ("WezTerm", "mintty", "iTerm.app")
"""Those that have drawn sixels for years, as they name themselves."""


def space_for(
    setting: str, abilities: TerminalAbilities, cell: tuple[int, int] | None, environment: Mapping[str, str]
) -> PictureSpace:
    """What a view is told; `setting` is `pictures` of the user's settings, `cell` in pixels if known."""
    way = _way(setting, abilities, environment)
    if way is PictureWay.SIXEL and setting == "auto" and cell is None:
        way = PictureWay.BLOCKS  # it would lie over other cells than its own
    return PictureSpace(way, cell or _GUESS)


def _way(setting: str, abilities: TerminalAbilities, environment: Mapping[str, str]) -> PictureWay:
    if setting == "off" or "NO_COLOR" in environment or abilities.glyphs is not Glyphs.FULL:
        return PictureWay.OFF
    if setting in ("kitty", "sixel", "blocks"):
        return PictureWay(setting)
    if abilities.colours < 256:
        return PictureWay.OFF
    exact = abilities.colours > 256  # a placeholder's colour is the picture's number: none may be rounded
    if exact and abilities.is_direct and abilities.term.startswith(_PLACEHOLDERS):
        return PictureWay.KITTY
    named = environment.get("TERM_PROGRAM", "") in _SIXEL_PROGRAMS or abilities.term.startswith(_SIXEL)
    return PictureWay.SIXEL if named and abilities.is_direct else PictureWay.BLOCKS


def cell_pixels(line: int) -> tuple[int, int] | None:
    """Width and height of a cell in pixels as the line's driver knows them; None where it doesn't."""
    with contextlib.suppress(OSError):
        answer = fcntl.ioctl(line, termios.TIOCGWINSZ, b"\0" * 8)
        rows, columns, width, height = struct.unpack("HHHH", answer)
        if rows and columns and width // columns in _CELLS and height // rows in _CELLS:
            return width // columns, height // rows
    return None
