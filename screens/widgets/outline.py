"""Pages and chapters at the left of the script; Enter jumps."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from rich.text import Text
from textual.geometry import Region
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from core.script import LineKind, OutlineItem
from screens.widgets.project_rows import fit

WIDTH = 26


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """One line of the outline."""

    label: str
    row: int
    """The line of the script it stands for."""
    figures: str
    chapter: bool


class Outline(ScrollView, can_focus=True):
    """Draws only the rows on the screen, so its cost does not grow with the script."""

    DEFAULT_CSS = """
    Outline {
        width: 28; height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; border-right: solid $edge;
        color: $quiet; background: $background; overflow-x: hidden;
    }
    """
    BINDINGS = [
        ("up", "step(-1)", "Up"),
        ("down", "step(1)", "Down"),
        ("pageup", "step(-20)", "Page up"),
        ("pagedown", "step(20)", "Page down"),
        ("enter", "choose", "Go there"),
        ("escape", "leave", "Back"),
    ]

    current: var[int] = var(-1)
    """The outline row that the cursor of the script is in."""
    chosen: var[int] = var(0)
    """The outline row that Enter goes to."""

    @dataclass
    class Chosen(Message):
        """Go to a line of the script."""

        row: int

    class Left(Message):
        """Escape: back to the text."""

    def __init__(self, *, classes: str | None = None) -> None:
        super().__init__(classes=classes)
        self._rows: list[OutlineRow] = []
        self._starts: list[int] = []

    def show(self, rows: list[OutlineRow], cursor_row: int) -> None:
        """Show `rows`; only what differs on the screen is painted."""
        if rows != self._rows:
            self._rows = rows
            self._starts = [row.row for row in rows]
            self.virtual_size = self.virtual_size.with_height(len(rows)).with_width(WIDTH)
            self.chosen = min(self.chosen, max(0, len(rows) - 1))
            self.refresh()
        self.show_cursor(cursor_row)

    def show_cursor(self, cursor_row: int) -> None:
        """Mark where the script's cursor is, and keep it in view."""
        place = bisect_right(self._starts, cursor_row) - 1
        if place != self.current:
            self.current = place
            if not self.has_focus:
                self.chosen = max(0, place)
                self._reveal(self.chosen)

    def render_line(self, y: int) -> Strip:
        """One row: `▸ Page 2      5 · 88`."""
        index = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if index >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        row = self._rows[index]
        colours = self.app.theme_variables
        label = row.label
        room = width - len(row.figures) - 1
        text = Text(fit(label, max(2, room)), end="")
        text.append(f" {row.figures}" if row.figures else " ")
        if row.chapter:
            text.stylize(f"bold {colours['kind-chapter']}")
        if index == self.current:
            text.stylize(f"bold {colours['foreground']}")
        if self.has_focus and index == self.chosen:
            text.stylize("reverse")
        strip = Strip(text.render(self.app.console)).apply_style(self.rich_style)
        return strip.adjust_cell_length(width, self.rich_style)

    def watch_current(self, before: int, after: int) -> None:
        """Two rows look different."""
        self._repaint(before, after)

    def watch_chosen(self, before: int, after: int) -> None:
        """Two rows look different."""
        self._repaint(before, after)

    def _repaint(self, *indices: int) -> None:
        top = self.scroll_offset.y
        for index in indices:
            if 0 <= index - top < self.size.height:
                self.refresh(Region(0, index - top, self.size.width, 1))

    def _reveal(self, index: int) -> None:
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        if height and not top <= index < top + height:
            self.scroll_to(y=max(0, index - height // 2), animate=False, force=True)

    def action_step(self, by: int) -> None:
        """The arrows."""
        self.chosen = max(0, min(len(self._rows) - 1, self.chosen + by))
        self._reveal(self.chosen)

    def action_choose(self) -> None:
        """Enter."""
        if 0 <= self.chosen < len(self._rows):
            self.post_message(self.Chosen(self._rows[self.chosen].row))

    def action_leave(self) -> None:
        """Escape."""
        self.post_message(self.Left())

    def on_click(self, event: object) -> None:
        """A click chooses and goes."""
        from textual.events import Click

        if isinstance(event, Click):
            index = event.y + self.scroll_offset.y
            if 0 <= index < len(self._rows):
                self.chosen = index
                self.action_choose()


class OutlineRows:
    """An outline as rows: titles, chapters, scenes and pages; panels only of the page that one is in.

    What stays the same wherever the cursor is, is made once.
    """

    def __init__(self, items: Sequence[OutlineItem] = ()) -> None:
        self._items = items
        self._starts = [item.row for item in items]
        self._lasting = [_row(item) for item in items if item.kind is not LineKind.PANEL]
        self._lasting_starts = [row.row for row in self._lasting]

    def around(self, cursor_row: int) -> list[OutlineRow]:
        """The rows for a place of the cursor."""
        page, end = self._open_page(cursor_row)
        if page < 0:
            return self._lasting
        split = bisect_right(self._lasting_starts, self._starts[page])
        panels = [_row(item) for item in self._items[page + 1 : end]]
        return [*self._lasting[:split], *panels, *self._lasting[split:]]

    def _open_page(self, cursor_row: int) -> tuple[int, int]:
        """The indexes of the page around the cursor and of what follows its panels; (-1, -1) outside."""
        items = self._items
        at = bisect_right(self._starts, cursor_row) - 1
        while at >= 0 and items[at].kind is LineKind.PANEL:
            at -= 1
        if at < 0 or items[at].kind is not LineKind.PAGE:
            return -1, -1
        end = at + 1
        while end < len(items) and items[end].kind is LineKind.PANEL:
            end += 1
        return at, end


def _row(item: OutlineItem) -> OutlineRow:
    number = (
        "–".join(str(one) for one in (item.numbers[0], item.numbers[-1]))
        if len(item.numbers) > 1
        else (str(item.numbers[0]) if item.numbers else "")
    )
    label = item.title
    if item.kind in (LineKind.PAGE, LineKind.CHAPTER):
        label = f"{item.kind.value.capitalize()} {number}".rstrip() + (
            f"  {item.title}" if item.title else ""
        )
    elif item.kind is LineKind.PANEL:
        label = f"Panel {number or '·'}  {item.title}".rstrip()
    figures = f"{item.panels} · {item.words}" if item.kind is LineKind.PAGE else ""
    return OutlineRow("  " * item.level + label, item.row, figures, item.level == 0)
