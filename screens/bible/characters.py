"""The characters tab."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Static

from screens.commands.everywhere import Characters
from screens.tab import TabScreen


class CharactersScreen(TabScreen):
    """The characters of the open project."""

    tab = Characters

    def compose_body(self) -> ComposeResult:
        """What there is."""
        yield Static("", id="body")
