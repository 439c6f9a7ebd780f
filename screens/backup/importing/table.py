"""The list of a plan or a report, painted as it is seen: tens of thousands of rows cost what fits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from rich.segment import Segment
from rich.style import Style
from textual.message import Message
from textual.strip import Strip

from screens.backup.importing.rows import Listing, Place, Row
from screens.widgets.figure_table import Column, FigureRow, FigureTable, Section

COLUMNS = (
    Column("", 1),
    Column("What"),
    Column("What happens", 17),
    Column("Words", 12, right=True),
    Column("", 44, wide=True),
)
_MARK = 2
"""Cells at the left that have the colour of what happens."""
_INDENT = {"project": "", "section": "  ", "item": "    ", "rows": "", "row": "  ", "said": ""}


class PlanTable(FigureTable):
    """Rows of `rows.Row`; `Chosen.row` is the index of the chosen one."""

    class Moved(Message):
        """Another row is chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[Row] = ()

    def fill(self, listing: Listing, wanted: str, cursor: int = 0) -> None:
        """Another list, with the cursor on one of its lines."""
        rows = Rows(listing, listing.places(wanted))
        self.rows = rows
        self.show(Section("", COLUMNS, len(rows), lambda: Cells(rows)), cursor)

    @property
    def chosen(self) -> Row | None:
        """The row with the cursor."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    def moved(self) -> None:
        """Somebody shows more of the chosen row."""
        self.post_message(self.Moved())

    def render_line(self, y: int) -> Strip:
        """As any table, with its headings and marks told apart."""
        at = y - self.HEAD + self.scroll_offset.y
        if y < self.HEAD or at == self.cursor or at >= len(self.rows):
            return super().render_line(y)
        row, colours = self.rows[at], self.app.theme_variables
        look = {"project": "bold", "rows": "bold", "section": colours["quiet"]}.get(row.kind, "")
        strip = self._strip(self.section.rows[at].cells, self.ground + Style.parse(look))
        if not row.tint:
            return strip
        mark, rest = strip.divide([_MARK, strip.cell_length])
        tint = Style.parse(f"bold {colours[row.tint]}")
        return Strip([*Segment.apply_style(mark, post_style=tint), *rest], strip.cell_length)


class Rows(Sequence[Row]):
    """The rows of a list, each made when it is looked at."""

    def __init__(self, listing: Listing, places: Sequence[Place]) -> None:
        self._listing, self._places = listing, places
        self._made: dict[int, Row] = {}

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, at: int) -> Row: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Row]: ...
    def __getitem__(self, at: int | slice) -> Row | Sequence[Row]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        if at not in self._made:
            self._made[at] = self._listing.row(self._places[at])
        return self._made[at]


class Cells(Sequence[FigureRow]):
    """The same rows as a table of figures takes them."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> FigureRow: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[FigureRow]: ...
    def __getitem__(self, at: int | slice) -> FigureRow | Sequence[FigureRow]:
        if isinstance(at, slice):
            return [self[one] for one in range(*at.indices(len(self)))]
        row = self._rows[at]
        return FigureRow((row.mark, _INDENT[row.kind] + row.what, row.outcome, row.words, row.detail), (), at)
