"""The menu of places: every place and action of this screen, one letter each."""

from __future__ import annotations

from typing import ClassVar, cast

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.events import Key
from textual.screen import ModalScreen
from textual.widgets import Static

from screens.commands import EVERYWHERE, Command, key_name
from screens.ports import Desk


class PlacesMenu(ModalScreen[str | None]):
    """Waits for a letter; the answer is the id of a command. The leader opens it, as F10 does."""

    CSS_PATH = "menu.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Close")]

    def __init__(self, commands: tuple[type[Command], ...]) -> None:
        """`commands` are those of the screen below."""
        super().__init__()
        self._here = commands
        self._by_letter: dict[str, type[Command]] = {}

    def compose(self) -> ComposeResult:
        """Places first, then what can be done here, then what works everywhere."""
        desk = cast(Desk, self.app)
        # the menu is on the stack by now, so what is possible is asked of the screen below it
        below = self.app.screen_stack[-2] if len(self.app.screen_stack) > 1 else self
        possible = [
            command
            for command in (*EVERYWHERE, *self._here)
            if command.letter and (command in EVERYWHERE or below.check_action(command.action, ()))
            and (desk.session is not None or command.id not in ("script", "versions", "save"))
        ]  # fmt: skip
        self._by_letter = {command.letter: command for command in possible}
        here = [command for command in possible if not command.place and command in self._here]
        left = (
            ("Go to", [command for command in possible if command.place]),
            ("Anywhere", [command for command in possible if not command.place and command not in here]),
        )
        with Vertical(classes="menu"):
            with Horizontal(classes="columns"):
                with Vertical():
                    for title, commands in left:
                        yield Static(self._group(title, commands, desk), classes="group")
                with Vertical():
                    if here:
                        yield Static(self._group("Here", here, desk), classes="group")
            yield Static("A letter chooses, Esc closes.", classes="note")

    def _group(self, title: str, commands: list[type[Command]], desk: Desk) -> Text:
        colours = self.app.theme_variables
        text = Text(no_wrap=True, overflow="ellipsis")
        text.append(title, colours["quiet"])
        for command in commands:
            keys = [key_name(key) for key in desk.keys_of(command)]
            text.append("\n")
            text.append(command.letter, f"bold {colours['accent']}")
            text.append(f"  {command.title:<27}")
            text.append(keys[0] if keys else "", colours["quiet"])
        return text

    def on_key(self, event: Key) -> None:
        """A letter of the menu is the answer; anything else is not meant for it."""
        command = self._by_letter.get(event.character or "") or self._by_letter.get(
            event.key.removeprefix("ctrl+")
        )
        if command is not None:
            event.stop()
            event.prevent_default()
            self.dismiss(command.id)
        elif event.key != "escape":
            event.stop()
