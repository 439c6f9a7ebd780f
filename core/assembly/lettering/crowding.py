"""Places for more words than a panel has good room for: in rows, else in strips below each other."""

from __future__ import annotations

from collections.abc import Sequence

from core.assembly.lettering.sizes import Room, needed
from core.assembly.plan import BalloonKind, Direction, Rect

MARGIN = 1.5
"""Millimetres between a balloon and the panel's border, and between two balloons."""
USUAL_WIDEST = 0.72
"""Of the panel's width, that a balloon takes."""
_ROWS = ((1.0, 0.62), (0.9, 0.66), (1.0, 0.8), (0.85, 0.85), (0.85, 1.0), (0.72, 1.0), (0.6, 1.0))
"""What is tried with rows of balloons: how large the lettering is, and how far down they go."""

Words = tuple[BalloonKind, str, str]
"""Kind, speaker (empty for none) and text."""


def in_rows(
    room: Rect, words: Sequence[Words], direction: Direction, size: float, taken: Sequence[Rect]
) -> list[Rect] | None:
    """Beside each other in rows, with smaller lettering where it has to be; None where that is not enough."""
    for share, down in _ROWS:
        high = Rect(room.x, room.y, room.width, room.height * down)
        most = Room(room.width * USUAL_WIDEST, high.height)
        needs = [needed(kind, text, direction, most, size * share) for kind, _, text in words]
        if sum(need.width * need.height for need in needs) > high.width * high.height:
            continue
        found = _rows(high, needs, taken)
        if found is not None:
            return found
    return None


def _rows(room: Rect, needs: Sequence[Room], taken: Sequence[Rect]) -> list[Rect] | None:
    gap = min(MARGIN, room.width / 40, room.height / 40)
    found: list[Rect] = []
    x, y, low = room.x, room.y, room.y
    for need in needs:
        while True:
            box = Rect(x, y, need.width, need.height)
            if box.bottom > room.bottom + 1e-6 or need.width > room.width:
                return None
            lying = [one for one in taken if one.overlaps(box)]
            if box.right <= room.right + 1e-6 and not lying:
                break
            beside = max((one.right for one in lying), default=room.right) + gap
            if beside + need.width <= room.right:
                x = beside
            else:
                below = low if low > y else min(one.bottom for one in lying) + gap
                x, y, low = room.x, below, below
        found.append(box)
        x, low = box.right + gap, max(low, box.bottom + gap)
    return found


def below_each_other(
    room: Rect, words: Sequence[Words], direction: Direction, size: float, taken: Sequence[Rect]
) -> list[Rect]:
    """Each in a strip as high as its words need, or its fair share; narrower beside what is taken."""
    if not words:
        return []
    column = _free_column(room, taken)
    most = Room(column.width, 1e9)
    needs = [needed(kind, text, direction, most, size).height for kind, _, text in words]
    gap = min(MARGIN, column.height / (6 * len(words)))
    shared = max(column.height - gap * (len(words) - 1), column.height * 0.1)
    scale = min(1.0, shared / max(sum(needs), 1e-9))
    found, top = [], column.y
    for (kind, _, text), need in zip(words, needs, strict=True):
        high = need * scale
        fitting = needed(kind, text, direction, Room(column.width, high), size)
        wide = min(fitting.width, column.width)
        found.append(Rect(column.x, top, wide, min(high, fitting.height)))
        top += high + gap
    return found


def _free_column(room: Rect, taken: Sequence[Rect]) -> Rect:
    """The largest part of the panel over its whole width or height that nothing lies in."""
    inside = [one for one in taken if one.overlaps(room)]
    best = Rect(room.x, room.y, 0.0, 0.0)
    for down in (True, False):
        start, length = (room.y, room.height) if down else (room.x, room.width)
        spans = sorted(
            (max(one.y, room.y), min(one.bottom, room.bottom))
            if down
            else (max(one.x, room.x), min(one.right, room.right))
            for one in inside
        )
        at = start
        for first, last in [*spans, (start + length, start + length)]:
            part = (
                Rect(room.x, at, room.width, first - at)
                if down
                else Rect(at, room.y, first - at, room.height)
            )
            if part.width > 0 and part.height > 0 and part.width * part.height > best.width * best.height:
                best = part
            at = max(at, last)
    return best if best.width > 0 else room
