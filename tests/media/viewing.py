"""A program with a picture above a field to type in: `python -m tests.media.viewing SOURCE FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, Static

from core.media import MediaStore
from core.paths import Paths
from screens.widgets.picture import PictureView
from tui.keeping import KeepingApp
from tui.settings import load_settings
from tui.terminal import check_terminal

COLUMNS, ROWS = 24, 8


class Box(ModalScreen[None]):
    """Something over the picture."""

    CSS = "Box { background: transparent; } Box Static { width: 10; height: 3; background: red; }"
    BINDINGS = [Binding("escape", "dismiss", "Close")]

    def compose(self) -> ComposeResult:
        """Words in the corner."""
        yield Static("a box")


class Desk(Screen[None]):
    """A line, the picture, a field."""

    CSS = f"PictureView {{ width: {COLUMNS}; height: {ROWS}; }}"
    BINDINGS = [
        Binding("ctrl+o", "ask", "Box", priority=True),
        Binding("ctrl+d", "line", "Down", priority=True),
        Binding("ctrl+x", "away", "Away", priority=True),
    ]

    def __init__(self, view: PictureView) -> None:
        super().__init__()
        self.view = view

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield Static("ready")
        yield self.view
        yield Input()

    def action_ask(self) -> None:
        """The box."""
        self.app.push_screen(Box())

    def action_line(self) -> None:
        """All moves a line down."""
        self.mount(Static("one more"), before=0)

    def action_away(self) -> None:
        """No picture any more."""
        self.view.show(None)


class ViewApp(KeepingApp):
    """The real app's lower half, which the view speaks with."""

    def __init__(self, source: Path, folder: Path) -> None:
        paths = Paths(folder / "data", folder / "config", folder / "logs", folder / "state")
        settings = load_settings(paths.settings_file)
        super().__init__(paths, settings, server=False, terminal=check_terminal())
        self.media = MediaStore(folder / "p.media", folder / "thumbnails")
        self._view = PictureView(self.media.add(source), self.media)

    def on_mount(self) -> None:
        """The one screen."""
        self.push_screen(Desk(self._view))


if __name__ == "__main__":
    ViewApp(Path(sys.argv[1]), Path(sys.argv[2])).run()
