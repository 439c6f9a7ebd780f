"""What is shown beside and around the text."""

from __future__ import annotations

from screens.script.base import ScriptBase


class Seeing(ScriptBase):
    """Line numbers, wrapping."""

    def action_toggle_line_numbers(self) -> None:
        """The numbers in front of the lines."""
        self.editor.line_numbers = not self.editor.line_numbers
        self.desk.set_preference("line_numbers", self.editor.line_numbers)

    def action_toggle_wrap(self) -> None:
        """Long lines."""
        self.editor.soft_wrap = not self.editor.soft_wrap
        self.desk.set_preference("wrap", self.editor.soft_wrap)
