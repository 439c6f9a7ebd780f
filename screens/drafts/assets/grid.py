"""The assets as tiles: a picture, a name, a state, a thin line of progress. Only tiles that are seen cost."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import ClassVar

from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from screens.drafts.assets.look import AssetLook
from screens.drafts.assets.messages import AssetMoved, AssetOpened
from screens.drafts.assets.thumbnails import Thumbnails
from screens.drafts.assets.tile import WORDS, Measures, TileInk, TileLook, measured, paint_tile
from screens.drafts.choice import AssetChoice
from screens.widgets.ground import Ground

MANY = 400
"""Painted tiles that are remembered."""


class AssetGrid(Ground, ScrollView, can_focus=True):
    """`look` says what a tile shows, and is asked only for tiles that are seen."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    AssetGrid { height: 1fr; scrollbar-size-vertical: 1; overflow-x: hidden; overflow-y: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "step(-1)", show=False),
        Binding("right", "step(1)", show=False),
        Binding("up", "row(-1)", show=False),
        Binding("down", "row(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "step(-10000000)", show=False),
        Binding("end", "step(10000000)", show=False),
        Binding("shift+left", "extend(-1)", show=False),
        Binding("shift+right", "extend(1)", show=False),
    ]

    def __init__(self, choice: AssetChoice, look: Callable[[str], AssetLook]) -> None:
        super().__init__(id="grid")
        self._choice, self._look = choice, look
        self._painted: dict[tuple[object, ...], list[Strip]] = {}
        self._frame: Measures | None = None
        self.thumbnails: Thumbnails | None = None
        self.tiles_painted = 0
        """For those who count."""

    # measures

    @property
    def measures(self) -> Measures:
        """How large tiles are; while a frame is painted they are measured once."""
        if self._frame is not None:
            return self._frame
        pictures = self.thumbnails is not None and self.thumbnails.shown
        return measured(self.scrollable_content_region.width, self.size.height, pictures=pictures)

    @property
    def across(self) -> int:
        """Tiles side by side."""
        return self.measures.across

    @property
    def tile_height(self) -> int:
        """Lines of a tile with the gap below it."""
        return self.measures.height

    @property
    def lines_down(self) -> int:
        """Rows of tiles."""
        return -(-len(self._choice) // self.across)

    # what it is told

    def show(self) -> None:
        """The choice has other assets."""
        self.virtual_size = Size(1, self.lines_down * self.tile_height)
        self.reveal()
        self.refresh()

    def repaint(self, ids: Collection[str], *, moved: bool = False) -> None:
        """Some assets look otherwise now: their tiles, if they are seen. `moved`: only their bars have."""
        for asset_id in ids:
            if (at := self._choice.place_of(asset_id)) is not None:
                self._refresh_tile(at, WORDS - 1 if moved else 0)

    def seen_ids(self) -> Sequence[str]:
        """The assets whose tiles are seen."""
        seen = self._seen()
        return self._choice.ids[seen.start : seen.stop]

    def picture_came(self, sha: str) -> None:
        """A thumbnail is there: tiles that show it are painted anew."""
        for at in self._seen():
            if self._look(self._choice.ids[at]).sha == sha:
                self._refresh_tile(at)

    def _refresh_tile(self, at: int, last: int = 0) -> None:
        """All of it, or so many of its last lines."""
        measures = self.measures
        row, column = divmod(at, measures.across)
        width, height = measures.width, measures.height
        top, lines = row * height - self.scroll_offset.y, height
        if last:
            top, lines = top + height - 1 - last, last
        if top < self.size.height and top + lines > 0:
            self.refresh(Region(column * width, top, width, lines))

    def _seen(self) -> range:
        measures = self.measures
        first = self.scroll_offset.y // measures.height * measures.across
        rows = -(-self.size.height // measures.height) + 1
        return range(first, min(len(self._choice), first + rows * measures.across))

    def want_pictures(self) -> None:
        """Have the thumbnails made of what is seen."""
        measures = self.measures
        if self.thumbnails is not None and measures.rows and self.display:
            shas = [self._look(self._choice.ids[at]).sha for at in self._seen()]
            self.thumbnails.want(shas, measures.columns, measures.rows)

    # keys and mouse

    def go_to(self, at: int) -> None:
        """Choose a tile, or the nearest there is."""
        before, choice = self._choice.cursor, self._choice
        choice.cursor = max(0, min(at, len(choice) - 1))
        if before == choice.cursor:
            return
        self._refresh_tile(before)
        self._refresh_tile(choice.cursor)
        self.reveal()
        self.post_message(AssetMoved())

    def action_step(self, by: int) -> None:
        """Along the tiles."""
        self.go_to(self._choice.cursor + by)

    def action_row(self, by: int) -> None:
        """Up or down; the last row may be short."""
        at = self._choice.cursor + by * self.across
        last = len(self._choice) - 1
        if at > last and self._choice.cursor // self.across < last // self.across:
            at = last
        if 0 <= at <= last:
            self.go_to(at)

    def action_page(self, by: int) -> None:
        """A windowful."""
        self.go_to(self._choice.cursor + by * self.across * max(1, self.size.height // self.tile_height))

    def action_extend(self, by: int) -> None:
        """Mark the tile that is left and the one that is come to."""
        before = self._choice.chosen
        self.action_step(by)
        self._choice.marked |= {one for one in (before, self._choice.chosen) if one}
        self.repaint((before, self._choice.chosen))
        self.post_message(AssetMoved())

    def reveal(self) -> None:
        """Bring the whole of the chosen tile into sight."""
        height = self.tile_height
        first = self._choice.cursor // self.across * height
        top = self.scroll_offset.y
        if first < top:
            self.scroll_to(0, first, animate=False, force=True)
        elif first + height - 1 > top + self.size.height:
            rows = max(1, self.size.height // height)
            self.scroll_to(0, max(0, first - (rows - 1) * height), animate=False, force=True)

    def on_click(self, event: events.Click) -> None:
        """The first click chooses a tile, one on the chosen tile opens it; with Ctrl it marks."""
        measures = self.measures
        row, column = (event.y + self.scroll_offset.y) // measures.height, event.x // measures.width
        at = row * measures.across + column
        if column >= measures.across or at >= len(self._choice):
            return
        if event.ctrl:
            self._choice.marked ^= {self._choice.ids[at]}
            self._refresh_tile(at)
        elif at == self._choice.cursor:
            self.post_message(AssetOpened())
        self.go_to(at)

    def on_resize(self) -> None:
        """Other tiles side by side."""
        self.show()
        self.want_pictures()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """All tiles move."""
        super().watch_scroll_y(old_value, new_value)
        self.refresh()
        self.want_pictures()

    def on_focus(self) -> None:
        """The cursor is shown."""
        self._refresh_tile(self._choice.cursor)

    def on_blur(self) -> None:
        """And less so."""
        self._refresh_tile(self._choice.cursor)

    # painting

    def notify_style_update(self) -> None:
        """A theme or a pseudo class has changed."""
        super().notify_style_update()
        self._painted.clear()

    def render_lines(self, crop: Region) -> list[Strip]:
        """A frame: nothing is measured twice."""
        self._frame = self.measures
        try:
            return super().render_lines(crop)
        finally:
            self._frame = None

    def render_line(self, y: int) -> Strip:
        """A line of all tiles that it goes through."""
        measures = self.measures
        row, line = divmod(y + self.scroll_offset.y, measures.height)
        first = row * measures.across
        tiles = range(first, min(first + measures.across, len(self._choice)))
        pieces = [self._tile(at, measures)[line] for at in tiles]
        return Strip.join(pieces).adjust_cell_length(self.scrollable_content_region.width, self.ground)

    def _tile(self, at: int, measures: Measures) -> list[Strip]:
        choice, thumbnails = self._choice, self.thumbnails
        asset_id = choice.ids[at]
        asset = self._look(asset_id)
        known = thumbnails is not None and asset.sha
        said = thumbnails.said(asset.sha) if thumbnails is not None and known else ""
        look = TileLook(asset, at == choice.cursor, asset_id in choice.marked, said)
        number = thumbnails.number(asset.sha) if thumbnails is not None and known else 0
        key = (look, look.chosen and self.has_focus, number, measures)
        tile = self._painted.get(key)
        if tile is None:
            if len(self._painted) > MANY:
                self._painted.clear()
            self.tiles_painted += 1
            drawn = thumbnails.drawn(asset.sha) if thumbnails is not None and number else None
            ink = TileInk(self.ground, self._under(look.chosen), self.app.theme_variables, self.app.console)
            tile = paint_tile(look, drawn.lines if drawn is not None else (), measures, ink)
            self._painted[key] = tile
        return tile

    def _under(self, chosen: bool) -> Style:
        if not chosen:
            return self.ground
        under = "block-cursor-background" if self.has_focus else "block-cursor-blurred-background"
        return self.ground + Style.parse(f"on {self.app.theme_variables[under]}")
