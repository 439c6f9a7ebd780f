"""What one does to the text: undo, kinds of lines, new panels and pages, captions, sounds, notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.script import LineKind
from screens.script.completing import Completing

if TYPE_CHECKING:
    from screens.cycling import Cycle


HEADING_MS = 30.0
"""For reading on before a heading is numbered; nothing where all is read."""


class Writing(Completing):
    """Undo, redo, Tab, and the keys that write a heading or the beginning of a line."""

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
        """Tab: what is offered, else the line as another kind."""
        if self.editor.ghost:
            self.helper.accept()
            return
        from screens.cycling import cycle

        row, column = self.editor.cursor
        line = self.editor.wrapped.buffer[row]
        self._cycle = cycle(self._cycle, self.session, row)
        if self._cycle is None:
            self.notify("This line has a kind of its own; it stays as it is.", timeout=3)
        elif self._cycle.made != line:
            behind = len(line) - column
            self.session.store.checkpoint()
            self.editor.replace((row, 0), (row, len(line)), self._cycle.made)
            self.session.store.checkpoint()
            self.editor.go_to(row, max(0, len(self._cycle.made) - behind), center=False)

    # Headings

    def action_next_panel(self) -> None:
        """Ctrl+N: a panel, counted on."""
        self._put_heading(LineKind.PANEL)

    def action_next_page(self) -> None:
        """Ctrl+T: a page, counted on."""
        self._put_heading(LineKind.PAGE)

    def action_next_chapter(self) -> None:
        """A chapter, counted on."""
        self._put_heading(LineKind.CHAPTER)

    def _put_heading(self, kind: LineKind) -> None:
        from core.script.inserting import heading

        self.session.script.advance(HEADING_MS)  # keys may come before the script was read
        row, _ = self.editor.cursor
        self.helper.put(heading(self.session.script, row, kind, self.helper.language))
        self.editor.focus()

    # Lines

    def action_repeat_speaker(self) -> None:
        """Ctrl+R: the last speaker; again, the one before."""
        if not self.helper.repeat():
            self.notify("Nobody has spoken above.", timeout=3)
        self.editor.focus()

    def action_insert_caption(self) -> None:
        """A caption to be written."""
        self._put_line(LineKind.CAPTION)

    def action_insert_sfx(self) -> None:
        """A sound effect to be written."""
        self._put_line(LineKind.SFX)

    def _put_line(self, kind: LineKind) -> None:
        from core.script.habits import cue_form
        from core.script.inserting import line

        row, _ = self.editor.cursor
        form = cue_form(self.session.script, row, kind, self.helper.language)
        ending = "\n" if form.own_line else ""
        self.helper.put(line(self.session.script, row, form.of(form.name) + ending))
        self.editor.focus()

    def action_insert_note(self) -> None:
        """A note to be written, in its brackets."""
        from core.script.inserting import line

        row, _ = self.editor.cursor
        self.helper.put(line(self.session.script, row, "[[", "]]"))
        self.editor.focus()
