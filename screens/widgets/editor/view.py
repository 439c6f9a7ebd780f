"""The part of the editor that shows: cursor, selection, and what Textual tells it."""

from __future__ import annotations

from typing import ClassVar

from textual.message import Message
from textual.reactive import var

from screens.widgets.editor.document import Location
from screens.widgets.editor.frame import EditorFrame
from screens.widgets.editor.look import EDITOR_CSS
from screens.widgets.editor.scrolling import ViewState


class EditorView(EditorFrame):
    """Shows a text; knows nothing of who owns it."""

    ALLOW_SELECT: ClassVar[bool] = False
    DEFAULT_CSS = EDITOR_CSS

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
        self._goal: int | None = None  # the cell that up and down aim for
        self._restored: ViewState | None = None
        self._seen_height = 0

    # What others read

    @property
    def selected_text(self) -> str:
        """The selected words, or an empty string."""
        return self.wrapped.between(*self.selection)

    # Cursor

    def restore(self, state: ViewState) -> None:
        """Put cursor, selection and scroll back to where `view_state` found them."""
        self._anchor = self.wrapped.clip(self.wrapped.place(state.anchor))
        self._cursor = self.wrapped.clip(self.wrapped.place(state.cursor))
        self._goal = None
        if self._view_height:
            self._scroll_so(self.wrapped.place(state.top), 0, state.scroll_x)
        else:
            self._restored = state  # there is no size yet to scroll in
        self.sync()
        self._tell_cursor()

    def select(self, anchor: Location, cursor: Location, *, keep_goal: bool = False) -> None:
        """Select from `anchor` to `cursor` and show the cursor; both are clipped to the text."""
        before = self.selection
        self._anchor, self._cursor = self.wrapped.clip(anchor), self.wrapped.clip(cursor)
        if not keep_goal:
            self._goal = None
        if before != self.selection:
            self._ghost = ""
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
        if not self._view_height:
            return
        self._scroll_so(self._cursor, self._view_height // 2)
        self.sync()

    def _tell_cursor(self) -> None:
        self.post_message(self.CursorMoved(self, *self._cursor))

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

    def watch_typewriter(self) -> None:
        self.reveal()
        self.sync()

    def watch_line_numbers(self) -> None:
        self.sync()

    def watch_margin(self) -> None:
        self.sync()

    def watch_drawn_cursor(self) -> None:
        self.sync()

    def on_resize(self) -> None:
        """The cursor stays in sight if it was; the first size decides where the text is shown."""
        before, self._seen_height = self._seen_height, self._view_height
        if not self._view_height:
            self._seen_height = before
            return
        seen = self.cursor_row_on_screen in range(before)
        self.sync()
        if not before and self._restored is not None:
            self.restore(self._restored)
        elif not before:
            self.center()
        elif seen:
            self.reveal()
            self.sync()

    def on_show(self) -> None:
        self.sync()

    def on_focus(self) -> None:
        self.sync()

    def on_blur(self) -> None:
        self.sync()

    def notify_style_update(self) -> None:
        """A theme or a pseudo class has changed: all rows are painted anew."""
        super().notify_style_update()
        self._painter = None
