"""The part of the editor that says which rows of the text are on the screen, and scrolls."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from textual.geometry import Offset, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.widget import Widget

from screens.widgets.editor.document import Location, WrappedText

AHEAD = 10
"""Screen rows above the screen whose lines are measured before one scrolls there."""


class ViewState(NamedTuple):
    """Where a reader of the text is, as offsets: survives a switch of tabs and a new mount."""

    anchor: int
    cursor: int
    top: int
    scroll_x: int = 0


class EditorScroll(ScrollView, can_focus=True, inherit_bindings=False):
    """Holds the text's layout and the cursor; a subclass paints what `_settle` put on the screen."""

    soft_wrap: reactive[bool] = reactive(True, layout=False, repaint=False, init=False)
    line_numbers: reactive[bool] = reactive(True, layout=False, repaint=False, init=False)
    typewriter: reactive[bool] = reactive(False, layout=False, repaint=False, init=False)
    """Keep the cursor's row in the middle, at the end of the text too; not where the text begins."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.wrapped = WrappedText()
        self._anchor: Location = (0, 0)
        self._cursor: Location = (0, 0)
        self._rows_on_screen: list[tuple[int, int]] = []
        self._widest = 0

    @property
    def cursor(self) -> Location:
        """(row, column) of the place where typing goes."""
        return self._cursor

    @property
    def selection(self) -> tuple[Location, Location]:
        """(anchor, cursor); equal if nothing is selected, in either order."""
        return self._anchor, self._cursor

    @property
    def ordered_selection(self) -> tuple[Location, Location]:
        """The two ends of the selection in the order of the text."""
        return min(self._anchor, self._cursor), max(self._anchor, self._cursor)

    @property
    def view_state(self) -> ViewState:
        """Cursor, selection and scroll, to be given back later."""
        row, section = self.wrapped.at(self.scroll_offset.y)
        top = (row, (0, *self.wrapped.cuts(row))[min(section, len(self.wrapped.cuts(row)))])
        anchor, cursor = (self.wrapped.offset(place) for place in self.selection)
        return ViewState(anchor, cursor, self.wrapped.offset(top), self.scroll_offset.x)

    @property
    def cursor_row_on_screen(self) -> int:
        """The row of the widget that shows the cursor; outside its height if it is scrolled away."""
        return self.wrapped.point(self._cursor)[1] - self.scroll_offset.y

    # Layout

    @property
    def gutter_width(self) -> int:
        """Cells of the line numbers with the gap behind them."""
        return max(4, len(str(self.wrapped.rows))) + 2 if self.line_numbers else 0

    @property
    def margin_width(self) -> int:
        """Cells between the text and the scroll bar that are kept free for figures."""
        return 0

    @property
    def _view_height(self) -> int:
        return self.scrollable_content_region.height

    @property
    def _middle(self) -> int:
        """The row of the window that typewriter scrolling keeps the cursor on."""
        return self._view_height // 2

    def _scroll(self, top: int, left: int | None = None) -> None:
        """Scroll without animation; the text's height must be told first, or it is cut off there."""
        self._tell_height()
        if top != self.scroll_offset.y or (left is not None and left != self.scroll_offset.x):
            self.scroll_to(left, top, animate=False, force=True)

    def _tell_height(self) -> None:
        """Set the virtual size without the layout of the whole screen that it usually costs."""
        width = self.scrollable_content_region.width
        if not self.soft_wrap:
            width = max(width, self._widest + self.gutter_width + self.margin_width + 2)
        below = self._view_height - self._middle - 1 if self.typewriter else 0
        size = Size(width, self.wrapped.height + below)
        if size != self.virtual_size:
            self.set_reactive(Widget.virtual_size, size)
            # The bar has eight steps a cell: smaller changes would only have it painted anew.
            bar = self.vertical_scrollbar
            if abs(size.height - bar.window_virtual_size) * 8 * self._view_height >= size.height:
                bar.window_virtual_size = size.height

    def relayout(self) -> None:
        """Wrap anew if the width has changed; what is at the top (or the cursor, if seen) stays."""
        width = self.scrollable_content_region.width - self.gutter_width - self.margin_width - 1
        place, distance = self._hold()
        if self.wrapped.set_layout(width, wrap=self.soft_wrap):
            self._scroll_so(self.wrapped.place(place), distance)

    def _scroll_so(self, place: Location, distance: int, left: int | None = None) -> None:
        """Scroll so that a place is `distance` rows below the top; what lies between is measured."""
        list(self._measured(range(place[0] - 1, -1, -1), distance))
        self._scroll(max(0, self.wrapped.point(place)[1] - distance), left)

    def _hold(self) -> tuple[int, int]:
        """An offset of the text that shall stay on its screen row, and that row."""
        distance = self.cursor_row_on_screen
        if 0 <= distance < self._view_height:
            return self.wrapped.offset(self._cursor), distance
        return self.view_state.top, 0

    def _settle(self) -> None:
        """Measure what is on the screen and a little above it, and keep the top line in place."""
        top = self.scroll_offset.y
        row, section = self.wrapped.at(top)
        grown = sum(self._measured(range(row - 1, -1, -1), AHEAD))
        section = min(section, self.wrapped.line_height(row) - 1)
        rows = self._rows_from(row, section)
        self._tell_height()
        if grown or self.wrapped.at(top) != (row, section) or top > self.max_scroll_y:
            self._scroll(self.wrapped.top(row) + section)
            if self.wrapped.at(self.scroll_offset.y) != (row, section):  # the text ends sooner now
                rows = self._rows_from(*self.wrapped.at(self.scroll_offset.y))
        self._rows_on_screen = rows

    def _measured(self, rows: range, height: int) -> Iterator[int]:
        """Measure lines until they fill a height; yields by how much each was mistaken."""
        for row in rows:
            if height <= 0:
                return
            yield self.wrapped.measure(row)
            height -= self.wrapped.line_height(row)

    def _rows_from(self, row: int, section: int) -> list[tuple[int, int]]:
        """The (line, section) of each screen row from a place on, as many as are seen."""
        height, last = self._view_height, self.wrapped.rows
        found: list[tuple[int, int]] = []
        while len(found) < height and row < last:
            found += [(row, part) for part in range(section, self.wrapped.line_height(row))]
            row, section = row + 1, 0
        return found[:height]

    def reveal(self) -> None:
        """Scroll as little as needed for the cursor to be seen."""
        if not self._view_height:
            return
        x, y = self.wrapped.point(self._cursor)
        left, top = self.scroll_offset
        self._widest = max(self._widest, x)
        if self.soft_wrap:
            left = 0
        elif not left <= x < left + self.wrapped.width:
            left = max(0, x - self.wrapped.width // 2)
        if self.typewriter:
            self._scroll_so(self._cursor, self._middle, left)
        elif top <= y < top + self._view_height:
            self._scroll(top, left)
        else:
            self._scroll_so(self._cursor, 0 if y < top else self._view_height - 1, left)

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where on the screen the cursor is drawn."""
        x, y = self.wrapped.point(self._cursor)
        region = self.content_region
        left, top = self.scroll_offset
        return Offset(region.x + self.gutter_width + x - left, region.y + y - top)
