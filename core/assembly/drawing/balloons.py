"""Balloons by kind: round, clouds for thoughts, spikes for shouts, dashes for whispers, captions in boxes."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

from core.assembly.drawing.shapes import ROUND, Form, Point, curve, oval, rectangle
from core.assembly.plan import BalloonKind, BalloonPlan, Rect

INK, PAPER, CREAM = "#1c1c22", "#ffffff", "#fdf6df"
_HEAVY = {BalloonKind.SHOUT: 1.7}
_WITHIN = {BalloonKind.SHOUT: 0.83, BalloonKind.THOUGHT: 0.84}
"""Of a balloon's width and height: bubbles and spikes turn inwards."""
_BOXED = frozenset({BalloonKind.CAPTION, BalloonKind.SIGN})


def outlines(balloon: BalloonPlan, tip: Point | None, line: float) -> list[Form]:
    """The balloon without its words; `tip` is where its tail ends, `line` the width of a line in mm."""
    box = balloon.box
    width = line * _HEAVY.get(balloon.kind, 1.0)
    match balloon.kind:
        case BalloonKind.SFX:
            return []
        case BalloonKind.CAPTION:
            return [rectangle(box, CREAM, INK, width * 0.8)]
        case BalloonKind.SIGN:
            edge = min(box.width, box.height) * 0.06
            inner = Rect(box.x + edge, box.y + edge, box.width - 2 * edge, box.height - 2 * edge)
            return [rectangle(box, PAPER, INK, width), rectangle(inner, "", INK, width * 0.5)]
        case BalloonKind.THOUGHT:
            return [*_bubbles(box, tip, width), Form(tuple(_cloud(box)), PAPER, INK, width)]
        case BalloonKind.SHOUT:
            return [Form(tuple(_spiky(box, tip)), PAPER, INK, width)]
        case BalloonKind.WHISPER:
            return [Form(tuple(_with_tail(box, tip)), PAPER, INK, width, dash=line * 4.5)]
        case _:
            return [Form(tuple(_with_tail(box, tip)), PAPER, INK, width)]


def room_for_words(kind: BalloonKind, box: Rect) -> tuple[Rect, bool]:
    """The box that the words may fill, and whether only the oval in it."""
    if kind is BalloonKind.SFX:
        return box, False
    if kind in _BOXED:
        across, down = min(1.6, box.width * 0.08), min(1.2, box.height * 0.1)
        return Rect(box.x + across, box.y + down, box.width - 2 * across, box.height - 2 * down), False
    share = _WITHIN.get(kind, 0.92)
    width, height = box.width * share, box.height * share
    return Rect(box.x + (box.width - width) / 2, box.y + (box.height - height) / 2, width, height), True


def tail_tip(
    balloon: BalloonPlan, head: Rect | None, panel: Rect, others: Sequence[BalloonPlan] = ()
) -> Point | None:
    """Where the tail ends: a little before the head of who speaks, or in the direction of the plan's tail.

    It ends before a balloon that lies in the way; behind one of the same speaker, so that both are joined.
    """
    if balloon.kind in _BOXED or balloon.kind is BalloonKind.SFX:
        return None
    box = balloon.box
    centre = (box.x + box.width / 2, box.y + box.height / 2)
    if head is not None:
        target, gap = (head.x + head.width / 2, head.y + head.height * 0.45), head.height * 0.62
    elif balloon.tail is not None:
        target, gap = balloon.tail, 0.0
    else:
        return None
    away = math.dist(centre, target)
    edge = _reach(box, target[0] - centre[0], target[1] - centre[1])
    # Beside a head there is little room: rather over the hair than no tail.
    length = max(away - edge - gap, min(2.4, away - edge - 0.3 * gap))
    if head is None:
        length = min(length, max(panel.height * 0.3, 5.0), max(16.0, 0.3 * away))
    if away <= edge or length < 0.8:
        return None
    way = (target[0] - centre[0]) / away, (target[1] - centre[1]) / away
    length = _free(balloon, centre, way, edge, min(length, _LONGEST_TAIL), others)
    if length < 0.8:
        return None
    return centre[0] + way[0] * (edge + length), centre[1] + way[1] * (edge + length)


_LONGEST_TAIL = 42.0


def _free(
    balloon: BalloonPlan, start: Point, way: Point, edge: float, length: float, others: Sequence[BalloonPlan]
) -> float:
    """How long a tail may be so that it crosses no other balloon."""
    near = [one for one in others if one is not balloon and one.kind is not BalloonKind.SFX]
    walked = 0.0
    while near and walked < length:
        walked += 0.7
        x, y = start[0] + way[0] * (edge + walked), start[1] + way[1] * (edge + walked)
        for one in near:
            box = one.box
            if box.x - 0.4 < x < box.right + 0.4 and box.y - 0.4 < y < box.bottom + 0.4:
                joined = one.speaker and one.speaker == balloon.speaker and one.order > balloon.order
                deep = 0.22 * min(box.width, box.height)
                return walked + deep if joined and walked < 12 else walked - 1.2
    return length


