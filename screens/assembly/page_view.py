"""The page drawn in characters to the size there is; in the spread view the one beside it, too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.events import Blur, Focus, MouseDown, MouseMove, MouseUp
from textual.message import Message
from textual.strip import Strip

from core.assembly.plan import PagePlan
from screens.widgets.ground import Ground

if TYPE_CHECKING:
    from core.assembly.layouts import Gutter
    from core.assembly.terminal import View

GRIP = 1.0
"""A press so many cells from the middle of a gutter takes hold of it."""


class Place(NamedTuple):
    """A page on the widget, in cells."""

    plan: PagePlan
    left: int
    view: View
    """What lies where, from `left` on."""

    @property
    def columns(self) -> int:
        """How wide it is drawn."""
        return self.view.columns


@dataclass
class PanelChosen(Message):
    """A panel was clicked; `side` is the page in the spread view (from 0)."""

    side: int
    index: int


@dataclass
class PanelDropped(Message):
    """A panel was dragged to another of its page."""

    index: int
    onto: int


@dataclass
class GutterMoved(Message):
    """A gutter was dragged by so many millimetres (right and down are positive)."""

    gutter: Gutter
    by: float


class _Drag(NamedTuple):
    panel: int | None
    column: int
    row: int
    x: float
    y: float
    gutter: Gutter | None


class PageView(Ground, can_focus=True):
    """Paints pages; keeps nothing of them but what it was shown last."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "PageView { height: 1fr; width: 1fr; min-width: 10; }"

    def __init__(self) -> None:
        super().__init__()
        self._plans: tuple[PagePlan, ...] = ()
        self._side = 0
        self._chosen: int | None = None
        self._order = False
        self._empty: tuple[str, ...] = ()
        self._drag: _Drag | None = None
        self._ghost: tuple[int, int, bool] | None = None
        self._made: tuple[object, ...] = ()
        self._lines: list[Strip] = []
        self.places: tuple[Place, ...] = ()
        """Where the pages are drawn."""

    # --- what it is told

    def show(self, plans: Sequence[PagePlan], side: int, chosen: int | None, *, order: bool = False) -> None:
        """Show one or two pages from left to right; `chosen` is a panel of the page `side`."""
        self._plans, self._side, self._chosen, self._order = tuple(plans), side, chosen, order
        self._empty = ()
        self.refresh()

    def show_nothing(self, *sentences: str) -> None:
        """Say why there is no page, and what to do."""
        self._plans, self._empty = (), sentences
        self.refresh()

    # --- painting

    def render_line(self, y: int) -> Strip:
        """A line of what was drawn when the first line was asked for."""
        self._draw()
        line = self._lines[y] if y < len(self._lines) else Strip.blank(self.size.width, self.ground)
        return line if self._ghost is None else self._with_ghost(line, y)

    def _draw(self) -> None:
        key = (
            self._plans, self._side, self._chosen, self._order, self._empty,
            self.size, self.app.theme, self.has_focus,
        )  # fmt: skip
        if key == self._made:
            return
        self._made = key
        self.places = self._arranged()
        self._lines = self._page_lines() if self.places else self._sentences()

    def _arranged(self) -> tuple[Place, ...]:
        """The pages side by side, in the middle, as wide as each is drawn."""
        from core.assembly.terminal import view_of

        width, height = self.size
        if not self._plans or width < 2 or height < 2:
            return ()
        share = width // len(self._plans)
        wide = [max(1, min(share, view_of(plan, share, height).sheet.width)) for plan in self._plans]
        left = max(0, (width - sum(wide)) // 2)
        places = []
        for side, (plan, columns) in enumerate(zip(self._plans, wide, strict=True)):
            chosen = self._chosen if side == self._side else None
            places.append(Place(plan, left, view_of(plan, columns, height, chosen=chosen)))
            left += columns
        return tuple(places)

    def _page_lines(self) -> list[Strip]:
        from core.assembly.terminal import draw_view

        ground, styles = self.ground, self._styles()
        drawn = [
            draw_view(place.view, chosen=self._chosen if side == self._side else None, order=self._order)
            for side, place in enumerate(self.places)
        ]
        lines = []
        for row in range(self.size.height):
            pieces = [Segment(" " * self.places[0].left, ground)]
            for page in drawn:
                pieces += [Segment(text, styles.get(ink, ground)) for text, ink in page[row]]
            lines.append(Strip(pieces).adjust_cell_length(self.size.width, ground))
        return lines

    def _styles(self) -> dict[str, Style]:
        """A style for each role of core.assembly.terminal."""
        colours, ground = self.app.theme_variables, self.ground
        return {role: ground + Style.parse(_filled(rule, colours)) for role, rule in ROLES.items()}

    def _sentences(self) -> list[Strip]:
        """What there is instead of a page, wrapped, in the middle."""
        from rich.text import Text

        ground, width = self.ground, max(self.size.width, 1)
        text = Text("\n".join(self._empty), justify="center")
        lines = text.wrap(self.app.console, max(1, min(width, 60)), justify="center")
        blank = [Strip.blank(width, ground)] * max(0, (self.size.height - len(lines)) // 2)
        pad = max(0, (width - 60) // 2)
        pieces = [[Segment(" " * pad + line.plain, ground)] for line in lines]
        return blank + [Strip(piece).adjust_cell_length(width, ground) for piece in pieces]

    # --- the mouse

    def on_focus(self, event: Focus) -> None:
        """The chosen panel is shown as the one that the keys mean."""
        self.refresh()

    def on_blur(self, event: Blur) -> None:
        """And no longer."""
        self.refresh()

    def place_at(self, column: int, row: int) -> tuple[int, float, float] | None:
        """(page, millimetres from the left, from the top) of a cell; None outside of the pages."""
        for side, place in enumerate(self.places):
            if place.left <= column < place.left + place.columns:
                return side, *place.view.place(column - place.left, row)
        return None

    def on_mouse_down(self, event: MouseDown) -> None:
        """Choose the panel under the mouse, and take hold of it or of the gutter."""
        found = self.place_at(event.x, event.y)
        if found is None or event.button != 1:
            return
        side, x, y = found
        place = self.places[side]
        panel = place.view.panel_at(event.x - place.left, event.y)
        if side == self._side:
            gutter = gutter_at(place.view, event.x - place.left, event.y)
            self._drag = _Drag(panel, event.x, event.y, x, y, gutter)
            self.capture_mouse()
        if panel is not None:
            self.post_message(PanelChosen(side, panel))

    def on_mouse_move(self, event: MouseMove) -> None:
        """Show where the gutter would go."""
        if self._drag is not None and self._drag.gutter is not None:
            self._ghost = (event.x, event.y, self._drag.gutter.down)
            self.refresh()

    def on_mouse_up(self, event: MouseUp) -> None:
        """Let go: the gutter is moved, or the panel changes places."""
        drag, self._drag, self._ghost = self._drag, None, None
        if drag is None:
            return
        self.release_mouse()
        self.refresh()
        found = self.place_at(event.x, event.y)
        if (event.x, event.y) == (drag.column, drag.row) or found is None or found[0] != self._side:
            return
        if drag.gutter is not None:
            by = found[2] - drag.y if drag.gutter.down else found[1] - drag.x
            self.post_message(GutterMoved(drag.gutter, by))
            return
        place = self.places[self._side]
        onto = place.view.panel_at(event.x - place.left, event.y)
        if drag.panel is not None and onto is not None and onto != drag.panel:
            self.post_message(PanelDropped(drag.panel, onto))

    def _with_ghost(self, line: Strip, y: int) -> Strip:
        assert self._ghost is not None
        style = self.ground + Style.parse(f"bold {self.app.theme_variables['accent']}")
        x, row, down = self._ghost
        if down:
            return Strip([Segment("┈" * self.size.width, style)], self.size.width) if y == row else line
        if not 0 <= x < self.size.width:
            return line
        return Strip.join([line.crop(0, x), Strip([Segment("┊", style)], 1), line.crop(x + 1)])


ROLES: dict[str, str] = {
    "paper": "",
    "edge": "$quiet",
    "border": "$foreground",
    "chosen": "bold $accent",
    "number": "bold $kind-panel",
    "status": "$quiet",
    "balloon": "$quiet",
    "speaker": "bold $kind-speaker",
    "words": "$foreground",
    "caption": "$kind-caption",
    "sfx": "bold $kind-sfx",
    "overfull": "bold $warning",
    "description": "$quiet",
    "cast": "$kind-speaker",
    "order": "bold $background on $accent",
}
"""How each ink looks: a style with theme variables as `$names`."""


def _filled(rule: str, colours: dict[str, str]) -> str:
    return " ".join(colours[word[1:]] if word.startswith("$") else word for word in rule.split())


def gutter_at(view: View, column: int, row: int) -> Gutter | None:
    """The gutter that is drawn at a cell, or right beside it."""
    from core.assembly.layouts import gutters, parse_layout

    page = view.page
    if not page.layout:
        return None
    nearest: tuple[float, Gutter] | None = None
    for gutter in gutters(parse_layout(page.layout), page.format, page.direction, page.side):
        box = view.box(gutter.box)
        if gutter.down:
            far, within = abs(row + 0.5 - (box.top + box.bottom) / 2), box.left <= column < box.right
        else:
            far, within = abs(column + 0.5 - (box.left + box.right) / 2), box.top <= row < box.bottom
        if within and far <= GRIP and (nearest is None or far < nearest[0]):
            nearest = far, gutter
    return nearest[1] if nearest else None
