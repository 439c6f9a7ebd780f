"""The tabs of the open project in one line, for the eye and the mouse; the keys are the commands' own."""

from __future__ import annotations

from typing import cast

from rich.text import Text
from textual.events import Click
from textual.widget import Widget

from screens.commands import TABS, Command, key_name
from screens.ports import Desk

GAP = 3


class TabsLine(Widget):
    """`Script  Characters  …`, the one that is shown marked by more than its colour."""

    DEFAULT_CSS = "TabsLine { height: 1; width: 1fr; color: $quiet; padding: 0 1; }"
    ALLOW_SELECT = False

    def __init__(self, shown: type[Command]) -> None:
        super().__init__()
        self._here = shown

    def render(self) -> Text:
        """All of them; with their keys where there is room."""
        keys = self.size.width >= 100
        line = Text(no_wrap=True, overflow="crop")
        for _, _, command in self._places(keys=keys):
            line.append(" " * (GAP if line else 0))
            style = f"bold underline {self.app.theme_variables['foreground']}"
            line.append(self._title(command, keys=keys), style if command is self._here else "")
        return line

    def _title(self, command: type[Command], *, keys: bool) -> str:
        own = cast(Desk, self.app).keys_of(command)
        return f"{key_name(own[0])} {command.title}" if keys and own else command.title

    def _places(self, *, keys: bool) -> list[tuple[int, int, type[Command]]]:
        """(first cell, cell after the last, command)."""
        places = []
        at = 0
        for command in TABS:
            end = at + len(self._title(command, keys=keys))
            places.append((at, end, command))
            at = end + GAP
        return places

    def on_click(self, event: Click) -> None:
        """Go to the tab that was clicked."""
        x = event.x - self.styles.padding.left
        for start, end, command in self._places(keys=self.size.width >= 100):
            if start <= x < end:
                cast(Desk, self.app).give(command)
                return
