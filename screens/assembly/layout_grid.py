"""Layouts as little drawn pages, side by side; drawn as they are seen."""

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

from core.assembly.layouts import (
    Layout,
    LayoutError,
    Template,
    effective_side,
    page_size,
    parse_layout,
    place_cells,
)
from core.assembly.plan import Direction, PageFormat, PagePlan, PanelPlan, Side
from screens.widgets.ground import Ground
from screens.widgets.project_rows import fit

COLUMNS, ROWS, GAP = 16, 8, 2
"""Cells of a little page, and between two."""
HIGH = ROWS + 2
"""With its name, and a line between."""
MOST_DRAWN = 60
"""A page of more panels is said in words: so small, it would be a smudge."""


@dataclass
class LayoutChosen(Message):
    """This one."""

    template: Template


class LayoutReached(Message):
    """The cursor has come to another one."""


def bare_page(layout: Layout, format: PageFormat, direction: Direction, side: Side) -> PagePlan:
    """A page with nothing in its panels."""
    width, height = page_size(layout, format, direction, side)
    cells = place_cells(layout, format, direction, side)
    panels = tuple(
        PanelPlan(f"cell:{at}", str(at), cell.box, cell.inset, cell.bleeds, cell.borderless)
        for at, cell in enumerate(cells, 1)
    )
    side = effective_side(layout, direction, side)
    return PagePlan("", "", (0,), "", side, format, direction, width, height, panels, str(layout))


class LayoutGrid(Ground, ScrollView, can_focus=True):
    """Arrows choose, Enter takes."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    LayoutGrid { height: 1fr; background: $panel;
        scrollbar-size-vertical: 1; overflow-x: hidden; overflow-y: auto; }
    """
    BINDINGS = [
        Binding("left", "step(-1, 0)", show=False),
        Binding("right", "step(1, 0)", show=False),
        Binding("up", "step(0, -1)", show=False),
        Binding("down", "step(0, 1)", show=False),
        Binding("pageup", "step(0, -2)", show=False),
        Binding("pagedown", "step(0, 2)", show=False),
        Binding("home", "step(-100000, 0)", show=False),
        Binding("end", "step(100000, 0)", show=False),
        Binding("enter", "take", show=False),
    ]

    def __init__(self, format: PageFormat, direction: Direction, side: Side) -> None:
        super().__init__()
        self._paper = format, direction, side
        self._templates: Sequence[Template] = ()
        self._drawn: dict[str, list[list[tuple[str, str]]]] = {}
        self.cursor = 0

    @property
    def template(self) -> Template | None:
        """The chosen one."""
        return self._templates[self.cursor] if self._templates else None

    def show(self, templates: Sequence[Template], cursor: int = 0) -> None:
        """Show these."""
        self._templates = templates
        self.cursor = max(0, min(cursor, len(templates) - 1))
        self._fill()

    @property
    def _across(self) -> int:
        return max(1, (self.size.width + GAP) // (COLUMNS + GAP))

    def _fill(self) -> None:
        rows = -(-len(self._templates) // self._across)
        self.virtual_size = Size(self.size.width, rows * HIGH)
        self._reveal()
        self.refresh()

    def on_resize(self) -> None:
        """Another number side by side."""
        self._fill()

    def action_step(self, across: int, down: int) -> None:
        """To another one."""
        wanted = self.cursor + across + down * self._across
        if down and not 0 <= wanted < len(self._templates):
            return
        self.cursor = max(0, min(wanted, len(self._templates) - 1))
        self.post_message(LayoutReached())
        self._reveal()
        self.refresh()

    def _reveal(self) -> None:
        top = self.cursor // self._across * HIGH
        if top < self.scroll_offset.y or top + HIGH > self.scroll_offset.y + self.size.height:
            self.scroll_to(0, max(0, min(top, top + HIGH - self.size.height)), animate=False, force=True)

    def action_take(self) -> None:
        """Enter."""
        if (template := self.template) is not None:
            self.post_message(LayoutChosen(template))

    def on_click(self, event: Click) -> None:
        """The first click chooses one, another takes it."""
        column, within = divmod(event.x, COLUMNS + GAP)
        at = (event.y + self.scroll_offset.y) // HIGH * self._across + column
        if within >= COLUMNS or column >= self._across or at >= len(self._templates):
            return
        if at == self.cursor:
            self.action_take()
        self.cursor = at
        self.post_message(LayoutReached())
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """A line through all little pages that stand side by side."""
        ground = self.ground
        row, line = divmod(y + self.scroll_offset.y, HIGH)
        first = row * self._across
        pieces: list[Segment] = []
        for at in range(first, min(first + self._across, len(self._templates))):
            pieces += self._piece(self._templates[at], line, ground, chosen=at == self.cursor)
            pieces.append(Segment(" " * GAP, ground))
        return Strip(pieces).adjust_cell_length(self.size.width, ground)

    def _piece(self, template: Template, line: int, ground: Style, *, chosen: bool) -> list[Segment]:
        colours = self.app.theme_variables
        style = ground + Style.parse(f"bold {colours['accent']}" if chosen else colours["quiet"])
        if line == ROWS:
            name = f"{'▸' if chosen else ' '}{'*' if template.own else ''}{template.name}"
            return [Segment(fit(name, COLUMNS), style)]
        if line > ROWS:
            return [Segment(" " * COLUMNS, ground)]
        drawn = self._drawing(template)
        if line >= len(drawn):
            return [Segment(" " * COLUMNS, ground)]
        return [Segment(text, style) for text, _ in drawn[line]]

    def _drawing(self, template: Template) -> list[list[tuple[str, str]]]:
        if template.text not in self._drawn:
            self._drawn[template.text] = little_page(template, *self._paper)
        return self._drawn[template.text]


def little_page(
    template: Template, format: PageFormat, direction: Direction, side: Side
) -> list[list[tuple[str, str]]]:
    """A template in COLUMNS × ROWS cells."""
    from core.assembly.terminal import Ink, draw

    try:
        layout = parse_layout(template.text)
    except LayoutError:
        return _words("cannot be read")
    if layout.count > MOST_DRAWN:
        return _words(f"{layout.count:,} panels")
    direction = Direction.VERTICAL if template.strip else direction
    lines = draw(bare_page(layout, format, direction, side), COLUMNS, ROWS)
    return [[("─" if ink == Ink.STATUS else text, ink) for text, ink in line] for line in lines]


def _words(text: str) -> list[list[tuple[str, str]]]:
    blank = [(" " * COLUMNS, "")]
    return [blank] * (ROWS // 2) + [[(fit(text, COLUMNS), "")]] + [blank] * (ROWS // 2 - 1)
