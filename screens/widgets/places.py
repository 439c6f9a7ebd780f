"""A line of places, each showing one state: fixed in width, painted only when what it shows changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.text import Text
from textual.geometry import Region
from textual.widget import Widget

WIDE = 110
"""Columns from which a window is wide (`GenkoScreen.HORIZONTAL_BREAKPOINTS`)."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A piece of the line. Its width never follows its text, so nothing beside it moves."""

    name: str
    width: int | None = None
    """Cells; None takes what the others leave (one of the line may)."""
    wide: int | None = None
    """Cells in windows of 110 columns and more, if that differs."""
    style: str = ""
    """A theme variable for the colour; empty: the line's own."""
    bold: bool = False
    right: bool = False
    """Flush right."""


class PlacesLine(Widget):
    """One widget for a whole line of places: cheap at first paint, and a change sends a few cells."""

    DEFAULT_CSS = "PlacesLine { height: 1; width: 1fr; padding: 0 1; }"
    ALLOW_SELECT = False

    def __init__(self, slots: Sequence[Slot], *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._slots = tuple(slots)
        self._texts = {slot.name: Text() for slot in slots}

    def show(self, name: str, text: Text | str) -> None:
        """Put `text` into a place; nothing is painted when it is there already."""
        wanted = Text(text) if isinstance(text, str) else text
        old = self._texts[name]
        if wanted == old and wanted.spans == old.spans and wanted.style == old.style:
            return
        self._texts[name] = wanted
        if self.size.width:
            start, width = self.extent(name)
            self.refresh(Region(self.styles.padding.left + start, 0, width, 1))

    def text(self, name: str) -> str:
        """What a place shows, without styles."""
        return self._texts[name].plain

    @property
    def is_wide(self) -> bool:
        """Whether there is much room. The screen's class follows a resize only after this line has."""
        return self.outer_size.width >= WIDE

    def extent(self, name: str) -> tuple[int, int]:
        """(first cell, cells) of a place within the line."""
        at = 0
        for slot, width in self._widths():
            if slot.name == name:
                return at, width
            at += width
        raise KeyError(name)

    def render(self) -> Text:
        """All places from left to right; what has no room ends with …, and never touches what comes after."""
        colours = self.app.theme_variables
        line = Text(no_wrap=True, overflow="crop")
        for slot, width in self._widths():
            piece = self._texts[slot.name].copy()
            piece.truncate(width - 1 if slot.width is None and not slot.right else width, overflow="ellipsis")
            if slot.style or slot.bold:
                colour = colours[slot.style] if slot.style else ""
                piece.stylize_before(f"{'bold' if slot.bold else ''} {colour}".strip())
            piece.align("right" if slot.right else "left", width)
            line.append_text(piece)
        return line

    def _widths(self) -> list[tuple[Slot, int]]:
        wide = self.is_wide
        widths = [slot.wide if wide and slot.wide is not None else slot.width for slot in self._slots]
        left = max(0, self.size.width - sum(width for width in widths if width is not None))
        return [
            (slot, left if width is None else width) for slot, width in zip(self._slots, widths, strict=True)
        ]
