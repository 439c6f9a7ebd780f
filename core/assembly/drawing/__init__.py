"""Storyboard sketches of a book's pages, and the files that are made of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.lazy import lazy_names

if TYPE_CHECKING:
    from core.assembly.drawing.drawn import draw_page, svg_page
    from core.assembly.drawing.framing import is_night
    from core.assembly.drawing.options import LEAST_DPI, MOST_DPI, DrawingFormat, Options, pages_of, size_of
    from core.assembly.drawing.raster import FinderOfPictures
    from core.assembly.drawing.sketch import Look
    from core.assembly.drawing.titles import title_page
    from core.assembly.drawing.writing import DrawingStoppedError, Outcome, write_book

_HOMES = {
    "drawn": ("draw_page", "svg_page"),
    "framing": ("is_night",),
    "options": ("LEAST_DPI", "MOST_DPI", "DrawingFormat", "Options", "pages_of", "size_of"),
    "raster": ("FinderOfPictures",),
    "sketch": ("Look",),
    "titles": ("title_page",),
    "writing": ("DrawingStoppedError", "Outcome", "write_book"),
}

__all__ = [
    "LEAST_DPI",
    "MOST_DPI",
    "DrawingFormat",
    "DrawingStoppedError",
    "FinderOfPictures",
    "Look",
    "Options",
    "Outcome",
    "draw_page",
    "is_night",
    "pages_of",
    "size_of",
    "svg_page",
    "title_page",
    "write_book",
]

__getattr__ = lazy_names(__name__, _HOMES)
