"""One picture again: with the prompt as it is, or another one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.getters import query_one
from textual.widgets import Static

from core.placeholders import ALLOWED
from screens.drafts.dialog import DraftDialog
from screens.drafts.prompts.box import PromptBox


@dataclass(frozen=True)
class Again:
    """What is wanted."""

    text: str
    """The prompt, with its places."""
    changed: bool
    """Whether it is another one than before: then it becomes a revision of its own."""


class RegenerateDialog(DraftDialog[Again]):
    """The prompt as it is written, and below it as it will be sent."""

    AUTO_FOCUS = "TextArea"
    box = query_one(PromptBox)

    def __init__(
        self,
        name: str,
        text: str,
        values: Callable[[], Mapping[str, str]],
        *,
        hint: str = "",
        maker: str = "",
    ) -> None:
        """`text`: the asset's own prompt, empty if it has none; `hint`: what is used then."""
        super().__init__()
        self._whose, self._before, self._values = name, text, values
        self._hint, self._maker = hint, maker

    def compose(self) -> ComposeResult:
        """Whose, the prompt, who makes it, the keys."""
        with Vertical(classes="dialog"):
            yield Static(f"Make again: {self._whose}", classes="question", markup=False)
            yield PromptBox(self._before or self._hint, self._values, ALLOWED["image"], self._hint)
            yield Static("", classes="said", markup=False)
            yield Static("^G: make it   Tab: next   Esc: cancel", classes="note", markup=False)

    def on_mount(self) -> None:
        """Who makes it, and for how much."""
        self.say(self._sentence())

    def _sentence(self) -> str:
        fate = "It comes beside what is there; nothing is replaced."
        return f"{self._maker}\n{fate}" if self._maker else fate

    @on(PromptBox.Written)
    def _written(self, event: PromptBox.Written) -> None:
        self.say(self._sentence() if event.right else "Mend the prompt first; nothing is sent like this.")

    def action_go(self) -> None:
        """^G: only what can be sent is."""
        if not self.box.right:
            self.say("▲ The prompt can't be sent like this. Nothing was asked for.")
            self.box.area.focus()
            return
        text = self.box.text.strip()
        before = self._before or self._hint
        self.dismiss(Again(text or self._hint, changed=bool(text) and text != before.strip()))
