"""The places where a name is written, each with a box to switch it on or off."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rich.text import Text
from textual.binding import Binding
from textual.geometry import Region
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip

from core.script.renaming import Use, styled
from screens.widgets.ground import Ground
from screens.widgets.project_rows import fit
from screens.wording import counted

Row = Use | str
"""A place, or a heading between places."""


class UseList(Ground, ScrollView, can_focus=True):
    """Cues and mentions under two headings; draws only the rows on the screen."""

    DEFAULT_CSS = """
    UseList { height: 1fr; background: $background; scrollbar-size-vertical: 1; overflow-x: hidden; }
    """
    BINDINGS = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("pageup", "step(-10)", show=False),
        Binding("pagedown", "step(10)", show=False),
        Binding("home", "step(-10000000)", show=False),
        Binding("end", "step(10000000)", show=False),
        Binding("space", "switch", show=False),
    ]

    chosen: var[int] = var(0)

    class Toggled(Message):
        """Something was switched on or off."""

    def __init__(self, place: Callable[[int], str], line: Callable[[int], str]) -> None:
        """`place` says where a row of the script is, `line` gives its text."""
        super().__init__()
        self._place = place
        self._line = line
        self._rows: list[Row] = []
        self._off: set[Use] = set()
        self._new = ""
        self._cues: Sequence[Use] = ()
        self._mentions: Sequence[Use] = ()

    def show(self, cues: Sequence[Use], mentions: Sequence[Use]) -> None:
        """Show other places: cues on, mentions off."""
        self._cues, self._mentions, self._off = list(cues), list(mentions), set(mentions)
        self._rows = [counted(len(cues), "cue"), *cues] if cues else []
        if mentions:
            self._rows += [counted(len(mentions), "mention"), *mentions]
        self.chosen = 0
        self.virtual_size = self.virtual_size.with_height(len(self._rows)).with_width(1)
        self.scroll_to(y=0, animate=False, force=True)
        self.refresh()

    def show_new(self, name: str) -> None:
        """The new name is another."""
        self._new = name
        self.refresh()

    @property
    def wanted(self) -> list[Use]:
        """The places that are switched on."""
        return [use for use in (*self._cues, *self._mentions) if use not in self._off]

    def render_line(self, y: int) -> Strip:
        """`[x] p12.3  AKIRA → KENJI (off) : …`."""
        index = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if index >= len(self._rows):
            return Strip.blank(width, self.ground)
        text = self._text(self._rows[index], width)
        if self.has_focus and index == self.chosen:
            text.stylize("reverse")
        strip = Strip(text.render(self.app.console)).apply_style(self.ground)
        return strip.adjust_cell_length(width, self.ground)

    def _text(self, row: Row, width: int) -> Text:
        colours = self.app.theme_variables
        if isinstance(row, str):
            of = self._of(row)
            on_ = sum(use not in self._off for use in of)
            box = "[x]" if on_ == len(of) else "[ ]" if not on_ else "[-]"
            return Text(fit(f"{box} {row}, {on_:,} on", width), style="bold", end="", no_wrap=True)
        on = row not in self._off
        text = Text("    [x] " if on else "    [ ] ", end="", no_wrap=True)
        text.append(f"{fit(self._place(row.row), 9)} ", colours["quiet"])
        line = self._line(row.row)
        if line[row.start : row.end] != row.text:  # somebody else has changed it since it was found
            text.append("changed meanwhile", f"italic {colours['quiet']}")
            text.truncate(width, pad=True)
            return text
        start = max(0, row.start - 24)
        text.append(("…" if start else "") + line[start : row.start].lstrip())
        if on and self._new:
            text.append(row.text, f"strike {colours['quiet']}")
            text.append(" → ")  # not every terminal strikes out
        text.append(
            styled(row.text, self._new) if on and self._new else row.text, f"bold {colours['accent']}"
        )
        text.append(line[row.end : row.end + width])
        text.truncate(width, overflow="ellipsis", pad=True)
        return text

    def _of(self, heading: str) -> Sequence[Use]:
        return self._cues if self._rows and heading is self._rows[0] and self._cues else self._mentions

    def action_step(self, by: int) -> None:
        """The arrows."""
        before, self.chosen = self.chosen, max(0, min(len(self._rows) - 1, self.chosen + by))
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        if height and not top <= self.chosen < top + height:
            self.scroll_to(y=self.chosen - height // 2, animate=False, force=True)
        self._repaint(before, self.chosen)

    def action_switch(self) -> None:
        """Space: one place, or on a heading all under it."""
        if not self._rows:
            return
        row = self._rows[self.chosen]
        uses = set(self._of(row)) if isinstance(row, str) else {row}
        self._off = self._off - uses if uses & self._off else self._off | uses
        self.refresh()
        self.post_message(self.Toggled())

    def on_click(self, event: object) -> None:
        """A click switches."""
        from textual.events import Click

        if isinstance(event, Click) and 0 <= event.y + self.scroll_offset.y < len(self._rows):
            self.chosen = event.y + self.scroll_offset.y
            self.action_switch()

    def _repaint(self, *indices: int) -> None:
        for index in indices:
            self.refresh(Region(0, index - self.scroll_offset.y, self.size.width, 1))

    def on_focus(self) -> None:
        """The chosen row is shown."""
        self.refresh()

    def on_blur(self) -> None:
        """And no longer."""
        self.refresh()
