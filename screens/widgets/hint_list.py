"""The hints of a script as rows, by page; draws only what is on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.text import Text
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from core.script.hints import Hint, Severity
from screens.widgets.ground import Ground
from screens.widgets.project_rows import fit

SIGNS = {Severity.WARN: "!", Severity.HINT: "•"}
"""What stands behind a line number, and in front of a sentence."""
WHERE = 17
"""Cells of the place in front of a sentence."""


class HintRows(Ground, ScrollView, can_focus=True):
    """One row a hint: `! page 12, panel 3    27 words in one balloon: …`."""

    DEFAULT_CSS = """
    HintRows { height: 1fr; scrollbar-size-vertical: 1; overflow-x: hidden; background: $panel; }
    """
    BINDINGS = [
        ("up", "step(-1)", "Up"),
        ("down", "step(1)", "Down"),
        ("pageup", "step(-10)", "Page up"),
        ("pagedown", "step(10)", "Page down"),
        ("home", "step(-1000000)", "First"),
        ("end", "step(1000000)", "Last"),
        ("enter", "choose", "Go there"),
    ]
    chosen: var[int] = var(0)

    @dataclass
    class Moved(Message):
        """Another hint is chosen, or there are others."""

    @dataclass
    class Chosen(Message):
        """Go to the chosen hint."""

    def __init__(self) -> None:
        super().__init__()
        self._hints: Sequence[Hint] = ()

    @property
    def hint(self) -> Hint | None:
        """The chosen hint."""
        return self._hints[self.chosen] if 0 <= self.chosen < len(self._hints) else None

    def show(self, hints: Sequence[Hint], chosen: int | None = None) -> None:
        """Show other hints; the same row stays chosen unless another is named."""
        self._hints = hints
        self.virtual_size = Size(self.size.width, len(hints))
        self.chosen = max(0, min(self.chosen if chosen is None else chosen, len(hints) - 1))
        self._reveal()
        self.refresh()
        self.post_message(self.Moved())

    def render_line(self, y: int) -> Strip:
        """One row."""
        index, width = y + self.scroll_offset.y, self.scrollable_content_region.width
        if index >= len(self._hints):
            return Strip.blank(width, self.ground)
        hint, colours = self._hints[index], self.app.theme_variables
        text = Text(end="", no_wrap=True)
        warn = hint.severity is Severity.WARN
        text.append(f" {SIGNS[hint.severity]} ", f"bold {colours['error' if warn else 'warning']}")
        text.append(f"{fit(hint.where, WHERE)} ", colours["quiet"])
        text.append(fit(hint.sentence, max(4, width - WHERE - 4)))
        if index == self.chosen:
            text = Text(text.plain, end="", no_wrap=True)
            text.stylize("bold reverse")
        strip = Strip(text.render(self.app.console)).apply_style(self.ground)
        return strip.adjust_cell_length(width, self.ground)

    def watch_chosen(self, before: int, after: int) -> None:
        """Two rows look different."""
        top = self.scroll_offset.y
        for index in (before, after):
            if 0 <= index - top < self.size.height:
                self.refresh(Region(0, index - top, self.size.width, 1))
        self.post_message(self.Moved())

    def _reveal(self) -> None:
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        if height and not top <= self.chosen < top + height:
            self.scroll_to(y=max(0, self.chosen - height // 2), animate=False, force=True)

    def action_step(self, by: int) -> None:
        """The arrows."""
        self.chosen = max(0, min(len(self._hints) - 1, self.chosen + by))
        self._reveal()

    def action_choose(self) -> None:
        """Enter."""
        self.post_message(self.Chosen())

    def on_click(self, event: events.Click) -> None:
        """A click chooses, a second one goes there."""
        index = event.y + self.scroll_offset.y
        if index < len(self._hints):
            if index == self.chosen:
                self.action_choose()
            self.chosen = index
