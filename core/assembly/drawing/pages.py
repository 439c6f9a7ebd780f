"""The sheets of a book drawn one by one, and what is learned while they are."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from core.assembly.drawing.faces import Faces
from core.assembly.drawing.figures import people
from core.assembly.drawing.margins import SKETCH
from core.assembly.drawing.options import Options
from core.assembly.drawing.raster import FinderOfPictures, Painter, pixels
from core.assembly.drawing.shapes import Item, Picture
from core.assembly.drawing.sheets import Sheet, count_digits, refuse_too_large, sheets
from core.assembly.drawing.sketch import draw_items
from core.assembly.drawing.svg import svg_sheet
from core.assembly.plan import Book, PagePlan
from core.errors import GenkoError, UsageError

if TYPE_CHECKING:
    from PIL.Image import Image

_CRAMPED = 400
"""Panels of a page; with more of them only frames and words can be seen, and it is said."""


class Check(Protocol):
    """Is called often; raises to stop. Takes the share that is done, where that is known."""

    def __call__(self, done: float | None = None) -> None:
        """Go on, or raise."""


class Pages:
    """A book on its way into files. For one thread."""

    def __init__(
        self, book: Book, options: Options, faces: Faces, pictures: FinderOfPictures | None, check: Check
    ) -> None:
        self.book, self.options, self.faces = book, options, faces
        self._painter = Painter(faces, pictures)
        self._check = check
        self._people = people(book)
        self._cut = 0
        self._cramped: list[str] = []
        self._named: dict[str, None] = {}

    @property
    def digits(self) -> int:
        """Digits of the largest number in a file's name."""
        return count_digits(self.book, self.options)

    @property
    def characters(self) -> list[str]:
        """Those who were in the panels so far, in the order of their appearance."""
        return list(self._named)

    def drawn(self, *, bleed: bool) -> Iterator[tuple[Sheet, Sequence[Item]]]:
        """Each sheet with its shapes. `bleed`: with the book's own where the options say nothing."""
        known: PagePlan | None = None
        items: Sequence[Item] = ()
        count = 0
        self._check(0.0)
        for sheet in sheets(self.book, self.options, bleed=bleed):
            self._check()
            if sheet.page is not known:
                known, items = sheet.page, self.shapes(sheet.page)
            yield sheet, items
            count += 1
            self._check(sheet.share)
        if not count:
            raise _nothing(self.book, self.options)

    def shapes(self, page: PagePlan) -> Sequence[Item]:
        """What a page is drawn with, from the back to the front."""
        drawn = draw_items(page, self.book, self.faces, self.options.look, self._people)
        self._cut += drawn.cut
        if len(page.panels) > _CRAMPED:
            self._cramped.append(f"page {page.numbers[0]} has {len(page.panels):,}")
        for panel in page.panels:
            self._named.update(dict.fromkeys(panel.characters))
        return drawn.items

    # --- as pixels

    def image(self, sheet: Sheet, items: Sequence[Item]) -> Image:
        """A sheet as an RGB picture. Raises UsageError for one with far too many pixels."""
        refuse_too_large(sheet, self.options.dpi)
        return self._painter.paint(items, sheet.full, self.options.dpi * sheet.scale, self._check)

    def png(self, sheet: Sheet, items: Sequence[Item]) -> tuple[bytes, tuple[int, int]]:
        """A sheet as a PNG file, and its size in pixels."""
        from PIL.PngImagePlugin import PngInfo

        image = self.image(sheet, items)
        info = PngInfo()
        info.add_itxt("Title", f"{self.book.title}, {sheet.label}")
        info.add_itxt("Description", f"{SKETCH}, made with Genko")
        buffer = io.BytesIO()
        dpi = self.options.dpi
        image.save(buffer, "PNG", compress_level=4, dpi=(dpi, dpi), pnginfo=info)
        return buffer.getvalue(), image.size

    # --- as lines

    def svg(self, sheet: Sheet, items: Sequence[Item]) -> Iterator[bytes]:
        """A sheet as an SVG file, in pieces."""
        scale = sheet.scale

        def data(picture: Picture) -> bytes | None:
            return self._filled(picture, scale, "PNG")

        for piece in svg_sheet(items, sheet, self.book, self.faces, data):
            yield piece.encode("utf-8", "replace")

    def jpeg(self, picture: Picture) -> tuple[bytes, int, int] | None:
        """What fills a picture's box as a JPEG file, its width and height; None where there is none."""
        size = self._pixels(picture, 1.0)
        data = self._filled(picture, 1.0, "JPEG")
        return (data, *size) if data is not None else None

    def _pixels(self, picture: Picture, scale: float) -> tuple[int, int]:
        dpi = min(self.options.dpi, 300) * scale
        return min(pixels(picture.box.width, dpi), 4000), min(pixels(picture.box.height, dpi), 4000)

    def _filled(self, picture: Picture, scale: float, form: str) -> bytes | None:
        self._check()
        image = self._painter.filled(picture.sha, self._pixels(picture, scale))
        if image is None:
            return None
        buffer = io.BytesIO()
        image.save(buffer, form, **({"quality": 88} if form == "JPEG" else {}))
        return buffer.getvalue()

    # --- what happened

    def warnings(self) -> list[str]:
        """Sentences for a person: characters that no font has, pictures that are missing, words cut off."""
        out = self.faces.warnings()
        if gone := len(self._painter.missing):
            what = "picture is missing or can't" if gone == 1 else "pictures are missing or can't"
            out.append(f"{gone:,} {what} be read; a crossed field stands in the panel.")
        if self._cut:
            what = "balloon has" if self._cut == 1 else "balloons have"
            out.append(f"{self._cut:,} {what} more words than there is room for; they end with dots.")
        if self._cramped:
            out.append(f"Panels too small for more than their frames: {', '.join(self._cramped[:5])} panels.")
        return out


def _nothing(book: Book, options: Options) -> GenkoError:
    if not book.pages:
        return UsageError("There are no pages to draw.", todo="Write a page in the script first.")
    wanted = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in options.pages)
    numbers = [number for page in book.pages for number in page.numbers]
    return UsageError(
        f"There is no page {wanted[:60]}.",
        safe="Nothing was written.",
        todo=f"Pages go from {min(numbers)} to {max(numbers)}.",
    )
