"""Getting about in the script."""

from __future__ import annotations

from textual import work

from screens.script.base import ScriptBase


class Moving(ScriptBase):
    """Lines, pages and panels by their numbers."""

    @work
    async def action_go_to_line(self) -> None:
        """Ctrl+G: a line, or p12, or p12.3."""
        from screens.goto import row_of
        from screens.prompts import TextPrompt

        last = self.editor.wrapped.rows
        note = f"A line from 1 to {last:,}, or a page: p12, or a panel: 12.3"
        answer = await self.app.push_screen_wait(TextPrompt("Go to", note=note))
        if not answer:
            return
        row = row_of(answer, self.session.script, last)
        if row is None:
            self.notify(f"There is no {answer.strip()[:20]} here.", severity="warning", markup=False)
        else:
            self.editor.go_to(row)
