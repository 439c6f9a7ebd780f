"""Where balloons go within a panel that is drawn in cells: near their place, in order, or as a plain list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from core.assembly.plan import BalloonKind, BalloonPlan
from core.assembly.terminal.canvas import Box
from core.cells import ELLIPSIS, cut, width, wrap

LEAST = 8
"""Columns and more that a balloon with a frame needs, frame included."""

MEASURED = 4_000
"""Characters; with more than that a balloon gets all the room there is."""


class Fitted(NamedTuple):
    """A balloon with its lines, in its cells."""

    balloon: BalloonPlan
    box: Box
    lines: list[str]
    framed: bool


def fit(
    balloons: Sequence[BalloonPlan], wanted: Sequence[Box], room: Box, taken: Sequence[Box]
) -> list[Fitted] | None:
    """All of them with their words whole, at or near where they are wanted; None if that can't be."""
    found: list[Fitted] = []
    used = list(taken)
    for balloon, place in zip(balloons, wanted, strict=True):
        fitted = _fit_one(balloon, place, room, used)
        if fitted is None:
            return None
        found.append(fitted)
        used.append(fitted.box)
    return found


def _fit_one(balloon: BalloonPlan, place: Box, room: Box, used: Sequence[Box]) -> Fitted | None:
    bare = balloon.kind is BalloonKind.SFX
    edge = 0 if bare else 2
    for columns in _widths(balloon, place, room.width - edge, edge):
        lines = wrap(balloon.text, columns, room.height + 1)
        wide = max((width(line) for line in lines), default=0)
        wide = max(wide, 0 if bare else min(width(balloon.speaker[:MEASURED]) + 2, columns))
        if len(lines) + edge > room.height or not wide:
            continue
        box = _place(wide + edge, len(lines) + edge, place, room, used)
        if box is not None:
            return Fitted(balloon, box, lines, not bare)
    return None


def _widths(balloon: BalloonPlan, place: Box, most: int, edge: int) -> Iterable[int]:
    """Columns for the words to try: as planned first, then what makes a balloon's usual shape, then all."""
    if most < (LEAST - 2 if edge else 1):
        return []
    cells = max(width(balloon.text[:MEASURED]), 1)
    planned = min(max(place.width - edge, LEAST), most)
    usual = min(max(int((cells * 4.5) ** 0.5) + 3, 10), most)
    return dict.fromkeys([max(planned, usual), usual, (usual + most) // 2, most])


def _place(wide: int, high: int, place: Box, room: Box, used: Sequence[Box]) -> Box | None:
    """The free box of that size nearest to the middle of its planned place."""
    if wide > room.width or high > room.height:
        return None
    left = min(max((place.left + place.right - wide) // 2, room.left), room.right - wide)
    top = min(max((place.top + place.bottom - high) // 2, room.top), room.bottom - high)
    best: Box | None = None
    least = 1 << 30
    lefts = {
        left,
        room.left,
        room.right - wide,
        *(one.right for one in used),
        *(one.left - wide for one in used),
    }
    tops = range(room.top, room.bottom - high + 1)
    for x in lefts:
        if not room.left <= x <= room.right - wide:
            continue
        for y in tops:
            cost = abs(x - left) + 3 * abs(y - top)
            if cost >= least:
                continue
            box = Box(x, y, x + wide, y + high)
            if not any(box.overlaps(other) for other in used):
                best, least = box, cost
    return best


def listed(balloons: Sequence[BalloonPlan], room: Box, taken: Sequence[Box]) -> list[Fitted]:
    """One below the other without frames, each with its speaker; cut where there is no room for more."""
    rows = _rows(room, taken)
    found: list[Fitted] = []
    for index, balloon in enumerate(balloons):
        left = len(balloons) - index
        if not rows:
            break
        if len(rows) == 1 and left > 1:
            found.append(Fitted(balloon, rows[0], [cut(f"+{left} {ELLIPSIS}", rows[0].width)], False))
            break
        text = f"{balloon.speaker[:MEASURED]}: {balloon.text}" if balloon.speaker else balloon.text
        lines = wrap(text.replace("\n", " "), rows[0].width, max(len(rows) - left + 1, 1))
        if not lines:
            continue
        box = Box(rows[0].left, rows[0].top, rows[0].right, rows[len(lines) - 1].bottom)
        found.append(Fitted(balloon, box, lines, False))
        rows = rows[len(lines) :]
    return found


def _rows(room: Box, taken: Sequence[Box]) -> list[Box]:
    """Free stretches of one width, one a row: of the full width, or narrower ones if those hold more."""
    free = [_free(room, row, taken) for row in range(room.top, room.bottom)]
    full = [run for run in free if run.width == room.width]
    some = [run for run in free if run.width >= min(LEAST, room.width)]
    narrow = min((run.width for run in some), default=0)
    if len(full) * room.width >= len(some) * narrow:
        return full
    return [Box(run.left, run.top, run.left + narrow, run.bottom) for run in some]


def _free(room: Box, row: int, taken: Sequence[Box]) -> Box:
    """The longest free stretch of a row."""
    edges = sorted(
        (max(box.left, room.left), min(box.right, room.right))
        for box in taken
        if box.top <= row < box.bottom and box.left < room.right and box.right > room.left
    )
    best = Box(room.left, row, room.left, row + 1)
    start = room.left
    for left, right in [*edges, (room.right, room.right)]:
        if left - start > best.width:
            best = Box(start, row, left, row + 1)
        start = max(start, right)
    return best


def open_block(room: Box, taken: Sequence[Box]) -> Box | None:
    """The largest run of rows with nothing on it; for the description."""
    best: Box | None = None
    start = room.top
    for row in range(room.top, room.bottom + 1):
        if row == room.bottom or any(box.top <= row < box.bottom and box.overlaps(room) for box in taken):
            if row > start and (best is None or row - start > best.height):
                best = Box(room.left, start, room.right, row)
            start = row + 1
    return best
