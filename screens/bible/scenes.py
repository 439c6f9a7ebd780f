"""The scenes tab."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Static

from screens.commands.everywhere import Scenes
from screens.tab import TabScreen


class ScenesScreen(TabScreen):
    """The scenes of the open project."""

    tab = Scenes

    def compose_body(self) -> ComposeResult:
        """What there is."""
        yield Static("", id="body")
