"""The line below the text in which one types what to find."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.reactive import var
from textual.timer import Timer
from textual.widgets import Input, Static

from core.story import Change
from screens.widgets.editor.editor import ScriptEditor
from screens.widgets.editor.finding import Found

RECOUNT_AFTER = 0.3
"""Seconds without an edit after which matches are counted again."""


class FindBar(Horizontal):
    """Hidden until `open()`. Typing finds at once; Enter goes on, Escape goes back to the text."""

    DEFAULT_CSS = """
    FindBar {
        height: 1; display: none; background: $panel;
        &.-open { display: block; }
        & Static { width: auto; padding: 0 1; color: $foreground 70%; }
        & Input { width: 1fr; background: $panel; }
        & #find-count { min-width: 14; text-align: right; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,f3,ctrl+n", "next", "Next match", show=False, id="find.next"),
        Binding("up,shift+enter,shift+f3", "previous", "Match before", show=False, id="find.previous"),
        Binding("alt+c", "toggle_case", "Match case", show=False, id="find.case"),
        Binding("escape", "close", "Back to the text", show=False, id="find.close"),
    ]

    match_case: var[bool] = var(False, init=False)

    class Closed(Message):
        """The bar is gone and the text has the focus again."""

    def __init__(self, editor: ScriptEditor, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._editor = editor
        self._start = 0
        self._recount: Timer | None = None

    def compose(self) -> ComposeResult:
        yield Static("Find", id="find-label")
        box = Input(compact=True, select_on_focus=True, id="find-wanted")
        box.cursor_blink = False
        yield box
        yield Static("", id="find-count", markup=False)
        yield Static("Aa", id="find-case", markup=False)

    @property
    def is_open(self) -> bool:
        """Whether the bar is shown."""
        return self.has_class("-open")

    def open(self) -> None:
        """Show the bar, with the selected word in it if there is one, and type there."""
        editor = self._editor
        self._start = editor.wrapped.offset(editor.ordered_selection[0])
        self.add_class("-open")
        box = self.query_one(Input)
        selected = editor.selected_text
        if selected and "\n" not in selected:
            box.value = selected
        box.focus()
        self._look(box.value)

    def action_close(self) -> None:
        """Hide the bar; the match stays selected."""
        self.remove_class("-open")
        self._editor.stop_finding()
        self._editor.focus()
        self.post_message(self.Closed())

    def action_next(self) -> None:
        """Go to the next match."""
        self._show(self._editor.find_next())

    def action_previous(self) -> None:
        """Go to the match before."""
        self._show(self._editor.find_previous())

    def action_toggle_case(self) -> None:
        """Tell small and capital letters apart, or not."""
        self.match_case = not self.match_case

    def watch_match_case(self) -> None:
        self.query_one("#find-case", Static).update("Aa exactly" if self.match_case else "Aa")
        self._look(self.query_one(Input).value)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self.is_open:
            self._look(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_next()

    def on_mount(self) -> None:
        self._editor.edited.subscribe(self, self._on_edited)

    def _on_edited(self, change: Change) -> None:
        """Count the matches again when the writer pauses."""
        if self.is_open:
            if self._recount is not None:
                self._recount.stop()
            self._recount = self.set_timer(RECOUNT_AFTER, lambda: self._show(self._editor.found))

    def _look(self, wanted: str) -> None:
        self._show(self._editor.find(wanted, match_case=self.match_case, start=self._start))

    def _show(self, found: Found) -> None:
        if not self.query_one(Input).value:
            words = ""
        elif not found.total:
            words = "not found"
        elif found.current is None:
            words = f"{found.total} found"
        else:
            words = f"{found.current} of {found.total}"
        self.query_one("#find-count", Static).update(words)
