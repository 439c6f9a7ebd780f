"""What lists that are drawn as they are seen have in common: a chosen row, and keys to go to another."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.events import MouseEvent
from textual.scroll_view import ScrollView

from screens.widgets.ground import Ground


class RowView(Ground, ScrollView, can_focus=True):
    """Rows of one line each below `HEAD` lines that stay; thousands cost what fits the window.

    Whoever extends it says how many rows there are, and paints them in `render_line`.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    RowView { height: 1fr; scrollbar-size-vertical: 1; overflow-x: hidden; overflow-y: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "move(-1000000)", show=False),
        Binding("end", "move(1000000)", show=False),
    ]
    HEAD: ClassVar[int] = 0
    """Lines above the rows."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.cursor = 0

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def moved(self) -> None:
        """Another row is chosen."""

    def choose_row(self, at: int) -> None:
        """Choose a row, or the nearest one there is, and bring it into sight."""
        before, self.cursor = self.cursor, max(0, min(at, self.row_count - 1))
        self.reveal()
        self.refresh()
        if before != self.cursor and self.row_count:
            self.moved()

    def action_move(self, by: int) -> None:
        """Up or down by so many rows."""
        self.choose_row(self.cursor + by)

    def action_page(self, by: int) -> None:
        """A windowful."""
        self.choose_row(self.cursor + by * max(1, self.room - 1))

    def row_under(self, event: MouseEvent) -> int | None:
        """The row that the mouse is on."""
        at = event.y - self.HEAD + self.scroll_offset.y
        return at if event.y >= self.HEAD and at < self.row_count else None

    @property
    def room(self) -> int:
        """Rows that are seen."""
        return max(1, self.size.height - self.HEAD)

    def reveal(self) -> None:
        """Bring the chosen row into sight."""
        top = self.scroll_offset.y
        if self.cursor < top:
            self.scroll_to(0, self.cursor, animate=False, force=True)
        elif self.cursor >= top + self.room:
            self.scroll_to(0, self.cursor - self.room + 1, animate=False, force=True)

    def on_resize(self) -> None:
        """The chosen row stays in sight; Textual paints a widget of another size by itself."""
        self.reveal()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """All rows move but the first lines."""
        super().watch_scroll_y(old_value, new_value)
        self.refresh()
