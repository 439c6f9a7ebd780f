"""What a drawing is made of: outlines, words and pictures in millimetres, whatever they are drawn with.

A sketch is a list of these, from the back to the front. Only `raster`, `svg` and `pdf` know of pixels,
elements and operators.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeAlias

from core.assembly.plan import Rect

Point: TypeAlias = tuple[float, float]
ROUND = 2.6
"""The exponent of the outline of a balloon: 2 would be an ellipse, much more a box."""


class Form(NamedTuple):
    """An outline, filled, drawn or both. Colours are `#rrggbb`; empty for none."""

    points: tuple[Point, ...]
    fill: str = ""
    line: str = ""
    width: float = 0.0
    dash: float = 0.0
    """Length of a dash and of the gap behind it; 0 for a line without gaps."""
    closed: bool = True


class Words(NamedTuple):
    """One line of words, or one letter; (x, y) is where its baseline begins."""

    x: float
    y: float
    text: str
    size: float
    """Of the type (em), in millimetres."""
    bold: bool = False
    colour: str = "#111111"
    angle: float = 0.0
    """Turned clockwise around (x, y), in degrees."""
    halo: float = 0.0
    """Width of the white edge around the letters."""


class Picture(NamedTuple):
    """A picture of the media store that covers a box."""

    sha: str
    box: Rect


Item: TypeAlias = Form | Words | Picture


def rectangle(box: Rect, fill: str = "", line: str = "", width: float = 0.0) -> Form:
    """A box."""
    points = ((box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom))
    return Form(points, fill, line, width)


def oval(
    x: float, y: float, across: float, down: float, exponent: float = 2.0, steps: int = 0
) -> list[Point]:
    """The outline of a (super)ellipse with these half axes, clockwise from its right end."""
    steps = steps or max(16, min(72, int(6 * (across + down) ** 0.5) * 2))
    power = 2.0 / exponent
    out = []
    for at in range(steps):
        angle = math.tau * at / steps
        cosine, sine = math.cos(angle), math.sin(angle)
        out.append(
            (
                x + across * math.copysign(abs(cosine) ** power, cosine),
                y + down * math.copysign(abs(sine) ** power, sine),
            )
        )
    return out


def curve(start: Point, control: Point, end: Point, steps: int = 8) -> list[Point]:
    """Points of a quadratic curve, both ends included."""
    out = []
    for at in range(steps + 1):
        t = at / steps
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
        out.append((a * start[0] + b * control[0] + c * end[0], a * start[1] + b * control[1] + c * end[1]))
    return out


def limb(points: Sequence[Point], width: float) -> list[Point]:
    """The outline of a line of some thickness with round ends."""
    left, right = [], []
    half = width / 2
    for at, (x, y) in enumerate(points):
        before, after = points[max(at - 1, 0)], points[min(at + 1, len(points) - 1)]
        dx, dy = after[0] - before[0], after[1] - before[1]
        length = math.hypot(dx, dy) or 1.0
        nx, ny = -dy / length * half, dx / length * half
        left.append((x + nx, y + ny))
        right.append((x - nx, y - ny))
    end, begin = points[-1], points[0]
    return [*left, *_cap(left[-1], end, right[-1]), *reversed(right), *_cap(right[0], begin, left[0])]


def _cap(start: Point, centre: Point, end: Point) -> list[Point]:
    first = math.atan2(start[1] - centre[1], start[0] - centre[0])
    radius = math.hypot(start[0] - centre[0], start[1] - centre[1])
    turns = (first - math.pi * step / 5 for step in range(1, 5))
    return [(centre[0] + radius * math.cos(a), centre[1] + radius * math.sin(a)) for a in turns]


def clipped(points: Sequence[Point], box: Rect) -> tuple[Point, ...]:
    """The part of a filled outline that lies in a box; empty for none."""
    out = list(points)
    for axis, edge, sign in ((0, box.x, 1), (0, box.right, -1), (1, box.y, 1), (1, box.bottom, -1)):
        if not out:
            break
        out = _cut(out, axis, edge, sign)
    return tuple(out)


def _cut(points: list[Point], axis: int, edge: float, sign: int) -> list[Point]:
    out = []
    before = points[-1]
    for point in points:
        inside, was_inside = sign * (point[axis] - edge) >= 0, sign * (before[axis] - edge) >= 0
        if inside != was_inside:
            t = (edge - before[axis]) / (point[axis] - before[axis])
            out.append((before[0] + t * (point[0] - before[0]), before[1] + t * (point[1] - before[1])))
        if inside:
            out.append(point)
        before = point
    return out


def clipped_line(points: Sequence[Point], box: Rect) -> tuple[Point, ...]:
    """The first stretch of an open line that lies in a box."""
    out: list[Point] = []
    for start, end in itertools.pairwise(points):
        part = _segment(start, end, box)
        if part is None:
            if out:
                break
            continue
        if out and math.dist(out[-1], part[0]) > 1e-6:
            break
        out += part if not out else part[1:]
    return tuple(out)


def _segment(start: Point, end: Point, box: Rect) -> tuple[Point, Point] | None:
    first, last = 0.0, 1.0
    dx, dy = end[0] - start[0], end[1] - start[1]
    bounds = ((-dx, start[0] - box.x), (dx, box.right - start[0]))
    for p, q in (*bounds, (-dy, start[1] - box.y), (dy, box.bottom - start[1])):
        if p == 0:
            if q < 0:
                return None
        elif p < 0:
            first = max(first, q / p)
        else:
            last = min(last, q / p)
    if first > last:
        return None
    at = [(start[0] + t * dx, start[1] + t * dy) for t in (first, last)]
    return at[0], at[1]


def extent(item: Item) -> Rect:
    """A box that holds an item; generous for words."""
    if isinstance(item, Picture):
        return item.box
    if isinstance(item, Form):
        xs, ys = [x for x, _ in item.points], [y for _, y in item.points]
        edge = item.width
        left, top = min(xs) - edge, min(ys) - edge
        return Rect(left, top, max(xs) + edge - left, max(ys) + edge - top)
    reach = item.size * (1.2 + (len(item.text) * 1.2 if item.angle else 0.0)) + item.halo
    width = item.size * 1.2 * (len(item.text) + 1) + 2 * item.halo
    if item.angle:
        return Rect(item.x - reach, item.y - reach, 2 * reach, 2 * reach)
    return Rect(item.x - item.size * 0.2 - item.halo, item.y - reach, width, reach * 1.5)


def dashes(points: Iterable[Point], length: float) -> list[tuple[Point, Point]]:
    """Stretches of a line with gaps of the same length between them."""
    out: list[tuple[Point, Point]] = []
    place, drawn = 0.0, True
    ends = list(points)
    for start, end in itertools.pairwise(ends):
        whole = math.dist(start, end)
        at = 0.0
        while whole - at > 1e-9:
            step = min(length - place, whole - at)
            if drawn:
                a, b = at / whole, (at + step) / whole
                out.append((_between(start, end, a), _between(start, end, b)))
            at, place = at + step, place + step
            if place >= length - 1e-9:
                place, drawn = 0.0, not drawn
    return out


def _between(start: Point, end: Point, t: float) -> Point:
    return start[0] + t * (end[0] - start[0]), start[1] + t * (end[1] - start[1])


def mixed(colour: str, other: str, share: float) -> str:
    """A colour with so much (0 to 1) of another in it."""
    pairs = ((int(colour[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)
