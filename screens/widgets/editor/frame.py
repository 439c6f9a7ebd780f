"""The part of the editor that paints: which rows look different, and what each of them shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar, Self

from rich.style import Style
from textual.geometry import Region
from textual.reactive import reactive
from textual.strip import Strip

from screens.widgets.editor.cells import LONG
from screens.widgets.editor.few_colours import in_16
from screens.widgets.editor.paint import (
    CURSOR,
    MATCH,
    NO_PAGE,
    OVERLAYS,
    SELECTION,
    MarginNote,
    Page,
    Painter,
    RowInk,
    ShownRow,
    shortened,
)
from screens.widgets.editor.scrolling import EditorScroll
from screens.widgets.editor.styling import PREFIX, ROLES, LineStyler, StyledSpan, plain_styler

_KNOWN = frozenset((*ROLES, *OVERLAYS))

MARGIN = 6
"""Cells of the margin column: four for figures, one on each side. A note may reach over a short line."""


class EditorFrame(EditorScroll):
    """Paints the rows that `_settle` put on the screen, and only those that look different from before."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {PREFIX + name for name in _KNOWN}

    drawn_cursor: reactive[bool] = reactive(True, layout=False, repaint=False, init=False)
    """Draw the cursor as a coloured cell; switch off where the terminal shows its own as a block."""
    margin: reactive[Callable[[int], MarginNote | None] | None] = reactive(
        None, layout=False, repaint=False, init=False
    )
    """row → (words, role) for the margin at its right, or None; asked for the rows on the screen whenever
    they are painted, so it has to be quick. None: there is no margin. Call `sync` when notes have changed."""

    sign: Callable[[int], tuple[str, str]] | None = None
    """row → (one cell to stand behind the line number, its role), asked for as `margin` is."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self.styler: LineStyler = plain_styler
        self._shown: list[ShownRow | None] = []
        self._page = NO_PAGE
        self._spans_of: dict[int, tuple[StyledSpan, ...]] = {}
        self._painter: Painter | None = None
        self._settling = False
        self._ghost = ""

    @property
    def ghost(self) -> str:
        """Words offered behind the cursor: drawn at the end of its line, never part of the text.

        They go away with the next edit and when the cursor moves.
        """
        return self._ghost

    @ghost.setter
    def ghost(self, words: str) -> None:
        if words != self._ghost:
            self._ghost = words
            self.sync()

    @property
    def margin_width(self) -> int:
        """Cells kept free for figures: the same whether or not there are any, so that nothing jumps."""
        return MARGIN if self.margin is not None else 0

    def sync(self) -> None:
        """Bring the screen up to date: only rows that look different are sent."""
        if self._settling:
            return
        if not self.is_mounted or not self._view_height:
            self._page, self._rows_on_screen = NO_PAGE, []  # what is shown next is painted anew
            return
        self._settling = True
        self.relayout()
        self._settle()
        self._settling = False
        changed = False
        for y, shown in enumerate(self._frame()):
            if shown is not None and self._strip(y) != shown.text:
                self.refresh(Region(0, y, self._page.size.width, 1))
                changed = True
        self._place_cursor(redraw=not changed)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows of the widget, for Textual. Rows that were not refreshed are given again as they were.

        This replaces the cache that every widget has: rows here have no border or padding, and
        we know better which of them have changed.
        """
        if not self._rows_on_screen:
            self._settling = True
            self._settle()
            self._settling = False
        frame = self._frame()
        strips = []
        for y in crop.line_range:
            shown = frame[y] if y < len(frame) else None
            if shown is None:
                shown = self._shown_row(y)
                if y < len(frame):
                    frame[y] = shown
            strips.append(shown.filtered)
        self._place_cursor(redraw=False)
        if crop.column_span != (0, self._page.size.width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def render_line(self, y: int) -> Strip:
        """One row of the widget."""
        return self._strip(y)

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Have rows painted anew; all of them if no region is given."""
        for y in range(len(self._shown)) if not regions else _lines(regions, len(self._shown)):
            self._shown[y] = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def _frame(self) -> list[ShownRow | None]:
        """The rows as they were painted last; none of them if the widget was moved or resized since."""
        before, page = self._page, self._look_at_page()
        if (page.size, page.offset) != (before.size, before.offset):
            self._shown = [None] * page.size.height
        self._page = page
        self._spans_of = {}
        return self._shown

    def _look_at_page(self) -> Page:
        size, gutter, column = self.size, self.gutter_width, self.margin_width
        width = self.scrollable_content_region.width - gutter - column
        shows_cursor = self.drawn_cursor and self.has_focus
        low, high = self.ordered_selection
        return Page(size, self.scroll_offset, gutter, width, column, low, high, self._cursor, shows_cursor)

    def _shown_row(self, y: int) -> ShownRow:
        text = filtered = self._strip(y)
        background = self.background_colors[1]
        for line_filter in self.get_line_filters():
            filtered = filtered.apply_filter(line_filter, background)
        return ShownRow(text, filtered)

    def _strip(self, y: int) -> Strip:
        """A row as the last `_frame` saw the page."""
        painter, page = self._painter, self._page
        if painter is None:
            painter = self._painter = Painter(self._style_of)
        if y >= len(self._rows_on_screen):
            return painter.blank(page.size.width)
        row, section = self._rows_on_screen[y]
        text = painter.paint(self._ink(row, section))
        if not page.gutter:
            return text
        number = str(row + 1) if section == 0 else ""
        sign = self.sign(row) if self.sign is not None and section == 0 else (" ", "")
        return painter.number(f"{number:>{page.gutter - 2}}", text, sign, current=row == page.cursor[0])

    def _style_of(self, roles: tuple[str, ...]) -> Style:
        names = [PREFIX + role for role in roles if role in _KNOWN]
        style = self.get_visual_style(*names).rich_style
        if self.app.console.color_system == "standard" and not self.app.no_color:
            return in_16(style, roles, dark=self.app.current_theme.dark)
        return style

    def _ink(self, row: int, section: int) -> RowInk:
        page, line = self._page, self.wrapped.buffer[row]
        cuts = (0, *self.wrapped.cuts(row), len(line))
        start, end, last = cuts[section], cuts[section + 1], section + 2 == len(cuts)
        if not self.wrapped.wraps:
            self._widest = max(self._widest, self.wrapped.cells(row).width)
        spans = self._spans_of.get(row)
        if spans is None:
            spans = self._spans_of[row] = tuple(self._spans(row, line))
        if not (start == 0 and last):
            spans = tuple(
                span
                for span in spans
                if (span[0] < end and span[1] > start) or (last and span[0] == end and span[2] == CURSOR)
            )
        ink = RowInk(
            line,
            start,
            end,
            spans,
            row == page.cursor[0],
            last and page.low[0] <= row < page.high[0],
            0 if self.wrapped.wraps else page.offset.x,
            page.width,
            page.size.width - page.width - page.gutter - page.column,
            self._ghost if last and self._offers_at(row) else "",
            self.margin(row) if self.margin is not None and section == 0 else None,
            page.column,
        )
        return shortened(ink) if len(line) > LONG else ink

    def _offers_at(self, row: int) -> bool:
        """Whether the offered words stand behind this line."""
        at_end = self._cursor == self._anchor == (row, len(self.wrapped.buffer[row]))
        return at_end and self.has_focus

    def _spans(self, row: int, line: str) -> Iterator[StyledSpan]:
        yield from self.styler(row)
        for start, end in self.found_in(row):
            yield start, end, MATCH
        low, high = self._page.low, self._page.high
        if low != high and low[0] <= row <= high[0]:
            yield low[1] if row == low[0] else 0, high[1] if row == high[0] else len(line), SELECTION
        if self._page.shows_cursor and row == self._page.cursor[0]:
            column = self._page.cursor[1]
            yield column, self.wrapped.cells(row).after(column), CURSOR

    def found_in(self, row: int) -> Sequence[tuple[int, int]]:
        """The columns of a line that match what is looked for."""
        return ()

    def _place_cursor(self, *, redraw: bool) -> None:
        """Put the terminal's own cursor where typing goes: braille and speech follow it."""
        if not self.has_focus or not self.screen.is_active:
            return
        place = self.cursor_screen_offset
        if place != self.app.cursor_position:
            self.app.cursor_position = place
            if redraw:  # without a changed row nothing would be sent at all
                offset = place - self.content_region.offset
                self.refresh(Region(offset.x, offset.y, 1, 1))


def _lines(regions: tuple[Region, ...], height: int) -> set[int]:
    return {y for region in regions for y in region.line_range if 0 <= y < height}
