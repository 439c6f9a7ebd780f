"""The strip of pages: number, panels, status, what differs, where one turns the leaf; drawn as it is seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding
from textual.events import Click
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from core.assembly.plan import PanelStatus
from core.script.numbers import spanned
from screens.widgets.ground import Ground
from screens.widgets.project_rows import fit

STATUS_SIGNS = {
    PanelStatus.SCRIPT: "◌",
    PanelStatus.THUMBNAILS: "○",
    PanelStatus.PENCILS: "◔",
    PanelStatus.INKS: "◑",
    PanelStatus.LETTERS: "◕",
    PanelStatus.DONE: "●",
}
"""One cell for each status; the details spell it out."""
STATUS_COLOURS = {
    PanelStatus.SCRIPT: "quiet",
    PanelStatus.THUMBNAILS: "kind-note",
    PanelStatus.PENCILS: "kind-speaker",
    PanelStatus.INKS: "kind-panel",
    PanelStatus.LETTERS: "kind-aside",
    PanelStatus.DONE: "success",
}
DIFFERS, AGREED, TURN = "≠", "≈", "▐"
WIDTH = 24


@dataclass(frozen=True, slots=True)
class StripPage:
    """What the strip says of a page."""

    number: str
    """`12`, `4–5`, or a sign for a page that has none."""
    panels: int
    status: PanelStatus
    """Of the panel that is least far."""
    differs: bool = False
    agreed: bool = False
    """It differs and is meant to."""
    turns: bool = False
    """One turns the leaf after it."""
    joint: str = ""
    """`first` or `second` of two pages side by side; empty for one that lies alone."""
    in_script: bool = True


PageOf = Callable[[int], StripPage]


@dataclass
class PageChosen(Message):
    """Somebody wants to see a page."""

    index: int


class PageStrip(Ground, ScrollView, can_focus=True):
    """All pages in rows. It asks for a page only when its row is seen."""

    ALLOW_SELECT = False
    DEFAULT_CSS = f"""
    PageStrip {{ width: {WIDTH}; height: 1fr; border-right: solid $edge;
        scrollbar-size-vertical: 1; overflow-x: hidden; overflow-y: auto; }}
    """
    BINDINGS = [
        Binding("up", "step(-1)", show=False),
        Binding("down", "step(1)", show=False),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._count = 0
        self._page: PageOf | None = None
        self._chosen = 0
        self._seen: dict[int, StripPage] = {}

    def show(self, count: int, page: PageOf, chosen: int) -> None:
        """Show so many pages, one of them chosen; only rows that say something else are painted."""
        if self._page is None or self.virtual_size.height != count:
            self.virtual_size = Size(self.size.width, count)
            self.refresh()
        self._count, self._page = count, page
        top = self.scroll_offset.y
        for row in range(top, min(top + self.size.height, count)):
            if self._seen.get(row) != page(row):
                self.refresh(Region(0, row - top, self.size.width, 1))
        if chosen != self._chosen:
            self.choose(chosen)

    def choose(self, chosen: int) -> None:
        """Another page is shown: only two rows are painted."""
        before, self._chosen = self._chosen, chosen
        for row in {before, chosen}:
            self.refresh(Region(0, row - self.scroll_offset.y, self.size.width, 1))
        self._reveal()

    def action_step(self, by: int) -> None:
        """Up or down."""
        if 0 <= self._chosen + by < self._count:
            self.post_message(PageChosen(self._chosen + by))

    def on_click(self, event: Click) -> None:
        """A click shows a page."""
        row = event.y + self.scroll_offset.y
        if row < self._count:
            self.post_message(PageChosen(row))

    def on_resize(self) -> None:
        """Another height shows other rows."""
        self._reveal()

    def _reveal(self) -> None:
        top, room = self.scroll_offset.y, max(1, self.size.height)
        if self._chosen < top:
            self.scroll_to(0, self._chosen, animate=False, force=True)
        elif self._chosen >= top + room:
            self.scroll_to(0, self._chosen - room + 1, animate=False, force=True)

    def render_line(self, y: int) -> Strip:
        """One page."""
        ground = self.ground
        row = y + self.scroll_offset.y
        if self._page is None or row >= self._count:
            return Strip.blank(self.size.width, ground)
        colours = self.app.theme_variables
        if row == self._chosen:
            under = colours[
                "block-cursor-background" if self.has_focus else "block-cursor-blurred-background"
            ]
            ground += Style.parse(f"bold {colours['block-cursor-foreground']} on {under}")
        if len(self._seen) > 1_000:
            self._seen.clear()
        page = self._seen[row] = self._page(row)
        pieces = [
            Segment(text, ground + Style.parse(colours[colour]) if colour else ground)
            for text, colour in row_pieces(page, chosen=row == self._chosen)
        ]
        return Strip(pieces).adjust_cell_length(self.size.width, ground)


def row_pieces(page: StripPage, *, chosen: bool) -> list[tuple[str, str]]:
    """(text, colour) pieces of a page's row; each piece has its own cells, whatever it says."""
    joint = {"first": "┌", "second": "└"}.get(page.joint, " ")
    return [
        ("▸" if chosen else " ", ""),
        (f"{joint} ", "quiet"),
        (f"{page.number:>7}", "" if page.in_script else "kind-note"),
        (f" {page.panels:>4}", "quiet"),
        (f" {STATUS_SIGNS[page.status]}", STATUS_COLOURS[page.status]),
        (f" {DIFFERS if page.differs else AGREED if page.agreed else ' '}", "warning"),
        (f" {TURN if page.turns else ' '}", "accent"),
    ]


