"""Places balloons in a panel: in reading order, sized by their words, tails towards who speaks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from core.assembly.lettering.crowding import MARGIN, USUAL_WIDEST, Words, below_each_other, in_rows
from core.assembly.lettering.sizes import LETTERING, Room, fits, needed, stands_upright
from core.assembly.plan import BalloonKind, Direction, Rect

__all__ = ["LETTERING", "Placed", "Room", "fits", "overlapping", "place_balloons", "stands_upright"]

MANY = 10
"""With more balloons than this they simply stand below each other."""
SHAPES = (1.0, 1.8, 0.6)
"""What is tried: the usual shape, then wider and narrower ones."""
WIDEST = {BalloonKind.CAPTION: 0.9, BalloonKind.SFX: 0.9}
"""Of the panel's width; other balloons take less."""
TAIL = 9.0
"""Millimetres that a tail reaches out of its balloon at most."""
TALKING = frozenset({BalloonKind.SPEECH, BalloonKind.THOUGHT, BalloonKind.SHOUT, BalloonKind.WHISPER})
LOOSE = frozenset({BalloonKind.SFX, BalloonKind.SIGN})
"""Parts of the picture: they go where room is left."""
_TRIES_ACROSS, _TRIES_DOWN = 9, 17
_HIGH = 0.56
"""Of a panel's height: below it stand those who speak, so words go there only if they have to."""
_TALL = 120.0
_STEP = 27.0
"""Millimetres from one balloon to the next that begins lower, at most."""


class Placed(NamedTuple):
    """A balloon's place in millimetres, where its tail points to, and whether its words don't fit."""

    box: Rect
    tail: tuple[float, float] | None
    overfull: bool


def place_balloons(
    panel: Rect,
    words: Sequence[Words],
    direction: Direction = Direction.LTR,
    size: float = LETTERING,
    *,
    fixed: Sequence[Rect | None] = (),
    avoid: Sequence[Rect] = (),
) -> list[Placed]:
    """Places for the words of a panel, in their order.

    `fixed` holds the places that the writer has given, None for the others; they are kept as they are.
    `avoid` is what should not be covered: insets, the binding. What is placed here lies in the panel and
    covers nothing else that is placed here; words that don't fit what is left for them are `overfull`.
    """
    mirrored = direction is Direction.RTL
    given = [*fixed[: len(words)], *[None] * (len(words) - len(fixed))]
    taken = [_mirrored(one, panel, mirrored) for one in [*avoid, *(one for one in given if one)]]
    room = _shrunk(panel)
    free = [at for at, one in enumerate(given) if one is None]
    wanted = [words[at] for at in free]
    found = _highest(room, wanted, direction, size, taken) if len(free) <= MANY else None
    if found is None or _lowest(wanted, found, room) > _HIGH + 0.1:
        rows = in_rows(room, wanted, direction, size, taken)
        if rows and (found is None or _lowest(wanted, rows, room) < _lowest(wanted, found, room) - 0.05):
            found = rows
    found = found or below_each_other(room, wanted, direction, size, taken)
    boxes = [one or panel for one in given]
    for at, box in zip(free, found, strict=True):
        boxes[at] = _mirrored(box, panel, mirrored)
    tails = _tails(panel, words, boxes, mirrored)
    return [
        Placed(box, tail, not fits(kind, text, box, direction, size))
        for (kind, _, text), box, tail in zip(words, boxes, tails, strict=True)
    ]


def overlapping(boxes: Sequence[Rect]) -> list[tuple[int, int]]:
    """Pairs that cover each other, for a hint."""
    return [
        (one, two) for two in range(len(boxes)) for one in range(two) if boxes[one].overlaps(boxes[two], 1e-3)
    ]


def reads_before(one: Rect, other: Rect, direction: Direction) -> bool:
    """Whether the eye meets `one` first: it lies higher, or beside the other on the side one comes from."""
    if one.bottom <= other.y + 1e-6:
        return True
    if other.bottom <= one.y + 1e-6:
        return False
    if direction is Direction.RTL:
        return one.x >= other.right - 1e-6
    return one.right <= other.x + 1e-6


def _shrunk(panel: Rect) -> Rect:
    edge = min(MARGIN, panel.width / 8, panel.height / 8)
    return Rect(panel.x + edge, panel.y + edge, panel.width - 2 * edge, panel.height - 2 * edge)


def _mirrored(box: Rect, panel: Rect, mirrored: bool) -> Rect:
    return Rect(panel.x + panel.right - box.right, box.y, box.width, box.height) if mirrored else box


def _highest(
    room: Rect, words: Sequence[Words], direction: Direction, size: float, taken: Sequence[Rect]
) -> list[Rect] | None:
    """The first shape of balloons that leaves the foot of the panel free, else that which leaves most."""
    found: list[list[Rect]] = []
    for stretch in SHAPES:
        boxes = _near_ideal(room, words, direction, size, taken, stretch)
        if boxes is not None and _lowest(words, boxes, room) <= _HIGH + 0.1:
            return boxes
        found += [boxes] if boxes is not None else []
    return min(found, key=lambda boxes: _lowest(words, boxes, room), default=None)


def _lowest(words: Sequence[Words], boxes: Sequence[Rect], room: Rect) -> float:
    """How far down into the panel anybody's words reach, 0 to 1."""
    said = (box.bottom for (kind, _, _), box in zip(words, boxes, strict=True) if kind in TALKING)
    return (max(said, default=room.y) - room.y) / max(room.height, 1e-9)


