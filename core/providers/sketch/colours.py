"""The colours of a card: a palette of few, and shades of it for grounds that are drawn in grey."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

from core.assembly.drawing.shapes import Form, Item, Words, mixed

USUAL = ("#3f6d8e", "#c8643c", "#5a9a5e", "#c99a2e", "#8a5a96")
INK, WHITE = "#1c1c22", "#ffffff"
_COLOUR = re.compile("#[0-9a-fA-F]{6}")
MOST = 6


@dataclass(frozen=True, slots=True)
class Colours:
    """Of one card."""

    palette: tuple[str, ...]

    @property
    def main(self) -> str:
        """Of bands and clothes."""
        return self.palette[0]

    @property
    def second(self) -> str:
        """Beside it."""
        return self.palette[1 % len(self.palette)]

    @property
    def third(self) -> str:
        """Of small things."""
        return self.palette[2 % len(self.palette)]

    @property
    def band(self) -> str:
        """Of the title: dark enough for white letters."""
        return darkened(self.main, 0.36)

    @property
    def paper(self) -> str:
        """Nearly white, with a breath of the theme."""
        return mixed(WHITE, self.main, 0.05)

    @property
    def line(self) -> str:
        """Of construction lines."""
        return mixed(self.band, WHITE, 0.62)

    @property
    def dark(self) -> str:
        """Of words and outlines."""
        return mixed(self.band, INK, 0.55)


def colours_of(palette: Sequence[str], draw: random.Random) -> Colours:
    """The palette, begun at a place that the seed decides; our own where it has no colour in it."""
    good = [one.lower() for one in palette if _COLOUR.fullmatch(one)][:MOST] or list(USUAL)
    first = draw.randrange(len(good))
    return Colours((*good[first:], *good[:first]))


def light_of(colour: str) -> float:
    """0 for black, 1 for white, as eyes see it."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue


def darkened(colour: str, most: float) -> str:
    """The colour, with as much ink in it as makes it no lighter than `most`."""
    light = light_of(colour)
    return colour if light <= most else mixed(colour, INK, min(0.92, (light - most) / (light - 0.1)))


def toned(item: Item, colours: Colours, second: str = "") -> Item:
    """A grey thing in shades of the theme; as light as it was."""
    if isinstance(item, Form):
        return item._replace(
            fill=_shade(item.fill, second or colours.main), line=_shade(item.line, colours.main)
        )
    if isinstance(item, Words):
        return item._replace(colour=_shade(item.colour, colours.main))
    return item


def _shade(colour: str, tone: str) -> str:
    if not colour:
        return ""
    light = light_of(colour)
    if light > 0.985:
        return colour
    own = light_of(tone)
    if light >= own:
        return mixed(tone, WHITE, min(0.93, (light - own) / (1.0001 - own)))
    return mixed(tone, INK, (own - light) / (own + 0.0001))
