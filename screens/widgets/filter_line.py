"""A line of letters under a list: what is listed has them."""

from __future__ import annotations

from textual import on
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input


class FilterLine(Input):
    """Hidden until it is asked for. Enter goes back to the list, Escape takes the filter away."""

    DEFAULT_CSS = """
    FilterLine { display: none; border: none; height: 1; padding: 0 1; background: $boost; }
    """

    class Filtered(Message):
        """The letters are others now."""

    def __init__(self, placeholder: str, listed: str) -> None:
        """`listed` is the selector of the list that has the cursor afterwards."""
        super().__init__(placeholder=placeholder, id="filter", compact=True)
        self._listed = listed

    @property
    def letters(self) -> str:
        """What is looked for."""
        return self.value.strip()

    def open(self) -> None:
        """Show it, with the cursor in it."""
        self.display = True
        self.focus()

    def leave(self) -> bool:
        """Take the filter away; False if there is none."""
        if not self.display:
            return False
        self.value = ""
        self.display = False
        self._list.focus()
        return True

    @property
    def _list(self) -> Widget:
        return self.screen.query_one(self._listed)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Filtered())

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._list.focus()
