"""What stands in a place, as the words tell: trees, houses, waves, stars, furniture."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from core.assembly.drawing.framing import Place, Setting
from core.assembly.drawing.shapes import Form, Item, curve, mixed, oval, rectangle
from core.assembly.drawing.weather import roofs
from core.assembly.plan import Rect
from core.providers.sketch.colours import INK, WHITE, Colours, toned
from core.providers.sketch.drawing import Look, drawn
from core.providers.sketch.subject import Subject


def _any(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


_SPACE = _any(
    r"\b(outer )?space\b|\bspacecraft|\bgalax|\bplanets?\b|\bcosm|\borbit|\bespace\b|\bplanètes?\b|"
    r"宇宙|惑星|銀河"
)
_SEA = _any(
    r"\bsea\b|\bocean|\bbeach|\bcoast|\bharbou?r|\bport\b|\bquay|\breefs?\b|\bmer\b|\bplage|\bocéan|\bquai\b|"
    r"\brécif|海|浜|港|波止場|サンゴ"
)
_WOOD = _any(
    r"\bforest|\bwoods?\b|\bjungle|\bgarden|\bpark\b|\btrees?\b|\bwaterfall|\bforêt|\bjardin|\bparc\b|\bbois\b|"
    r"\bcascade|森|林|庭|公園|ジャングル|滝"
)
_FARM = _any(r"\bfarm|\bfields?\b|\bvillage|\bcountry|\bferme\b|\bchamps?\b|農|畑|田舎|村")
_TOWN = _any(
    r"\bstreets?\b|\bcity|\btown|\broads?\b|\bcrossing|\balley|\bmarket|\bschool|\broof|\bstations?\b|\bsite\b|"
    r"\brue\b|\bruelle|\bville\b|\btoits?\b|\bcarrefour|\bmarché|\bécole|\bgare\b|\bchantier|"
    r"街|町|都市|道|駅|屋|交差点|路地|市場|校門|踏切"
)
_GREEN, _BLUE = "#4c9a52", "#4a86b8"
_ROOMS: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (_any(r"\bbedroom|\bhospital|\bchambre|寝室|病室"), ("lamp", "bed", "chair")),
    (_any(r"\bclassroom|\bsalle de classe|教室"), ("table", "board", "chair")),
    (_any(r"\blibrary|\bbibliothèque|図書館"), ("shelf", "table", "shelf")),
    (_any(r"\bcorridor|\bhallway|\bcouloir|廊下"), ("clock", "", "chair")),
    (_any(r"\battic|\bgrenier|屋根裏"), ("shelf", "bag", "chair")),
    (_any(r"\bcarriage|\bwagon|車内"), ("bench", "", "bench")),
    (_any(r"\bstudio|\batelier|\boffice|\bbureau|仕事場"), ("lamp", "table", "shelf")),
    (_any(r"\bcafé|\bkitchen|\bbar\b|\brestaurant|\bcuisine|台所|喫茶"), ("shelf", "table", "chair")),
    (_any(r"\bh?all\b|\bhome\b|\blounge|\bsalon\b|\bsalle\b|部屋|居間"), ("lamp", "table", "chair")),
)


def is_room(title: str) -> bool:
    """Whether a place is one that has furniture."""
    return any(known.search(title) for known, _ in _ROOMS)


def is_space(subject: Subject) -> bool:
    """Whether nobody could stand there."""
    return bool(_SPACE.search(_telling(subject)))


def _telling(subject: Subject) -> str:
    """What tells how the place looks: its name, else the theme, else all of the words."""
    for words in (subject.title, subject.theme):
        if any(known.search(words) for known in (_SPACE, _SEA, _WOOD, _FARM, _TOWN)):
            return words
    return subject.words


def scenery(
    box: Rect, setting: Setting, subject: Subject, colours: Colours, draw: random.Random
) -> Iterator[Item]:
    """Shapes within the box, above the ground that is there already: by the name, else by the words."""
    if setting.place is Place.INSIDE:
        yield from _furniture(box, subject, colours, draw)
        return
    if is_space(subject):
        yield from _space(box, subject, colours, draw)
        return
    level = box.y + 0.66 * box.height
    words = _telling(subject)
    if town := _TOWN.search(words):
        for item in roofs(box, level):
            yield toned(item, colours, colours.second)
    if sea := _SEA.search(words):
        yield from _waves(box, level, colours.leaning(_BLUE))
    leaves = colours.leaning(_GREEN)
    if _WOOD.search(words):
        kinds = (
            ("palm", "tree", "bush")
            if re.search("jungle|ジャングル", f"{subject.theme} {subject.words}", re.I)
            else ("tree", "bush")
        )
        yield from _standing(box, level, kinds, 11, leaves, draw)
    elif _FARM.search(words):
        yield from _standing(box, level, ("barn", "tree", "bale"), 5, leaves, draw)
    elif not (sea or town):
        yield from _standing(box, level, ("tree", "bush"), 4, leaves, draw)
    if subject.thing:
        side = 0.62 * box.height
        middle = box.x + (0.5 + draw.uniform(-0.06, 0.06)) * box.width
        where = Rect(middle - side / 2, level + 0.2 * box.height - 0.94 * side, side, side)
        yield from drawn(subject.thing, where, colours, Look(), box)


def _standing(
    box: Rect, level: float, things: tuple[str, ...], count: int, colours: Colours, draw: random.Random
) -> Iterator[Item]:
    """Things from far to near, larger and lower as they come."""
    for at in range(count):
        depth = (at + draw.random()) / count
        size = (0.2 + 0.42 * depth) * box.height
        x = box.x + ((at * 0.618 + draw.random() * 0.15) % 1.0) * box.width - size / 2
        foot = level + (0.02 + 0.26 * depth) * box.height
        where = Rect(x, foot - 0.94 * size, size, size)
        yield from drawn(draw.choice(things), where, colours, Look(mirrored=draw.random() < 0.5), box)


def _waves(box: Rect, level: float, colours: Colours) -> Iterator[Item]:
    yield rectangle(Rect(box.x, level, box.width, box.bottom - level), mixed(colours.main, WHITE, 0.35))
    rows = 5
    for row in range(rows):
        y = level + (0.12 + 0.8 * row / rows) * (box.bottom - level)
        step = (0.06 + 0.02 * row) * box.width
        x = box.x + (0.5 * step if row % 2 else 0.2 * step)
        while x + step < box.right:
            crest = curve((x, y), (x + 0.25 * step, y - 0.4 * step), (x + 0.6 * step, y))
            yield Form(tuple(crest), "", mixed(colours.main, INK, 0.25), 0.3, closed=False)
            x += 1.5 * step


def _space(box: Rect, subject: Subject, colours: Colours, draw: random.Random) -> Iterator[Item]:
    yield rectangle(box, mixed(colours.band, INK, 0.55))
    for _ in range(70):
        x, y = box.x + draw.uniform(0.01, 0.99) * box.width, box.y + draw.uniform(0.01, 0.99) * box.height
        size = draw.choice((0.12, 0.2, 0.34))
        yield Form(tuple(oval(x, y, size, size, steps=10)), WHITE)
    large = subject.thing or "planet"
    small = ("moon", "rocket") if large == "planet" else ("planet", "moon")
    things = ((large, 0.3, 0.46, 0.66), (small[0], 0.8, 0.74, 0.24), (small[1], 0.72, 0.28, 0.42))
    for thing, across, down, size in things:
        side = size * box.height
        middle = box.x + (1 - across if subject.mirrored else across) * box.width
        where = Rect(middle - side / 2, box.y + down * box.height - side / 2, side, side)
        yield from drawn(thing, where, colours, Look(mirrored=subject.mirrored), box)


def _furniture(box: Rect, subject: Subject, colours: Colours, draw: random.Random) -> Iterator[Item]:
    words = f"{subject.title} {subject.words}"
    things = next((things for known, things in _ROOMS if known.search(words)), ("lamp", "table", "chair"))
    side = 0.5 * box.height
    for at, (thing, foot) in enumerate(zip(things, (0.86, 0.95, 0.88), strict=True)):
        if not thing:
            continue
        x = box.x + (0.2 + 0.28 * at + draw.uniform(-0.03, 0.03)) * box.width - side / 2
        low = 0.72 if thing == "board" else foot
        where = Rect(x, box.y + low * box.height - 0.94 * side, side, side)
        yield from drawn(thing, where, colours, Look(mirrored=at == 2), box)
