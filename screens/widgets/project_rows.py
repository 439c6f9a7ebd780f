"""How one project is written in the list."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from core.workspace import ShelfEntry
from screens.wording import counted


def project_row(entry: ShelfEntry, width: int, quiet: str) -> Text:
    """Title, pages, words, last edited, where saved: columns that fit into `width` cells."""
    narrow = width < 96
    where = 18 if narrow else 28
    pages, words = counted(entry.pages, "page"), counted(entry.words, "word")
    figures = f"{entry.pages:>4,} p {entry.words:>7,} w" if narrow else f"{pages:>12}  {words:>13}"
    row = Text(no_wrap=True, overflow="ellipsis")
    row.append(
        fit(entry.shown_title, max(12, width - where - len(figures) - 18)),
        "bold" if entry.title else "italic",
    )
    row.append(f" {figures}")
    row.append(f"  {fit(when(entry.edited_at), 11)}", quiet)
    row.append(f"  {_mark(entry)} {fit(_where(entry, short=narrow), where)}", quiet)
    return row


TAIL = 7
"""Cells of a name's end that are kept when it has no room."""


def fit(text: str, cells: int) -> str:
    """`text` in exactly `cells` cells, cut with … where needed; wide characters count two."""
    if cell_len(text) <= cells:
        return set_cell_size(text, cells)
    return set_cell_size(set_cell_size(text, cells - 1).rstrip() + "…", cells)


def fit_middle(text: str, cells: int) -> str:
    """Cut in the middle: what tells a copy, or a second volume, from the first often stands at the end."""
    if cell_len(text) <= cells or cells < 2 * TAIL:
        return fit(text, cells)
    tail = text[-TAIL:]
    while cell_len(tail) > TAIL:
        tail = tail[1:]
    return fit(fit(text, cells - cell_len(tail)).rstrip() + tail, cells)


def when(moment: datetime | None, today: date | None = None) -> str:
    """`today 14:32`, `yesterday`, `12 Nov`, `12 Nov 2024`, in the writer's own time."""
    if moment is None:
        return ""
    local = moment.astimezone()
    today = today or date.today()
    if local.date() == today:
        return f"today {local:%H:%M}"
    if local.date() == today - timedelta(days=1):
        return "yesterday"
    return f"{local.day} {local:%b}" if local.year == today.year else f"{local.day} {local:%b %Y}"


def _mark(entry: ShelfEntry) -> str:
    if entry.damaged:
        return "▲"
    if entry.path is None:
        return "↓"
    return "●" if entry.on_server and not entry.edits_waiting else "○"


def _where(entry: ShelfEntry, *, short: bool) -> str:
    if not short:
        return entry.where
    words = {"on this machine only": "this machine only", "damaged; open it to recover": "damaged; recover"}
    return words.get(entry.where, entry.where.replace(" for the server", ""))
