"""Brings old canvases into a project of this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.workspace.shelf import Shelf, load_store, must_be_on_disk

if TYPE_CHECKING:
    from core.legacy.canvas import Brought, CanvasReport
    from core.workspace.entry import ShelfEntry


def import_canvas(shelf: Shelf, entry: ShelfEntry, data: bytes) -> tuple[CanvasReport, Brought]:
    """Put the pages of a file behind the book's own, as one undo step. Raises ForeignError, JournalError."""
    from core.legacy.canvas import bring_in, read_canvas

    journal, recovered = shelf.open_journal(entry.project_id)
    try:
        store = load_store(entry.project_id, recovered.blobs)
        report = read_canvas(data, rtl=store.meta.direction == "rtl")
        before = store.version
        brought = bring_in(store, report)
        if update := store.updates_since(before):
            journal.append(update)
            journal.put("edits_waiting", str(entry.edits_waiting + 1))
            must_be_on_disk(journal)
        return report, brought
    finally:
        journal.close()
