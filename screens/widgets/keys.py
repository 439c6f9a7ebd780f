"""The last line of a screen: the few keys that matter there, and where help is; also for the mouse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from rich.cells import cell_len
from rich.text import Text
from textual.events import Click
from textual.widget import Widget

from screens.commands import EVERYWHERE, Command, key_name
from screens.commands.everywhere import Help
from screens.ports import Desk

GAP = 2


class KeysLine(Widget):
    """Keys of the screen's commands and of those that work everywhere, as many as fit; help always."""

    DEFAULT_CSS = """
    KeysLine { height: 1; width: 1fr; color: $quiet; background: $panel; padding: 0 1; }
    """
    ALLOW_SELECT = False

    def __init__(
        self, commands: Sequence[type[Command]], *, everywhere: Sequence[type[Command]] = EVERYWHERE
    ) -> None:
        super().__init__()
        every = dict.fromkeys((*commands, *everywhere))  # each once, where it is named first
        self._commands = [command for command in every if command.footer]
        self._shown: list[tuple[int, type[Command]]] = []
        self._left_out: frozenset[type[Command]] = frozenset()

    def leave_out(self, *commands: type[Command]) -> None:
        """What means nothing in the screen's present state is not shown."""
        self._left_out = frozenset(commands)
        self.refresh()

    def render(self) -> Text:
        """One piece a command, from the left, until the line is full."""
        desk = cast(Desk, self.app)
        bright = f"bold {self.app.theme_variables['foreground']}"
        line = Text(no_wrap=True, overflow="crop")
        self._shown = []
        for command, key in self._that_fit(desk):
            line.append(key, bright)
            line.append(f" {command.footer}")
            self._shown.append((line.cell_len, command))
            line.append(" " * GAP)
        line.rstrip()
        return line

    def _that_fit(self, desk: Desk) -> list[tuple[type[Command], str]]:
        """Those before help leave room for it: who doesn't find a key here finds it there."""
        pieces = [
            (command, key_name(keys[0]))
            for command in self._commands
            if command not in self._left_out and (keys := desk.keys_of(command))
        ]
        room = self.size.width + GAP
        kept = next((_width(*piece) for piece in pieces if piece[0] is Help), 0)
        fitting = []
        for command, key in pieces:
            if command is Help:
                kept = 0
            elif _width(command, key) + kept > room:
                room = kept
                continue
            if _width(command, key) <= room:
                fitting.append((command, key))
                room -= _width(command, key)
        return fitting

    def on_click(self, event: Click) -> None:
        """Carry out what was clicked."""
        desk = cast(Desk, self.app)
        x = event.x - self.styles.padding.left
        for end, command in self._shown:
            if x < end + GAP:
                if x < end:
                    desk.give(command)
                return


def _width(command: type[Command], key: str) -> int:
    """Of a piece, with the gap after it."""
    return cell_len(f"{key} {command.footer}") + GAP
