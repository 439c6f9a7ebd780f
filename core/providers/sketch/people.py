"""A character's sheet: from before and behind on a ladder of heads, and faces with what they feel."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from core.assembly.drawing.acting import Acting, Feeling, Pose, acting_of
from core.assembly.drawing.body import Figure, Role
from core.assembly.drawing.faces import Faces
from core.assembly.drawing.shapes import Form, Item, Words, mixed, oval, rectangle
from core.assembly.drawing.traits import traits_of
from core.assembly.plan import Rect
from core.providers.sketch.colours import WHITE, Colours
from core.providers.sketch.subject import Subject
from core.providers.sketch.words import FEELINGS, VIEWS, said

_HEADS = 4.85
"""A figure is so many heads high, shoes and hat included."""
_FEET = 4.66
"""Heads from the top of a figure to the ground."""
_EXPRESSIONS = re.compile(
    r"\bexpressions?\b|\bfaces\b|\bemotions?\b|\bmoods?\b|\bémotions?\b|\bvisages\b|\bhumeurs?\b|表情",
    re.IGNORECASE,
)
_ALL = (Feeling.NONE, Feeling.GLAD, Feeling.ANGRY, Feeling.SAD, Feeling.AFRAID, Feeling.ASLEEP)


def person(
    room: Rect, subject: Subject, colours: Colours, faces: Faces, draw: random.Random
) -> Iterator[Item]:
    """Somebody, drawn as the words describe them."""
    if _EXPRESSIONS.search(subject.words):
        yield from _expressions(room, subject, colours, faces)
        return
    wide = room.width > 1.25 * room.height
    side = min(0.34 * room.width, room.height / 3 * 1.1) if wide or room.width > 0.8 * room.height else 0.0
    gap = 3.0 if side else 0.0
    stage = Rect(room.x, room.y, room.width - side - gap, room.height)
    if not side:  # a high card: faces below
        low = 0.24 * room.height
        stage = Rect(room.x, room.y, room.width, room.height - low - 3.0)
        boxes = _split(Rect(room.x, stage.bottom + 3.0, room.width, low), 3, down=False)
    else:
        boxes = _split(Rect(stage.right + gap, room.y, side, room.height), 3, down=True)
    yield from _stage(stage, subject, colours, faces, draw)
    feelings = draw.sample(_ALL[1:], 3)
    for box, feeling in zip(boxes, feelings, strict=True):
        yield from _face(box, subject, colours, faces, feeling)


def _split(room: Rect, count: int, *, down: bool) -> list[Rect]:
    gap = 2.4
    if down:
        size = (room.height - gap * (count - 1)) / count
        return [Rect(room.x, room.y + at * (size + gap), room.width, size) for at in range(count)]
    size = (room.width - gap * (count - 1)) / count
    return [Rect(room.x + at * (size + gap), room.y, size, room.height) for at in range(count)]


def role_of(subject: Subject, colours: Colours, acting: Acting, *, silhouette: bool = False) -> Role:
    """Somebody in the first colour of the card."""
    name = subject.title
    return Role(name, None, colours.main, traits_of(name, subject.words), acting, silhouette)


def _stage(
    box: Rect, subject: Subject, colours: Colours, faces: Faces, draw: random.Random
) -> Iterator[Item]:
    floor = box.bottom - 0.07 * box.height
    head = min((floor - box.y) / (_HEADS + 0.55), box.width / 5.4)
    top = floor - (_HEADS - 0.25) * head
    yield rectangle(box, mixed(colours.main, WHITE, 0.9), colours.line, 0.25)
    yield rectangle(Rect(box.x, floor, box.width, box.bottom - floor), mixed(colours.second, WHITE, 0.72))
    for at in range(6):
        y = floor - at * (floor - top) / 4.6
        if y > box.y + 1.5:
            ends = ((box.x + 1.5, y), (box.right - 1.5, y))
            yield Form(ends, "", colours.line, 0.18, dash=1.1, closed=False)
            yield Words(box.x + 1.7, y - 0.6, str(at), 1.9, False, colours.dark)
    acting = acting_of(subject.title, subject.words, alone=True)
    front, back = box.x + 0.34 * box.width, box.x + 0.75 * box.width
    facing = 1
    if subject.mirrored:
        front, back, facing = back - 0.03 * box.width, front, -1
    for x, how in (
        (back, Acting(acting.pose, acting.feeling, True)),
        (front, Acting(acting.pose, acting.feeling)),
    ):
        yield Form(
            tuple(oval(x, floor + 0.4, 0.95 * head, 0.17 * head, steps=40)), mixed(colours.dark, WHITE, 0.6)
        )
        role = role_of(subject, colours, how)
        size = head * (1 + 0.2 * max(-0.8, min(0.25, role.traits.stature)))
        high = 3.9 if how.pose is Pose.SIT else _FEET
        figure = Figure(role, x, floor - high * size, size, facing, box)
        yield from figure.drawn()
    word = said(VIEWS, subject.language)["back"]
    width = faces.measure(word) * 2.3
    yield Words(back - width / 2, box.y + 3.4, word, 2.3, False, colours.dark)


def _face(
    box: Rect, subject: Subject, colours: Colours, faces: Faces, feeling: Feeling, tone: str = ""
) -> Iterator[Item]:
    yield rectangle(box, mixed(tone or colours.third, WHITE, 0.78), colours.line, 0.25)
    head = min(box.height / 1.75, box.width / 1.7)
    inner = Rect(box.x + 0.15, box.y + 0.15, box.width - 0.3, box.height - 0.3)
    figure = Figure(
        role_of(subject, colours, Acting(feeling=feeling)),
        box.x + box.width / 2,
        box.y + 0.2 * head,
        head,
        -1 if subject.mirrored else 1,
        inner,
    )
    yield from figure.drawn()
    word = said(FEELINGS, subject.language)[feeling.value]
    yield Words(box.x + 1.3, box.y + 3.4, word, 2.6, True, colours.dark, halo=0.3)


def _expressions(room: Rect, subject: Subject, colours: Colours, faces: Faces) -> Iterator[Item]:
    columns = 3 if room.width > 0.9 * room.height else 2
    rows = _split(room, len(_ALL) // columns, down=True)
    boxes = [box for row in rows for box in _split(row, columns, down=False)]
    for at, (box, feeling) in enumerate(zip(boxes, _ALL, strict=True)):
        tone = colours.palette[at % len(colours.palette)]
        yield from _face(box, subject, colours, faces, feeling, tone)
