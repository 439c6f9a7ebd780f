"""Notes on a panel: as many lines as one likes."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea


class NotesDialog(ModalScreen[str | None]):
    """The answer is what stands there when Escape closes it; Ctrl+Z on the page takes it back."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "done", "Done", priority=True)]

    def __init__(self, question: str, text: str) -> None:
        super().__init__()
        self._question, self._text = question, text

    def compose(self) -> ComposeResult:
        """Question, text, keys."""
        with Vertical(classes="dialog"):
            yield Static(self._question, classes="question", markup=False)
            area = TextArea(self._text, compact=True, soft_wrap=True, tab_behavior="focus")
            area.move_cursor(area.document.end)
            yield area
            yield Static("Esc: keep it and close", classes="note", markup=False)

    def action_done(self) -> None:
        """Escape."""
        text = self.query_one(TextArea).text
        self.dismiss(text if text != self._text else None)
