"""Getting about in the script."""

from __future__ import annotations

from textual import work

from core.script import LineKind
from screens.script.base import ScriptBase


class Moving(ScriptBase):
    """Lines, pages and panels by their numbers, and one after another."""

    @work
    async def action_go_to_line(self) -> None:
        """Ctrl+G: a line, or p12, or 12.3, or ch2."""
        from screens.goto import row_of
        from screens.prompts import TextPrompt

        last = self.editor.wrapped.rows
        note = f"A line from 1 to {last:,}, a page: p12, a panel: 12.3, or a chapter: ch2"
        answer = await self.app.push_screen_wait(TextPrompt("Go to", note=note))
        if not answer:
            return
        row = row_of(answer, self.session.script, last, near=self.editor.cursor[0])
        if row is None:
            self.notify(f"There is no {answer.strip()[:20]} here.", severity="warning", markup=False)
        else:
            self.editor.go_to(row)

    def action_go_to_next_page(self) -> None:
        """Ctrl+Page down."""
        self._go(LineKind.PAGE, 1, "There is no page below.")

    def action_go_to_previous_page(self) -> None:
        """Ctrl+Page up."""
        self._go(LineKind.PAGE, -1, "There is no page above.")

    def action_go_to_next_panel(self) -> None:
        """Alt+Page down."""
        self._go(LineKind.PANEL, 1, "There is no panel below.")

    def action_go_to_previous_panel(self) -> None:
        """Alt+Page up."""
        self._go(LineKind.PANEL, -1, "There is no panel above.")

    def _go(self, kind: LineKind, direction: int, otherwise: str) -> None:
        from screens.goto import heading_from

        row = heading_from(self.session.script, self.editor.cursor[0], kind, direction)
        if row is None:
            self.notify(otherwise, timeout=2)
        else:
            self.editor.go_to(row)
        self.editor.focus()
