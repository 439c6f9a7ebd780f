"""The app everything is measured against: Header, stock TextArea, Footer. Arguments: FILE [ROW COLUMN]."""

from __future__ import annotations

import sys
from pathlib import Path

from textual.app import App, ComposeResult
from textual.widgets import Footer, Header, TextArea


class Bare(App[None]):
    """What anyone would write first."""

    def compose(self) -> ComposeResult:
        yield Header()
        area = TextArea(Path(sys.argv[1]).read_text(encoding="utf-8"), show_line_numbers=True)
        if len(sys.argv) > 2:
            area.move_cursor((int(sys.argv[2]), int(sys.argv[3])))
        yield area
        yield Footer()


if __name__ == "__main__":
    Bare().run()
