"""A table of figures that is drawn as it is seen: thousands of rows cost what fits the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from screens.widgets.places import WIDE
from screens.widgets.project_rows import fit
from screens.widgets.row_view import RowView

GAP = 2
LEAST = 10
"""Cells that the widest column keeps."""


class Column(NamedTuple):
    """A column; numbers stand flush right."""

    title: str
    width: int | None = None
    """Cells; None takes what the others leave (one of the table should)."""
    right: bool = False
    wide: bool = False
    """Only in windows of 110 columns and more."""


class FigureRow(NamedTuple):
    """A row: what each column shows, what it is sorted by, and the script's row it leads to."""

    cells: tuple[str, ...]
    keys: tuple[Any, ...]
    row: int


class Section:
    """One table: its name, its columns, its rows (made when they are first seen), and how it is sorted."""

    def __init__(
        self,
        name: str,
        columns: tuple[Column, ...],
        count: int = 0,
        make: Callable[[], Sequence[FigureRow]] = list,
        sorted_by: int = 0,
    ) -> None:
        """`make` gives the `count` rows in the order of a column, numbers from the highest on."""
        self.name, self.columns, self.count, self.sorted_by = name, columns, count, sorted_by
        self.descending = bool(columns) and columns[sorted_by].right
        self._make = make

    @cached_property
    def rows(self) -> Sequence[FigureRow]:
        """In the order that was asked for last."""
        return self._make()

    def sort(self, column: int) -> None:
        """By another column, numbers from the highest on, words from A; by the same one: the other way."""
        if column == self.sorted_by:
            self.descending = not self.descending
        else:
            self.sorted_by, self.descending = column, self.columns[column].right
        self.rows = sorted(self.rows, key=lambda row: row.keys[column], reverse=self.descending)


class FigureTable(RowView):
    """Shows one section at a time; Enter or a click on the chosen row posts `Chosen`."""

    HEAD = 1
    """The titles."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("k", "move(-1)", show=False),
        Binding("j", "move(1)", show=False),
        Binding("space", "page(1)", show=False),
        Binding("enter", "choose", show=False),
    ]

    class Chosen(Message):
        """Somebody wants to go to this row of the script."""

        def __init__(self, row: int) -> None:
            super().__init__()
            self.row = row

    def __init__(self) -> None:
        super().__init__()
        self.section = Section("", ())

    def show(self, section: Section, cursor: int = 0) -> None:
        """Another table, or the same one sorted anew."""
        self.section = section
        self.virtual_size = Size(self.size.width, len(section.rows) + self.HEAD)
        self.choose_row(cursor)

    @property
    def row_count(self) -> int:
        """The rows of the section."""
        return len(self.section.rows)

    def action_choose(self) -> None:
        """Enter."""
        if self.section.rows:
            self.post_message(self.Chosen(self.section.rows[self.cursor].row))

    def on_click(self, event: Click) -> None:
        """The first click chooses a row, one on the chosen row goes there."""
        at = self.row_under(event)
        if at is None:
            return
        if at == self.cursor:
            self.action_choose()
        else:
            self.choose_row(at)

    def on_resize(self) -> None:
        """Another width has room for other columns."""
        self.virtual_size = Size(self.size.width, len(self.section.rows) + self.HEAD)
        super().on_resize()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The titles on top, then the rows that are seen."""
        colours = self.app.theme_variables
        ground = self.ground
        if y == 0:
            style = ground + Style.parse(f"bold {colours['quiet']}")
            return self._strip([self._title(at) for at in range(len(self.section.columns))], style)
        at = y - 1 + self.scroll_offset.y
        if at >= len(self.section.rows):
            return Strip.blank(self.size.width, ground)
        if at != self.cursor:
            return self._strip(self.section.rows[at].cells, ground)
        under = colours["block-cursor-background" if self.has_focus else "block-cursor-blurred-background"]
        chosen = Style.parse(f"bold {colours['block-cursor-foreground']} on {under}")
        return self._strip(self.section.rows[at].cells, ground + chosen, mark="▸")

    def _title(self, at: int) -> str:
        column = self.section.columns[at]
        if at != self.section.sorted_by or not column.title:
            return column.title
        return column.title + ("▾" if self.section.descending else "▴")

    def _strip(self, cells: Sequence[str], style: Style, mark: str = " ") -> Strip:
        text = mark + "".join(
            self._cell(cells[at], column, width) + " " * GAP for at, column, width in self._layout()
        )
        return Strip([Segment(text, style)], cell_len(text)).adjust_cell_length(self.size.width, style)

    def _cell(self, text: str, column: Column, width: int) -> str:
        if column.right and cell_len(text) <= width:
            return " " * (width - cell_len(text)) + text
        return fit(text, width)

    def _layout(self) -> list[tuple[int, Column, int]]:
        """(index, column, cells) of the columns that are shown in this width."""
        wide = self.app.size.width >= WIDE
        shown = [(at, one) for at, one in enumerate(self.section.columns) if wide or not one.wide]
        taken = sum(one.width or 0 for _, one in shown) + GAP * len(shown) + 1
        rest = max(LEAST, self.size.width - taken)
        return [(at, one, rest if one.width is None else one.width) for at, one in shown]
