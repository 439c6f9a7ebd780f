"""How large a tile is, and how it is painted: a picture or words in its place, a name, a state, progress."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.strip import Strip

from core.cells import cut
from screens.bible.painting import strip_of
from screens.drafts.assets.look import AssetLook, bar_text, name_text, state_text

LEAST, GAP = 19, 1
"""Cells across of a tile, with the gap behind it."""
WORDS = 3
"""Lines of a tile below its picture: name, state, progress."""


class Measures(NamedTuple):
    """Of all tiles of a window, in cells."""

    across: int
    """Tiles side by side."""
    width: int
    """Of a tile with the gap behind it; together they have all of the window."""
    columns: int
    """Of a picture."""
    rows: int
    """Of a picture; none where the terminal shows no pictures."""

    @property
    def height(self) -> int:
        """Of a tile with the gap below it."""
        return self.rows + WORDS + 1


def measured(width: int, height: int, *, pictures: bool) -> Measures:
    """The tiles of a window of so many cells: pictures nearly square, two rows of them if that will do."""
    across = max(1, width // LEAST)
    tile = max(8, width // across)
    columns = tile - GAP - 2
    if not pictures:
        return Measures(across, tile, columns, 0)
    room = max(0, height // 2 - WORDS - 1)
    return Measures(across, tile, columns, max(4, min(max(3, columns * 9 // 20), room)))


class TileInk(NamedTuple):
    """What tiles are painted with."""

    plain: Style
    ground: Style
    """Of this tile: the cursor's, or the plain one."""
    colours: dict[str, str]
    console: Console


class TileLook(NamedTuple):
    """All that a tile shows."""

    asset: AssetLook
    chosen: bool
    marked: bool
    said: str = ""
    """Why there is no picture."""


def paint_tile(look: TileLook, picture: Sequence[Strip], measures: Measures, ink: TileInk) -> list[Strip]:
    """The lines of a tile, with its gaps."""
    colours, width = ink.colours, measures.width - GAP
    asset = look.asset
    lines = [_picture_line(look, picture, line, measures, ink) for line in range(measures.rows)]
    words = (
        name_text(asset, width, chosen=look.chosen, marked=look.marked, colours=colours),
        Text("  ", end="").append_text(state_text(asset, width - 2, colours)),
        Text("  ", end="").append_text(bar_text(asset, width - 3, colours)),
    )
    lines += [strip_of(text, width, ink.ground, ink.console) for text in words]
    gap = Strip([Segment(" " * GAP, ink.plain)], GAP)
    return [*(Strip.join([line, gap]) for line in lines), Strip.blank(measures.width, ink.plain)]


def _picture_line(
    look: TileLook, picture: Sequence[Strip], line: int, measures: Measures, ink: TileInk
) -> Strip:
    """A picture stands in the middle of its place; without one its kind does, or what is wrong."""
    columns, place = measures.columns, measures.rows
    if picture:
        shift = (place - len(picture)) // 2
        strip = picture[line - shift] if 0 <= line - shift < len(picture) else Strip.blank(0)
        left = 1 + (columns - strip.cell_length) // 2
        blank = Strip([Segment(" " * left, ink.ground)], left)
        return Strip.join([blank, strip]).adjust_cell_length(columns + 2, ink.ground)
    words = look.said or ("…" if look.asset.sha else look.asset.kind)
    text = cut(words, columns) if line == place // 2 else ""
    left = (columns + 2 - cell_len(text)) // 2
    style = ink.ground + Style.parse(ink.colours["quiet"])
    return Strip([Segment(" " * left + text, style)]).adjust_cell_length(columns + 2, ink.ground)
