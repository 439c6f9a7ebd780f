"""The chosen panel: its status, place, people, picture, notes, and its script, beside the page or over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from core.assembly.plan import PagePlan
from screens.assembly.inspector_lines import Line, Remark, panel_lines
from screens.widgets.ground import Ground


@dataclass
class FieldWanted(Message):
    """Enter, or a click, on a field: somebody wants to change it."""

    field: str


@dataclass
class FieldReached(Message):
    """The cursor has come to a field."""

    field: str


class Inspector(Ground, ScrollView, can_focus=True):
    """Lines on a panel; up and down go from field to field."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Inspector { height: 1fr; width: 1fr; scrollbar-size-vertical: 1; overflow-x: hidden; overflow-y: auto;
        scrollbar-gutter: stable; padding: 0 0 0 1; }
    """
    BINDINGS = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
        Binding("enter", "want", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._page: PagePlan | None = None
        self._panel: int | None = None
        self._keys: dict[str, str] = {}
        self._remarks: Sequence[Remark] = ()
        self._picture = ""
        self._lines: Sequence[Line] = ()
        self.field = "status"
        """Where the cursor is."""

    def show(
        self,
        page: PagePlan | None,
        panel: int | None = None,
        keys: dict[str, str] | None = None,
        remarks: Sequence[Remark] = (),
        picture: str = "",
    ) -> None:
        """Show a panel; the cursor stays on its field, and the scroll where the panel is the same."""
        same = (
            page is not None and self._page is not None
            and (page.key, _id(page, panel)) == (self._page.key, _id(self._page, self._panel))
        )  # fmt: skip
        self._page, self._panel, self._keys, self._remarks = page, panel, keys or {}, remarks
        self._picture = picture
        self._arrange()
        if not same:
            self.scroll_to(0, 0, animate=False, force=True)
            if self.field not in self._fields():
                self.field = "status"
        self.refresh()

    def choose(self, field: str) -> None:
        """Put the cursor on a field."""
        self.field = field
        self._reveal()
        self.refresh()

    def action_step(self, by: int) -> None:
        """To the field before or after; past them, the text scrolls."""
        fields = self._fields()
        if not fields:
            return
        at = fields.index(self.field) + by if self.field in fields else 0
        if not 0 <= at < len(fields):
            self.scroll_relative(y=by, animate=False, force=True)
            return
        self.choose(fields[at])
        self.post_message(FieldReached(self.field))

    def action_want(self) -> None:
        """Enter."""
        self.post_message(FieldWanted(self.field))

    def on_click(self, event: Click) -> None:
        """A click reaches a field, one on the reached field wants it."""
        row = event.y + self.scroll_offset.y
        field = self._lines[row].field if row < len(self._lines) else ""
        if not field:
            return
        reached = field == self.field
        self.choose(field)
        self.post_message(FieldWanted(field) if reached else FieldReached(field))

    def on_resize(self) -> None:
        """Another width breaks the lines elsewhere."""
        self._arrange()
        self.refresh()

    def _arrange(self) -> None:
        width = self.size.width
        page = self._page
        self._lines = (
            panel_lines(page, self._panel, width, self._keys, self._remarks, self._picture)
            if page and width
            else ()
        )
        if self.virtual_size.height != len(self._lines):
            self.virtual_size = Size(width, len(self._lines))

    def _fields(self) -> list[str]:
        return list(dict.fromkeys(line.field for line in self._lines if line.field))

    def _reveal(self) -> None:
        rows = [row for row, line in enumerate(self._lines) if line.field == self.field]
        if rows and not self.scroll_offset.y <= rows[0] < self.scroll_offset.y + max(1, self.size.height):
            self.scroll_to(0, max(0, rows[0] - self.size.height // 2), animate=False, force=True)

    def render_line(self, y: int) -> Strip:
        """One line; the field of the cursor is marked while the keys are here."""
        ground = self.ground
        row = y + self.scroll_offset.y
        if row >= len(self._lines):
            return Strip.blank(self.size.width, ground)
        colours, line = self.app.theme_variables, self._lines[row]
        here = line.field and line.field == self.field
        if here and (self.has_focus or line.field.startswith("balloon:")):
            name = "block-cursor" if self.has_focus else "block-cursor-blurred"
            ground += Style.parse(f"{colours[f'{name}-foreground']} on {colours[f'{name}-background']}")
        pieces = [
            Segment(text, ground + Style.parse(f"{'bold' if bold else 'not bold'} {colours.get(colour, '')}"))
            for text, colour, bold in line.pieces
        ]
        return Strip(pieces).adjust_cell_length(self.size.width, ground)


def _id(page: PagePlan, panel: int | None) -> str:
    return page.panels[panel].id if panel is not None and panel < len(page.panels) else ""
