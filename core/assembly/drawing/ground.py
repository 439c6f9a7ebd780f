"""What lies behind the figures: a room's corner, a horizon with hills or roofs, or nothing but rays."""

from __future__ import annotations

import math
from collections.abc import Iterator

from core.assembly.drawing.framing import Place, Setting
from core.assembly.drawing.shapes import Form, Item, Point, clipped, clipped_line, oval, rectangle
from core.assembly.drawing.weather import crowd, rain, roofs, snow
from core.assembly.plan import Rect

_LINE = "#b9c4d2"
_TONE, _FLOOR = "#eef2f6", "#e4e9ef"
_NIGHT, _NIGHT_FLOOR = "#cfd6e2", "#bcc6d6"


def ground(box: Rect, setting: Setting) -> Iterator[Item]:
    """Shapes for a panel, all within it."""
    night = setting.night
    sky, floor = (_NIGHT, _NIGHT_FLOOR) if night else (_TONE, _FLOOR)
    if setting.near and setting.place in (Place.INSIDE, Place.UNKNOWN):
        yield from _blurred(box, sky, floor)
        return
    match setting.place:
        case Place.INSIDE:
            yield from _room(box, sky, floor, night, len(setting.name) % 3)
        case Place.OUTSIDE:
            yield from _outside(box, sky, floor, night, setting.town)
        case Place.NOWHERE:
            yield from _rays(box, night)
        case _:
            if night:
                yield rectangle(box, sky)
            level = box.y + 0.74 * box.height
            yield _line([(box.x, level), (box.right, level)])
    if setting.place is Place.OUTSIDE and setting.falling:
        yield from snow(box) if setting.falling == "snow" else rain(box)
    if setting.crowd:
        yield from crowd(box, night)


def _blurred(box: Rect, sky: str, floor: str) -> Iterator[Item]:
    """A tone with a slanting edge: a wall that is out of focus."""
    yield rectangle(box, sky)
    left, right = box.x + 0.3 * box.width, box.x + 0.52 * box.width
    yield Form(((box.x, box.y), (right, box.y), (left, box.bottom), (box.x, box.bottom)), floor)


def detail(box: Rect, *, night: bool) -> Iterator[Item]:
    """What is seen from near and is nobody: the corners of a viewfinder, and no room around it."""
    yield rectangle(box, _NIGHT if night else _TONE)
    x, y = box.x + box.width / 2, box.y + 0.46 * box.height
    across, down = 0.3 * box.width, 0.34 * box.height
    arm = 0.3 * min(across, down)
    for left in (-1, 1):
        for up in (-1, 1):
            corner = x + left * across, y + up * down
            ends = (corner[0] - left * arm, corner[1]), (corner[0], corner[1] - up * arm)
            yield Form((ends[0], corner, ends[1]), "", "#8d9bb0", 0.4, closed=False)


def _line(points: list[Point], width: float = 0.2) -> Form:
    return Form(tuple(points), "", _LINE, width, closed=False)


def _room(box: Rect, sky: str, floor: str, night: bool, look: int) -> Iterator[Item]:
    left, right = box.x + 0.14 * box.width, box.right - 0.14 * box.width
    top, low = box.y + 0.14 * box.height, box.y + 0.72 * box.height
    yield rectangle(box, sky)
    yield Form(((box.x, box.bottom), (left, low), (right, low), (box.right, box.bottom)), floor)
    yield _line([(left, top), (right, top), (right, low), (left, low), (left, top)])
    for inner, outer in (
        ((left, top), (box.x, box.y)),
        ((right, top), (box.right, box.y)),
        ((left, low), (box.x, box.bottom)),
        ((right, low), (box.right, box.bottom)),
    ):
        yield _line([inner, outer])
    pane = "#9fb0c8" if night else "#ffffff"
    deep, wide = low - top, right - left
    if look == 1:  # a door
        yield rectangle(
            Rect(left + 0.66 * wide, top + 0.3 * deep, 0.18 * wide, 0.7 * deep), floor, _LINE, 0.2
        )
        yield rectangle(Rect(left + 0.68 * wide, top + 0.66 * deep, 0.02 * wide, 0.03 * deep), _LINE)
        return
    if look == 2:  # shelves
        for at in range(4):
            y = top + (0.22 + 0.2 * at) * deep
            yield _line([(left + 0.58 * wide, y), (left + 0.94 * wide, y)])
        yield _line([(left + 0.58 * wide, top + 0.08 * deep), (left + 0.58 * wide, low)])
        yield _line([(left + 0.94 * wide, top + 0.08 * deep), (left + 0.94 * wide, low)])
    width, height = 0.2 * box.width, 0.3 * deep
    x, y = left + 0.12 * box.width, top + 0.25 * deep
    yield rectangle(Rect(x, y, width, height), pane, _LINE, 0.2)
    yield _line([(x + width / 2, y), (x + width / 2, y + height)])
    yield _line([(x, y + height / 2), (x + width, y + height / 2)])


def _outside(box: Rect, sky: str, floor: str, night: bool, town: bool) -> Iterator[Item]:
    level = box.y + 0.66 * box.height
    yield rectangle(box, sky)
    radius = min(0.07 * min(box.width, box.height) + 0.8, 8.0)
    disc = oval(box.right - 0.18 * box.width, box.y + 0.2 * box.height, radius, radius)
    yield Form(clipped(disc, box) or tuple(disc), "#fbfbf4" if night else "#ffffff", _LINE, 0.2)
    hills: list[Point] = []
    for at in range(25):
        x = at / 24
        rise = 0.06 * math.sin(7.3 * x + box.x) + 0.05 * math.sin(3.1 * x + box.y) + 0.09
        hills.append((box.x + x * box.width, level - rise * box.height))
    yield Form((*hills, (box.right, level), (box.x, level)), floor)
    yield _line(hills)
    if town:
        yield from roofs(box, level)
    yield rectangle(Rect(box.x, level, box.width, box.bottom - level), floor)
    yield _line([(box.x, level), (box.right, level)], 0.25)
    for at, share in enumerate((0.3, 0.62, 0.85)):
        y = level + share * (box.bottom - level)
        start = box.x + (0.1 + 0.27 * at) * box.width
        yield _line([(start, y), (min(start + 0.22 * box.width, box.right), y)])


def _rays(box: Rect, night: bool) -> Iterator[Item]:
    if night:
        yield rectangle(box, _NIGHT)
    x, y = box.x + box.width / 2, box.y + 0.55 * box.height
    far = box.width + box.height
    for at in range(36):
        angle = math.tau * (at + 0.3 * ((at * 5) % 3)) / 36
        near = 0.36 + 0.06 * ((at * 7) % 4)
        start = (x + near * box.width * math.cos(angle), y + near * box.height * math.sin(angle))
        end = (x + far * math.cos(angle), y + far * math.sin(angle))
        kept = clipped_line([start, end], box)
        if len(kept) > 1:
            yield _line(list(kept))
