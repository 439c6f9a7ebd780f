"""The assets as a list, a line each: name, kind, languages, state in words, a thin line of progress."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.events import Click
from textual.geometry import Region, Size
from textual.strip import Strip

from screens.bible.painting import strip_of
from screens.drafts.assets.look import AssetLook, bar_text, name_text, state_text
from screens.drafts.assets.messages import AssetMoved, AssetOpened
from screens.drafts.choice import AssetChoice
from screens.widgets.project_rows import fit
from screens.widgets.row_view import RowView

KIND, STATE, BAR, LANGUAGES = 11, 16, 12, 9
ROOMY = 76
"""Cells from which there is room for the languages of the names."""
MANY = 500
"""Painted rows that are remembered."""


class AssetList(RowView):
    """`look` says what a row shows, and is asked only for rows that are seen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("shift+up", "extend(-1)", show=False),
        Binding("shift+down", "extend(1)", show=False),
    ]

    def __init__(self, choice: AssetChoice, look: Callable[[str], AssetLook]) -> None:
        self._choice, self._look = choice, look
        self._painted: dict[tuple[object, ...], Strip] = {}
        self.rows_painted = 0
        """For those who count."""
        super().__init__(id="list")

    @property
    def cursor(self) -> int:
        """The choice's own."""
        return self._choice.cursor

    @cursor.setter
    def cursor(self, at: int) -> None:
        self._choice.cursor = max(0, at)

    @property
    def row_count(self) -> int:
        """The assets that are shown."""
        return len(self._choice)

    def show(self) -> None:
        """The choice has other assets."""
        self.virtual_size = Size(1, len(self._choice))
        self.reveal()
        self.refresh()

    def seen_ids(self) -> Sequence[str]:
        """The assets whose rows are seen."""
        top = self.scroll_offset.y
        return self._choice.ids[top : top + self.room]

    def repaint(self, ids: Collection[str], *, moved: bool = False) -> None:
        """Some assets look otherwise now: their rows, if they are seen. `moved`: only their bars have."""
        top = self.scroll_offset.y
        for asset_id in ids:
            at = self._choice.place_of(asset_id)
            if at is not None and top <= at < top + self.room:
                self.refresh(Region(0, at - top, self.size.width, 1))

    def go_to(self, at: int) -> None:
        """Choose a row."""
        self.choose_row(at)

    def moved(self) -> None:
        """Another row is chosen."""
        self.post_message(AssetMoved())

    def action_extend(self, by: int) -> None:
        """Mark the row that is left and the one that is come to."""
        before = self._choice.chosen
        self.choose_row(self.cursor + by)
        self._choice.marked |= {one for one in (before, self._choice.chosen) if one}
        self.refresh()
        self.post_message(AssetMoved())

    def on_click(self, event: Click) -> None:
        """The first click chooses a row, one on the chosen row opens it; with Ctrl it marks."""
        if (at := self.row_under(event)) is None:
            return
        if event.ctrl:
            self._choice.marked ^= {self._choice.ids[at]}
        elif at == self.cursor:
            self.post_message(AssetOpened())
        self.choose_row(at)

    def on_focus(self) -> None:
        """The cursor is shown."""
        self.refresh()

    def on_blur(self) -> None:
        """And less so."""
        self.refresh()

    def notify_style_update(self) -> None:
        """A theme or a pseudo class has changed."""
        super().notify_style_update()
        self._painted.clear()

    def render_line(self, y: int) -> Strip:
        """A row that is seen."""
        width = self.scrollable_content_region.width
        at = y + self.scroll_offset.y
        if at >= len(self._choice):
            return Strip.blank(width, self.ground)
        asset_id = self._choice.ids[at]
        look, chosen = self._look(asset_id), at == self.cursor
        key = (look, chosen, chosen and self.has_focus, asset_id in self._choice.marked, width)
        strip = self._painted.get(key)
        if strip is None:
            if len(self._painted) > MANY:
                self._painted.clear()
            strip = self._painted[key] = self._paint(look, width, chosen, key[3] is True)
        return strip

    def _paint(self, look: AssetLook, width: int, chosen: bool, marked: bool) -> Strip:
        self.rows_painted += 1
        colours = self.app.theme_variables
        text = row_text(look, width, chosen=chosen, marked=marked, colours=colours)
        if chosen:
            under = "block-cursor-background" if self.has_focus else "block-cursor-blurred-background"
            text.stylize(Style.parse(f"on {colours[under]}"))
        return strip_of(text, width, self.ground, self.app.console)


def row_text(look: AssetLook, width: int, *, chosen: bool, marked: bool, colours: dict[str, str]) -> Text:
    """`▸ Fox    character  en fr   ● accepted   ━━━━━━━━━━━━` in exactly `width` cells."""
    roomy = width >= ROOMY
    name = max(10, width - KIND - STATE - BAR - 4 - (LANGUAGES if roomy else 0))
    line = Text(end="", no_wrap=True)
    line.append_text(name_text(look, name, chosen=chosen, marked=marked, colours=colours))
    line.append(" " + fit(look.kind + (" ↔" if look.linked else ""), KIND + 1), colours["quiet"])
    if roomy:
        line.append(fit(look.languages, LANGUAGES), colours["quiet"])
    line.append_text(state_text(look, STATE, colours))
    line.append(" ")
    line.append_text(bar_text(look, BAR, colours))
    line.truncate(width, pad=True)
    return line
