"""Moving the cursor, by keys and by mouse."""

from __future__ import annotations

from textual import events

from screens.widgets.editor.document import Location
from screens.widgets.editor.view import EditorView
from screens.widgets.editor.words import indentation, word_at, word_left, word_right

WHEEL_ROWS = 3


class EditorMoves(EditorView):
    """Every action takes `extend`: true moves only the cursor's end of the selection."""

    _pointing = False

    def _move(self, to: Location, extend: bool, *, keep_goal: bool = False) -> None:
        self.select(self._anchor if extend else to, to, keep_goal=keep_goal)

    def action_cursor_left(self, extend: bool = False) -> None:
        """One character to the left, or to the left end of what is selected."""
        if not extend and self._anchor != self._cursor:
            return self._move(self.ordered_selection[0], False)
        row, column = self._cursor
        if column:
            return self._move((row, self.wrapped.cells(row).before(column)), extend)
        if row:
            return self._move((row - 1, len(self.wrapped.buffer[row - 1])), extend)
        return None

    def action_cursor_right(self, extend: bool = False) -> None:
        """One character to the right, or to the right end of what is selected."""
        if not extend and self._anchor != self._cursor:
            return self._move(self.ordered_selection[1], False)
        row, column = self._cursor
        if column < len(self.wrapped.buffer[row]):
            return self._move((row, self.wrapped.cells(row).after(column)), extend)
        if row + 1 < self.wrapped.rows:
            return self._move((row + 1, 0), extend)
        return None

    def action_cursor_up(self, extend: bool = False) -> None:
        """To the screen row above."""
        self._move_rows(-1, extend)

    def action_cursor_down(self, extend: bool = False) -> None:
        """To the screen row below."""
        self._move_rows(1, extend)

    def action_cursor_page_up(self, extend: bool = False) -> None:
        """One screen up; the cursor keeps its place on the screen."""
        self._move_page(-1, extend)

    def action_cursor_page_down(self, extend: bool = False) -> None:
        """One screen down; the cursor keeps its place on the screen."""
        self._move_page(1, extend)

    def _move_rows(self, rows: int, extend: bool) -> None:
        x, y = self.wrapped.point(self._cursor)
        goal = x if self._goal is None else self._goal
        target = y + rows
        if target < 0:
            self._move((0, 0), extend)
        elif target >= self.wrapped.height:
            self._move(self.wrapped.end, extend)
        else:
            self._move(self._place_at(goal, y, rows), extend, keep_goal=True)
            self._goal = goal

    def _place_at(self, x: int, y: int, rows: int) -> Location:
        """The place `rows` screen rows from y; lines on the way are measured first."""
        row, section = self.wrapped.at(y)
        while rows < 0:
            step = min(section, -rows)
            section, rows = section - step, rows + step
            if rows < 0 and row == 0:
                break
            if rows < 0:
                row, rows = row - 1, rows + 1
                section = self.wrapped.line_height(row) - 1
        while rows > 0:
            step = min(self.wrapped.line_height(row) - 1 - section, rows)
            section, rows = section + step, rows - step
            if rows > 0 and row + 1 == self.wrapped.rows:
                break
            if rows > 0:
                row, section, rows = row + 1, 0, rows - 1
        return row, self.wrapped.column(row, section, x)

    def _move_page(self, direction: int, extend: bool) -> None:
        step = max(1, self._view_height - 1)
        y = self.wrapped.point(self._cursor)[1]
        distance = y - self.scroll_offset.y
        self._move_rows_or_end(direction * step, extend)
        self._scroll(self.wrapped.point(self._cursor)[1] - distance)
        self.sync()

    def _move_rows_or_end(self, rows: int, extend: bool) -> None:
        x, y = self.wrapped.point(self._cursor)
        goal = x if self._goal is None else self._goal
        self._move(self._place_at(goal, y, rows), extend, keep_goal=True)
        self._goal = goal

    def action_cursor_line_start(self, extend: bool = False) -> None:
        """To the first word of the line, then to its very start; first to the screen row's start."""
        row, column = self._cursor
        _, start, _ = self.wrapped.section(row, column)
        first = len(indentation(self.wrapped.buffer[row]))
        stops = (start, 0) if start else (first, 0)
        self._move((row, stops[1] if column == stops[0] or 0 < column < stops[0] else stops[0]), extend)

    def action_cursor_line_end(self, extend: bool = False) -> None:
        """To the end of the screen row, then to the end of the line."""
        row, column = self._cursor
        length = len(self.wrapped.buffer[row])
        _, _, end = self.wrapped.section(row, column)
        if end < length:
            end = self.wrapped.cells(row).before(end)
        self._move((row, length if end == column else end), extend)

    def action_cursor_word_left(self, extend: bool = False) -> None:
        """To the start of the word on the left."""
        self._move(self._word_left(), extend)

    def action_cursor_word_right(self, extend: bool = False) -> None:
        """To the end of the word on the right."""
        self._move(self._word_right(), extend)

    def _word_left(self) -> Location:
        row, column = self._cursor
        if column == 0 and row:
            return row - 1, len(self.wrapped.buffer[row - 1])
        return row, word_left(self.wrapped.buffer[row], column)

    def _word_right(self) -> Location:
        row, column = self._cursor
        line = self.wrapped.buffer[row]
        if column == len(line) and row + 1 < self.wrapped.rows:
            return row + 1, 0
        return row, word_right(line, column)

    def action_cursor_block_up(self, extend: bool = False) -> None:
        """To the blank line above (or the start)."""
        row = self._cursor[0] - 1
        while row > 0 and self.wrapped.buffer[row].strip():
            row -= 1
        self._move((max(0, row), 0), extend)

    def action_cursor_block_down(self, extend: bool = False) -> None:
        """To the blank line below (or the end)."""
        row = self._cursor[0] + 1
        while row < self.wrapped.rows and self.wrapped.buffer[row].strip():
            row += 1
        self._move((row, 0) if row < self.wrapped.rows else self.wrapped.end, extend)

    def action_cursor_text_start(self, extend: bool = False) -> None:
        """To the start of the text."""
        self._move((0, 0), extend)

    def action_cursor_text_end(self, extend: bool = False) -> None:
        """To the end of the text."""
        self._move(self.wrapped.end, extend)

    def action_select_all(self) -> None:
        """Select the whole text; the screen stays where it is."""
        self._anchor, self._cursor, self._goal = (0, 0), self.wrapped.end, None
        self.sync()
        self._tell_cursor()

    def action_select_line(self) -> None:
        """Select the cursor's line with its line break; again for one more."""
        low, high = self.ordered_selection
        start = (low[0], 0)
        end = (high[0] + 1, 0) if high[0] + 1 < self.wrapped.rows else self.wrapped.end
        self.select(start, end)

    def action_select_word(self) -> None:
        """Select the word at the cursor."""
        row, column = self._cursor
        start, end = word_at(self.wrapped.buffer[row], column)
        self.select((row, start), (row, end))

    # Mouse

    def place_of(self, event: events.MouseEvent) -> Location:
        """The place in the text under the mouse, clipped to it."""
        offset = event.get_content_offset_capture(self)
        left, top = self.scroll_offset
        return self.wrapped.location(offset.x - self.gutter_width + left, offset.y + top)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        event.stop()
        if event.button != 1:
            return
        place = self.place_of(event)
        self.select(self._anchor if event.shift else place, place)
        self._pointing = True
        self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._pointing:
            event.stop()
            self.select(self._anchor, self.place_of(event))

    def on_mouse_up(self, event: events.MouseUp) -> None:
        event.stop()
        self._stop_pointing()

    def on_hide(self) -> None:
        self._stop_pointing()

    def _stop_pointing(self) -> None:
        if self._pointing:
            self._pointing = False
            self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        event.stop()
        if event.chain == 2:
            self.action_select_word()
        elif event.chain == 3:
            place = (self._cursor[0], 0)
            self.select(place, place)
            self.action_select_line()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self._wheel(event, WHEEL_ROWS)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self._wheel(event, -WHEEL_ROWS)

    def _wheel(self, event: events.MouseEvent, rows: int) -> None:
        event.stop()
        event.prevent_default()
        if event.shift or event.ctrl:
            self.scroll_relative(x=rows * 2, animate=False, force=True)
        else:
            self._scroll(self.scroll_offset.y + rows)
