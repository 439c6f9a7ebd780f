"""What a writer does in the script tab: one action a command."""

from __future__ import annotations

from textual import work
from textual.getters import query_one

from core.workspace import ProjectSession
from screens.base import GenkoScreen
from screens.commands import SCRIPT, bindings
from screens.cycling import Cycle, cycle
from screens.widgets.editor import FindBar, ScriptEditor
from screens.widgets.outline import Outline
from screens.widgets.status import StatusLine


class ScriptActions(GenkoScreen):
    """The actions of `SCRIPT`, on the screen's editor and session."""

    commands = SCRIPT
    BINDINGS = bindings(SCRIPT)

    editor = query_one(ScriptEditor)
    outline = query_one(Outline)
    status_line = query_one(StatusLine)

    def __init__(self, session: ProjectSession) -> None:
        super().__init__()
        self.session = session
        self._cycle: Cycle | None = None

    def on_resize(self) -> None:
        """What is shown follows the window."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Undo and Tab are the text's; a line being typed elsewhere keeps its own."""
        if action in ("undo", "redo", "cycle_kind"):
            return self.editor.has_focus
        return True

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

    def action_bring_home(self) -> None:
        """The hint's one key."""
        if self.session.bring_home():
            self.notify("The words are in their page; undo takes them back.", timeout=4)
        else:
            self.notify("No words were left behind.", timeout=3)

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

    def action_toggle_outline(self) -> None:
        """The pages at the left."""
        off = not self.outline.has_class("-off")
        self.outline.set_class(off, "-off")
        self.desk.set_preference("outline", not off)
        self.call_after_refresh(self.on_resize)
        if not self.has_class("-wide"):
            self.notify("It is shown in windows of 110 columns and more.")

    def action_toggle_line_numbers(self) -> None:
        """The numbers in front of the lines."""
        self.editor.line_numbers = not self.editor.line_numbers
        self.desk.set_preference("line_numbers", self.editor.line_numbers)

    def action_toggle_wrap(self) -> None:
        """Long lines."""
        self.editor.soft_wrap = not self.editor.soft_wrap
        self.desk.set_preference("wrap", self.editor.soft_wrap)

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

    def action_find(self) -> None:
        """Ctrl+F: the find line, made when it is wanted first."""
        bars = self.query(FindBar)
        if bars:
            bars.first().open()
        else:
            bar = FindBar(self.editor)
            self.mount(bar, before=self.status_line)
            bar.call_after_refresh(bar.open)
