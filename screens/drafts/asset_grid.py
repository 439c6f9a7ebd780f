"""The assets as tiles: a picture, a name, a state, a thin line of progress. Only tiles that are seen cost."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

from screens.bible.painting import strip_of
from screens.drafts.asset_look import AssetLook, bar_text, name_text, state_text
from screens.drafts.choice import AssetChoice
from screens.drafts.messages import AssetMoved, AssetOpened
from screens.drafts.thumbnails import Thumbnails

LEAST, GAP = 19, 1
"""Cells across of a tile, with the gap behind it."""
WORDS = 3
"""Lines of a tile below its picture: name, state, progress."""
MANY = 400
"""Painted tiles that are remembered."""


class AssetGrid(ScrollView, can_focus=True):
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
        self.thumbnails: Thumbnails | None = None
        self.tiles_painted = 0
        """For those who count."""

    # measures

    @property
    def across(self) -> int:
        """Tiles side by side."""
        return max(1, self.scrollable_content_region.width // LEAST)

    @property
    def tile_width(self) -> int:
        """Cells of a tile with the gap behind it: all of the width is used."""
        return max(8, self.scrollable_content_region.width // self.across)

    @property
    def picture_size(self) -> tuple[int, int]:
        """Cells of a tile's picture: (columns, rows), nearly square; no rows where none are shown."""
        columns = self.tile_width - GAP - 2
        if self.thumbnails is None or not self.thumbnails.shown:
            return columns, 0
        rows = max(3, columns * 9 // 20)
        room = max(0, self.size.height // 2 - WORDS - 1)  # two rows of tiles, if they are not too low
        return columns, max(4, min(rows, room))

    @property
    def tile_height(self) -> int:
        """Lines of a tile with the gap below it."""
        return self.picture_size[1] + WORDS + 1

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
        row, column = divmod(at, self.across)
        width, height = self.tile_width, self.tile_height
        top, lines = row * height - self.scroll_offset.y, height
        if last:
            top, lines = top + height - 1 - last, last
        if top < self.size.height and top + lines > 0:
            self.refresh(Region(column * width, top, width, lines))

    def _seen(self) -> range:
        first = self.scroll_offset.y // self.tile_height * self.across
        rows = -(-self.size.height // self.tile_height) + 1
        return range(first, min(len(self._choice), first + rows * self.across))

    def want_pictures(self) -> None:
        """Have the thumbnails made of what is seen."""
        columns, rows = self.picture_size
        if self.thumbnails is not None and rows and self.display:
            self.thumbnails.want([self._look(self._choice.ids[at]).sha for at in self._seen()], columns, rows)

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
        at = (event.y + self.scroll_offset.y) // self.tile_height * self.across + event.x // self.tile_width
        if event.x // self.tile_width >= self.across or at >= len(self._choice):
            return
        if event.ctrl:
            self._choice.marked ^= {self._choice.ids[at]}
            self._refresh_tile(at)
        elif at == self._choice.cursor:
            self.post_message(AssetOpened())
        self.go_to(at)

    def on_resize(self) -> None:
        """Other tiles side by side."""
        self._painted.clear()
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

    def render_line(self, y: int) -> Strip:
        """A line of all tiles that it goes through."""
        width = self.scrollable_content_region.width
        row, line = divmod(y + self.scroll_offset.y, self.tile_height)
        first = row * self.across
        pieces = [self._tile(at)[line] for at in range(first, min(first + self.across, len(self._choice)))]
        return Strip.join(pieces).adjust_cell_length(width, self.rich_style)

    def _tile(self, at: int) -> list[Strip]:
        choice = self._choice
        asset_id = choice.ids[at]
        look = self._look(asset_id)
        chosen, marked = at == choice.cursor, asset_id in choice.marked
        drawn = self.thumbnails.drawn(look.sha) if self.thumbnails is not None and look.sha else None
        said = self.thumbnails.said(look.sha) if self.thumbnails is not None and look.sha else ""
        key = (
            look,
            chosen,
            chosen and self.has_focus,
            marked,
            id(drawn),
            said,
            self.tile_width,
            self.tile_height,
        )
        tile = self._painted.get(key)
        if tile is None:
            if len(self._painted) > MANY:
                self._painted.clear()
            tile = self._painted[key] = self._paint(look, chosen, marked, drawn.lines if drawn else (), said)
        return tile

    def _paint(
        self, look: AssetLook, chosen: bool, marked: bool, picture: tuple[Strip, ...], said: str
    ) -> list[Strip]:
        self.tiles_painted += 1
        colours = self.app.theme_variables
        width = self.tile_width - GAP
        columns, rows = self.picture_size
        ground = self._ground(chosen)
        lines = [self._picture_line(picture, line, columns, ground, look, said) for line in range(rows)]
        words = (
            name_text(look, width, chosen=chosen, marked=marked, colours=colours),
            Text("  ", end="").append_text(state_text(look, width - 2, colours)),
            Text("  ", end="").append_text(bar_text(look, width - 3, colours)),
        )
        lines += [strip_of(text, width, ground, self.app.console) for text in words]
        gap = Strip([Segment(" " * GAP, self.rich_style)], GAP)
        blank = Strip.blank(self.tile_width, self.rich_style)
        return [*(Strip.join([line, gap]) for line in lines), blank]

    def _ground(self, chosen: bool) -> Style:
        if not chosen:
            return self.rich_style
        under = "block-cursor-background" if self.has_focus else "block-cursor-blurred-background"
        return self.rich_style + Style.parse(f"on {self.app.theme_variables[under]}")

    def _picture_line(
        self, picture: tuple[Strip, ...], line: int, columns: int, ground: Style, look: AssetLook, said: str
    ) -> Strip:
        """A picture stands in the middle of its place; without one its kind does, or what is wrong."""
        from rich.cells import cell_len

        place = self.picture_size[1]
        if picture:
            shift = (place - len(picture)) // 2
            strip = picture[line - shift] if 0 <= line - shift < len(picture) else Strip.blank(0)
            left = 1 + (columns - strip.cell_length) // 2
            blank = Strip([Segment(" " * left, ground)], left)
            return Strip.join([blank, strip]).adjust_cell_length(columns + 2, ground)
        words = said or ("…" if look.sha else look.kind)
        text = words if line == place // 2 else ""
        text = text[: columns - 1] + "…" if cell_len(text) > columns else text
        style = ground + Style.parse(self.app.theme_variables["quiet"])
        return Strip([Segment(text.center(columns + 2), style)]).adjust_cell_length(columns + 2, ground)
