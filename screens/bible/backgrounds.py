"""The backgrounds tab."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Static

from screens.commands.everywhere import Backgrounds
from screens.tab import TabScreen


class BackgroundsScreen(TabScreen):
    """The backgrounds of the open project."""

    tab = Backgrounds

    def compose_body(self) -> ComposeResult:
        """What there is."""
        yield Static("", id="body")
