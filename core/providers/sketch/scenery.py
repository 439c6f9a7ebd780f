"""What stands in a place, as the words tell: trees, houses, waves, stars, furniture."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

from core.assembly.drawing.framing import Place, Setting
from core.assembly.drawing.shapes import Form, Item, mixed, oval, rectangle
from core.assembly.drawing.weather import roofs
from core.assembly.plan import Rect
from core.providers.sketch.colours import INK, WHITE, Colours, toned
from core.providers.sketch.drawing import Look, drawn
from core.providers.sketch.subject import Subject


def _any(words: str) -> re.Pattern[str]:
    return re.compile(words, re.IGNORECASE)


_SPACE = _any(
    r"\b(outer )?space\b|\bspacecraft|\bgalax|\bplanets?\b|\bcosm|\bespace\b|\bplanètes?\b|宇宙|惑星|銀河"
)
_SEA = _any(r"\bsea\b|\bocean|\bbeach|\bcoast|\bharbou?r|\bport\b|\bmer\b|\bplage|\bocéan|海|浜|港")
_WOOD = _any(
    r"\bforest|\bwoods?\b|\bjungle|\bgarden|\bpark\b|\btrees?\b|\bforêt|\bjardin|\bparc\b|\bbois\b|森|林|庭|公園|ジャングル"
)
_FARM = _any(r"\bfarm|\bfields?\b|\bvillage|\bcountry|\bferme\b|\bchamps?\b|農|畑|田舎|村")
_TOWN = _any(
    r"\bstreet|\bcity|\btown|\broad\b|\brue\b|\bville\b|\broofs?\b|\btoits?\b|\bstation\b|\bgare\b|\bsite\b|\bchantier|街|町|都市|道|駅|屋根"
)


def scenery(
    box: Rect, setting: Setting, subject: Subject, colours: Colours, draw: random.Random
) -> Iterator[Item]:
    """Shapes within the box, above the ground that is there already."""
    words = f"{subject.title} {subject.words}"
    level = box.y + 0.66 * box.height
    if setting.place is Place.INSIDE:
        yield from _furniture(box, subject, colours, draw)
        return
    if _SPACE.search(words):
        yield from _space(box, colours, draw)
        return
    if _SEA.search(words):
        yield from _waves(box, level, colours)
    if _TOWN.search(words) or setting.town:
        for item in roofs(box, level):
            yield toned(item, colours, colours.second)
    if _WOOD.search(words):
        yield from _standing(
            box, level, ("palm", "tree") if "ungle" in words else ("tree",), 9, colours, draw
        )
    elif _FARM.search(words):
        yield from _standing(box, level, ("house", "tree"), 4, colours, draw)
    elif not (_SEA.search(words) or _TOWN.search(words)):
        yield from _standing(box, level, ("tree", "bush"), 4, colours, draw)


def _standing(
    box: Rect, level: float, things: tuple[str, ...], count: int, colours: Colours, draw: random.Random
) -> Iterator[Item]:
    """Things from far to near, larger and lower as they come."""
    places = sorted(draw.random() for _ in range(count))
    for at, depth in enumerate(places):
        size = (0.2 + 0.42 * depth) * box.height
        x = box.x + ((at * 0.618 + draw.random() * 0.15) % 1.0) * box.width - size / 2
        foot = level + (0.02 + 0.26 * depth) * box.height
        yield from drawn(draw.choice(things), Rect(x, foot - 0.94 * size, size, size), colours,
                         Look(mirrored=draw.random() < 0.5), box)  # fmt: skip


def _waves(box: Rect, level: float, colours: Colours) -> Iterator[Item]:
    yield rectangle(Rect(box.x, level, box.width, box.bottom - level), mixed(colours.main, WHITE, 0.55))
    rows = 5
    for row in range(rows):
        y = level + (0.12 + 0.8 * row / rows) * (box.bottom - level)
        step = (0.06 + 0.02 * row) * box.width
        x = box.x + (0.5 * step if row % 2 else 0.2 * step)
        while x + step < box.right:
            crest = ((x, y), (x + 0.25 * step, y - 0.18 * step), (x + 0.55 * step, y), (x + 0.7 * step, y))
            yield Form(crest, "", mixed(colours.main, INK, 0.25), 0.3, closed=False)
            x += 1.5 * step


def _space(box: Rect, colours: Colours, draw: random.Random) -> Iterator[Item]:
    yield rectangle(box, mixed(colours.band, INK, 0.55))
    for _ in range(70):
        x, y = box.x + draw.uniform(0.01, 0.99) * box.width, box.y + draw.uniform(0.01, 0.99) * box.height
        size = draw.choice((0.12, 0.2, 0.34))
        yield Form(tuple(oval(x, y, size, size, steps=10)), WHITE)
    for thing, x, y, size in (
        ("planet", 0.06, 0.08, 0.5),
        ("moon", 0.62, 0.52, 0.22),
        ("rocket", 0.6, 0.08, 0.3),
    ):
        side = size * box.height
        where = Rect(box.x + x * box.width, box.y + y * box.height, side, side)
        yield from drawn(thing, where, colours, Look(), box)


def _furniture(box: Rect, subject: Subject, colours: Colours, draw: random.Random) -> Iterator[Item]:
    floor = box.y + 0.94 * box.height
    for thing, x, size in (("lamp", 0.04, 0.42), ("table", 0.4, 0.36), ("chair", 0.72, 0.4)):
        side = size * box.height
        where = Rect(box.x + (x + draw.uniform(-0.03, 0.03)) * box.width, floor - side, side, side)
        yield from drawn(thing, where, colours, Look(), box)
