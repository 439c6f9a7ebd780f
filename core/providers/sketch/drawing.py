"""Draws a thing of the list into a box: its lines of shapes, mirrored, as a shadow, or from near."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.assembly.drawing.shapes import Form, Item, Point, clipped, clipped_line, limb, mixed, oval
from core.assembly.plan import Rect
from core.providers.sketch.colours import WHITE, WISHES, Colours
from core.providers.sketch.creatures import CREATURES
from core.providers.sketch.things import BOX, GROWN, THINGS


@dataclass(frozen=True, slots=True)
class Look:
    """How it is seen."""

    mirrored: bool = False
    shadow: bool = False
    zoom: float = 1.0


def drawn(thing: str, box: Rect, colours: Colours, look: Look, within: Rect) -> Iterator[Item]:
    """The thing in a box (in its middle, as it is in a square of 100), cut at `within`."""
    soft = thing in CREATURES or thing in GROWN
    if thing in WISHES:
        colours = colours.leaning(WISHES[thing])
    hand = _Hand(box, colours, look, within, soft=soft)
    for line in (THINGS.get(thing) or CREATURES.get(thing) or BOX).split("\n"):
        if line:
            yield from hand.shape(line.split())


class _Hand:
    def __init__(self, box: Rect, colours: Colours, look: Look, within: Rect, *, soft: bool) -> None:
        self._soft = soft
        self._box, self._look, self._within = box, look, within
        self._colours = colours
        self._fills = {
            "m": mixed(colours.main, WHITE, 0.25),
            "s": mixed(colours.second, WHITE, 0.25),
            "t": mixed(colours.third, WHITE, 0.25),
            "p": mixed(colours.main, WHITE, 0.65),
            "q": mixed(colours.second, WHITE, 0.65),
            "w": "#fffdf9",
            "d": colours.dark,
            "g": mixed(colours.dark, WHITE, 0.6),
        }
        self._line = max(0.18, 0.008 * min(box.width, box.height)) * look.zoom**0.5

    def _point(self, x: float, y: float) -> Point:
        if self._look.mirrored:
            x = 100 - x
        zoom, box = self._look.zoom, self._box
        x, y = 50 + (x - 50) * zoom, 50 + (y - 46) * zoom if zoom != 1.0 else y
        return box.x + x * box.width / 100, box.y + y * box.height / 100

    def shape(self, words: Sequence[str]) -> Iterator[Item]:
        """One line of a thing, as `core.providers.sketch.things` explains it."""
        what, *rest = words
        if what == "l":
            yield from self._stroke(_pairs(rest))
            return
        fill, *numbers = rest
        values = [float(one) for one in numbers]
        match what:
            case "o":
                x, y, across, down = values
                points = oval(x, y, across, down, steps=40)
            case "r":
                x, y, width, height = values
                left, right = (x + width, x) if self._look.mirrored else (x, x + width)
                points = [(left, y), (right, y), (right, y + height), (left, y + height)]
            case "b":
                bones = _pairs(numbers[1:])
                points = limb(rounded(bones, closed=False) if self._soft else bones, values[0])
            case _:
                points = _pairs(numbers)
                points = rounded(points, closed=True) if self._soft else points
        yield from self._filled(points, fill)

    def _filled(self, points: Sequence[Point], fill: str) -> Iterator[Item]:
        kept = clipped([self._point(*point) for point in points], self._within)
        if len(kept) < 3:
            return
        if self._look.shadow:
            yield Form(kept, self._colours.dark, self._colours.dark, self._line)
        else:
            yield Form(kept, self._fills[fill], self._colours.dark, self._line)

    def _stroke(self, points: Sequence[Point]) -> Iterator[Item]:
        kept = clipped_line([self._point(*point) for point in points], self._within)
        if len(kept) > 1 and not self._look.shadow:
            yield Form(kept, "", self._colours.dark, self._line, closed=False)


def rounded(points: Sequence[Point], *, closed: bool) -> list[Point]:
    """The same with its corners cut off again and again."""
    now = list(points)
    for _ in range(3):
        pairs = list(zip(now, [*now[1:], now[0]], strict=True))
        cut = [
            point
            for a, b in (pairs if closed else pairs[:-1])
            for point in (_at(a, b, 0.22), _at(a, b, 0.78))
        ]
        now = cut if closed else [now[0], *cut[1:-1], now[-1]]
    return now


def _at(a: Point, b: Point, share: float) -> Point:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def _pairs(words: Sequence[str]) -> list[Point]:
    values = [float(word) for word in words]
    return list(zip(values[::2], values[1::2], strict=True))
