"""Questions: a line of text, a yes or no, something to be told."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.suggester import Suggester
from textual.widgets import Button, Input, Static

ROW = 70
"""Cells of a dialog's widest row of answers."""


class TextPrompt(ModalScreen[str | None]):
    """Asks for one line. The answer is the text, or None when the writer thought better of it."""

    CSS_PATH = "prompts.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel"),
        Binding("tab", "complete", "Complete", priority=True),
    ]

    def __init__(
        self,
        question: str,
        *,
        value: str = "",
        note: str = "",
        hint: str = "",
        suggester: Suggester | None = None,
        secret: bool = False,
    ) -> None:
        """`secret`: what is typed is not shown."""
        super().__init__()
        self._question = question
        self._value = value
        self._note = note
        self._hint = hint
        self._suggester = suggester
        self._secret = secret

    def compose(self) -> ComposeResult:
        """The question, the line, a note."""
        with Vertical(classes="dialog"):
            yield Static(self._question, classes="question", markup=False)
            yield Input(
                self._value,
                placeholder=self._hint,
                suggester=self._suggester,
                select_on_focus=True,
                password=self._secret,
            )
            keys = "Enter: accept   Esc: cancel" + ("   Tab or →: complete" if self._suggester else "")
            yield Static(f"{self._note}\n{keys}" if self._note else keys, classes="note", markup=False)

    def action_complete(self) -> None:
        """Take what is suggested."""
        self.query_one(Input).action_cursor_right()

    @on(Input.Submitted)
    def _answer(self, event: Input.Submitted) -> None:
        self.dismiss(event.value)


class Choice(ModalScreen[str]):
    """Says something and offers answers; Escape is the one called "cancel", else the last of them."""

    CSS_PATH = "prompts.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "last", "Cancel"),
        Binding("left,up", "app.focus_previous", show=False),
        Binding("right,down", "app.focus_next", show=False),
    ]

    def __init__(self, title: str, text: str, answers: Sequence[tuple[str, str]]) -> None:
        """`answers` are (value, label) pairs; the first is focused; a letter in [brackets] is its key."""
        super().__init__()
        self._title = title
        self._text = text
        self._answers = answers

    def compose(self) -> ComposeResult:
        """Title, sentence, buttons."""
        with Vertical(classes="dialog"):
            yield Static(self._title, classes="question", markup=False)
            yield Static(self._text, classes="text", markup=False)
            # A margin and paddings beside each; what does not fit in a row stands in a column.
            room = sum(len(label) + 6 for _, label in self._answers)
            with Horizontal(classes="answers" if room <= ROW else "answers -column"):
                for value, label in self._answers:
                    yield Button(label, name=value, compact=True)

    def on_key(self, event: object) -> None:
        """The first letter of an answer chooses it; of several with that letter it goes to the next."""
        from textual.events import Key

        if not isinstance(event, Key) or not event.character:
            return
        letter = event.character.lower()
        fitting = [index for index, (_, label) in enumerate(self._answers) if label[:1].lower() == letter]
        if not fitting:
            return
        event.stop()
        if len(fitting) == 1:
            self.dismiss(self._answers[fitting[0]][0])
            return
        buttons = list(self.query(Button))
        now = next((index for index, button in enumerate(buttons) if button.has_focus), -1)
        buttons[next((index for index in fitting if index > now), fitting[0])].focus()

    def action_last(self) -> None:
        """Escape: the answer that changes nothing."""
        values = [value for value, _ in self._answers]
        self.dismiss("cancel" if "cancel" in values else values[-1])

    @on(Button.Pressed)
    def _answer(self, event: Button.Pressed) -> None:
        self.dismiss(event.button.name or "")
