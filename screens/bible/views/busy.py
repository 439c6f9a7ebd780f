"""Says that something is being done, and keeps everything else from being done meanwhile."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static


class Busy(ModalScreen[None]):
    """Closed by whoever opened it."""

    CSS_PATH = "views.tcss"

    def __init__(self, said: str) -> None:
        super().__init__()
        self._said = said

    def compose(self) -> ComposeResult:
        """What is being done."""
        with Vertical(classes="dialog -form"):
            yield Static(self._said, markup=False)
