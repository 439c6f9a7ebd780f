"""The dialog for a misspelt word: what may be meant, or that it is right."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import ClassVar, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option


class Verdict(StrEnum):
    """What is true of the word."""

    MEANT = "meant"
    KNOWN_HERE = "here"
    KNOWN_EVERYWHERE = "everywhere"


class SpellingAnswer(NamedTuple):
    """The verdict, and the word that was meant."""

    verdict: Verdict
    word: str = ""


class SpellingDialog(ModalScreen[SpellingAnswer | None]):
    """Up to five words, and two ways to say that it is right. Escape changes nothing."""

    CSS_PATH = "spelling.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel"),
        *(Binding(str(at + 1), f"choose({at})", show=False) for at in range(7)),
    ]

    def __init__(self, word: str, meant: Sequence[str]) -> None:
        super().__init__()
        self._word = word
        self._answers = [
            *(SpellingAnswer(Verdict.MEANT, other) for other in meant),
            SpellingAnswer(Verdict.KNOWN_HERE),
            SpellingAnswer(Verdict.KNOWN_EVERYWHERE),
        ]

    def compose(self) -> ComposeResult:
        """The word, the answers, the keys."""
        labels = {
            Verdict.KNOWN_HERE: "It is right: know it in this project",
            Verdict.KNOWN_EVERYWHERE: "It is right: know it in all my scripts",
        }
        with Vertical(classes="dialog"):
            yield Static(f"“{self._word}”", classes="question", markup=False)
            yield OptionList(
                *(
                    Option(f"{at}  {labels.get(answer.verdict, answer.word)}")
                    for at, answer in enumerate(self._answers, 1)
                ),
                markup=False,
                compact=True,
            )
            yield Static("Enter or a number chooses, Esc leaves it as it is.", classes="note")

    @on(OptionList.OptionSelected)
    def _chosen(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._answers[event.option_index])

    def action_choose(self, at: int) -> None:
        """By number."""
        if at < len(self._answers):
            self.dismiss(self._answers[at])
