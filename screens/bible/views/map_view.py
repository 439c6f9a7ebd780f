"""The drawn map on the screen: paints it, moves between its names."""

from __future__ import annotations

from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding
from textual.color import Color
from textual.message import Message
from textual.strip import Strip

from core.bible import DrawnMap
from screens.widgets.ground import Ground

SLANT = 2.5
"""How much more a cell aside of the way counts than one on it."""
LEGIBLE = 0.3
"""Least difference of brightness."""
HIGH = 2
"""A cell is so much higher than wide."""


class MapView(Ground, can_focus=True):
    """Paints what a worker has drawn."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "MapView { width: 1fr; height: 1fr; }"
    BINDINGS = [
        Binding("left", "go(-1, 0)", show=False),
        Binding("right", "go(1, 0)", show=False),
        Binding("up", "go(0, -1)", show=False),
        Binding("down", "go(0, 1)", show=False),
        Binding("tab", "next(1)", show=False),
        Binding("shift+tab", "next(-1)", show=False),
        Binding("enter", "open", show=False),
    ]

    class Resized(Message):
        """There is another amount of room."""

    @dataclass
    class Moved(Message):
        """Somebody else is chosen."""

        chosen: str

    @dataclass
    class Opened(Message):
        """Enter, or a click on who is chosen."""

        chosen: str

    def __init__(self) -> None:
        super().__init__()
        self._drawn = DrawnMap([], {})
        self.chosen = ""

    def show(self, drawn: DrawnMap, chosen: str) -> None:
        """Paint another map."""
        self._drawn, self.chosen = drawn, chosen
        self.refresh()

    def on_resize(self) -> None:
        """As large as there is room."""
        self.post_message(self.Resized())

    def render_line(self, y: int) -> Strip:
        """A line of the map; names have their own colours, who is chosen is marked by more than that."""
        ground, width = self.ground, self.size.width
        lines = self._drawn.lines
        if y >= len(lines):
            return Strip.blank(width, ground)
        segments = [Segment(text, ground + self._style(role)) for text, role in lines[y]]
        return Strip(segments).adjust_cell_length(width, ground)

    def _style(self, role: str) -> Style:
        colours = self.app.theme_variables
        kind, _, own = role.partition(":")
        own = own if own and self._is_legible(own) else ""
        match kind:
            case "chosen":
                return Style.parse(f"bold reverse {own}")
            case "near":
                return Style.parse(f"bold underline {own}")
            case "name":
                return Style.parse(own) if own else Style.null()
            case "word.chosen":
                return Style.parse(f"italic {colours['accent']}")
            case "edge.chosen":
                return Style.parse(colours["accent"])
        return Style.parse(colours["quiet"])

    def _is_legible(self, colour: str) -> bool:
        """Whether a character's own colour can be told from the ground."""
        ground = Color.parse(self.app.theme_variables["background"])
        return abs(Color.parse(colour).brightness - ground.brightness) > LEGIBLE

    def action_go(self, across: int, down: int) -> None:
        """The arrows: to whoever is nearest that way."""
        names = self._drawn.names
        if self.chosen not in names:
            self.action_next(1)
            return
        here = _middle(names[self.chosen])
        best, least = "", float("inf")
        for name, place in names.items():
            there = _middle(place)
            along = (there[0] - here[0]) * across + (there[1] - here[1]) * down
            aside = abs((there[0] - here[0]) * down) + abs((there[1] - here[1]) * across)
            if along > 0 and along + SLANT * aside < least:
                best, least = name, along + SLANT * aside
        if best:
            self.post_message(self.Moved(best))

    def action_next(self, by: int) -> None:
        """Tab: through all of them, line by line."""
        names = sorted(self._drawn.names, key=lambda name: self._drawn.names[name][1::-1])
        if names:
            at = names.index(self.chosen) + by if self.chosen in names else 0
            self.post_message(self.Moved(names[at % len(names)]))

    def action_open(self) -> None:
        """Enter."""
        if self.chosen:
            self.post_message(self.Opened(self.chosen))

    def on_click(self, event: events.Click) -> None:
        """A click chooses somebody, the next one opens the record."""
        for name, (column, row, cells) in self._drawn.names.items():
            if event.y == row and column <= event.x < column + cells:
                self.post_message(self.Opened(name) if name == self.chosen else self.Moved(name))
                return


def _middle(place: tuple[int, int, int]) -> tuple[float, float]:
    """In cells as wide as they are high."""
    column, row, cells = place
    return column + cells / 2, float(row * HIGH)
