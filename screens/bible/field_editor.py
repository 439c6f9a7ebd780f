"""The one live editor of a form: it stands where the field is that somebody types in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message

from core.story import TextEdit
from screens.bible.fields import Field, FieldKind
from screens.widgets.editor import ScriptEditor


class FieldEditor(ScriptEditor):
    """Types into one field of one record; at its edges the cursor goes on to the next field."""

    DEFAULT_CSS = """
    FieldEditor { height: 1; scrollbar-size-vertical: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "next_field", show=False, priority=True),
        Binding("shift+tab", "field_before", show=False, priority=True),
        Binding("escape", "leave", show=False),
        Binding("alt+down", "offer(1)", show=False),
        Binding("alt+up", "offer(-1)", show=False),
    ]

    @dataclass
    class Leave(Message):
        """The cursor goes on: to the next field (1), the one before (-1), or back to the list (0)."""

        way: int

    def __init__(self) -> None:
        super().__init__()
        self.line_numbers = False
        self.margin = None
        self.field: Field | None = None
        self.place = (-1, -1)
        self.extent = (-1, -1)
        """Where it stands over the form, and its size; styles are only set when that changes."""

    @property
    def is_line(self) -> bool:
        """Whether line breaks have no place in it."""
        return self.field is not None and self.field.kind is not FieldKind.PROSE

    @property
    def rows(self) -> int:
        """Rows that the text takes at this width."""
        self.wrapped.measure_all()
        return max(1, self.wrapped.height)

    def replace(self, start: tuple[int, int], end: tuple[int, int], text: str) -> None:
        """A line stays one, whatever is pasted."""
        super().replace(start, end, " ".join(text.splitlines()) if self.is_line and "\n" in text else text)

    def edit(self, *edits: TextEdit, select: tuple[int, int] | None = None) -> None:
        """Nothing else may break a line either."""
        if self.is_line:
            edits = tuple(TextEdit(e.position, e.deleted, e.inserted.replace("\n", " ")) for e in edits)
        super().edit(*edits, select=select)

    def action_new_line(self) -> None:
        """Enter: to the next field, in prose a new line."""
        if self.is_line:
            self.post_message(self.Leave(1))
        else:
            super().action_new_line()

    def action_cursor_up(self, extend: bool = False) -> None:
        """Above the first row is the field before."""
        if not extend and self.wrapped.point(self.cursor)[1] == 0:
            self.post_message(self.Leave(-1))
        else:
            super().action_cursor_up(extend)

    def action_cursor_down(self, extend: bool = False) -> None:
        """Below the last row is the next field."""
        if not extend and self.wrapped.point(self.cursor)[1] >= self.rows - 1:
            self.post_message(self.Leave(1))
        else:
            super().action_cursor_down(extend)

    def action_next_field(self) -> None:
        """Tab."""
        self.post_message(self.Leave(1))

    def action_field_before(self) -> None:
        """Shift+Tab."""
        self.post_message(self.Leave(-1))

    def action_leave(self) -> None:
        """Escape."""
        self.post_message(self.Leave(0))

    def action_offer(self, by: int) -> None:
        """Put the next of the offered words into the field; in prose, move the line as in the script."""
        if self.field is None or not self.field.offers:
            if not self.is_line:
                (self.action_move_line_down if by > 0 else self.action_move_line_up)()
            return
        offers = self.field.offers
        now = self.text.strip()
        if now in offers:
            at = offers.index(now) + by
        else:
            begun = [at for at, one in enumerate(offers) if now and one.startswith(now.casefold())]
            at = begun[0] if begun else 0 if by > 0 else -1
        self.replace((0, 0), self.wrapped.end, offers[at % len(offers)])

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """A field that is wholly seen leaves the wheel to the form."""
        if self.rows > self.size.height:
            super().on_mouse_scroll_down(event)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """A field that is wholly seen leaves the wheel to the form."""
        if self.rows > self.size.height:
            super().on_mouse_scroll_up(event)
