"""A page drawn in the cells of a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.lazy import lazy_names

if TYPE_CHECKING:
    from core.assembly.terminal.canvas import Ink
    from core.assembly.terminal.page import draw, draw_view
    from core.assembly.terminal.view import View, view_of

_HOMES = {
    "canvas": ("Ink",),
    "page": ("draw", "draw_view"),
    "view": ("View", "view_of"),
}

__all__ = [
    "Ink",
    "View",
    "draw",
    "draw_view",
    "view_of",
]

__getattr__ = lazy_names(__name__, _HOMES)
