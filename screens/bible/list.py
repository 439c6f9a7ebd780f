"""The list of a bible tab: draws the rows on the screen, so its cost does not grow with the cast."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from screens.bible.list_rows import RowFacts, row_text
from screens.bible.painting import strip_of
from screens.widgets.editor.cells import drawn
from screens.widgets.row_view import RowView

MANY = 500
"""Painted rows that are remembered."""


class RecordList(RowView, can_focus=True):
    """Shows records by their ids; `facts` says what a row shows and is asked only for rows that are seen."""

    HEAD = 2
    """How the list is sorted and filtered, and news."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("shift+up", "extend(-1)", show=False),
        Binding("shift+down", "extend(1)", show=False),
        Binding("right", "screen.edit_record", show=False),
    ]

    @dataclass
    class Moved(Message):
        """Another row is chosen."""

        record_id: str

        def can_replace(self, message: Message) -> bool:
            """Only the last one matters."""
            return isinstance(message, RecordList.Moved)

    class Opened(Message):
        """The chosen row was clicked again."""

    def __init__(self, facts: Callable[[str], RowFacts], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._facts = facts
        self._painted: dict[tuple[object, ...], Strip] = {}
        self.ids: list[str] = []
        self.marked: set[str] = set()
        self.heading = ""
        self.news = ""
        self.empty: Sequence[str] = ()
        """What to do when there is nothing to list."""

    # --- what it is told

    def show(self, ids: Sequence[str], chosen: str = "") -> None:
        """These rows; `chosen` (or the one that was) stays chosen, or its neighbour if it is gone."""
        chosen = chosen or self.chosen_id
        self.ids = list(ids)
        self.marked &= set(self.ids)
        at = self.ids.index(chosen) if chosen in self.ids else self.cursor
        self.cursor = max(0, min(at, len(self.ids) - 1))
        self.virtual_size = Size(1, len(self.ids) + self.HEAD)
        self.reveal()
        self.refresh()

    def choose(self, record_id: str) -> None:
        """Choose a row by its record."""
        if record_id in self.ids:
            self.choose_row(self.ids.index(record_id))

    def repaint(self, ids: Collection[str]) -> None:
        """Some records say something else now: their rows, if they are seen, are painted anew."""
        top = self.scroll_offset.y
        for at in range(top, min(len(self.ids), top + self.room)):
            if self.ids[at] in ids:
                self.refresh(Region(0, at - top + self.HEAD, self.size.width, 1))

    @property
    def chosen_id(self) -> str:
        """The record whose row is chosen; "" if there is none."""
        return self.ids[self.cursor] if self.cursor < len(self.ids) else ""

    @property
    def acted_on(self) -> list[str]:
        """The marked records in the list's order, or the chosen one."""
        return [one for one in self.ids if one in self.marked] or ([self.chosen_id] if self.ids else [])

    # --- keys and mouse

    def toggle(self) -> None:
        """Mark the chosen row, or not any more; the next one is chosen."""
        if self.ids:
            self.marked ^= {self.chosen_id}
            self.choose_row(self.cursor + 1)

    def toggle_all(self) -> None:
        """Mark all, or none if all are."""
        self.marked = set() if self.marked >= set(self.ids) else set(self.ids)
        self.refresh()

    def action_extend(self, by: int) -> None:
        """Mark the row that is left and the one that is come to."""
        if self.ids:
            before = self.chosen_id
            self.choose_row(self.cursor + by)
            self.marked |= {before, self.chosen_id}
            self.refresh()

    def on_click(self, event: Click) -> None:
        """The first click chooses a row, one on the chosen row opens it; with Ctrl it marks."""
        at = self.row_under(event)
        if at is None:
            return
        if event.ctrl:
            self.marked ^= {self.ids[at]}
        elif at == self.cursor and event.chain == 1:
            self.post_message(self.Opened())
        self.choose_row(at)

    @property
    def row_count(self) -> int:
        """The records that are listed."""
        return len(self.ids)

    def moved(self) -> None:
        """Another row is chosen."""
        self.post_message(self.Moved(self.chosen_id))

    # --- painting

    def notify_style_update(self) -> None:
        """A theme or a pseudo class has changed."""
        super().notify_style_update()
        self._painted.clear()

    def render_line(self, y: int) -> Strip:
        """Heading, news, then the rows that are seen, or what to do when there are none."""
        width = self.scrollable_content_region.width
        at = y - self.HEAD + self.scroll_offset.y
        if y < self.HEAD:
            return self._said((self.heading, self.news)[y], "bold" if y == 0 else "", width)
        if not self.ids:
            said = self.empty[at] if at < len(self.empty) else ""
            return self._said(said, "", width)
        if at >= len(self.ids):
            return Strip.blank(width, self.ground)
        return self._row(at, width)

    def _said(self, words: str, style: str, width: int) -> Strip:
        colour = self.app.theme_variables["quiet"]
        text = Text(f" {drawn(words)}", f"{style} {colour}", end="", no_wrap=True)
        text.truncate(width, overflow="ellipsis", pad=True)
        return self._strip(text, width)

    def _row(self, at: int, width: int) -> Strip:
        record_id = self.ids[at]
        chosen = at == self.cursor
        colours = self.app.theme_variables
        marked = record_id in self.marked
        facts = self._facts(record_id)
        look = (
            facts._replace(spark=tuple(facts.spark)),
            width,
            chosen,
            marked,
            self.has_focus,
            self.app.theme,
        )
        strip = self._painted.get(look)
        if strip is None:
            text = row_text(facts, width, chosen=chosen, marked=marked, colours=colours)
            if chosen:
                under = "block-cursor-background" if self.has_focus else "block-cursor-blurred-background"
                text.stylize(Style.parse(f"on {colours[under]}"))
            if len(self._painted) > MANY:
                self._painted.clear()
            strip = self._painted[look] = self._strip(text, width)
        return strip

    def _strip(self, text: Text, width: int) -> Strip:
        return strip_of(text, width, self.ground, self.app.console)
