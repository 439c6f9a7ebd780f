"""Where in a panel there is room: for heads that no balloon covers, for sounds that want to be large."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from core.assembly.plan import Rect

_MOST = 12
"""Balloons that are looked at; with more there is no room anyway."""
_GROWN = (2.6, 2.1, 1.7, 1.4, 1.2)


def room_for_figures(
    box: Rect, bottom: float, taken: Sequence[Rect], loose: Sequence[Rect], count: int, heads: float
) -> Rect:
    """The part of a panel, down to `bottom`, where `count` figures of `heads` heads come out largest.

    `taken` is never in front of their heads if that can be; `loose` (sounds, signs) only if there is room.
    """

    def size(room: Rect) -> float:
        across = room.width / (count * 1.45 + 0.3)
        return min(room.height / heads, across, box.height * 0.6)

    usual = Rect(box.x, box.y + 0.3 * box.height, box.width, max(bottom - box.y - 0.3 * box.height, 0.0))
    for covering in ([*taken, *loose], list(taken)):
        best = max(_rooms(box, bottom, covering[:_MOST], heads), key=size, default=usual)
        if size(best) >= 0.36 * size(usual):
            return best
    return usual  # nobody wants dwarfs: rather a balloon over somebody


def _rooms(box: Rect, bottom: float, taken: list[Rect], heads: float) -> Iterator[Rect]:
    least = box.y + 0.05 * box.height
    for top in sorted({least, *(one.bottom + 0.8 for one in taken)}):
        if top < least or bottom - top < 0.2 * box.height:
            continue
        breast = top + (bottom - top) * min(1.0, 1.6 / heads)
        inside = sorted((one.x, one.right) for one in taken if one.bottom > top and one.y < breast)
        start = box.x + 0.02 * box.width
        end = box.right - 0.02 * box.width
        for left, right in [*inside, (end, end)]:
            if left - start > 3.0:
                yield Rect(start, top, min(left, end) - start, bottom - top)
            start = max(start, right)


def grown(box: Rect, panel: Rect, others: Sequence[Rect], bodies: Sequence[Rect] = ()) -> Rect:
    """A sound's box made larger as far as the panel and what may not be covered allow.

    It goes to where it covers least of `bodies`, not far from where it was.
    """
    best, most = box, -1.0
    for times in _GROWN:
        width, height = box.width * times, box.height * times
        if width > 0.8 * panel.width or height > 0.6 * panel.height:
            continue
        across, down = panel.width - width - 2, panel.height - height - 2
        usual = (
            min(max(box.x - (width - box.width) / 2, panel.x + 1), panel.x + 1 + across),
            min(max(box.y - (height - box.height) / 2, panel.y + 1), panel.y + 1 + down),
        )
        places = [
            (panel.x + 1 + across * x / 4, panel.y + 1 + down * y / 5) for x in range(5) for y in range(6)
        ]
        for x, y in [usual, *places]:
            larger = Rect(x, y, width, height)
            if any(larger.overlaps(other) for other in others):
                continue
            moved = abs(x - usual[0]) / panel.width + abs(y - usual[1]) / panel.height
            worth = times - 1.6 * sum(_shared(larger, body) for body in bodies) - 0.5 * moved
            if worth > most + 1e-9:
                best, most = larger, worth
    return best


def _shared(one: Rect, other: Rect) -> float:
    """The share of `one` that lies on the other."""
    across = min(one.right, other.right) - max(one.x, other.x)
    down = min(one.bottom, other.bottom) - max(one.y, other.y)
    return max(across, 0.0) * max(down, 0.0) / (one.width * one.height)
