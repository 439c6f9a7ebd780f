"""The list of a plan or a report, painted as it is seen: tens of thousands of rows cost what fits."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual.message import Message
from textual.strip import Strip

from screens.backup.importing.rows import Row
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
_INDENT = {"project": "", "section": "  ", "item": "    ", "rows": "", "row": "  "}


class PlanTable(FigureTable):
    """Rows of `rows.Row`; `Chosen.row` is the index of the chosen one."""

    class Moved(Message):
        """Another row is chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[Row] = ()

    def fill(self, rows: Sequence[Row], cursor: int = 0) -> None:
        """Other rows, with the cursor on one of them."""
        self.rows = rows
        made = [_cells(row, at) for at, row in enumerate(rows)]
        self.show(Section("", COLUMNS, len(made), lambda: made), cursor)

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
        strip = self._strip(self.section.rows[at].cells, self.rich_style + Style.parse(look))
        if not row.tint:
            return strip
        mark, rest = strip.divide([_MARK, strip.cell_length])
        tint = Style.parse(f"bold {colours[row.tint]}")
        return Strip([*Segment.apply_style(mark, post_style=tint), *rest], strip.cell_length)

    def text(self) -> str:
        """All that is in the list, for tests and for copying."""
        return "\n".join("  ".join(part for part in row.cells if part) for row in self.section.rows)


def _cells(row: Row, at: int) -> FigureRow:
    cells = (row.mark, _INDENT[row.kind] + row.what, row.outcome, row.words, row.detail)
    return FigureRow(cells, (), at)
