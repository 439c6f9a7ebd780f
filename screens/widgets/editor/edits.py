"""What a writer does to the text. Each action is one call of the store; the change comes back from it."""

from __future__ import annotations

from textual.actions import SkipAction
from textual.message import Message

from core.story import TextEdit
from screens.widgets.editor.cells import TAB
from screens.widgets.editor.document import Location
from screens.widgets.editor.mapping import Stick, map_offset
from screens.widgets.editor.moves import EditorMoves
from screens.widgets.editor.ports import OwnEdit, TextStore
from screens.widgets.editor.words import indentation


class EditorEdits(EditorMoves):
    """Needs `store`; does nothing while there is none or while `read_only`."""

    store: TextStore | None = None
    _own: OwnEdit | None = None

    class Copied(Message):
        """Text was given to the clipboard; whether the terminal took it is for the app to say."""

        def __init__(self, editor: EditorEdits, characters: int) -> None:
            super().__init__()
            self.editor, self.characters = editor, characters

        @property
        def control(self) -> EditorEdits:
            return self.editor

    class Replaced(Message):
        """Some characters could not be stored (NUL, lone surrogates) and stand as U+FFFD now."""

        def __init__(self, editor: EditorEdits, characters: int) -> None:
            super().__init__()
            self.editor, self.characters = editor, characters

        @property
        def control(self) -> EditorEdits:
            return self.editor

    # The one way to the store

    def edit(self, *edits: TextEdit, select: tuple[int, int] | None = None) -> None:
        """Make one undoable edit of the text, with `edits` applied one after another.

        Afterwards the selection is `select` (anchor and cursor offsets in the new text), or the
        cursor stands behind the last insertion.
        """
        if self.store is None or self.read_only or not edits:
            return
        self._own = OwnEdit(select)
        replaced = self.store.edit_text(edits)
        if replaced:
            self.post_message(self.Replaced(self, replaced))

    def replace(self, start: Location, end: Location, text: str) -> None:
        """Replace what is between two places, as one edit; the cursor goes behind it."""
        first, last = sorted((self.wrapped.offset(start), self.wrapped.offset(end)))
        if text or first != last:
            self.edit(TextEdit(first, last - first, text))

    def insert(self, text: str) -> None:
        """Put text in the place of the selection, as one edit."""
        self.replace(*self.selection, text)

    def _delete(self, start: Location, end: Location) -> None:
        """Delete the selection if there is one, else what is between two places."""
        if self._anchor != self._cursor:
            start, end = self.selection
        self.replace(start, end, "")

    # Deleting

    def action_delete_left(self) -> None:
        """Delete the character on the left; in an indentation, back to the tab stop."""
        row, column = self._cursor
        line = self.wrapped.buffer[row]
        if column and not line[:column].strip(" "):
            start: Location = (row, (column - 1) // TAB * TAB)
        elif column:
            start = (row, self.wrapped.cells(row).before(column))
        else:
            start = (row - 1, len(self.wrapped.buffer[row - 1])) if row else (0, 0)
        self._delete(start, self._cursor)

    def action_delete_right(self) -> None:
        """Delete the character on the right."""
        row, column = self._cursor
        if column < len(self.wrapped.buffer[row]):
            end: Location = (row, self.wrapped.cells(row).after(column))
        else:
            end = (row + 1, 0) if row + 1 < self.wrapped.rows else self._cursor
        self._delete(self._cursor, end)

    def action_delete_word_left(self) -> None:
        """Delete to the start of the word on the left."""
        self._delete(self._word_left(), self._cursor)

    def action_delete_word_right(self) -> None:
        """Delete to the end of the word on the right."""
        self._delete(self._cursor, self._word_right())

    def action_delete_to_line_start(self) -> None:
        """Delete to the start of the line; at the start, the line break before it."""
        row, column = self._cursor
        if column:
            self._delete((row, 0), self._cursor)
        else:
            self.action_delete_left()

    def action_delete_to_line_end(self) -> None:
        """Delete to the end of the line; at the end, the line break."""
        row, column = self._cursor
        end = len(self.wrapped.buffer[row])
        if column < end:
            self._delete(self._cursor, (row, end))
        else:
            self.action_delete_right()

    def action_delete_line(self) -> None:
        """Delete the selected lines; the cursor keeps its column."""
        first, last = self._selected_rows()
        column = self._cursor[1]
        if last + 1 < self.wrapped.rows:
            self.replace((first, 0), (last + 1, 0), "")
        elif first:
            self.replace((first - 1, len(self.wrapped.buffer[first - 1])), self.wrapped.end, "")
        else:
            self.replace((0, 0), self.wrapped.end, "")
        row = min(first, self.wrapped.rows - 1)
        place = (row, min(column, len(self.wrapped.buffer[row])))
        self.select(place, place)

    # Lines

    def _selected_rows(self) -> tuple[int, int]:
        """First and last selected line; one of which only the line break before is selected is not."""
        low, high = self.ordered_selection
        last = high[0] - 1 if high[1] == 0 and high[0] > low[0] else high[0]
        return low[0], last

    def _shifted_selection(self, by: int) -> tuple[int, int]:
        return self.wrapped.offset(self._anchor) + by, self.wrapped.offset(self._cursor) + by

    def action_duplicate_line(self) -> None:
        """Repeat the selected lines below themselves; the cursor goes to the copy."""
        first, last = self._selected_rows()
        end = self.wrapped.offset((last, len(self.wrapped.buffer[last])))
        text = self.wrapped.buffer.slice(self.wrapped.offset((first, 0)), end)
        self.edit(TextEdit(end, 0, "\n" + text), select=self._shifted_selection(len(text) + 1))

    def action_move_line_up(self) -> None:
        """Exchange the selected lines with the one above."""
        first, last = self._selected_rows()
        if first == 0:
            return
        above = self.wrapped.buffer[first - 1]
        size = len(above) + 1
        end = self.wrapped.offset((last, len(self.wrapped.buffer[last]))) - size
        self.edit(
            TextEdit(self.wrapped.offset((first - 1, 0)), size, ""),
            TextEdit(end, 0, "\n" + above),
            select=self._shifted_selection(-size),
        )

    def action_move_line_down(self) -> None:
        """Exchange the selected lines with the one below."""
        first, last = self._selected_rows()
        if last + 1 == self.wrapped.rows:
            return
        below = self.wrapped.buffer[last + 1]
        size = len(below) + 1
        self.edit(
            TextEdit(self.wrapped.offset((last, len(self.wrapped.buffer[last]))), size, ""),
            TextEdit(self.wrapped.offset((first, 0)), 0, below + "\n"),
            select=self._shifted_selection(size),
        )

    @property
    def spans_lines(self) -> bool:
        """Whether the selection holds a line break."""
        return self._anchor[0] != self._cursor[0]

    def action_indent(self) -> None:
        """Move the selected lines one tab stop to the right; blank ones stay blank."""
        rows = self._rows_from_below()
        self._reindent([TextEdit(start, 0, " " * TAB) for start, line in rows if line.strip()])

    def action_dedent(self) -> None:
        """Move the selected lines one tab stop to the left, as far as they are indented."""
        rows = [(start, indentation(line)) for start, line in self._rows_from_below()]
        sizes = [(start, 1 if old[:1] == "\t" else min(TAB, len(old))) for start, old in rows]
        self._reindent([TextEdit(start, size, "") for start, size in sizes if size])

    def _rows_from_below(self) -> list[tuple[int, str]]:
        """(offset, line) of the selected lines, the last first: so offsets above stay true."""
        first, last = self._selected_rows()
        return [
            (self.wrapped.offset((row, 0)), self.wrapped.buffer[row]) for row in range(last, first - 1, -1)
        ]

    def _reindent(self, edits: list[TextEdit]) -> None:
        anchor, cursor = (
            map_offset(self.wrapped.offset(place), edits, Stick.AFTER) for place in self.selection
        )
        self.edit(*edits, select=(anchor, cursor))

    # Clipboard

    def copy_text(self, text: str) -> None:
        """Give text to the clipboard."""
        self.app.copy_to_clipboard(text)
        self.post_message(self.Copied(self, len(text)))

    def action_copy(self) -> None:
        """Copy the selection."""
        if not (text := self.selected_text):
            raise SkipAction
        self.copy_text(text)

    def action_cut(self) -> None:
        """Cut the selection, or the whole line if nothing is selected."""
        if self.read_only:
            return
        if self._anchor == self._cursor:
            row = self._cursor[0]
            self.copy_text(self.wrapped.buffer[row] + "\n")
            self.action_delete_line()
        else:
            self.copy_text(self.selected_text)
            self.insert("")

    def action_paste(self) -> None:
        """Put the app's clipboard in the place of the selection."""
        self.insert(self.app.clipboard)

    # Undo

    def action_undo(self) -> None:
        """Take back the last step; the cursor goes to where it changed something."""
        if self.store is not None and not self.read_only:
            self.store.undo()

    def action_redo(self) -> None:
        """Do again what was undone."""
        if self.store is not None and not self.read_only:
            self.store.redo()
