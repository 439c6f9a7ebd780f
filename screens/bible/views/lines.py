"""Lines drawn as they are seen, some of which can be chosen: dossiers and dialogs are made of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from screens.widgets.ground import Ground
from screens.widgets.project_rows import fit

Piece = tuple[str, str]
"""Words, and how they look: names of theme variables and `bold`, with spaces between; empty: plain."""
MARK = "▸"


class Line(NamedTuple):
    """One row. Without a `value` it is only read."""

    pieces: tuple[Piece, ...]
    value: Hashable = None
    """What is chosen with it; what has the same one later is the same line."""
    right: str = ""
    """Flush right; what stands before it is cut where both have no room."""
    box: bool | None = None
    """Whether its box is ticked; None: it has none."""

    @property
    def plain(self) -> str:
        """Its words without styles."""
        return "".join(words for words, _ in self.pieces) + (f" {self.right}" if self.right else "")


def heading(words: str, right: str = "") -> Line:
    """A line above others."""
    return Line(((words, "bold"),), right=right)


def quiet(words: str) -> Line:
    """A line that only explains."""
    return Line(((words, "quiet"),))


BLANK = Line(())
Made = Callable[[int], Sequence[Line]]
"""Makes all lines for so many cells."""


class LineList(Ground, ScrollView, can_focus=True):
    """Costs what fits the window. Enter or a click on a line that can be chosen posts `Chosen`."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    LineList { height: 1fr; scrollbar-size-vertical: 1; overflow-x: hidden; overflow-y: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("pageup", "leap(-1)", show=False),
        Binding("pagedown", "leap(1)", show=False),
        Binding("home", "edge(False)", show=False),
        Binding("end", "edge(True)", show=False),
        Binding("enter", "choose", show=False),
        Binding("space", "tick", show=False),
    ]

    @dataclass
    class Chosen(Message):
        """Enter or a click."""

        lines: LineList
        value: Hashable

        @property
        def control(self) -> LineList:
            """The list, for `on`."""
            return self.lines

    @dataclass
    class Ticked(Message):
        """Space, or a click on a line with a box."""

        lines: LineList
        value: Hashable

        @property
        def control(self) -> LineList:
            """The list, for `on`."""
            return self.lines

    @dataclass
    class Moved(Message):
        """Another line is under the cursor."""

        lines: LineList
        value: Hashable

        @property
        def control(self) -> LineList:
            """The list, for `on`."""
            return self.lines

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.lines: Sequence[Line] = ()
        self.cursor = -1
        self._make: Made = lambda width: ()
        self._width = 0

    # --- what it is told

    def show(self, make: Made) -> None:
        """Show other lines; the cursor stays with its line, and the line where it is seen."""
        self._make = make
        self._width = self._room_across
        before, shown = self.value, self.lines
        at, top = self.cursor, self.scroll_offset.y
        self.lines = make(self._width)
        self.virtual_size = Size(1, len(self.lines))
        self.cursor = self._find(before, at)
        if at == self.cursor and shown == self.lines:
            return  # what is on the screen already is not painted again
        if at >= 0 and self.cursor != at and top:
            self.scroll_to(y=max(0, top + self.cursor - at), animate=False, force=True)
        self.refresh()
        if self.value != before:
            self.post_message(self.Moved(self, self.value))

    @property
    def value(self) -> Hashable:
        """What is under the cursor; None: nothing can be chosen."""
        return self.lines[self.cursor].value if 0 <= self.cursor < len(self.lines) else None

    def go_to(self, value: Hashable) -> bool:
        """Put the cursor on a line; False if there is none with this value."""
        at = next((at for at, line in enumerate(self.lines) if line.value == value), None)
        if at is not None:
            self._move(at)
        return at is not None

    def _find(self, value: Hashable, at: int) -> int:
        """The line of a value; else the nearest one below, or above, that can be chosen."""
        if value is not None:
            found = next((at for at, line in enumerate(self.lines) if line.value == value), None)
            if found is not None:
                return found
        return self._nearest(max(at, 0), 1)

    def _nearest(self, at: int, step: int) -> int:
        last = len(self.lines) - 1
        ways = (range(at, last + 1), range(min(at, last), -1, -1))
        for way in ways if step > 0 else ways[::-1]:
            for index in way:
                if 0 <= index <= last and self.lines[index].value is not None:
                    return index
        return -1

    # --- keys and mouse

    def action_step(self, by: int) -> None:
        """The arrows: to the next line that can be chosen; else the text moves."""
        at = self.cursor + by
        while 0 <= at < len(self.lines) and self.lines[at].value is None:
            at += by
        if self.cursor >= 0 and 0 <= at < len(self.lines):
            self._move(at)
        else:  # what stands before the first line and behind the last can be read, too
            self.scroll_relative(y=by, animate=False, force=True)

    def action_leap(self, by: int) -> None:
        """A windowful."""
        if self.cursor < 0:
            self.scroll_relative(y=by * self.size.height, animate=False, force=True)
        else:
            self._move(self._nearest(self.cursor + by * max(1, self.size.height - 1), by))

    def action_edge(self, last: bool) -> None:
        """The first or the last line."""
        if self.cursor >= 0:
            self._move(self._nearest(len(self.lines) - 1 if last else 0, -1 if last else 1))
        if not last:
            self.scroll_home(animate=False, force=True)

    def action_choose(self) -> None:
        """Enter."""
        if self.value is not None:
            self.post_message(self.Chosen(self, self.value))

    def action_tick(self) -> None:
        """Space."""
        if self.value is not None and self.lines[self.cursor].box is not None:
            self.post_message(self.Ticked(self, self.value))

    def on_click(self, event: events.Click) -> None:
        """A click chooses; one on a line with a box ticks it."""
        at = event.y + self.scroll_offset.y
        if not 0 <= at < len(self.lines) or self.lines[at].value is None:
            return
        self._move(at)
        if self.lines[at].box is not None:
            self.action_tick()
        else:
            self.action_choose()

    def _move(self, at: int) -> None:
        if at != self.cursor:
            self.cursor = at
            self.post_message(self.Moved(self, self.value))
        top, height = self.scroll_offset.y, self.size.height
        if at < top:
            # what stands over the first lines belongs to them
            self.scroll_to(y=0 if at < height else at, animate=False, force=True)
        elif height and at >= top + height:
            self.scroll_to(y=at - height + 1, animate=False, force=True)
        self.refresh()

    # --- painting

    @property
    def _room_across(self) -> int:
        return max(8, self.scrollable_content_region.width - 2)

    def on_resize(self) -> None:
        """Another width may have other lines."""
        if self._room_across != self._width:
            self.show(self._make)

    def on_focus(self) -> None:
        """The cursor is shown."""
        self.refresh()

    def on_blur(self) -> None:
        """And less so."""
        self.refresh()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """All lines move."""
        super().watch_scroll_y(old_value, new_value)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """`▸ [x] words                right`."""
        at = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        ground = self.ground
        if not 0 <= at < len(self.lines):
            return Strip.blank(width, ground)
        line, chosen = self.lines[at], at == self.cursor
        segments = [Segment(f"{MARK if chosen and self.has_focus else ' '} ", ground)]
        if line.box is not None:
            segments.append(Segment("[x] " if line.box else "[ ] ", ground))
        segments += self._segments(line, width - sum(segment.cell_length for segment in segments), ground)
        strip = Strip(segments).adjust_cell_length(width, ground)
        if not chosen:
            return strip
        colours = self.app.theme_variables
        kind = "" if self.has_focus else "blurred-"
        under = Style.parse(f"on {colours[f'block-cursor-{kind}background']}")
        return Strip(Segment.apply_style(strip, post_style=under + Style(bold=self.has_focus or None)), width)

    def _segments(self, line: Line, room: int, ground: Style) -> list[Segment]:
        kept = room - (cell_len(line.right) + 2 if line.right else 0)
        segments, used = [], 0
        for words, role in line.pieces:
            left = kept - used
            if left <= 0:
                break
            shown = words if cell_len(words) <= left else fit(words, left)
            used += cell_len(shown)
            segments.append(Segment(shown, ground + self._style(role)))
        if line.right:
            segments.append(Segment(" " * max(1, room - 1 - used - cell_len(line.right)), ground))
            segments.append(Segment(f"{line.right} ", ground + self._style("quiet")))
        return segments

    def _style(self, role: str) -> Style:
        if not role:
            return Style.null()
        colours = self.app.theme_variables
        return Style.parse(" ".join(colours.get(word, word) for word in role.split()))
