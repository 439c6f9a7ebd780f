"""What is shown beside and around the text."""

from __future__ import annotations

from collections.abc import Callable

from textual import events, on, work

from screens.script.goals import Goals
from screens.script.spelling import Spelling
from screens.widgets.editor.paint import MarginNote


class Seeing(Goals, Spelling):
    """Line numbers, wrapping, statistics, only the text."""

    _margin: Callable[[int], MarginNote | None] | None = None
    """What the margin showed before only the text was wanted."""

    @work
    async def action_statistics(self) -> None:
        """Figures of the script as it is now; the answer is a row to go to."""
        from screens.statistics import StatisticsScreen

        row = await self.app.push_screen_wait(
            StatisticsScreen(self.session.store.meta.title, self.session.script)
        )
        if row is not None:
            self.editor.go_to(row)

    def action_focus_mode(self) -> None:
        """Only the text, and back; for this session only."""
        focused = not self.has_class("-focus")
        self.set_class(focused, "-focus")
        self.editor.line_numbers = not focused and self.desk.preferences.line_numbers
        if focused:
            self._margin = self.editor.margin
        self.editor.margin = None if focused else self._margin
        self.editor.typewriter = focused
        self.editor.focus()
        if focused:
            self.notify("Escape shows everything again.", timeout=3)

    @on(events.Key)
    def _leave_focus_mode(self, event: events.Key) -> None:
        """Escape in the text; that of the find line only closes that."""
        if event.key == "escape" and self.has_class("-focus") and self.editor.has_focus:
            self.action_focus_mode()

    def action_toggle_line_numbers(self) -> None:
        """The numbers in front of the lines."""
        self.editor.line_numbers = not self.editor.line_numbers
        self.desk.set_preference("line_numbers", self.editor.line_numbers)

    def action_toggle_wrap(self) -> None:
        """Long lines."""
        self.editor.soft_wrap = not self.editor.soft_wrap
        self.desk.set_preference("wrap", self.editor.soft_wrap)
