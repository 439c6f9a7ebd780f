"""The line that says how one looks: each option with its key, bright while it is on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rich.text import Text
from textual import events
from textual.message import Message
from textual.widgets import Static

GAP = 3


class Option(NamedTuple):
    """One of them."""

    key: str
    words: str
    on: bool
    action: str
    """Of the find bar."""


class FindOptions(Static):
    """Shows options; a click on one is its key."""

    @dataclass
    class Chosen(Message):
        """An option was clicked."""

        action: str

    _options: Sequence[Option] = ()

    def show(self, options: Sequence[Option]) -> None:
        """Show these."""
        self._options = options
        colours = self.app.theme_variables
        line = Text(no_wrap=True, overflow="crop")
        for key, words, on, _ in options:
            line.append(f"{key} ", colours.get("quiet", ""))
            line.append(words, f"bold {colours['accent']}" if on else colours["foreground"])
            line.append(" " * GAP)
        self.update(line)

    def on_click(self, event: events.Click) -> None:
        """Which one it is."""
        end = 1
        for key, words, _, action in self._options:
            end += len(key) + 1 + len(words) + GAP
            if event.x < end:
                self.post_message(self.Chosen(action))
                return
