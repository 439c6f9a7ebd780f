"""The assembly tab."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Static

from screens.commands.everywhere import Assembly
from screens.tab import TabScreen


class AssemblyScreen(TabScreen):
    """The pages of the open project, put together."""

    tab = Assembly

    def compose_body(self) -> ComposeResult:
        """What there is."""
        yield Static("", id="body")