class NumbersLine(Ground):
    """The strip in one line, for windows that have no room beside the page: `1 │ 2·3 │ [4]·5`."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "NumbersLine { height: 1; width: 1fr; padding: 0 1; }"

    def __init__(self) -> None:
        super().__init__()
        self._count = 0
        self._page: PageOf | None = None
        self._chosen = 0
        self._places: list[tuple[int, int, int]] = []

    def show(self, count: int, page: PageOf, chosen: int) -> None:
        """Show so many pages, one of them chosen."""
        self._count, self._page, self._chosen = count, page, chosen
        self.refresh()

    def choose(self, chosen: int) -> None:
        """Another page is shown."""
        self._chosen = chosen
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """As many numbers on both sides of the chosen one as there is room for."""
        ground = self.ground
        self._places = []
        if self._page is None or not self._count:
            return Strip.blank(self.size.width, ground)
        colours = self.app.theme_variables
        here = ground + Style.parse(f"bold {colours['foreground']}")
        quiet = ground + Style.parse(colours["quiet"])
        warning = ground + Style.parse(colours["warning"])
        pieces: list[Segment] = []
        at = 0
        for index, text, joint in self._seen():
            style = here if index == self._chosen else warning if DIFFERS in text else quiet
            self._places.append((at, at + cell_len(text), index))
            pieces += [Segment(text, style), Segment(joint, quiet)]
            at += cell_len(text) + cell_len(joint)
        return Strip(pieces).adjust_cell_length(self.size.width, ground)

    def _seen(self) -> list[tuple[int, str, str]]:
        """(page, its number, what follows it) from left to right, with the chosen page in the middle."""
        first = last = self._chosen
        width = sum(map(cell_len, self._piece(first)))
        while width < self.size.width:
            before, after = first > 0, last + 1 < self._count
            if not (before or after):
                break
            if before and (not after or self._chosen - first <= last - self._chosen):
                first -= 1
                width += sum(map(cell_len, self._piece(first)))
            else:
                last += 1
                width += sum(map(cell_len, self._piece(last)))
        return [(index, *self._piece(index)) for index in range(first, last + 1)]

    def _piece(self, index: int) -> tuple[str, str]:
        assert self._page is not None
        page = self._page(index)
        text = f"{page.number}{DIFFERS if page.differs else ''}"
        text = f"[{text}]" if index == self._chosen else text
        return text, "·" if page.joint == "first" else f" {TURN} " if page.turns else " │ "

    def on_click(self, event: Click) -> None:
        """A click shows a page."""
        x = event.x - self.styles.padding.left
        for start, end, index in self._places:
            if start <= x < end:
                self.post_message(PageChosen(index))


def shown_number(numbers: tuple[int, ...], cells: int = 7) -> str:
    """`12`, `4–5`; a sign for a page without a number."""
    if not numbers:
        return "+"
    text = spanned(numbers)
    return fit(text, cells) if cell_len(text) > cells else text
