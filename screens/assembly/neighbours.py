"""Which panel lies to the left, right, above or below of another, by where they are on the page."""

from __future__ import annotations

from collections.abc import Sequence

from core.assembly.plan import PanelPlan, Rect

ASIDE = 3.0
"""How much more a millimetre to the side counts than one ahead."""
SLACK = 1e-3
"""Millimetres that are a rounding error."""


def neighbour(panels: Sequence[PanelPlan], index: int, across: int, down: int) -> int | None:
    """The nearest panel in a direction (`across` -1 is left, `down` -1 is up); None if there is none."""
    here = _turned(panels[index].box, across, down)
    found: tuple[float, int] | None = None
    for other, panel in enumerate(panels):
        if other == index:
            continue
        box = _turned(panel.box, across, down)
        lies = panel.inset or panels[index].inset  # one on another has its middle ahead, not its edge
        start = box.y + box.height / 2 if lies else box.y
        if start > here.y + here.height / 2 + SLACK:
            far = (_distance(here, box), other)
            found = min(found, far) if found else far
    return found[1] if found else None


def _turned(box: Rect, across: int, down: int) -> Rect:
    """The box turned so that the direction is downwards."""
    if across:
        box = Rect(box.y, box.x, box.height, box.width)
    return box if across + down > 0 else Rect(box.x, -box.bottom, box.width, box.height)


def _distance(here: Rect, other: Rect) -> float:
    """How far `other` is ahead; to the side counts more, and of two alike the one nearer to the middle."""
    aside = max(0.0, other.x - here.right, here.x - other.right)
    drift = abs(other.x + other.width / 2 - here.x - here.width / 2)
    return max(0.0, other.y - here.bottom) + ASIDE * aside + drift / 100
