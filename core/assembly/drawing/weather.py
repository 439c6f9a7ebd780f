"""Rain and snow over a panel; the roofs of a town at its horizon, a crowd before it."""

from __future__ import annotations

from collections.abc import Iterator

from core.assembly.drawing.shapes import Form, Item, clipped_line, oval, rectangle
from core.assembly.plan import Rect

_RAIN, _SNOW, _WALL, _WINDOW = "#a9b6c8", "#ffffff", "#d3dae4", "#f4f6f9"
_FEW = 70
"""Drops and flakes in one panel, at most."""


def _scattered(box: Rect, count: int) -> Iterator[tuple[float, float]]:
    """Places that look thrown, and are the same each time."""
    for at in range(1, count + 1):
        # Multiples of irrational numbers never line up.
        yield box.x + (at * 0.754877666 % 1.0) * box.width, box.y + (at * 0.569840291 % 1.0) * box.height


def _count(box: Rect) -> int:
    return min(_FEW, int(box.width * box.height / 90) + 6)


def rain(box: Rect) -> Iterator[Item]:
    """Slanting strokes."""
    for x, y in _scattered(box, _count(box)):
        kept = clipped_line([(x, y), (x - 1.2, y + 5.0)], box)
        if len(kept) > 1:
            yield Form(kept, "", _RAIN, 0.2, closed=False)


def snow(box: Rect) -> Iterator[Item]:
    """Flakes of three sizes."""
    for at, (x, y) in enumerate(_scattered(box, _count(box))):
        size = min(0.5 + 0.3 * (at % 3), x - box.x, box.right - x, y - box.y, box.bottom - y)
        if size > 0.2:
            yield Form(tuple(oval(x, y, size, size, steps=12)), _SNOW, _RAIN, 0.12)


def roofs(box: Rect, level: float) -> Iterator[Item]:
    """Houses side by side, standing on the horizon."""
    x, at = box.x, 0
    usual = min(max(box.width / 9, 7.0), 30.0)
    while x < box.right - 0.5:
        width = min(usual * (0.7 + 0.5 * ((at * 5) % 4) / 3), box.right - x)
        height = min(usual * (0.9 + ((at * 7) % 5) / 4), 0.55 * (level - box.y))
        yield rectangle(Rect(x, level - height, width, height), _WALL, _RAIN, 0.2)
        if width > 5 and height > 6:
            for row in range(2):
                for column in range(2):
                    pane = Rect(x + width * (0.2 + 0.4 * column), level - height * (0.85 - 0.35 * row), 0, 0)
                    yield rectangle(Rect(pane.x, pane.y, width * 0.2, height * 0.18), _WINDOW)
        x, at = x + width, at + 1


def crowd(box: Rect, night: bool) -> Iterator[Item]:
    """Two rows of people without faces."""
    fill = "#aab4c4" if night else "#d9dee6"
    radius = min(max(0.035 * box.width, 1.2), 0.06 * box.height, 5.0)
    for row, level in enumerate((0.6, 0.68)):
        y, x, at = box.y + level * box.height, box.x + radius * (1.5 + 1.4 * row), 0
        while x < box.right - radius * 1.4 and radius > 0.3:
            lift = y - radius * 0.5 * ((at * 7 + row) % 3)
            low = min(lift + radius * 4, box.bottom)
            body = ((x - 1.3 * radius, low), (x - 1.1 * radius, lift + 1.3 * radius), (x, lift + radius),
                    (x + 1.1 * radius, lift + 1.3 * radius), (x + 1.3 * radius, low))  # fmt: skip
            yield Form(body, fill, _RAIN, 0.15)
            yield Form(tuple(oval(x, lift, 0.8 * radius, radius, steps=14)), fill, _RAIN, 0.15)
            x, at = x + 2.9 * radius, at + 1
