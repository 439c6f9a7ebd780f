"""Projects that only the server has: list them, bring one to this machine."""

from __future__ import annotations

from datetime import UTC, datetime

from core.errors import NotFound
from core.server import DamagedUpdates, Server, ServerProject
from core.story import ProjectStore
from core.workspace.entry import ShelfEntry
from core.workspace.shelf import Shelf, must_be_on_disk


def server_entries(server: Server) -> list[ShelfEntry]:
    """The server's projects as a list shows them. Blocks; raises ServerError."""
    return [entry_of(project) for project in server.projects()]


def server_drafts(server: Server) -> list[ShelfEntry]:
    """The same of its drafts."""
    return [entry_of(draft) for draft in server.drafts()]


def entry_of(project: ServerProject) -> ShelfEntry:
    """What a list shows of what only the server has."""
    return ShelfEntry(
        project_id=project.project_id,
        title=project.title,
        pages=project.pages,
        panels=0,
        words=project.words,
        edited_at=project.updated_at,
        saved_at=project.updated_at,
        edits_waiting=0,
        trashed_at=None,
        path=None,
    )


def fetch_project(shelf: Shelf, server: Server, entry: ShelfEntry) -> ShelfEntry:
    """Put a project of the server on this machine, whole, with its history. Blocks; raises ServerError.

    One that is here already, perhaps in the trash, comes out of it and gets what the server has.
    """
    try:
        received = server.load(entry.project_id)
    except DamagedUpdates as damage:
        shelf.notice(str(damage))
        received = damage.received
    if not received.blobs:
        raise NotFound(f"The server has no project {entry.project_id}.")
    store = ProjectStore.load(entry.project_id, received.blobs)
    acknowledged = received.server_id, received.held, datetime.now(UTC)
    if not shelf.path_of(entry.project_id).exists():
        return shelf.adopt(store, acknowledged=acknowledged)
    journal, _ = shelf.open_journal(entry.project_id)
    try:
        journal.append(store.updates_since(None))
        journal.acknowledge(*acknowledged)
        journal.put("trashed_at", "")
        must_be_on_disk(journal)
    finally:
        journal.close()
    return shelf.entry(entry.project_id)
