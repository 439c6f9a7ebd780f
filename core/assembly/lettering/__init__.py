"""How much room words need in their balloons, and where balloons go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.lazy import lazy_names

if TYPE_CHECKING:
    from core.assembly.lettering.placing import LETTERING, Placed, place_balloons, stands_upright

_HOMES = {
    "placing": ("LETTERING", "Placed", "place_balloons", "stands_upright"),
}

__all__ = [
    "LETTERING",
    "Placed",
    "place_balloons",
    "stands_upright",
]

__getattr__ = lazy_names(__name__, _HOMES)
