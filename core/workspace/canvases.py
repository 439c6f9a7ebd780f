"""Brings old canvases into a project of this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.legacy.canvas import Brought, CanvasReport
    from core.workspace.entry import ShelfEntry
    from core.workspace.shelf import Shelf


def import_canvas(shelf: Shelf, entry: ShelfEntry, data: bytes) -> tuple[CanvasReport, Brought]:
    """Put the pages of a file behind the book's own, as one undo step. Raises ForeignError, JournalError."""
    from core.legacy.canvas import bring_in, read_canvas

    with shelf.edited(entry.project_id) as store:
        report = read_canvas(data, rtl=store.meta.direction == "rtl")
        return report, bring_in(store, report)
