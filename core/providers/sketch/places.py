"""A background's sheet: the place at its widest, then by night, from near and in three values."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

from core.assembly.drawing.acting import Acting
from core.assembly.drawing.body import Figure
from core.assembly.drawing.faces import Faces
from core.assembly.drawing.framing import Place, Setting, place_of, setting_of
from core.assembly.drawing.ground import ground
from core.assembly.drawing.shapes import Form, Item, Words, mixed, rectangle
from core.assembly.drawing.weather import rain, snow
from core.assembly.plan import Rect
from core.providers.sketch.colours import WHITE, Colours, by_night, toned
from core.providers.sketch.drawing import Look, drawn
from core.providers.sketch.people import role_of
from core.providers.sketch.scenery import is_room, is_space, scenery
from core.providers.sketch.subject import Subject
from core.providers.sketch.words import VIEWS, said

_SKY = "#7fb2d8"


def place(
    room: Rect, subject: Subject, colours: Colours, faces: Faces, draw: random.Random
) -> Iterator[Item]:
    """A place, without anybody but who shows how large it is."""
    setting = setting_for(subject)
    low = min(0.27 * room.height, 0.34 * room.width)
    large = Rect(room.x, room.y, room.width, room.height - low - 3.0)
    yield from view(large, setting, subject, colours, draw.randrange(1 << 30))
    if not is_space(subject):
        head = (0.075 if setting.place is Place.INSIDE else 0.045) * large.height
        role = role_of(subject, colours, Acting(back=True), silhouette=True)
        figure = Figure(role, large.x + 0.86 * large.width, large.bottom - 5.4 * head, head, -1, large)
        yield from figure.drawn()
    yield rectangle(large, "", colours.dark, 0.5)
    gap = 2.4
    looks = _looks(setting, subject, colours)
    width = (room.width - gap * (len(looks) - 1)) / len(looks)
    words = said(VIEWS, subject.language)
    seed = draw.randrange(1 << 30)
    for at, (label, how, seen, tones) in enumerate(looks):
        box = Rect(room.x + at * (width + gap), large.bottom + 3.0, width, low)
        yield from view(box, how, seen, tones, seed)
        yield rectangle(box, "", colours.dark, 0.35)
        yield Words(box.x + 1.3, box.bottom - 1.4, words[label], 2.4, True, colours.dark, halo=0.4)


def _looks(
    setting: Setting, subject: Subject, colours: Colours
) -> tuple[tuple[str, Setting, Subject, Colours], ...]:
    """(Label, how it is seen, of what, in which colours) of the small views."""
    tones = ("tones", replace(setting, night=False), subject, GREYS)
    if is_space(subject):
        return ("turned", setting, replace(subject, mirrored=not subject.mirrored), colours), tones
    other = ("day" if setting.night else "night", replace(setting, night=not setting.night), subject, colours)
    if setting.place is not Place.OUTSIDE:
        return other, ("near", replace(setting, near=True, night=False), subject, colours), tones
    return other, ("rain", replace(setting, falling="rain", night=False), subject, colours), tones


GREYS = Colours(("#5c5c66", "#8b8b94", "#b5b5bd"))


def setting_for(subject: Subject) -> Setting:
    """By the name, else the theme, else the words; outside where none of them tells."""
    found = setting_of("", subject.title, subject.words)
    place = Place.INSIDE if is_room(subject.title) else place_of(subject.title, subject.theme, subject.words)
    return replace(found, place=Place.OUTSIDE if place is Place.UNKNOWN else place, near=False)


def view(box: Rect, setting: Setting, subject: Subject, colours: Colours, seed: int) -> Iterator[Item]:
    """The ground in the theme's colours, and what the words say stands on it."""
    sky = colours.leaning(_SKY).main if setting.place is Place.OUTSIDE else colours.second
    sky = sky if colours.shown else colours.main
    items = [toned(item, colours, sky) for item in ground(box, replace(setting, town=False, falling=""))]
    items += scenery(box, setting, subject, colours, random.Random(seed))
    if setting.falling:
        items += snow(box) if setting.falling == "snow" else rain(box)
    yield from map(by_night, items) if setting.night else items


def cover(
    room: Rect, subject: Subject, colours: Colours, faces: Faces, draw: random.Random
) -> Iterator[Item]:
    """The place behind, somebody large before it, and room for lettering."""
    behind = replace(subject, thing="")
    yield from view(room, setting_for(subject), behind, colours, draw.randrange(1 << 30))
    head = min(room.height / 4.6, room.width / 3.2)
    x = room.x + (0.36 if subject.mirrored else 0.64) * room.width
    if subject.thing:
        side = 0.62 * min(room.width, room.height)
        where = Rect(x - side / 2, room.bottom - 0.96 * side, side, side)
        yield from drawn(subject.thing, where, colours, Look(mirrored=subject.mirrored), room)
    else:  # somebody looks into it, and we don't know whose face that is
        role = role_of(subject, colours, Acting(back=True))
        figure = Figure(role, x, room.bottom - 3.5 * head, head, 1 if subject.mirrored else -1, room)
        yield from figure.drawn()
    plate = Rect(
        room.x + 0.06 * room.width, room.y + 0.05 * room.height, 0.88 * room.width, 0.16 * room.height
    )
    yield rectangle(plate, mixed(colours.second, WHITE, 0.8), colours.dark, 0.4)
    size = min(0.6 * plate.height, 0.92 * plate.width / max(faces.measure(subject.title, True), 1.0))
    left = plate.x + (plate.width - faces.measure(subject.title, True) * size) / 2
    yield Words(left, plate.y + 0.5 * plate.height + 0.35 * size, subject.title, size, True, colours.dark)
    yield Form(
        ((room.x, room.y), (room.right, room.y), (room.right, room.bottom), (room.x, room.bottom)),
        "",
        colours.dark,
        0.5,
    )
