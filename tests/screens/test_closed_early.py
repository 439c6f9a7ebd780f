"""The app ends while a screen is being made, as tabs are that nobody has gone to yet."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Static

from core.paths import Paths
from screens.base import GenkoScreen
from tests.screens.conftest import running, until


class Made(GenkoScreen):
    """Looks at its widgets when it is there."""

    begun = False

    def __init__(self, closed: bool) -> None:
        super().__init__()
        self._goes = closed

    def compose(self) -> ComposeResult:
        """What Textual says of a screen that goes."""
        self._closing = self._goes
        yield Static("words", id="words")

    def on_mount(self) -> None:
        """As many screens do."""
        self.query_one("#words", Static).update("others")
        self.begun = True


async def test_a_screen_that_is_closed_while_it_is_made_is_no_fault(paths: Paths) -> None:
    async with running(paths) as (app, pilot):
        for closed in (False, True):
            screen = Made(closed)
            app.push_screen(screen)
            await until(pilot, lambda screen=screen: screen.is_mounted)  # type: ignore[misc]
            assert screen.begun is not closed
            screen._closing = False
            app.pop_screen()
