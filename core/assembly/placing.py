"""Where balloons go that the writer has not placed, and whether words fit the place that they were given."""

from __future__ import annotations

from collections.abc import Sequence

from core.assembly.plan import BalloonKind, Direction, Rect

Placed = tuple[Rect, tuple[float, float] | None, bool]
"""A balloon's place, where its tail points to, and whether its words don't fit."""


def place_balloons(
    box: Rect, words: Sequence[tuple[BalloonKind, str, str]], direction: Direction
) -> list[Placed]:
    """Places for (kind, speaker, text) in a panel, in reading order."""
    count = max(len(words), 1)
    step = box.height / count
    found: list[Placed] = []
    for at in range(len(words)):
        place = Rect(box.x + 1, box.y + at * step + 0.5, max(box.width * 0.6, 1), max(step - 1, 1))
        found.append((place, (place.right, place.bottom), False))
    return found


def fits(kind: BalloonKind, text: str, box: Rect) -> bool:
    """Whether the words fit a place of their own."""
    return len(text) * 6 <= box.width * box.height
