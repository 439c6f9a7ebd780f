"""The ways in which a terminal can show a picture, and what a view has to know to use one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PictureWay(StrEnum):
    """How pictures are shown."""

    OFF = "off"
    """As a line of words."""
    BLOCKS = "blocks"
    """Two pixels in each cell, as half-blocks in two colours."""
    KITTY = "kitty"
    """Kitty's graphics protocol, with placeholders in the cells."""
    SIXEL = "sixel"


@dataclass(frozen=True, slots=True)
class PictureSpace:
    """What the terminal does with pictures."""

    way: PictureWay = PictureWay.OFF
    cell: tuple[int, int] = (10, 20)
    """Width and height of a cell in pixels; a guess where the terminal doesn't say."""
