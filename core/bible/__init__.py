"""The story bible: who is who, where they appear, who is what to whom, which pages a scene spans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.lazy import lazy_names

if TYPE_CHECKING:
    from core.bible.appearances import Appearances, Line, Shared, Totals
    from core.bible.cast import Alike, Cast, Double, Speaker
    from core.bible.presence import Presence
    from core.bible.present import present_in

_HOMES = {
    "appearances": ("Appearances", "Line", "Shared", "Totals"),
    "cast": ("Alike", "Cast", "Double", "Speaker"),
    "presence": ("Presence",),
    "present": ("present_in",),
}

__all__ = [
    "Alike",
    "Appearances",
    "Cast",
    "Double",
    "Line",
    "Presence",
    "Shared",
    "Speaker",
    "Totals",
    "present_in",
]

__getattr__ = lazy_names(__name__, _HOMES)
