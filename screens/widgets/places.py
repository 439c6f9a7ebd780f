"""A piece of a line that shows one state: fixed width, painted only when it changes."""

from __future__ import annotations

from rich.text import Text
from textual.widget import Widget


class Place(Widget):
    """One line of styled text. Its width never follows its text, so nothing beside it moves."""

    DEFAULT_CSS = "Place { height: 1; width: auto; }"

    def __init__(
        self, *, width: int | None = None, id: str | None = None, classes: str | None = None
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._shown = Text()
        if width is not None:
            self.styles.width = width

    def show(self, text: Text | str, *, tooltip: str = "") -> None:
        """Put `text` here; nothing is painted when it is there already."""
        wanted = Text(text) if isinstance(text, str) else text
        if tooltip:
            self.tooltip = tooltip
        if wanted == self._shown and wanted.spans == self._shown.spans and wanted.style == self._shown.style:
            return
        self._shown = wanted
        self.refresh()

    @property
    def text(self) -> str:
        """What it shows, without styles."""
        return self._shown.plain

    def render(self) -> Text:
        """The text, cut with … where there is no room."""
        text = self._shown.copy()
        text.no_wrap = True
        text.truncate(max(0, self.size.width), overflow="ellipsis")
        return text
