"""Figures that stand for characters: simple, in their colours, with what they do in face and arms."""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.assembly.drawing.faces import Faces
from core.assembly.drawing.framing import Shot
from core.assembly.drawing.shapes import (
    Form,
    Item,
    Point,
    Words,
    clipped,
    clipped_line,
    limb,
    mixed,
    oval,
)
from core.assembly.plan import BalloonKind, Book, Rect

_COLOURS = ("#4a7fb5", "#c8643c", "#5a9a5e", "#9a5ea6", "#c99a2e", "#3f9a9a", "#b5546f", "#7a6a55")
_COLOUR = re.compile("#[0-9a-fA-F]{6}")
_SKIN, _INK = "#fffdf9", "#4a4a55"
MOST = 9
"""Figures in one panel; who is left over is counted."""
HEADS = {Shot.CLOSE: 1.55, Shot.MEDIUM: 2.5, Shot.WIDE: 4.7}
"""So many heads high is what is seen of a figure."""
_LARGEST = {Shot.CLOSE: (0.6, 60.0), Shot.MEDIUM: (0.36, 30.0), Shot.WIDE: (0.13, 18.0)}
"""A head is at most such a share of the panel's height, and so many millimetres."""
_SHORT = re.compile(r"(mr|mister|sir|monsieur|m|papa|dad|père|father)\b\.?")
_STYLES, _SHORT_STYLES = (0, 1, 2, 3, 4), (0, 2, 4)
"""Of hair; long hair does not suit everybody who is called Mr."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody in a panel."""

    name: str
    mood: BalloonKind | None
    """How the first balloon is spoken; None for who is silent."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Figures in their places."""

    items: list[Item]
    heads: Mapping[str, Rect]
    """By name."""


def palette(book: Book) -> dict[str, str]:
    """A colour for each character of the book: their own, else one of ours in the order of appearance."""
    out: dict[str, str] = {}
    given = 0
    for name in (name for page in book.pages for panel in page.panels for name in panel.characters):
        if name in out:
            continue
        own = book.colours.get(name, "")
        if _COLOUR.fullmatch(own):
            out[name] = own.lower()
        else:
            out[name] = _COLOURS[given % len(_COLOURS)]
            given += 1
    return out


def _seed(name: str) -> int:
    return int.from_bytes(hashlib.sha256(name.casefold().encode("utf-8", "replace")).digest()[:4], "big")


def stand(
    actors: Sequence[Actor], floor: Rect, panel: Rect, shot: Shot, colours: Mapping[str, str], faces: Faces
) -> Cast:
    """Figures side by side, their heads in `floor` (the free part of the panel), cut at the panel's edges."""
    shown = actors[:MOST]
    edge = 0.2  # outlines end under the panel's frame
    panel = Rect(panel.x + edge, panel.y + edge, panel.width - 2 * edge, panel.height - 2 * edge)
    if not shown or floor.height < 6 or floor.width < 6:
        return Cast([], {})
    head = min(floor.height / HEADS[shot], floor.width / (len(shown) * 1.45 + 0.3), *_most(shot, panel))
    items: list[Item] = []
    labels: list[Item] = []
    heads: dict[str, Rect] = {}
    step = floor.width / len(shown)
    middle = floor.x + floor.width / 2
    spread = min(step, head * 3.0)
    for at, actor in enumerate(shown):
        x = middle + (at - (len(shown) - 1) / 2) * spread
        facing = 1 if x < middle - 0.1 else -1
        back = 0.08 * head if at % 2 else 0.0
        top = floor.bottom - HEADS[shot] * head + back
        figure = _Figure(actor, x, top, head, facing, colours.get(actor.name, _COLOURS[0]), panel)
        figure.crowded = len(shown) > 1 and spread < 2.3 * head
        items += figure.drawn()
        labels += figure.label(faces)
        heads[actor.name] = Rect(x - 0.4 * head, top, 0.8 * head, head)
    items += labels
    if len(actors) > MOST:
        size = min(2.6, head * 0.4)
        words = f"+{len(actors) - MOST}"
        at_right = panel.right - size * (faces.measure(words, True) + 0.4)
        items.append(Words(at_right, floor.bottom - size, words, size, True, _INK, halo=0.4))
    return Cast(items, heads)


