"""A panel whose right edge can be moved, by keys and by the mouse."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events
from textual.message import Message
from textual.scroll_view import ScrollView

from screens.widgets.ground import Ground

NARROWEST, WIDEST, TEXT = 18, 70, 40
"""Columns that the panel may take, and those that are left to the text."""


class Edge(Ground, ScrollView):
    """`Resized` says its new width, once it is settled."""

    _drag = False

    @dataclass
    class Resized(Message):
        """The writer gave it another width."""

        width: int

    def action_widen(self, by: int) -> None:
        """`<` and `>`."""
        self._resize(self.outer_size.width + by)
        self.post_message(self.Resized(self._width()))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """On the edge: the width follows the mouse."""
        if event.x >= self.outer_size.width - 1:
            self._drag = True
            self.capture_mouse()
            event.stop()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag the edge."""
        if self._drag:
            self._resize(event.screen_x - self.region.x + 1)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """The width is remembered."""
        if self._drag:
            self._drag = False
            self.release_mouse()
            self.post_message(self.Resized(self._width()))

    def _resize(self, width: int) -> None:
        most = max(NARROWEST, min(WIDEST, self.screen.size.width - TEXT))
        self.styles.width = max(NARROWEST, min(most, width))

    def _width(self) -> int:
        scalar = self.styles.width
        return int(scalar.value) if scalar is not None else self.outer_size.width
