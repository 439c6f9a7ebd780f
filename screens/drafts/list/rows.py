"""The list of drafts, a line each: name, status in words, progress, assets, who may see it, last change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from rich.style import Style
from rich.text import Text
from textual.events import Click
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from core.cells import clean
from screens.bible.painting import strip_of
from screens.drafts.wording import STATUS_SIGNS
from screens.widgets.bars import thin_bar
from screens.widgets.project_rows import fit, fit_middle, when
from screens.widgets.row_view import RowView
from screens.wording import plain

STATUS, BAR, COUNT, WHO, WHEN = 18, 10, 12, 8, 11
ROOMY = 96
"""Cells from which there is room for a bar."""


@dataclass(frozen=True, slots=True)
class DraftRow:
    """What the list says of a draft."""

    id: UUID
    name: str
    status: str
    done: int = 0
    """Assets with an accepted picture."""
    assets: int = 0
    public: bool = False
    theme: str = ""
    changed_at: datetime | None = None
    slug: str = ""
    """Shown behind the name where another draft is called so, too; else empty."""

    @property
    def label(self) -> str:
        """The name, harmless and on one line, and what tells it from others."""
        name = clean(self.name) or "(no name)"
        return f"{name} · {clean(self.slug)}" if self.slug else name

    def has(self, letters: str) -> bool:
        """Whether these letters are somewhere in it."""
        told = plain(f"{self.name} {self.slug} {self.status} {self.theme}")
        return all(part in told for part in plain(letters).split())


class DraftList(RowView):
    """Enter goes into the draft under the cursor, and so does a click on it."""

    HEAD = 1

    class Moved(Message):
        """Another draft is under the cursor."""

        def can_replace(self, message: Message) -> bool:
            """Only the last one matters."""
            return isinstance(message, DraftList.Moved)

    class Opened(Message):
        """The row under the cursor was clicked again."""

    def __init__(self) -> None:
        super().__init__(id="drafts")
        self.rows: Sequence[DraftRow] = ()

    def show(self, rows: Sequence[DraftRow], chosen: UUID | None = None) -> None:
        """Other rows; the cursor stays with its draft, or goes to `chosen`."""
        wanted = chosen or (self.chosen.id if self.chosen is not None else None)
        self.rows = rows
        found = next((at for at, row in enumerate(rows) if row.id == wanted), self.cursor)
        self.cursor = max(0, min(found, len(rows) - 1))
        self.virtual_size = Size(1, len(rows) + self.HEAD)
        self.reveal()
        self.refresh()

    @property
    def chosen(self) -> DraftRow | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    @property
    def row_count(self) -> int:
        """The drafts that are listed."""
        return len(self.rows)

    def moved(self) -> None:
        """Another row is chosen."""
        self.post_message(self.Moved())

    def on_click(self, event: Click) -> None:
        """The first click chooses, the second opens."""
        at = self.row_under(event)
        if at is not None and at == self.cursor:
            self.post_message(self.Opened())
        elif at is not None:
            self.choose_row(at)

    def on_focus(self) -> None:
        """The cursor is shown."""
        self.refresh()

    def on_blur(self) -> None:
        """And less so."""
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """The titles of the columns, then the drafts that are seen."""
        width = self.scrollable_content_region.width
        ground = self.ground
        at = y - self.HEAD + self.scroll_offset.y
        if y >= self.HEAD and at >= len(self.rows):
            return Strip.blank(width, ground)
        colours = self.app.theme_variables
        if y < self.HEAD:
            return strip_of(titles(width, colours["quiet"]), width, ground, self.app.console)
        text = row_text(self.rows[at], width, chosen=at == self.cursor, colours=colours)
        if at == self.cursor:
            under = "block-cursor-background" if self.has_focus else "block-cursor-blurred-background"
            text.stylize(Style.parse(f"on {colours[under]}"))
        return strip_of(text, width, ground, self.app.console)


def name_width(width: int) -> int:
    """Cells for the name: what the others leave."""
    return max(8, width - 3 - STATUS - COUNT - WHEN - WHO - 5 - (BAR + 1 if width >= ROOMY else 0))


def titles(width: int, colour: str) -> Text:
    """What stands over the columns."""
    bar = " " * (BAR + 1) if width >= ROOMY else ""
    words = f"   {fit('Name', name_width(width))} {'Status':<{STATUS}} {bar}{'Accepted':<{COUNT}} "
    words += f"{'Seen by':<{WHO}} Changed"
    return Text(fit(words, width), colour, end="", no_wrap=True)


def row_text(row: DraftRow, width: int, *, chosen: bool, colours: dict[str, str]) -> Text:
    """`▸ ● Jungle   ready   ━━━━━━━━━─ 9 of 10   only you   today 14:32`."""
    sign, colour = STATUS_SIGNS.get(row.status, ("·", "quiet"))
    line = Text("▸" if chosen else " ", end="", no_wrap=True)
    line.append(f"{sign} ", colours[colour])
    line.append(fit_middle(row.label, name_width(width)), "bold" if row.name else "italic")
    line.append(f" {fit(row.status, STATUS)} ", colours[colour] if colour in ("error", "warning") else "")
    if width >= ROOMY:
        line.append_text(thin_bar(row.done / row.assets if row.assets else 0.0, BAR, colours)).append(" ")
    line.append(fit(f"{row.done:,} of {row.assets:,}" if row.assets else "no asset", COUNT))
    line.append(f" {'everyone' if row.public else 'only you':<{WHO}}", "" if row.public else colours["quiet"])
    line.append(f" {fit(when(row.changed_at), WHEN)}", colours["quiet"])
    line.truncate(width, pad=True)
    return line