def _most(shot: Shot, panel: Rect) -> tuple[float, float]:
    share, most = _LARGEST[shot]
    return max(share * panel.height, 5.0), most


class _Figure:
    """One of them; lengths in heads from the top of the head."""

    def __init__(
        self, actor: Actor, x: float, top: float, head: float, facing: int, colour: str, panel: Rect
    ) -> None:
        self.actor, self.x, self.top, self.head, self.facing, self.panel = actor, x, top, head, facing, panel
        styles = _SHORT_STYLES if _SHORT.match(actor.name.casefold()) else _STYLES
        self.style = styles[_seed(actor.name) % len(styles)]
        self.clothes = mixed(colour, "#ffffff", 0.55)
        self.legs = mixed(colour, "#ffffff", 0.72)
        self.dark = mixed(colour, "#202028", 0.5)
        self.hair = mixed(colour, "#202028", 0.25)
        self.crowded = False
        """Arms are kept close."""
        self.line = max(0.16, min(0.34, head * 0.03))

    def _at(self, across: float, down: float) -> Point:
        return self.x + across * self.facing * self.head, self.top + down * self.head

    def _form(self, points: Sequence[Point], fill: str, line: str = "") -> list[Item]:
        kept = clipped(points, self.panel)
        return [Form(kept, fill, line or self.dark, self.line)] if len(kept) > 2 else []

    def _stroke(self, points: Sequence[Point], width: float = 1.0) -> list[Item]:
        kept = clipped_line(points, self.panel)
        return [Form(kept, "", self.dark, self.line * width, closed=False)] if len(kept) > 1 else []

    def drawn(self) -> list[Item]:
        """From the legs up to the hair."""
        out: list[Item] = []
        for side in (-1, 1):
            leg = [self._at(side * 0.24, 2.5), self._at(side * 0.26, 3.5), self._at(side * 0.25, 4.5)]
            out += self._form(limb(leg, 0.36 * self.head), self.legs)
            shoe = [self._at(side * 0.25, 4.58), self._at(side * 0.25 + 0.16, 4.6)]
            out += self._form(limb(shoe, 0.2 * self.head), self.dark)
        raised = self.actor.mood is BalloonKind.SHOUT and not self.crowded
        out += self._arm(-1, up=raised)
        out += self._form(self._torso(), self.clothes)
        out += self._head()
        if self.actor.mood is BalloonKind.THOUGHT:
            elbow = self._at(0.66, 1.95)
            out += self._form(limb([self._at(0.54, 1.42), elbow], 0.22 * self.head), self.clothes)
            out += self._form(limb([elbow, self._at(0.2, 1.08)], 0.2 * self.head), self.clothes)
        else:
            out += self._arm(1, up=raised or (self.actor.mood is BalloonKind.SPEECH and not self.crowded))
        return out

    def _torso(self) -> list[Point]:
        side = [(-0.14, 0.92), (-0.15, 1.1), (-0.4, 1.2), (-0.58, 1.3), (-0.63, 1.5), (-0.52, 1.75)]
        side += [(-0.44, 2.1), (-0.47, 2.4), (-0.52, 2.72)]
        return [self._at(x, y) for x, y in [*side, *((-x, y) for x, y in reversed(side))]]

    def _arm(self, side: int, *, up: bool) -> list[Item]:
        if up:
            arm = [(0.5, 1.42), (0.8, 1.72), (0.98, 1.56), (1.06, 0.98)]
        else:
            arm = [(0.52, 1.42), (0.7, 1.78), (0.74, 2.1), (0.62, 2.62)]
        points = [self._at(side * across, down) for across, down in arm]
        return self._form(limb(points, 0.22 * self.head), self.clothes)

    def _head(self) -> list[Item]:
        out: list[Item] = []
        long_hair = self.style in (1, 3)
        if long_hair:
            down = 1.25 if self.style == 1 else 0.95
            back = [*oval(self.x, self.top + 0.45 * self.head, 0.47 * self.head, 0.5 * self.head, steps=20)]
            lower = [self._at(0.5, down), self._at(-0.5, down)]
            out += self._form([*back[10:], *(lower if self.facing > 0 else lower[::-1])], self.hair)
        skull = oval(self.x, self.top + 0.5 * self.head, 0.38 * self.head, 0.5 * self.head, 2.2, 28)
        out += self._form(skull, _SKIN)
        out += self._form(self._hair_cap(), self.hair)
        return [*out, *self._face()]

    def _hair_cap(self) -> list[Point]:
        style = self.style
        top = [
            (0.41 * math.cos(a), 0.5 + 0.54 * math.sin(a)) for a in _arc(math.pi * 1.04, math.pi * 1.96, 12)
        ]
        fringes: dict[int, list[Point]] = {
            0: [(0.34, 0.3), (0.1, 0.22), (-0.2, 0.3), (-0.4, 0.45)],
            1: [(0.3, 0.42), (0.05, 0.16), (-0.25, 0.4), (-0.4, 0.5)],
            2: [
                (0.36, 0.32),
                (0.24, 0.4),
                (0.14, 0.26),
                (0.0, 0.38),
                (-0.12, 0.26),
                (-0.26, 0.4),
                (-0.38, 0.5),
            ],
            3: [(0.36, 0.36), (-0.3, 0.36), (-0.39, 0.6)],
            4: [(0.3, 0.24), (0.0, 0.18), (-0.3, 0.26), (-0.38, 0.4)],
        }
        peak = [(-0.12, -0.16), (0.02, -0.02), (0.16, -0.14)] if style == 2 else []
        outline = [*top[:6], *peak, *top[6:], *fringes[style]] if peak else [*top, *fringes[style]]
        return [self._at(across, down) for across, down in outline]

    def _face(self) -> list[Item]:
        out: list[Item] = []
        mood = self.actor.mood
        wide = 1.35 if mood is BalloonKind.SHOUT else 1.0
        for across in (-0.06, 0.2):
            x, y = self._at(across, 0.53)
            eye = oval(x, y, 0.035 * self.head * wide, 0.062 * self.head * wide, steps=12)
            out += self._form(eye, self.dark)
            tilt = -0.05 if mood is BalloonKind.SHOUT else 0.0
            inner = tilt * (1 if across < 0 else -1)
            brow = [self._at(across - 0.07, 0.41 + inner), self._at(across + 0.07, 0.41 - inner)]
            out += self._stroke(brow)
        x, y = self._at(0.08, 0.77)
        if mood is BalloonKind.SHOUT:
            out += self._form(oval(x, y, 0.12 * self.head, 0.13 * self.head, steps=16), self.dark)
        elif mood is BalloonKind.SPEECH:
            out += self._form(oval(x, y, 0.075 * self.head, 0.055 * self.head, steps=14), self.dark)
        elif mood is BalloonKind.WHISPER:
            out += self._form(oval(x, y, 0.03 * self.head, 0.03 * self.head, steps=10), self.dark)
        else:
            out += self._stroke([self._at(0.0, 0.78), self._at(0.17, 0.765)])
        return out

    def label(self, faces: Faces) -> list[Item]:
        """The name on the breast, or below the chin where the body is cut off."""
        name = faces.printable(self.actor.name)[:24]
        size = min(2.5, 0.36 * self.head, 1.5 * self.head / max(faces.measure(name, True), 0.5))
        y = self.top + 1.72 * self.head
        if y > self.panel.bottom - 0.6 * size:
            y = self.panel.bottom - 0.6 * size
        if not name.strip() or size < 0.8 or y < self.top + 0.9 * self.head:
            return []
        x = self.x - faces.measure(name, True) * size / 2
        return [Words(x, y, name, size, True, self.dark, halo=0.35 * min(size, 1.6) / 1.6)]


def _arc(start: float, end: float, steps: int) -> list[float]:
    return [start + (end - start) * at / steps for at in range(steps + 1)]
