"""The line under the script: how much there is, where the cursor is; or, loudly, that the disk fails."""

from __future__ import annotations

from screens.widgets.places import PlacesLine, Slot
from screens.wording import counted

PLACE_WIDTH = 36


class StatusLine(PlacesLine):
    """Counts at the left, place at the right. While words are only in memory it says so instead."""

    DEFAULT_CSS = """
    StatusLine { color: $quiet; }
    StatusLine.-failing { background: $error; color: $background; text-style: bold; }
    """

    def __init__(self) -> None:
        super().__init__((Slot("counts"), Slot("where", PLACE_WIDTH, right=True)))
        self._counts = ""
        self._failure = ""

    def show_counts(self, pages: int, panels: int, balloons: int, words: int) -> None:
        """How much there is; fewer words where there is little room."""
        parts = [
            counted(pages, "page"),
            counted(panels, "panel"),
            counted(balloons, "balloon"),
            counted(words, "word"),
        ]
        if self.size.width and self.size.width - PLACE_WIDTH < 50:
            del parts[2]
        self._counts = " · ".join(parts)
        self.show("counts", self._failure or self._counts)

    def show_place(self, page: str, panel: str, kind: str) -> None:
        """Where the cursor is."""
        parts = [f"page {page}" if page else "", f"panel {panel}" if panel else "", kind]
        self.show("where", " · ".join(part for part in parts if part))

    def show_failure(self, sentence: str) -> None:
        """The banner, or with an empty sentence the counts again."""
        self._failure = sentence
        self.set_class(bool(sentence), "-failing")
        self.show("counts", self._failure or self._counts)
