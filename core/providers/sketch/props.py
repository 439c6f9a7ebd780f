"""A thing's sheet: large on construction lines, then turned, as a silhouette and a detail of it."""

from __future__ import annotations

import random
from collections.abc import Iterator

from core.assembly.drawing.faces import Faces
from core.assembly.drawing.shapes import Form, Item, Words, mixed, oval, rectangle
from core.assembly.plan import Rect
from core.providers.sketch.colours import WHITE, Colours
from core.providers.sketch.drawing import Look, drawn
from core.providers.sketch.subject import Subject
from core.providers.sketch.words import VIEWS, said


def prop(room: Rect, subject: Subject, colours: Colours, faces: Faces, draw: random.Random) -> Iterator[Item]:
    """One thing, or a box where we can't draw it."""
    upright = room.height > 1.1 * room.width
    part = 0.25 * (room.height if upright else room.width)
    gap = 2.6
    if upright:
        large = Rect(room.x, room.y, room.width, room.height - part - gap)
        size = (room.width - 2 * gap) / 3
        small = [Rect(room.x + at * (size + gap), large.bottom + gap, size, part) for at in range(3)]
    else:
        large = Rect(room.x, room.y, room.width - part - gap, room.height)
        size = (room.height - 2 * gap) / 3
        small = [Rect(large.right + gap, room.y + at * (size + gap), part, size) for at in range(3)]
    yield from _large(large, subject, colours)
    words = said(VIEWS, subject.language)
    looks = (Look(mirrored=not subject.mirrored), Look(shadow=True), Look(zoom=2.1))
    for box, label, look in zip(small, ("turned", "shape", "detail"), looks, strict=True):
        yield rectangle(box, mixed(colours.third, WHITE, 0.84))
        yield from drawn(subject.thing, _square(box, 0.84), colours, look, box)
        yield rectangle(box, "", colours.line, 0.3)
        yield Words(box.x + 1.2, box.y + 3.1, words[label], 2.3, True, colours.dark, halo=0.35)


def _square(box: Rect, share: float) -> Rect:
    side = share * min(box.width, box.height)
    return Rect(box.x + (box.width - side) / 2, box.y + (box.height - side) / 2, side, side)


def _large(box: Rect, subject: Subject, colours: Colours) -> Iterator[Item]:
    yield rectangle(box, mixed(colours.main, WHITE, 0.9))
    square = _square(box, 0.86)
    floor = square.y + 0.94 * square.height
    yield rectangle(Rect(box.x, floor, box.width, box.bottom - floor), mixed(colours.second, WHITE, 0.72))
    middle, level = square.x + square.width / 2, square.y + square.height / 2
    for ends in (
        ((middle, box.y + 1.0), (middle, box.bottom - 1.0)),
        ((box.x + 1.0, level), (box.right - 1.0, level)),
    ):
        yield Form(ends, "", colours.line, 0.2, dash=1.4, closed=False)
    frame = rectangle(square, "", colours.line, 0.2)
    yield Form((*frame.points, frame.points[0]), "", colours.line, 0.2, dash=1.4, closed=False)
    shadow = oval(middle, floor, 0.4 * square.width, 0.035 * square.height, steps=48)
    yield Form(tuple(shadow), mixed(colours.dark, WHITE, 0.62))
    yield from drawn(subject.thing, square, colours, Look(mirrored=subject.mirrored), box)
    yield rectangle(box, "", colours.line, 0.3)
