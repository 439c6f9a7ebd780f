"""Draws shapes into pixels with Pillow, larger than wanted and made smaller, so that edges are smooth."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from core.assembly.drawing.faces import Face, Faces
from core.assembly.drawing.shapes import Form, Item, Picture, Point, Words, dashes, extent
from core.assembly.plan import Rect

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

INCH = 25.4
FinderOfPictures: TypeAlias = Callable[[str, int, int], Path | None]
"""(SHA-256, width, height in pixels) -> a PNG that our own process for pictures has made; None for none."""
_BAND = 9_000_000
"""Pixels drawn at a time; a page is drawn in bands of as many rows, so that memory stays flat."""
_FINE = 310
"""Dots an inch up to which edges are smoothed by drawing twice as large."""
_GAP = "#eceff3"


class Painter:
    """Draws pages of a book; keeps the fonts in the sizes that were used. For one thread."""

    def __init__(self, faces: Faces, pictures: FinderOfPictures | None = None) -> None:
        self._faces = faces
        self._pictures = pictures
        self._fonts: dict[tuple[str, int, int], FreeTypeFont] = {}
        self.missing: set[str] = set()
        """SHA-256 of pictures that could not be had."""

    def paint(
        self, items: Sequence[Item], part: Rect, dpi: float, step: Callable[[], None] | None = None
    ) -> Image:
        """A part of a page in millimetres, as an RGB image; `step` is called between bands and may raise."""
        import PIL.Image

        width, height = pixels(part.width, dpi), pixels(part.height, dpi)
        times = 2 if dpi <= _FINE else 1
        rows = max(64, _BAND // (width * times * times))
        boxes = [extent(item) for item in items]
        if rows >= height:
            return self._band(items, part, width, height, dpi, times)
        out = PIL.Image.new("RGB", (width, height), "#ffffff")
        for top in range(0, height, rows):
            if step is not None:
                step()
            count = min(rows, height - top)
            band = Rect(part.x, part.y + top * INCH / dpi, part.width, count * INCH / dpi)
            seen = [item for item, box in zip(items, boxes, strict=True) if box.overlaps(band, -0.5)]
            out.paste(self._band(seen, band, width, count, dpi, times), (0, top))
        return out

    def _band(
        self, items: Iterable[Item], part: Rect, width: int, height: int, dpi: float, times: int
    ) -> Image:
        import PIL.Image
        import PIL.ImageDraw

        image = PIL.Image.new("RGB", (width * times, height * times), "#ffffff")
        draw = PIL.ImageDraw.Draw(image)
        draw.fontmode = "L"
        brush = _Brush(image, draw, part, dpi * times / INCH)
        for item in items:
            if isinstance(item, Form):
                brush.form(item)
            elif isinstance(item, Words):
                self._words(brush, item)
            else:
                self._picture(brush, item)
        return image.reduce(times) if times > 1 else image

    def _font(self, face: Face, size: int) -> FreeTypeFont:
        from PIL import ImageFont

        key = (str(face.path), face.index, size)
        if key not in self._fonts:
            self._fonts[key] = ImageFont.truetype(
                face.path, size, face.index, layout_engine=ImageFont.Layout.BASIC
            )
        return self._fonts[key]

    def _words(self, brush: _Brush, words: Words) -> None:
        size = max(1, round(words.size * brush.scale))
        runs = self._faces.runs(words.text, words.bold)
        if words.angle:
            brush.turned(words, [(self._font(face, size), text) for face, text in runs])
            return
        x = words.x
        for face, text in runs:
            brush.write(words, x, self._font(face, size), text)
            x += self._faces.measure(text, words.bold) * words.size

    def _picture(self, brush: _Brush, picture: Picture) -> None:
        left, top, right, bottom = brush.bounds(picture.box)
        if right <= left or bottom <= top:
            return
        image = self.filled(picture.sha, (right - left, bottom - top))
        if image is None:
            brush.gap(picture.box)
        else:
            brush.image.paste(image, (left, top))

    def filled(self, sha: str, size: tuple[int, int]) -> Image | None:
        """As much of a picture as fills this many pixels; None (and remembered) for one that can't be had."""
        import PIL.Image

        path = None if sha in self.missing or self._pictures is None else self._pictures(sha, *size)
        if path is None:
            self.missing.add(sha)
            return None
        with PIL.Image.open(path, formats=("PNG",)) as found:
            return _covering(found.convert("RGB"), size)


def _covering(found: Image, size: tuple[int, int]) -> Image:
    """As much of the middle of a picture as has the shape of the panel, at its size."""
    share = max(size[0] / found.width, size[1] / found.height)
    width, height = size[0] / share, size[1] / share
    left, top = (found.width - width) / 2, (found.height - height) / 2
    return found.resize(size, box=(left, top, left + width, top + height), reducing_gap=2.0)


def pixels(length: float, dpi: float) -> int:
    """Millimetres in dots, at least one."""
    return max(1, round(length * dpi / INCH))


