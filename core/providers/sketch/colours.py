"""The colours of a card: a palette of few, and shades of it for grounds that are drawn in grey."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from core.assembly.drawing.shapes import Form, Item, Words, mixed
from core.colours import is_colour

USUAL = ("#3f6d8e", "#c8643c", "#5a9a5e", "#c99a2e", "#8a5a96")
INK, WHITE, NIGHT = "#1c1c22", "#ffffff", "#171c3a"
MOST = 12
_WISHES = {
    "#e08a2e": "tiger lion fox jaguar clownfish horse",
    "#4c9a52": "tree palm bush liana frog turtle chameleon snake alien parrot",
    "#4a86b8": "whale dolphin shark jellyfish seahorse waterfall umbrella",
    "#c8402e": "crab octopus fire-engine mushroom starfish flower barn",
    "#e2b52c": "excavator bulldozer crane loader roller mixer duck lantern key bale",
    "#8a5a3a": "monkey bear dog sloth owl table chair bench shelf bag",
    "#8c8f9a": "elephant cat sword telescope satellite station churn",
}
WISHES = {thing: colour for colour, things in _WISHES.items() for thing in things.split()}
"""What colour a thing likes to be, of those that the palette has."""
_PALE, _DEEP = 0.86, 0.2
"""Lighter and darker ones are paper and ink: shown, but nothing is painted with them."""


@dataclass(frozen=True, slots=True)
class Colours:
    """Of one card."""

    palette: tuple[str, ...]
    """What is painted with."""
    shown: tuple[str, ...] = ()
    """All of it, as it is told at the foot."""

    def leaning(self, wish: str) -> Colours:
        """The same with the colour first that is nearest to this one: leaves are green where there is one."""
        nearest = min(self.palette, key=lambda one: _apart(one, wish))
        return Colours((nearest, *(one for one in self.palette if one != nearest)), self.shown)

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
    known = tuple(one.lower() for one in palette if is_colour(one))[:MOST] or USUAL
    good = [one for one in known if _DEEP <= light_of(one) <= _PALE] or list(known)
    first = draw.randrange(len(good))
    return Colours((*good[first:], *good[:first]), known)


def _apart(one: str, other: str) -> int:
    """How unlike two colours are."""
    return sum((int(one[at : at + 2], 16) - int(other[at : at + 2], 16)) ** 2 for at in (1, 3, 5))


def by_night(item: Item) -> Item:
    """The same when it is dark."""
    if isinstance(item, Form):
        return item._replace(fill=_dimmed(item.fill), line=_dimmed(item.line))
    return item


def _dimmed(colour: str) -> str:
    return mixed(colour, NIGHT, 0.55 if light_of(colour) < 0.97 else 0.2) if colour else ""


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
            fill=_shade(item.fill, second or colours.main), line=item.line and mixed(colours.dark, WHITE, 0.4)
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
        return mixed(tone, WHITE, min(0.9, 0.88 * (light - own) / (1.0001 - own)))
    return mixed(tone, INK, (own - light) / (own + 0.0001))