def _reach(box: Rect, dx: float, dy: float) -> float:
    """From the centre of an oval to its edge in some direction."""
    length = math.hypot(dx, dy) or 1.0
    a = (abs(dx) / length / (box.width / 2)) ** ROUND
    b = (abs(dy) / length / (box.height / 2)) ** ROUND
    return float(1.0 / (a + b) ** (1.0 / ROUND))


def _round(box: Rect, steps: int = 0) -> list[Point]:
    across, down = box.width / 2, box.height / 2
    return oval(box.x + across, box.y + down, across, down, ROUND, steps)


def _nearest(points: Sequence[Point], centre: Point, tip: Point) -> int:
    wanted = math.atan2(tip[1] - centre[1], tip[0] - centre[0])

    def turn(at: int) -> float:
        angle = math.atan2(points[at][1] - centre[1], points[at][0] - centre[0]) - wanted
        return abs(math.remainder(angle, math.tau))

    return min(range(len(points)), key=turn)


def _with_tail(box: Rect, tip: Point | None) -> list[Point]:
    """The oval, with a tail that grows out of it and bends a little."""
    points = _round(box, 64)
    if tip is None:
        return points
    centre = (box.x + box.width / 2, box.y + box.height / 2)
    root = _nearest(points, centre, tip)
    half = min(max(1.1, 0.11 * min(box.width, box.height) + 0.5), 2.2)
    kept = [p for at, p in enumerate(_turned(points, root)) if at and math.dist(p, points[root]) > half]
    if len(kept) < 8:
        return points
    bend = (tip[0] + points[root][0]) / 2, (tip[1] + points[root][1]) / 2
    lean = 0.12 if tip[0] > centre[0] else -0.12
    control = bend[0] + lean * (tip[1] - points[root][1]), bend[1] - lean * (tip[0] - points[root][0])
    return [*kept, *curve(kept[-1], control, tip)[1:], *curve(tip, control, kept[0])[1:-1]]


def _turned(points: list[Point], first: int) -> list[Point]:
    return points[first:] + points[:first]


def _cloud(box: Rect) -> list[Point]:
    """Bubbles all around, each a bow outside of the oval."""
    bow = min(1.5, 0.12 * min(box.width, box.height))
    inner = Rect(box.x + bow, box.y + bow, box.width - 2 * bow, box.height - 2 * bow)
    around = _round(inner, 240)
    length = sum(math.dist(a, b) for a, b in itertools.pairwise(around))
    count = max(9, min(26, round(length / (bow * 3.6))))
    ends = _evenly(around, count)
    centre = (box.x + box.width / 2, box.y + box.height / 2)
    out: list[Point] = []
    for start, end in zip(ends, [*ends[1:], ends[0]], strict=True):
        middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
        away = math.dist(centre, middle) or 1.0
        push = 2.1 * bow / away
        control = middle[0] + (middle[0] - centre[0]) * push, middle[1] + (middle[1] - centre[1]) * push
        out += curve(start, control, end, 7)[:-1]
    return out


def _evenly(points: list[Point], count: int) -> list[Point]:
    ring = [*points, points[0]]
    lengths = [math.dist(a, b) for a, b in itertools.pairwise(ring)]
    step = sum(lengths) / count
    out: list[Point] = []
    walked = 0.0
    for point, length in zip(points, lengths, strict=True):
        if walked >= len(out) * step and len(out) < count:
            out.append(point)
        walked += length
    return out


def _bubbles(box: Rect, tip: Point | None, width: float) -> list[Form]:
    if tip is None:
        return []
    centre = (box.x + box.width / 2, box.y + box.height / 2)
    edge = _reach(box, tip[0] - centre[0], tip[1] - centre[1])
    away = math.dist(centre, tip) or 1.0
    room = away - edge
    out = []
    for share, radius in ((0.22, 0.2), (0.6, 0.14), (0.93, 0.09)):
        at = (edge + room * share) / away
        x, y = centre[0] + (tip[0] - centre[0]) * at, centre[1] + (tip[1] - centre[1]) * at
        size = max(min(room * radius * 1.3, 1.9), 0.35)
        out.append(Form(tuple(oval(x, y, size * 1.15, size, steps=20)), PAPER, INK, width))
    return out


def _spiky(box: Rect, tip: Point | None) -> list[Point]:
    """A star around the oval; the spike nearest to who shouts is the tail."""
    count = max(11, min(24, round((box.width + box.height) / 3.6)))
    around = _evenly(_round(box, 240), 2 * count)
    centre = (box.x + box.width / 2, box.y + box.height / 2)
    out: list[Point] = []
    for at, (x, y) in enumerate(around):
        # Spikes of uneven length look like a voice; the same for the same balloon.
        out_by = 1.0 + 0.06 * ((at * 7) % 3) if at % 2 else 0.87
        out.append((centre[0] + (x - centre[0]) * out_by, centre[1] + (y - centre[1]) * out_by))
    if tip is not None:
        nearest = _nearest(out[1::2], centre, tip) * 2 + 1
        out[nearest] = tip
    return out
