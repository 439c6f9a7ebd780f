"""Small programs for the pty tests: the same app on the stock driver and on ours.

Run as `python -m tests.terminal.programs stock|driver|ours|check`.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from pathlib import Path

from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen, Screen
from textual.widgets import Footer, Header, Input, Static, TextArea

from core.errors import GenkoError
from tui.terminal import GenkoDriver, Loss, TerminalApp, check_terminal, driver

driver._LAST_KEYS = float(os.environ.get("LAST_KEYS", driver._LAST_KEYS))
WIDE = "走れ、夜の街。カメラは低く。" * 3 if os.environ.get("WIDE") else ""
PAGE = "\n".join(
    f"PANEL {number} :\nAKIRA (off) : Encore ce rêve étrange… {number}\n"
    f"(走れ、夜の街。Lumière rasante.){WIDE}\n"
    for number in range(1, 40)
)


class Question(ModalScreen[None]):
    """A box over the text."""

    CSS = "Question { align: center middle; } Question Input { width: 40; }"
    BINDINGS = [Binding("escape", "dismiss", "Close")]

    def compose(self) -> ComposeResult:
        """One field."""
        yield Input(placeholder="走れ or not")


class Desk(Screen[None]):
    """What all the apps show and do."""

    TITLE = "Desk"
    BINDINGS = [
        Binding("ctrl+o", "ask", "Ask"),
        Binding("ctrl+t", "light", "Light"),
        Binding("ctrl+y", "copy", "Copy", priority=True),
        Binding("ctrl+r", "app.toggle_mouse", "Mouse"),
        Binding("ctrl+l", "app.repaint", "Repaint"),
        Binding("ctrl+z", "app.suspend_process", "Stop", priority=True),
        Binding("ctrl+g", "lend", "Lend", priority=True),
        Binding("f12", "block", "Block", show=False, priority=True),
    ]

    def compose(self) -> ComposeResult:
        """Header, the text, the last key, footer."""
        yield Header()
        yield Static("ready", id="key", markup=False)
        area = TextArea(PAGE, show_line_numbers=True)
        area.cursor_blink = False
        yield area
        yield Footer()

    def on_key(self, event: events.Key) -> None:
        """Show keys that the text does not take."""
        self.query_one("#key", Static).update(f"key {event.key}")

    def action_ask(self) -> None:
        """Open the box."""
        self.app.push_screen(Question())

    def action_light(self) -> None:
        """The other theme: every cell changes."""
        self.app.theme = "textual-light" if self.app.theme == "textual-dark" else "textual-dark"

    def action_copy(self) -> None:
        """Copy a known word."""
        self.app.copy_to_clipboard("走れ word")

    def action_block(self) -> None:
        """A mistake: the UI thread waits for something."""
        time.sleep(60)

    def action_lend(self) -> None:
        """Lend the terminal to another program."""
        with self.app.suspend():
            sys.stdout.write("a shell here\n")
            sys.stdout.flush()
            input()


class StockApp(App[int]):
    """On Textual's driver."""

    def on_mount(self) -> None:
        """The one screen."""
        self.push_screen(Desk())


class DriverOnlyApp(App[int]):
    """Our driver without the rest: a lost terminal still ends it."""

    def __init__(self) -> None:
        super().__init__(driver_class=GenkoDriver)

    def on_mount(self) -> None:
        """The one screen."""
        self.push_screen(Desk())


class OurApp(TerminalApp[int]):
    """On ours."""

    SHUTDOWN_SECONDS = float(os.environ.get("SHUTDOWN_SECONDS", "10"))

    def on_mount(self) -> None:
        """The one screen."""
        self.push_screen(Desk())

    async def keep_everything(self, loss: Loss) -> None:
        """Write the text into a file, as the journal would."""
        if os.environ.get("STUCK"):
            await asyncio.sleep(60)
        text = self.screen.query_one(TextArea).text
        Path(os.environ["KEPT"]).write_text(f"{loss.name} {text[:40]}", encoding="utf-8")

    def keep_the_least(self, loss: Loss) -> None:
        """The emergency way."""
        Path(os.environ["KEPT"]).write_text(f"least {loss.name}", encoding="utf-8")


def main() -> int:
    """Run the app that is named."""
    name = sys.argv[1]
    if name == "check":
        try:
            sys.stdout.write(f"{check_terminal()}\n")
        except GenkoError as error:
            sys.stderr.write(f"{error}\n")
            return error.exit_status
        return 0
    apps: dict[str, type[App[int]]] = {"stock": StockApp, "ours": OurApp, "driver": DriverOnlyApp}
    app = apps[name]()
    app.run()
    return app.return_code or 0


if __name__ == "__main__":
    sys.exit(main())
