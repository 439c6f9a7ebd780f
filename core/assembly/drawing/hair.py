"""Hair, hats, glasses and beards of a figure, in heads from the top of the head; x goes to where it looks."""

from __future__ import annotations

import math

from core.assembly.drawing.shapes import Point
from core.assembly.drawing.traits import Hair

_FRINGES: dict[Hair, list[Point]] = {
    Hair.SHORT: [(0.34, 0.3), (0.1, 0.22), (-0.2, 0.3), (-0.4, 0.45)],
    Hair.PARTED: [(0.36, 0.26), (0.12, 0.34), (-0.12, 0.12), (-0.3, 0.3), (-0.38, 0.42)],
    Hair.SPIKY: [(0.36, 0.32), (0.24, 0.4), (0.14, 0.26), (0.0, 0.38), (-0.12, 0.26), (-0.26, 0.4),
                 (-0.38, 0.5)],
    Hair.CURLY: [(0.34, 0.26), (0.18, 0.32), (0.02, 0.24), (-0.14, 0.32), (-0.3, 0.26), (-0.4, 0.44)],
    Hair.BOB: [(0.36, 0.36), (-0.3, 0.36), (-0.39, 0.6)],
    Hair.LONG: [(0.3, 0.42), (0.05, 0.16), (-0.25, 0.4), (-0.4, 0.5)],
    Hair.BUN: [(0.3, 0.24), (0.0, 0.18), (-0.3, 0.26), (-0.38, 0.4)],
    Hair.TAIL: [(0.34, 0.3), (0.2, 0.36), (0.0, 0.2), (-0.3, 0.28), (-0.38, 0.42)],
}  # fmt: skip
_PEAKS = {Hair.SPIKY: [(-0.24, -0.14), (-0.1, -0.02), (0.0, -0.18), (0.1, -0.02), (0.24, -0.12)]}
_DOWN = {Hair.BOB: 0.95, Hair.LONG: 1.45}
"""How far hair falls behind the head."""


def _arc(start: float, end: float, steps: int) -> list[float]:
    return [start + (end - start) * at / steps for at in range(steps + 1)]


def _round(x: float, y: float, across: float, down: float, steps: int = 14) -> list[Point]:
    angles = (math.tau * at / steps for at in range(steps))
    return [(x + across * math.cos(a), y + down * math.sin(a)) for a in angles]


def behind(hair: Hair) -> list[list[Point]]:
    """Shapes behind the head."""
    if hair in _DOWN:
        top = [(0.47 * math.cos(a), 0.45 + 0.5 * math.sin(a)) for a in _arc(math.pi, math.tau, 10)]
        return [[*top, (0.5, _DOWN[hair]), (-0.5, _DOWN[hair])]]
    if hair is Hair.TAIL:
        return [[(-0.3, 0.2), (-0.62, 0.22), (-0.8, 0.6), (-0.72, 1.25), (-0.56, 0.8), (-0.36, 0.5)]]
    if hair is Hair.BUN:
        return [_round(-0.3, -0.02, 0.22, 0.21)]
    if hair is Hair.CURLY:
        return [_round(0.43 * math.cos(a), 0.38 + 0.42 * math.sin(a), 0.19, 0.19, 10)
                for a in _arc(math.pi * 0.92, math.pi * 2.08, 7)]  # fmt: skip
    return []


def cap(hair: Hair) -> list[Point]:
    """The hair over the forehead; empty for who is bald."""
    if hair is Hair.BALD:
        return []
    top = [(0.41 * math.cos(a), 0.5 + 0.54 * math.sin(a)) for a in _arc(math.pi * 1.04, math.pi * 1.96, 12)]
    peaks = _PEAKS.get(hair, [])
    return [*top[:5], *peaks, *top[8:], *_FRINGES[hair]] if peaks else [*top, *_FRINGES[hair]]


def from_behind(hair: Hair) -> list[list[Point]]:
    """What one sees of it from behind, over the head."""
    low = {Hair.LONG: 1.6, Hair.BOB: 1.0}.get(hair, 0.78)
    top = [(0.42 * math.cos(a), 0.48 + 0.52 * math.sin(a)) for a in _arc(math.pi, math.tau, 12)]
    shapes: list[list[Point]] = [
        [*top, (0.4 if low < 0.9 else 0.48, low), (-0.4 if low < 0.9 else -0.48, low)]
    ]
    if hair is Hair.BUN:
        shapes.append(_round(0.0, 0.1, 0.2, 0.2))
    if hair is Hair.TAIL:
        shapes.append([(-0.1, 0.3), (0.1, 0.3), (0.16, 1.0), (0.0, 1.4), (-0.16, 1.0)])
    return [] if hair is Hair.BALD else shapes


HAT = [(-0.36, 0.2), (-0.33, -0.24), (-0.12, -0.3), (0.0, -0.24), (0.12, -0.3), (0.33, -0.24), (0.36, 0.2)]
BRIM = [(-0.62, 0.22), (-0.4, 0.13), (0.4, 0.13), (0.62, 0.22), (0.4, 0.27), (-0.4, 0.27)]
BEARD = [(-0.37, 0.55), (-0.28, 0.68), (0.0, 0.66), (0.28, 0.68), (0.37, 0.55), (0.33, 0.85), (0.16, 1.06),
         (-0.12, 1.06), (-0.31, 0.85)]  # fmt: skip


def glasses() -> list[list[Point]]:
    """Two rings before the eyes."""
    return [_round(-0.08, 0.54, 0.125, 0.12), _round(0.22, 0.54, 0.125, 0.12)]
