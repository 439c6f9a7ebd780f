"""What one does to the text: undo, kinds of lines."""

from __future__ import annotations

from screens.cycling import Cycle, cycle
from screens.script.base import ScriptBase


class Writing(ScriptBase):
    """Undo, redo, Tab."""

    _cycle: Cycle | None = None

    def action_undo(self) -> None:
        """Ctrl+Z."""
        if not self.session.store.can_undo:
            self.notify("Nothing to undo.", timeout=2)
        self.editor.action_undo()

    def action_redo(self) -> None:
        """Ctrl+Y."""
        if not self.session.store.can_redo:
            self.notify("Nothing to do again.", timeout=2)
        self.editor.action_redo()

    def action_cycle_kind(self) -> None:
        """Tab: the line as another kind."""
        row, column = self.editor.cursor
        line = self.editor.wrapped.buffer[row]
        self._cycle = cycle(self._cycle, self.session, row)
        if self._cycle is None:
            self.notify("This line has a kind of its own; it stays as it is.", timeout=3)
        elif self._cycle.made != line:
            behind = len(line) - column
            self.editor.replace((row, 0), (row, len(line)), self._cycle.made)
            self.editor.go_to(row, max(0, len(self._cycle.made) - behind), center=False)
