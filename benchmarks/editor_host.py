"""A bare app around one editor, for measuring: ours over a store, or a stock TextArea."""

from __future__ import annotations

import argparse
import asyncio
import time
from pathlib import Path
from uuid import uuid4

from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.widgets import Footer, Header, TextArea

SENTENCE = "la pluie tombe sur le toit de tôle et personne ne parle encore dans la rue vide"
WORDS = SENTENCE.split()
LINES_A_PAGE = 11
CHANGES = 1000


def page(number: int) -> list[str]:
    """Eleven lines, about 1 kB."""
    lines = [f"PAGE {number} :", ""]
    for panel in (1, 2, 3):
        first = (number * 7 + panel) % len(WORDS)
        words = (WORDS[first:] + WORDS[:first]) * 3
        lines += [f"PANEL {panel} :", f"({' '.join(words[:34])}.)", f"AKIRA : {' '.join(words[:20])}…"]
    return lines


def script(lines: int) -> str:
    """A script of so many lines."""
    pages = (lines + LINES_A_PAGE - 1) // LINES_A_PAGE
    return "\n".join([line for number in range(1, pages + 1) for line in page(number)][:lines])


class StockHost(App[None]):
    """Header, stock TextArea, Footer."""

    def __init__(self, lines: int) -> None:
        super().__init__()
        self._lines = lines

    def compose(self) -> ComposeResult:
        yield Header()
        area = TextArea(script(self._lines), show_line_numbers=True)
        area.cursor_blink = False
        yield area
        yield Footer()

    def on_mount(self) -> None:
        area = self.query_one(TextArea)
        area.focus()
        row = min(self._lines // 2 // LINES_A_PAGE * LINES_A_PAGE + 3, self._lines - 1)
        area.move_cursor((row, 20))


def stored(lines: int) -> bytes:
    """A stored document with so many lines."""
    from core.story import ProjectStore

    store = ProjectStore.create()
    if lines:
        store.splice(0, 0, script(lines))
    return store.snapshot()


def editor_host(blob: bytes, *, driver: bool = True) -> App[None]:
    """Header, ScriptEditor over a store, Footer; imported late so that the stock one stays bare."""
    from core.story import ProjectStore, TextEdit
    from screens.widgets.editor import ScriptEditor
    from tui.terminal import GenkoDriver

    class Host(App[None]):
        """F8 merges edits made elsewhere, F9 shows the longest time the loop was kept from anything else."""

        BINDINGS = [
            Binding("f8", "merge", "Merge", priority=True),
            Binding("f9", "gap", "Gap", priority=True),
        ]
        TITLE = "host"
        longest = 0.0

        def compose(self) -> ComposeResult:
            self.store = ProjectStore.load(uuid4(), [blob])
            yield Header()
            self.editor = ScriptEditor(self.store)
            yield self.editor
            yield Footer()

        def on_mount(self) -> None:
            self.editor.focus()
            self.editor.go_to(self.editor.wrapped.rows // 2 // LINES_A_PAGE * LINES_A_PAGE + 3, 20)
            self.run_worker(self._watch())

        async def _watch(self) -> None:
            last = time.perf_counter()
            while True:
                await asyncio.sleep(0.001)
                now = time.perf_counter()
                self.longest = max(self.longest, now - last - 0.001)
                last = now

        def action_prepare(self) -> None:
            """Another writer makes scattered edits offline, one of them in a line on the screen."""
            other = ProjectStore.load(self.store.project_id, [self.store.snapshot()])
            before = other.version
            step = other.text_length // CHANGES
            other.edit_text([TextEdit(number * (step + 1), 0, "~") for number in range(CHANGES)])
            row = self.editor.wrapped.at(self.editor.scroll_offset.y + 2)[0]
            other.splice(self.editor.wrapped.offset((row, 0)) + CHANGES // 2, 0, " MERGED ")
            self.blob = other.updates_since(before)

        def action_merge(self) -> None:
            """The first time: prepare; the second time: merge."""
            if not hasattr(self, "blob"):
                self.action_prepare()
                self.title = "prepared"
            else:
                self.longest = 0.0
                self.store.receive([self.blob])

        def action_gap(self) -> None:
            """Show the longest gap since the merge, in milliseconds."""
            self.title = f"gap {self.longest * 1000:.0f} ms"

    return Host(driver_class=GenkoDriver if driver else None)


def main() -> None:
    """Run one host until it is killed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("widget", choices=("stock", "editor"))
    parser.add_argument("--lines", type=int, default=300)
    parser.add_argument("--stored", type=Path, help="a document that `stored` has made")
    options = parser.parse_args()
    if options.widget == "stock":
        StockHost(options.lines).run()
    else:
        editor_host(options.stored.read_bytes() if options.stored else stored(options.lines)).run()


if __name__ == "__main__":
    main()