def _near_ideal(
    room: Rect,
    words: Sequence[Words],
    direction: Direction,
    size: float,
    taken: Sequence[Rect],
    stretch: float,
) -> list[Rect] | None:
    """All near where a letterer would start, nothing covered; None where that can't be."""
    found: dict[int, Rect] = {}
    used = list(taken)
    ordered = [at for at, (kind, _, _) in enumerate(words) if kind not in LOOSE]
    loose = [at for at, (kind, _, _) in enumerate(words) if kind in LOOSE]
    before: list[Rect] = []
    for turn, at in enumerate([*ordered, *loose]):
        kind, _, text = words[at]
        most = Room(room.width * WIDEST.get(kind, USUAL_WIDEST), room.height)
        need = needed(kind, text, direction, most, size, stretch=stretch)
        if need.width > room.width or need.height > room.height:
            return None
        ideal = _ideal(room, need, kind, turn, len(ordered))
        after = [] if kind in LOOSE else before
        low = room.bottom if kind not in TALKING else room.y + _HIGH * room.height
        box = _search(room, need, ideal, used, after, low)
        if box is None:
            return None
        found[at] = box
        used.append(box)
        if kind not in LOOSE:
            before.append(box)
    return [found[at] for at in range(len(words))]


def _ideal(room: Rect, need: Room, kind: BalloonKind, turn: int, count: int) -> tuple[float, float]:
    """Captions in corners; balloons from the upper start to the lower end, on alternate sides."""
    across, down = room.width - need.width, room.height - need.height
    if kind in LOOSE:
        return room.x + across * 0.55, room.y + down * 0.7
    if kind is BalloonKind.CAPTION:
        last = turn == count - 1 and count > 1
        return (room.x + across, room.y + down) if last else (room.x, room.y)
    side = 0.12 if turn % 2 == 0 else 0.88
    x = room.x + across * side
    # In a panel as high as a page those who speak stand far down, and words near them.
    start = room.y + max(0.0, room.height - _TALL) * 0.32
    if count == 1:
        return x, start + min(0.08 * down, 8.0)
    step = min(max(room.y + _HIGH * room.height - start - need.height, 0.0) / (count - 1), _STEP)
    return x, start + min(0.04 * down, 6.0) + turn * step


def _search(
    room: Rect,
    need: Room,
    ideal: tuple[float, float],
    used: Sequence[Rect],
    before: Sequence[Rect],
    low: float,
) -> Rect | None:
    """The free place nearest to the ideal one that is read after those before, if it can be above `low`."""
    across, down = room.width - need.width, room.height - need.height
    gap = min(MARGIN, room.width / 40, room.height / 40)
    xs = {ideal[0], *(room.x + across * k / (_TRIES_ACROSS - 1) for k in range(_TRIES_ACROSS))}
    ys = {ideal[1], *(room.y + down * k / (_TRIES_DOWN - 1) for k in range(_TRIES_DOWN))}
    for one in used:
        xs |= {x for x in (one.right + gap, one.x - gap - need.width) if room.x <= x <= room.x + across}
        ys |= {y for y in (one.bottom + gap,) if room.y <= y <= room.y + down}
    places = sorted(
        (abs(x - ideal[0]) + 1.5 * abs(y - ideal[1]) + 4.0 * max(y + need.height - low, 0.0), y, x)
        for x in xs
        for y in ys
    )
    for _, y, x in places:
        around = Rect(x - gap, y - gap, need.width + 2 * gap, need.height + 2 * gap)
        if any(around.overlaps(other) for other in used):
            continue
        box = Rect(x, y, need.width, need.height)
        if all(box.y >= other.y and reads_before(other, box, Direction.LTR) for other in before):
            return box
    return None


def _tails(
    panel: Rect, words: Sequence[Words], boxes: Sequence[Rect], mirrored: bool
) -> list[tuple[float, float] | None]:
    """Who speaks first is taken to stand where reading starts, the next ones further on."""
    speakers = list(dict.fromkeys(speaker for kind, speaker, _ in words if kind in TALKING and speaker))
    found: list[tuple[float, float] | None] = []
    for (kind, speaker, _), box in zip(words, boxes, strict=True):
        if kind not in TALKING or not speaker:
            found.append(None)
            continue
        share = (speakers.index(speaker) + 0.5) / len(speakers)
        across = 1.0 - share if mirrored else share
        head = (panel.x + panel.width * across, panel.y + panel.height * 0.72)
        found.append(_tip(panel, box, head, [other for other in boxes if other is not box]))
    return found


def _tip(
    panel: Rect, box: Rect, head: tuple[float, float], others: Sequence[Rect]
) -> tuple[float, float] | None:
    """A point on the way from the balloon to the head, out of the balloon and within the panel."""
    middle = (box.x + box.width / 2, box.y + box.height / 2)
    if _inside(box, head):
        head = (middle[0], panel.bottom)
    across, down = head[0] - middle[0], head[1] - middle[1]
    far = (across**2 + down**2) ** 0.5
    if far < 1e-6:
        return None
    across, down = across / far, down / far
    edge = min(
        box.width / 2 / abs(across) if abs(across) > 1e-9 else 1e9,
        box.height / 2 / abs(down) if abs(down) > 1e-9 else 1e9,
    )
    for reach in (min(TAIL, (far - edge) * 0.8), 3.0, 1.2, 0.5):
        tip = (middle[0] + across * (edge + reach), middle[1] + down * (edge + reach))
        if reach > 0 and _inside(panel, tip) and not any(_inside(other, tip) for other in others):
            return tip
    return None


def _inside(box: Rect, point: tuple[float, float]) -> bool:
    return box.x <= point[0] <= box.right and box.y <= point[1] <= box.bottom
