"""One page by itself, as a picture or as SVG: for previews, and for whoever wants no file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.assembly.drawing.faces import Faces
from core.assembly.drawing.options import Options
from core.assembly.drawing.pages import Pages
from core.assembly.drawing.raster import FinderOfPictures
from core.assembly.drawing.sheets import Sheet
from core.assembly.drawing.sketch import Look
from core.assembly.plan import Book, PagePlan, Rect

if TYPE_CHECKING:
    from PIL.Image import Image


def _go_on(done: float | None = None) -> None:
    """Nobody wants to stop."""


def draw_page(
    page: PagePlan,
    book: Book,
    *,
    dpi: int = 100,
    pictures: FinderOfPictures | None = None,
    trim_only: bool = True,
    look: Look | None = None,
    faces: Faces | None = None,
) -> Image:
    """A page (all of a spread or strip) as an RGB picture; with its bleed unless `trim_only`.

    Costs 50 to 200 ms and holds the interpreter: not for the UI's thread. Raises UsageError for a
    resolution that makes no sense.
    """
    edge = 0.0 if trim_only else page.format.bleed
    sheet, options = _single(page, edge, dpi, look)
    pages = Pages(book, options, faces or Faces(), pictures, _go_on)
    return pages.image(sheet, pages.shapes(page))


def svg_page(
    page: PagePlan, book: Book, *, pictures: FinderOfPictures | None = None, faces: Faces | None = None
) -> str:
    """A page as an SVG document."""
    sheet, options = _single(page, 0.0, 150, None)
    pages = Pages(book, options, faces or Faces(), pictures, _go_on)
    return b"".join(pages.svg(sheet, pages.shapes(page))).decode()


def _single(page: PagePlan, edge: float, dpi: int, look: Look | None) -> tuple[Sheet, Options]:
    trim = Rect(0.0, 0.0, page.width, page.height)
    full = Rect(-edge, -edge, page.width + 2 * edge, page.height + 2 * edge)
    sheet = Sheet(1, page, trim, full, double=len(page.numbers) == 2)
    return sheet, Options(dpi=dpi, look=look or Look())
