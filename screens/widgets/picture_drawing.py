"""Makes lines of cells of a thumbnail; runs in a worker, knows no widget."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from screens.picture_ways import PictureSpace, PictureWay
from screens.widgets import quiet_images

if TYPE_CHECKING:
    from PIL.Image import Image

_SIDES = (64, 128, 256, 512, 1024, 2048)
"""Thumbnails are made in few sizes, so that a window that is being resized needs no new one each time."""
_MOST_CELLS = 280
"""In a row or a column: as many as the placeholders can count."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture in cells."""

    lines: tuple[Strip, ...]
    columns: int
    before: str = ""
    """What the terminal must be sent before the lines; empty for half-blocks."""
    after: str = ""
    """What frees that again."""
    sixel: str = ""
    """What lies over the lines, which are blank until they hold its sign."""

    def signed(self, sign: str) -> Drawn:
        """With all cells holding a sign."""
        line = Strip([Segment(sign * self.columns)], self.columns)
        return replace(self, lines=(line,) * len(self.lines))


def thumbnail_side(columns: int, rows: int, space: PictureSpace) -> int:
    """Pixels on a side of the thumbnail that is enough for so many cells."""
    if space.way is PictureWay.BLOCKS:
        wanted = max(columns, rows * 2)
    else:
        wanted = max(columns * space.cell[0], rows * space.cell[1])
    return next((side for side in _SIDES if side >= wanted), _SIDES[-1])


def fit(width: int, height: int, columns: int, rows: int, cell: tuple[int, int]) -> tuple[int, int]:
    """How many cells a picture fills within so many, in its own proportions; at least one each way."""
    columns, rows = min(columns, _MOST_CELLS), min(rows, _MOST_CELLS)
    scale = min(columns * cell[0] / width, rows * cell[1] / height)
    across, down = round(width * scale / cell[0]), round(height * scale / cell[1])
    return min(max(across, 1), columns), min(max(down, 1), rows)


def draw(thumbnail: Path, columns: int, rows: int, space: PictureSpace) -> Drawn:
    """Draw one of our own thumbnails within so many cells. Raises OSError when it is broken."""
    from PIL import Image

    try:
        # Only what our own process made is read here, and only as what it makes.
        with Image.open(thumbnail, formats=["PNG"]) as image:
            if max(image.size) > _SIDES[-1]:
                raise OSError("no thumbnail of ours")
            image.load()
            columns, rows = fit(*image.size, columns, rows, space.cell)
            if space.way is PictureWay.KITTY:
                return _kitty(image, columns, rows, space)
            if space.way is PictureWay.SIXEL:
                return _sixel(image, columns, rows, space)
            return _blocks(image, columns, rows)
    except (
        SyntaxError,
        ValueError,
        EOFError,
        zlib.error,
        struct.error,
        Image.DecompressionBombError,
    ) as error:
        raise OSError("a broken thumbnail") from error  # all that Pillow says of a PNG that is none


def _blocks(image: Image, columns: int, rows: int) -> Drawn:
    """Each cell is an upper half in one colour on a ground in another; equal neighbours are one segment."""
    from PIL.Image import Resampling

    pixels = image.convert("RGB").resize((columns, rows * 2), Resampling.BOX).tobytes()
    width = columns * 3
    lines = []
    for start in range(0, len(pixels), 2 * width):
        upper, lower = pixels[start : start + width], pixels[start + width : start + 2 * width]
        pairs = ((upper[at : at + 3], lower[at : at + 3]) for at in range(0, width, 3))
        runs = ((pair, len([*same])) for pair, same in groupby(pairs))
        lines.append(Strip([Segment("▀" * length, _two(*pair)) for pair, length in runs], columns))
    return Drawn(tuple(lines), columns)


def _two(upper: bytes, lower: bytes) -> Style:
    return Style(color=Color.from_rgb(*upper), bgcolor=Color.from_rgb(*lower))


def _kitty(image: Image, columns: int, rows: int, space: PictureSpace) -> Drawn:
    module = quiet_images.load("tgp", space.cell)
    renderable = module.Image(image, columns, rows)
    said: list[str] = []
    renderable._send_image_to_terminal = lambda width, height: said.append(
        _transmission(module, renderable, width, height)
    )
    renderable._create_virtual_placement = lambda width, height: said.append(
        _message(a="p", i=renderable.terminal_image_id, c=width, r=height, U=1, q=2)
    )
    lines = _lines(renderable, columns, rows)
    after = _message(a="d", d="I", i=renderable.terminal_image_id, q=2)
    return Drawn(lines, columns, "".join(said), after)


def _sixel(image: Image, columns: int, rows: int, space: PictureSpace) -> Drawn:
    pixels = image.convert("RGB").resize((columns * space.cell[0], rows * space.cell[1]))
    data = quiet_images.load_sixel().image_to_sixels(pixels, None, None)
    return Drawn((Strip.blank(columns),) * rows, columns, sixel=data)


def _transmission(module: Any, renderable: Any, width: int, height: int) -> str:
    """The picture itself, in pieces of 4096 characters as the protocol wants them."""
    renderable.terminal_image_id = next(module.Image._image_id_counter) & 0xFFFFFFFF or 1
    data = renderable._image_data.scaled(width, height).to_base64()
    pieces = [data[start : start + 4096] for start in range(0, len(data), 4096)]
    first = {"i": renderable.terminal_image_id, "f": 100, "q": 2}
    return "".join(
        _message(piece, **(first if number == 0 else {}), m=int(number < len(pieces) - 1))
        for number, piece in enumerate(pieces)
    )


def _message(payload: str = "", **keys: int | str) -> str:
    """https://sw.kovidgoyal.net/kitty/graphics-protocol/"""
    said = ",".join(f"{key}={value}" for key, value in keys.items())
    return f"\x1b_G{said}{';' if payload else ''}{payload}\x1b\\"


def _lines(renderable: Any, columns: int, rows: int) -> tuple[Strip, ...]:
    options: Any = SimpleNamespace(max_width=columns, max_height=rows)
    segments: Iterable[Segment] = renderable.__rich_console__(None, options)
    lines = list(Segment.split_lines(segments))[:rows]
    return tuple(Strip(line, columns).simplify() for line in lines)
