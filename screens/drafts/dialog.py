"""What the dialogs of drafts share: a form, a sentence below it, ^G that does it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Generic, TypeVar, cast

from textual import on
from textual.binding import Binding, BindingType
from textual.getters import query_one
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from core.work import Step
from screens.ports import Desk

A = TypeVar("A")
DIGITS = 6
"""Of a number that somebody types: Python makes none of thousands of them."""


@dataclass
class Stepped(Message):
    """How far what a dialog has done in a thread is."""

    step: Step

    def can_replace(self, message: Message) -> bool:
        """Only the newest matters."""
        return isinstance(message, Stepped)


class DraftDialog(ModalScreen[A | None], Generic[A]):
    """The answer is what is wanted, or None. A subclass has `.said` among its parts."""

    CSS_PATH = Path(__file__).with_name("dialogs.tcss")  # a subclass may be in any room
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Cancel"),
        Binding("ctrl+g", "go", "Do it", priority=True),
    ]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-tall")]

    said = query_one(".said", Static)

    @property
    def desk(self) -> Desk:
        """The app."""
        return cast(Desk, self.app)

    def say(self, sentence: str) -> None:
        """Below the form."""
        self.said.update(sentence)

    def action_leave(self) -> None:
        """Escape."""
        self.dismiss(None)

    def action_go(self) -> None:
        """^G."""
        raise NotImplementedError

    @on(Input.Submitted)
    def _next_field(self) -> None:
        self.app.action_focus_next()
