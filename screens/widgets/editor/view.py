"""The part of the editor that shows: layout, scrolling, painting, cursor and selection."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, NamedTuple, Self

from rich.style import Style
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.reactive import reactive, var
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from screens.widgets.editor.document import Location, WrappedText
from screens.widgets.editor.look import EDITOR_CSS
from screens.widgets.editor.paint import CURSOR, MATCH, OVERLAYS, SELECTION, Painter, RowInk
from screens.widgets.editor.search import Search
from screens.widgets.editor.styling import PREFIX, ROLES, LineStyler, StyledSpan, plain_styler

_KNOWN = frozenset((*ROLES, *OVERLAYS))


class ViewState(NamedTuple):
    """Where a reader of the text is, as offsets: survives a switch of tabs and a new mount."""

    anchor: int
    cursor: int
    top: int
    scroll_x: int = 0


class ShownRow(NamedTuple):
    """A painted row, and the same after the app's filters (fewer colours, for example)."""

    text: Strip
    filtered: Strip


class EditorView(ScrollView, can_focus=True, inherit_bindings=False):
    """Shows a text; knows nothing of who owns it."""

    ALLOW_SELECT: ClassVar[bool] = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {PREFIX + name for name in _KNOWN}
    DEFAULT_CSS = EDITOR_CSS

    soft_wrap: reactive[bool] = reactive(True, layout=False, repaint=False, init=False)
    line_numbers: reactive[bool] = reactive(True, layout=False, repaint=False, init=False)
    drawn_cursor: reactive[bool] = reactive(True, layout=False, repaint=False, init=False)
    """Draw the cursor as a coloured cell; switch off where the terminal shows its own as a block."""
    read_only: var[bool] = var(False)

    class CursorMoved(Message):
        """The cursor is elsewhere, or the selection has another end."""

        def __init__(self, editor: EditorView, row: int, column: int) -> None:
            super().__init__()
            self.editor, self.row, self.column = editor, row, column

        @property
        def control(self) -> EditorView:
            return self.editor

        def can_replace(self, message: Message) -> bool:
            """Only the last place matters."""
            return isinstance(message, EditorView.CursorMoved)

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.wrapped = WrappedText()
        self.styler: LineStyler = plain_styler
        self.search = Search()
        self._anchor: Location = (0, 0)
        self._cursor: Location = (0, 0)
        self._goal: int | None = None  # the cell that up and down aim for
        self._rows_on_screen: list[tuple[int, int]] = []
        self._shown: list[ShownRow | None] = []
        self._shown_at: tuple[Size, Offset] | None = None
        self._painter: Painter | None = None
        self._widest = 0
        self._settling = False

    # What others read

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
    def selected_text(self) -> str:
        """The selected words, or an empty string."""
        return self.wrapped.between(*self.selection)

    @property
    def view_state(self) -> ViewState:
        """Cursor, selection and scroll, to be given back later."""
        row, section = self.wrapped.at(self.scroll_offset.y)
        top = (row, (0, *self.wrapped.cuts(row))[min(section, len(self.wrapped.cuts(row)))])
        anchor, cursor = (self.wrapped.offset(place) for place in self.selection)
        return ViewState(anchor, cursor, self.wrapped.offset(top), self.scroll_offset.x)

    @view_state.setter
    def view_state(self, state: ViewState) -> None:
        self._anchor = self.wrapped.clip(self.wrapped.place(state.anchor))
        self._cursor = self.wrapped.clip(self.wrapped.place(state.cursor))
        self._goal = None
        self._scroll(self.wrapped.point(self.wrapped.place(state.top))[1], state.scroll_x)
        self.sync()
        self._tell_cursor()

    # Cursor

    def select(self, anchor: Location, cursor: Location, *, keep_goal: bool = False) -> None:
        """Select from `anchor` to `cursor` and show the cursor; both are clipped to the text."""
        before = self.selection
        self._anchor, self._cursor = self.wrapped.clip(anchor), self.wrapped.clip(cursor)
        if not keep_goal:
            self._goal = None
        self.reveal()
        self.sync()
        if before != self.selection:
            self._tell_cursor()

    def go_to(self, row: int, column: int = 0, *, center: bool = True) -> None:
        """Put the cursor at a place (counted from 0, clipped to the text) and show it."""
        place = self.wrapped.clip((row, column))
        self.select(place, place)
        if center:
            self.center()

    def center(self) -> None:
        """Scroll so that the cursor's row is in the middle."""
        self._scroll_so(self._cursor, self._view_height // 2)
        self.sync()

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
        if top <= y < top + self._view_height:
            self._scroll(top, left)
        else:
            self._scroll_so(self._cursor, 0 if y < top else self._view_height - 1, left)

    def _tell_cursor(self) -> None:
        self.post_message(self.CursorMoved(self, *self._cursor))

    # Layout

    @property
    def gutter_width(self) -> int:
        """Cells of the line numbers with the gap behind them."""
        return max(4, len(str(self.wrapped.rows))) + 2 if self.line_numbers else 0

    @property
    def _view_height(self) -> int:
        return self.scrollable_content_region.height

    def _scroll(self, top: int, left: int | None = None) -> None:
        """Scroll without animation; the text's height must be told first, or it is cut off there."""
        self._tell_height()
        if top != self.scroll_offset.y or (left is not None and left != self.scroll_offset.x):
            self.scroll_to(left, top, animate=False, force=True)

    def _tell_height(self) -> None:
        """Set the virtual size without the layout of the whole screen that it usually costs."""
        width = self.scrollable_content_region.width
        if not self.soft_wrap:
            width = max(width, self._widest + self.gutter_width + 2)
        size = Size(width, self.wrapped.height)
        if size != self.virtual_size:
            self.set_reactive(Widget.virtual_size, size)
            # The bar has eight steps a cell: smaller changes would only have it painted anew.
            bar = self.vertical_scrollbar
            if abs(size.height - bar.window_virtual_size) * 8 * self._view_height >= size.height:
                bar.window_virtual_size = size.height

    def relayout(self) -> None:
        """Wrap anew if the width has changed; what is at the top (or the cursor, if seen) stays."""
        if not self.is_mounted or not self._view_height:
            return
        width = self.scrollable_content_region.width - self.gutter_width - 1
        place, distance = self._hold()
        if self.wrapped.set_layout(width, wrap=self.soft_wrap):
            self._scroll_so(self.wrapped.place(place), distance)

    def _scroll_so(self, place: Location, distance: int, left: int | None = None) -> None:
        """Scroll so that a place is `distance` rows below the top; what lies between is measured."""
        list(self._measured(range(place[0] - 1, -1, -1), distance))
        self._scroll(self.wrapped.point(place)[1] - distance, left)

    def _hold(self) -> tuple[int, int]:
        """An offset of the text that shall stay on its screen row, and that row."""
        top, height = self.scroll_offset.y, self._view_height
        y = self.wrapped.point(self._cursor)[1]
        if top <= y < top + height:
            return self.wrapped.offset(self._cursor), y - top
        return self.view_state.top, 0

    def _settle(self) -> None:
        """Measure what is on the screen and a screen around it, and keep the top line in place."""
        height = self._view_height
        top = self.scroll_offset.y
        row, section = self.wrapped.at(top)
        grown = sum(self._measured(range(row - 1, -1, -1), height))
        if not self.wrapped.line_height(row) > section:
            section = self.wrapped.line_height(row) - 1
        list(self._measured(range(row + 1, self.wrapped.rows), 2 * height))
        self._tell_height()
        if grown or self.wrapped.at(top) != (row, section):
            self._scroll(self.wrapped.top(row) + section)
        self._rows_on_screen = list(self._walk(self.scroll_offset.y, height))

    def _measured(self, rows: range, height: int) -> Iterator[int]:
        for row in rows:
            if height <= 0:
                return
            yield self.wrapped.measure(row)
            height -= self.wrapped.line_height(row)

    def _walk(self, top: int, height: int) -> Iterator[tuple[int, int]]:
        row, section = self.wrapped.at(top)
        for _ in range(height):
            if section >= self.wrapped.line_height(row):
                row, section = row + 1, 0
                if row >= self.wrapped.rows:
                    return
            yield row, section
            section += 1

    # Painting

    def sync(self) -> None:
        """Bring the screen up to date: only rows that look different are sent."""
        if not self.is_mounted or not self._view_height or self._settling:
            return
        self._settling = True
        self.relayout()
        self._settle()
        self._settling = False
        width = self.size.width
        changed = False
        for y, shown in enumerate(self._frame()):
            if shown is not None and self._strip(y) != shown.text:
                self.refresh(Region(0, y, width, 1))
                changed = True
        self._place_cursor(redraw=not changed)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows of the widget, for Textual. Rows that were not refreshed are given again as they were.

        This replaces the cache that every widget has: rows here have no border or padding, and
        we know better which of them have changed.
        """
        frame = self._frame()
        strips = []
        for y in crop.line_range:
            shown = frame[y] if y < len(frame) else None
            if shown is None:
                shown = self._shown_row(y)
                if y < len(frame):
                    frame[y] = shown
            strips.append(shown.filtered)
        if crop.column_span != (0, self.size.width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def render_line(self, y: int) -> Strip:
        """One row of the widget."""
        return self._strip(y)

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Have rows painted anew; all of them if no region is given."""
        for y in range(len(self._shown)) if not regions else _lines(regions, len(self._shown)):
            self._shown[y] = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def _frame(self) -> list[ShownRow | None]:
        """The rows as they were painted last; none of them if the widget was moved or resized since."""
        state = (self.size, self.scroll_offset)
        if state != self._shown_at:
            self._shown_at = state
            self._shown = [None] * self.size.height
        return self._shown

    def _shown_row(self, y: int) -> ShownRow:
        text = filtered = self._strip(y)
        background = self.background_colors[1]
        for line_filter in self.get_line_filters():
            filtered = filtered.apply_filter(line_filter, background)
        return ShownRow(text, filtered)

    def _strip(self, y: int) -> Strip:
        painter = self._painter
        if painter is None:
            painter = self._painter = Painter(self._style_of)
        if y >= len(self._rows_on_screen):
            return painter.blank(self.size.width)
        row, section = self._rows_on_screen[y]
        text = painter.paint(self._ink(row, section))
        gutter = self.gutter_width
        if not gutter:
            return text
        number = str(row + 1) if section == 0 else ""
        return painter.number(f"{number:>{gutter - 2}}  ", text, current=row == self._cursor[0])

    def _style_of(self, roles: tuple[str, ...]) -> Style:
        names = [PREFIX + role for role in roles if role in _KNOWN]
        return self.get_visual_style(*names).rich_style

    def _ink(self, row: int, section: int) -> RowInk:
        line = self.wrapped.buffer[row]
        cuts = (0, *self.wrapped.cuts(row), len(line))
        start, end, last = cuts[section], cuts[section + 1], section + 2 == len(cuts)
        low, high = self.ordered_selection
        if not self.soft_wrap:
            self._widest = max(self._widest, self.wrapped.cells(row).width)
        return RowInk(
            line,
            start,
            end,
            tuple(
                span
                for span in self._spans(row, line)
                if (span[0] < end and span[1] > start) or (last and span[0] == end and span[2] == CURSOR)
            ),
            row == self._cursor[0],
            last and low[0] <= row < high[0],
            0 if self.soft_wrap else self.scroll_offset.x,
            self.size.width - self.gutter_width,
        )

    def _spans(self, row: int, line: str) -> Iterator[StyledSpan]:
        yield from self.styler(row)
        for start, end in self.search.in_line(line):
            yield start, end, MATCH
        low, high = self.ordered_selection
        if low != high and low[0] <= row <= high[0]:
            yield low[1] if row == low[0] else 0, high[1] if row == high[0] else len(line), SELECTION
        if self.drawn_cursor and self.has_focus and row == self._cursor[0]:
            column = self._cursor[1]
            yield column, self.wrapped.cells(row).after(column), CURSOR

    def _place_cursor(self, *, redraw: bool) -> None:
        """Put the terminal's own cursor where typing goes: braille and speech follow it."""
        if not self.has_focus:
            return
        place = self.cursor_screen_offset
        if place != self.app.cursor_position:
            self.app.cursor_position = place
            if redraw:  # without a changed row nothing would be sent at all
                offset = place - self.content_region.offset
                self.refresh(Region(offset.x, offset.y, 1, 1))

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where on the screen the cursor is drawn."""
        x, y = self.wrapped.point(self._cursor)
        region = self.content_region
        left, top = self.scroll_offset
        return Offset(region.x + self.gutter_width + x - left, region.y + y - top)

    # Textual's calls

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self.sync()

    def watch_scroll_x(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_x(old_value, new_value)
        self.sync()

    def watch_soft_wrap(self) -> None:
        self.sync()
        self.reveal()

    def watch_line_numbers(self) -> None:
        self.sync()

    def watch_drawn_cursor(self) -> None:
        self.sync()

    def on_resize(self) -> None:
        self.sync()

    def on_focus(self) -> None:
        self.sync()

    def on_blur(self) -> None:
        self.sync()

    def notify_style_update(self) -> None:
        """A theme or a pseudo class has changed: all rows are painted anew."""
        super().notify_style_update()
        self._painter = None


def _lines(regions: tuple[Region, ...], height: int) -> set[int]:
    return {y for region in regions for y in region.line_range if 0 <= y < height}
