"""Keys that become text, and the words that are offered while one types."""

from __future__ import annotations

import unicodedata

from textual import events

from screens.widgets.editor.edits import EditorEdits
from screens.widgets.editor.ports import WritingHelp
from screens.widgets.editor.words import indentation

_NOT_TEXT = ("ctrl+", "alt+", "super+", "meta+", "hyper+")


class EditorTyping(EditorEdits):
    """Typing, with or without a helper."""

    helper: WritingHelp | None = None
    """Offers words while one types; None: nobody does."""
    _typing = False

    def on_key(self, event: events.Key) -> None:
        if self.read_only:
            return
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.action_new_line()
        elif event.character and not event.key.startswith(_NOT_TEXT) and _is_text(event.character):
            event.stop()
            event.prevent_default()
            self._type(event.character)
        elif event.key == "escape" and self.ghost and self.helper is not None:
            event.stop()
            event.prevent_default()
            self.ghost = ""
            self.helper.dismiss()

    def _type(self, character: str) -> None:
        """A character typed by hand; whoever helps may make something else of it, or offer what follows."""
        if self.helper is not None and self.helper.typed(character):
            return
        self._typing = True
        self.insert(character)
        self._typing = False

    def action_cursor_right(self, extend: bool = False) -> None:
        """One character to the right; into what is offered behind the cursor, all of it."""
        if self.ghost and not extend and self.helper is not None:
            self.helper.accept()
        else:
            super().action_cursor_right(extend)

    def action_delete_left(self) -> None:
        """Delete the character on the left, unless whoever helps takes back what they did."""
        if self.helper is None or self._anchor != self._cursor or not self.helper.erasing():
            super().action_delete_left()

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.insert(event.text)

    def action_new_line(self) -> None:
        """Break the line; the new one begins under the first word of this one."""
        row, column = self.ordered_selection[0]
        self.insert("\n" + indentation(self.wrapped.buffer[row][:column]))


def _is_text(character: str) -> bool:
    """Whether a key's character is typed. Spaces of all widths are, and joiners, unlike in isprintable."""
    return all(unicodedata.category(one) not in ("Cc", "Cs", "Cn") for one in character)