class _Brush:
    """Millimetres to pixels of one band."""

    def __init__(self, image: Image, draw: ImageDraw, part: Rect, scale: float) -> None:
        self.image, self.draw, self.scale = image, draw, scale
        self._left, self._top = part.x, part.y

    def _point(self, x: float, y: float) -> Point:
        return (x - self._left) * self.scale, (y - self._top) * self.scale

    def bounds(self, box: Rect) -> tuple[int, int, int, int]:
        """Whole pixels of a box."""
        left, top = self._point(box.x, box.y)
        right, bottom = self._point(box.right, box.bottom)
        return round(left), round(top), round(right), round(bottom)

    def form(self, form: Form) -> None:
        """An outline."""
        left, top, scale = self._left, self._top, self.scale
        points = [((x - left) * scale, (y - top) * scale) for x, y in form.points]
        if form.fill:
            self.draw.polygon(points, fill=form.fill)
        if not form.line:
            return
        width = max(1, round(form.width * scale))
        if form.closed:
            points.append(points[0])
        if form.dash:
            for start, end in dashes(points, form.dash * scale):
                self.draw.line([start, end], form.line, width)
            return
        if len(points) == 5 and form.closed and _upright(points):
            self._frame(points, form.line, width)
            return
        self.draw.line(points, form.line, width)
        if width > 2:
            self._corners(points, form.line, width / 2 - 0.5, form.closed)

    def _frame(self, points: list[Point], colour: str, width: int) -> None:
        half = width / 2
        (left, top), (right, bottom) = points[0], points[2]
        left, top = round(left - half), round(top - half)
        box = (left, top, max(round(right + half) - 1, left), max(round(bottom + half) - 1, top))
        self.draw.rectangle(box, None, colour, width)

    def _corners(self, points: list[Point], colour: str, radius: float, closed: bool) -> None:
        """Lines are drawn piece by piece; where they turn, the gap between two is filled."""
        ring = [*points, points[1]] if closed else points
        for a, b, c in zip(ring, ring[1:], ring[2:], strict=False):
            turn = abs((b[0] - a[0]) * (c[1] - b[1]) - (b[1] - a[1]) * (c[0] - b[0]))
            if turn > 0.12 * math.dist(a, b) * math.dist(b, c):
                self.draw.ellipse((b[0] - radius, b[1] - radius, b[0] + radius, b[1] + radius), colour)

    def write(self, words: Words, x: float, font: FreeTypeFont, text: str) -> None:
        """Words that lie straight."""
        place = self._point(x, words.y)
        if words.halo:
            edge = max(1, round(words.halo * self.scale))
            self.draw.text(place, text, "#ffffff", font, "ls", stroke_width=edge, stroke_fill="#ffffff")
        self.draw.text(place, text, words.colour, font, "ls")

    def turned(self, words: Words, runs: Sequence[tuple[FreeTypeFont, str]]) -> None:
        """Words drawn on a sheet of their own, which is turned and laid on the page."""
        import PIL.Image
        import PIL.ImageDraw

        edge = round(words.halo * self.scale)
        width = sum(font.getlength(text) for font, text in runs)
        rise = round(words.size * self.scale * 1.15) + edge
        size = (math.ceil(width) + 2 * edge + 4, round(rise * 1.45) + edge)
        centre = (size[0] / 2 - edge - 2, size[1] / 2 - rise)
        turn = math.radians(words.angle)
        start = self._point(words.x, words.y)
        middle = (
            start[0] + centre[0] * math.cos(turn) - centre[1] * math.sin(turn),
            start[1] + centre[0] * math.sin(turn) + centre[1] * math.cos(turn),
        )
        for stroke, colour in ((edge, "#ffffff"), (0, words.colour)) if edge else ((0, words.colour),):
            mask = PIL.Image.new("L", size, 0)
            draw = PIL.ImageDraw.Draw(mask)
            x = edge + 2.0
            for font, text in runs:
                draw.text((x, rise), text, 255, font, "ls", stroke_width=stroke, stroke_fill=255)
                x += font.getlength(text)
            mask = mask.rotate(-words.angle, PIL.Image.Resampling.BILINEAR, expand=True)
            corner = (round(middle[0] - mask.width / 2), round(middle[1] - mask.height / 2))
            self.image.paste(colour, (*corner, corner[0] + mask.width, corner[1] + mask.height), mask)

    def gap(self, box: Rect) -> None:
        """Where a picture should be: a field with a cross."""
        left, top, right, bottom = self.bounds(box)
        self.draw.rectangle((left, top, right, bottom), _GAP)
        width = max(1, round(0.2 * self.scale))
        self.draw.line([(left, top), (right, bottom)], "#b6bcc6", width)
        self.draw.line([(left, bottom), (right, top)], "#b6bcc6", width)


def _upright(points: Sequence[Point]) -> bool:
    a, b, c, d = points[:4]
    return a[1] == b[1] and b[0] == c[0] and c[1] == d[1] and d[0] == a[0]
