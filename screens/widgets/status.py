"""The line under the script: how much there is, where the cursor is; or, loudly, that the disk fails."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal

from screens.widgets.places import Place

PLACE_WIDTH = 36


class StatusLine(Horizontal):
    """Counts at the left, place at the right. While words are only in memory it says so instead."""

    DEFAULT_CSS = """
    StatusLine { height: 1; width: 1fr; padding: 0 1; color: $quiet; }
    StatusLine #counts { width: 1fr; }
    StatusLine #banner { width: 1fr; display: none; text-style: bold; }
    StatusLine.-failing { background: $error; color: $background; }
    StatusLine.-failing #counts { display: none; }
    StatusLine.-failing #banner { display: block; }
    """

    def compose(self) -> ComposeResult:
        """Counts, banner (one of them is shown), place."""
        yield Place(id="counts")
        yield Place(id="banner")
        yield Place(id="where", width=PLACE_WIDTH)

    def show_counts(self, pages: int, panels: int, balloons: int, words: int) -> None:
        """How much there is; fewer words where there is little room."""
        parts = [
            _count(pages, "page"),
            _count(panels, "panel"),
            _count(balloons, "balloon"),
            _count(words, "word"),
        ]
        if self.size.width and self.size.width - PLACE_WIDTH < 46:
            del parts[2]
        self.query_one("#counts", Place).show(" · ".join(parts))

    def show_place(self, page: str, panel: str, kind: str) -> None:
        """Where the cursor is, flush right."""
        parts = [f"page {page}" if page else "", f"panel {panel}" if panel else "", kind]
        self.query_one("#where", Place).show(" · ".join(part for part in parts if part).rjust(PLACE_WIDTH))

    def show_failure(self, sentence: str) -> None:
        """The banner, or with an empty sentence the counts again."""
        self.set_class(bool(sentence), "-failing")
        self.query_one("#banner", Place).show(sentence)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
