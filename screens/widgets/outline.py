"""Chapters, pages and panels beside the script: Enter jumps, arrows fold, Alt+arrows move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from textual import events
from textual.binding import Binding
from textual.geometry import Region
from textual.message import Message
from textual.reactive import var
from textual.strip import Strip

from core.script import LineKind, OutlineItem
from screens.widgets.outline_edge import Edge
from screens.widgets.outline_row import row_text
from screens.widgets.outline_tree import Folds, OutlineTree


class Outline(Edge, can_focus=True):
    """Draws only the rows on the screen, so its cost does not grow with the script."""

    DEFAULT_CSS = """
    Outline {
        width: 28; height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; border-right: solid $edge;
        color: $quiet; background: $background; overflow-x: hidden;
    }
    """
    BINDINGS = [
        Binding("up", "step(-1)", "Up", show=False),
        Binding("down", "step(1)", "Down", show=False),
        Binding("pageup", "screen(-1)", "Screen up", show=False),
        Binding("pagedown", "screen(1)", "Screen down", show=False),
        Binding("home", "step(-10000000)", "Start", show=False),
        Binding("end", "step(10000000)", "End", show=False),
        Binding("enter", "choose", "Go there", show=False),
        Binding("escape", "leave", "Back to the text", show=False),
        Binding("left", "fold", "Fold", show=False),
        Binding("right", "unfold", "Unfold", show=False),
        Binding("space", "toggle_fold", "Fold or unfold", show=False),
        Binding("z", "all(False)", "Fold all", show=False),
        Binding("Z,shift+z,shift+Z", "all(True)", "Unfold all", show=False),
        Binding("alt+up,K,shift+k,shift+K", "move(False)", "Move up", show=False, id="outline.move_up"),
        Binding("alt+down,J,shift+j,shift+J", "move(True)", "Move down", show=False, id="outline.move_down"),
        Binding("less_than_sign", "widen(-2)", "Narrower", show=False),
        Binding("greater_than_sign", "widen(2)", "Wider", show=False),
    ]

    chosen: var[int] = var(0)
    """The outline row that Enter goes to."""

    @dataclass
    class Chosen(Message):
        """Go to a line of the script."""

        row: int

    @dataclass
    class Move(Message):
        """Move the block whose heading is at a line of the script."""

        row: int
        down: bool

    class Left(Message):
        """Escape: back to the text."""

    def __init__(self, *, width: int = 28, classes: str | None = None) -> None:
        super().__init__(classes=classes)
        self.styles.width = width
        self.folds = Folds()
        self._tree = OutlineTree()
        self._marks: Mapping[int, int] = {}
        self._current = -1
        self._expected: int | None = None

    # --- what it is told

    def show(self, items: Sequence[OutlineItem], cursor_row: int) -> None:
        """Show an outline, with the cursor at a row of the script; folds and the chosen row stay."""
        place = self._place()
        self._tree = OutlineTree(items, self.folds)
        self._tree.follow(cursor_row)
        self._reshape()
        if self._expected is not None and (row := self._row_of_line(self._expected)) is not None:
            self._choose(row)
        elif self.has_focus and place is not None:
            self._choose(self._find(place))
        else:
            self._choose(max(0, self._tree.current))
        self._expected = None

    def show_cursor(self, cursor_row: int) -> None:
        """Mark where the script's cursor is, and keep it in view."""
        place = self._place() if self.has_focus else None
        if self._tree.follow(cursor_row):
            self._reshape()
            if place is not None:
                self._choose(self._find(place))
        current = self._tree.current
        if current != self._current:
            self._repaint(self._current, current)
            self._current = current
            if not self.has_focus:
                self._choose(max(0, current))

    def choose_current(self) -> None:
        """Choose the row that the cursor is in."""
        self._choose(max(0, self._tree.current))

    def show_marks(self, marks: Mapping[int, int]) -> None:
        """Page key → how many hints it has."""
        if marks != self._marks:
            self._marks = dict(marks)
            self.refresh()

    def expect(self, row: int) -> None:
        """After a move: the next outline shown has the moved heading at this row, and it is chosen."""
        self._expected = row

    # --- places that outlast a new outline

    def _place(self) -> tuple[int, int] | None:
        """The chosen row as (page key, items behind the page's heading)."""
        if not 0 <= self.chosen < self._tree.height:
            return None
        item = self._tree.item_at(self.chosen)
        head = item
        while head > 0 and self._tree.items[head].kind not in (LineKind.PAGE, LineKind.CHAPTER):
            head -= 1
        return self._tree.items[head].key, item - head

    def _find(self, place: tuple[int, int]) -> int:
        key, behind = place
        items = self._tree.items
        head = next((at for at, item in enumerate(items) if key and item.key == key), None)
        if head is None:
            return min(self.chosen, max(0, self._tree.height - 1))
        return self._tree.row_of(min(head + behind, len(items) - 1))

    def _row_of_line(self, row: int) -> int | None:
        item = self._tree.item_in(row)
        return self._tree.row_of(item) if item >= 0 else None

    def _reshape(self) -> None:
        self.virtual_size = self.virtual_size.with_height(self._tree.height).with_width(1)
        self._current = self._tree.current
        self.chosen = min(self.chosen, max(0, self._tree.height - 1))
        self.refresh()

    # --- painting

    def render_line(self, y: int) -> Strip:
        """One row: `▸ Page 2 ▐ turn   5 · 88`."""
        index = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if index >= self._tree.height:
            return Strip.blank(width, self.ground)
        text = row_text(self._tree, self._tree.item_at(index), width, self._marks, self.app.theme_variables)
        if index == self._current:
            text.stylize(f"bold {self.app.theme_variables['foreground']}")
        if self.has_focus and index == self.chosen:
            text.stylize("reverse")
        strip = Strip(text.render(self.app.console)).apply_style(self.ground)
        return strip.adjust_cell_length(width, self.ground)

    def watch_chosen(self, before: int, after: int) -> None:
        """Two rows look different."""
        self._repaint(before, after)

    def _repaint(self, *indices: int) -> None:
        top = self.scroll_offset.y
        for index in indices:
            if 0 <= index - top < self.size.height:
                self.refresh(Region(0, index - top, self.size.width, 1))

    def _choose(self, index: int) -> None:
        self.chosen = index
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        if height and not top <= index < top + height:
            self.scroll_to(y=max(0, index - height // 2), animate=False, force=True)

    # --- keys

    def action_step(self, by: int) -> None:
        """The arrows."""
        self._choose(max(0, min(self._tree.height - 1, self.chosen + by)))

    def action_screen(self, by: int) -> None:
        """A screen up or down."""
        self.action_step(by * max(1, self.scrollable_content_region.height - 1))

    def action_choose(self) -> None:
        """Enter."""
        if (item := self._item()) is not None:
            self.post_message(self.Chosen(self._tree.items[item].row))

    def action_leave(self) -> None:
        """Escape."""
        self.post_message(self.Left())

    def action_fold(self) -> None:
        """Fold what is chosen; from a panel or a folded page, go to what it stands in."""
        item = self._item()
        if item is None:
            return
        if self._tree.can_fold(item) and self._tree.is_open(item):
            self._fold(item, opened=False)
        elif (parent := self._tree.parent(item)) is not None:
            self._choose(self._tree.row_of(parent))

    def action_unfold(self) -> None:
        """Unfold what is chosen; if it is open, go into it."""
        item = self._item()
        if item is None or not self._tree.can_fold(item):
            return
        if self._tree.is_open(item):
            self.action_step(1)
        else:
            self._fold(item, opened=True)

    def action_toggle_fold(self) -> None:
        """Fold or unfold; from a panel, its page."""
        item = self._item()
        if item is not None and not self._tree.can_fold(item):
            item = self._tree.parent(item)
        if item is not None and self._tree.can_fold(item):
            self._fold(item, opened=not self._tree.is_open(item))

    def action_all(self, opened: bool) -> None:
        """Fold or unfold everything."""
        item = self._item()
        self._tree.fold_all(opened=opened)
        self._reshape()
        self._choose(self._tree.row_of(item) if item is not None else 0)

    def action_move(self, down: bool) -> None:
        """Move what is chosen, with everything under it."""
        if self._expected is not None:
            self.post_message(self.Move(self._expected, down))  # the outline has yet to follow the last move
        elif (item := self._item()) is not None:
            self.post_message(self.Move(self._tree.items[item].row, down))

    def _item(self) -> int | None:
        return self._tree.item_at(self.chosen) if 0 <= self.chosen < self._tree.height else None

    def _fold(self, item: int, *, opened: bool) -> None:
        self._tree.fold(item, opened=opened)
        self._reshape()
        self._choose(self._tree.row_of(item))

    # --- mouse, width

    def on_focus(self) -> None:
        """The chosen row is shown now."""
        self.refresh()

    def on_blur(self) -> None:
        """The chosen row follows the cursor again."""
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """A click chooses and goes; on the mark in front it folds."""
        index = event.y + self.scroll_offset.y
        if not 0 <= index < self._tree.height or event.x >= self.size.width:
            return
        self.chosen = index
        item = self._tree.item_at(index)
        if event.x <= 2 and self._tree.can_fold(item):
            self.action_toggle_fold()
        else:
            self.action_choose()
