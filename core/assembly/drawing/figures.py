"""Figures that stand for characters, side by side where a panel has room for their heads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from core.assembly.drawing.acting import Acting, Pose
from core.assembly.drawing.body import Figure, Role
from core.assembly.drawing.faces import Faces
from core.assembly.drawing.framing import Shot
from core.assembly.drawing.shapes import Item, Words
from core.assembly.drawing.traits import Traits, described, traits_of
from core.assembly.plan import Book, Rect
from core.colours import is_colour

_COLOURS = ("#4a7fb5", "#c8643c", "#5a9a5e", "#9a5ea6", "#c99a2e", "#3f9a9a", "#b5546f", "#7a6a55")
_INK = "#4a4a55"
MOST = 9
"""Figures in one panel; who is left over is counted."""
HEADS = {Shot.CLOSE: 1.55, Shot.MEDIUM: 2.5, Shot.WIDE: 4.7, Shot.FAR: 4.7}
"""So many heads high is what is seen of a figure, at least."""
_WHOLE = 4.7
_LARGEST = {
    Shot.CLOSE: (0.6, 60.0),
    Shot.MEDIUM: (0.36, 30.0),
    Shot.WIDE: (0.13, 22.0),
    Shot.FAR: (0.06, 8.0),
}
"""A head is at most such a share of the panel's height, and so many millimetres."""


@dataclass(frozen=True, slots=True)
class Person:
    """How a character looks throughout the book."""

    colour: str = _COLOURS[0]
    traits: Traits = field(default_factory=Traits)


@dataclass(frozen=True, slots=True)
class Cast:
    """Figures in their places."""

    items: list[Item]
    heads: Mapping[str, Rect]
    """By name."""


def people(book: Book) -> dict[str, Person]:
    """Everybody of the book: their own colour, else one of ours in the order of appearance."""
    out: dict[str, Person] = {}
    given = 0
    for name, words in described(book).items():
        colour = book.colours.get(name, "").lower()
        if not is_colour(colour):
            colour = _COLOURS[given % len(_COLOURS)]
            given += 1
        out[name] = Person(colour, traits_of(name, words))
    return out


def stand(
    roles: Sequence[Role], floor: Rect, panel: Rect, shot: Shot, faces: Faces, *, over: int = -1
) -> Cast:
    """Figures side by side, their heads in `floor` (the free part of the panel), cut at the panel's edges.

    `over` is who stands large before the others, with the back to us; -1 for nobody.
    """
    behind = [role for at, role in enumerate(roles) if at != over][:MOST]
    edge = 0.2  # outlines end under the panel's frame
    panel = Rect(panel.x + edge, panel.y + edge, panel.width - 2 * edge, panel.height - 2 * edge)
    if not behind or floor.height < 6 or floor.width < 6:
        return Cast([], {})
    heads = HEADS[shot]
    head = min(floor.height / heads, floor.width / (len(behind) * 1.45 + 0.3), *_most(shot, panel))
    if shot is Shot.MEDIUM:  # in a high panel one sees more of them
        heads = max(heads, min(_WHOLE, 0.96 * floor.height / head))
    items, labels, places = _row(behind, floor, panel, head, heads, faces)
    if 0 <= over < len(roles):
        near = _near(roles[over], floor, panel, head)
        items += near.drawn()
        labels += near.label(faces)
        places[roles[over].name] = Rect(near.x - 0.4 * near.head, near.top, 0.8 * near.head, near.head)
    items += labels
    if len(roles) > MOST:
        size = min(2.6, head * 0.4)
        words = f"+{len(roles) - MOST}"
        at_right = panel.right - size * (faces.measure(words, True) + 0.4)
        items.append(Words(at_right, floor.bottom - size, words, size, True, _INK, halo=0.4))
    return Cast(items, places)


def _row(
    roles: Sequence[Role], floor: Rect, panel: Rect, head: float, heads: float, faces: Faces
) -> tuple[list[Item], list[Item], dict[str, Rect]]:
    items: list[Item] = []
    labels: list[Item] = []
    places: dict[str, Rect] = {}
    step = floor.width / len(roles)
    middle = floor.x + floor.width / 2
    spread = min(step, head * 3.0)
    for at, role in enumerate(roles):
        x = middle + (at - (len(roles) - 1) / 2) * spread
        facing = 1 if x < middle - 0.1 else -1
        if len(roles) == 1 and x < panel.x + panel.width / 2:
            facing = 1  # into the panel
        lower = min(0.0, role.traits.stature) if heads < 4 else role.traits.stature
        sits = 0.75 if role.acting.pose is Pose.SIT and heads > 3.5 else 0.0
        top = floor.bottom - (heads - sits) * head - lower * head * min(1.0, heads / 3)
        if heads > 4:
            top = max(top, floor.bottom - heads * head)
        figure = Figure(role, x, top, head, facing, panel)
        figure.crowded = len(roles) > 1 and spread < 2.3 * head
        items += figure.drawn()
        labels += figure.label(faces)
        places[role.name] = Rect(x - 0.4 * head, top, 0.8 * head, head)
    return items, labels, places


def _near(role: Role, floor: Rect, panel: Rect, head: float) -> Figure:
    """Who is looked over the shoulder of: at the edge, large, from behind."""
    size = min(1.5 * head, 0.5 * panel.height, 0.3 * panel.width)
    left = floor.x + floor.width / 2 > panel.x + panel.width / 2
    x = panel.x + 0.5 * size if left else panel.right - 0.5 * size
    top = floor.bottom - 1.6 * size
    turned = Role(role.name, None, role.colour, role.traits, Acting(back=True), role.silhouette)
    return Figure(turned, x, top, size, 1 if left else -1, panel)


def _most(shot: Shot, panel: Rect) -> tuple[float, float]:
    share, most = _LARGEST[shot]
    return max(share * panel.height, 5.0 if shot is not Shot.FAR else 3.0), most
