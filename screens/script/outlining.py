"""The outline beside the text: made when the keys rest, shown around the cursor."""

from __future__ import annotations

from textual import on

from core.workspace import ProjectSession
from screens.script.base import ScriptBase
from screens.widgets.outline import Outline, OutlineRows


class Outlining(ScriptBase):
    """Pages and chapters at the left; Enter jumps."""

    def __init__(self, session: ProjectSession) -> None:
        super().__init__(session)
        self._outline_of = (-1, -1, -1)  # the structure, words and lines that the outline was made of
        self._outline_rows = OutlineRows()

    def _outline_now(self) -> tuple[int, int, int]:
        """What an outline depends on: headings, their words, where they are."""
        script = self.session.script
        return script.structure, script.statistics().words, len(script.lines)

    def make_outline(self, budget_ms: float) -> bool:
        """Bring the outline up to date if it is shown; False: there was not enough time, call again."""
        if not self.outline.display or self._outline_of == self._outline_now():
            return True
        items = self.session.script.outline_slice(budget_ms)
        if items is None:
            return False
        self._outline_of = self._outline_now()
        self._outline_rows = OutlineRows(items)
        self.show_outline()
        return True

    def show_outline(self) -> None:
        """Show the rows around the cursor."""
        row = self.editor.cursor[0]
        self.outline.show(self._outline_rows.around(row), row)

    @on(Outline.Chosen)
    def _outline_chosen(self, event: Outline.Chosen) -> None:
        self.editor.go_to(event.row)
        self.editor.focus()

    @on(Outline.Left)
    def _outline_left(self) -> None:
        self.editor.focus()

    def action_toggle_outline(self) -> None:
        """The pages at the left."""
        off = not self.outline.has_class("-off")
        self.outline.set_class(off, "-off")
        self.desk.set_preference("outline", not off)
        if not self.has_class("-wide"):
            self.notify("It is shown in windows of 110 columns and more.")
        self.call_after_refresh(self.settle_soon)
