"""Choosing from a long list by typing a few letters: one, or several."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar, NamedTuple

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.getters import query_one
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

MOST = 300
"""Items that are listed; letters find the others."""


class Item(NamedTuple):
    """Something to choose."""

    value: str
    label: str
    note: str = ""


class Pick(ModalScreen[list[str] | None]):
    """The answer is the chosen values, or None when the writer thought better of it."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Cancel"),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("pageup", "move(-8)", show=False, priority=True),
        Binding("pagedown", "move(8)", show=False, priority=True),
        Binding("tab", "in_or_out", show=False, priority=True),
    ]
    typed = query_one(Input)
    listing = query_one(OptionList)

    def __init__(
        self,
        question: str,
        items: Sequence[Item],
        chosen: Collection[str] = (),
        *,
        many: bool = False,
        note: str = "",
        letters: str = "letters of the name",
    ) -> None:
        """`letters`: what can be typed to find one."""
        super().__init__()
        self._letters = letters
        self._question, self._items, self._many, self._note = question, list(items), many, note
        self._chosen = list(chosen)
        self._shown: list[Item] = []

    def compose(self) -> ComposeResult:
        """Question, letters, list, keys."""
        keys = "Tab: in or out   Enter: done   Esc: cancel" if self._many else "Enter: choose   Esc: cancel"
        with Vertical(classes="dialog"):
            yield Static(self._question, classes="question", markup=False)
            yield Input(placeholder=self._letters)
            yield OptionList(markup=False, compact=True)
            yield Static(f"{self._note}\n{keys}" if self._note else keys, classes="note", markup=False)

    def on_mount(self) -> None:
        """All of them, the cursor on the first that is chosen."""
        self.listing.can_focus = False
        self._fill("")
        first = next((at for at, item in enumerate(self._shown) if item.value in self._chosen), 0)
        self.listing.highlighted = first if self._shown else None
        self.typed.focus()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._fill(event.value)
        self.listing.highlighted = 0 if self._shown else None

    def _fill(self, letters: str) -> None:
        wanted = letters.casefold().split()
        self._shown = [item for item in self._items if all(part in item.label.casefold() for part in wanted)][
            :MOST
        ]
        self.listing.clear_options()
        self.listing.add_options([Option(self._row(item)) for item in self._shown])

    def _row(self, item: Item) -> Text:
        mark = ("✓ " if item.value in self._chosen else "  ") if self._many or self._chosen else ""
        text = Text(f"{mark}{item.label}", no_wrap=True, overflow="ellipsis")
        if item.note:
            text.append(f"  {item.note}", self.app.theme_variables["quiet"])
        return text

    def action_move(self, by: int) -> None:
        """Up and down while the letters keep the keys."""
        if self._shown:
            now = self.listing.highlighted or 0
            self.listing.highlighted = max(0, min(now + by, len(self._shown) - 1))

    def action_in_or_out(self) -> None:
        """In or out."""
        at = self.listing.highlighted
        if not self._many or at is None:
            return
        item = self._shown[at]
        if item.value in self._chosen:
            self._chosen.remove(item.value)
        else:
            self._chosen.append(item.value)
        self.listing.replace_option_prompt_at_index(at, self._row(item))

    @on(Input.Submitted)
    def _done(self) -> None:
        at = self.listing.highlighted
        if self._many:
            self.dismiss(self._chosen)
        elif at is not None:
            self.dismiss([self._shown[at].value])

    @on(OptionList.OptionSelected)
    def _clicked(self) -> None:
        if self._many:
            self.action_in_or_out()
        else:
            self._done()
