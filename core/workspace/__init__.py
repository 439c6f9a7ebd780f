"""The projects on this machine, and an open one: document, journal and saves kept in step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.lazy import lazy_names

if TYPE_CHECKING:
    from core.workspace.choosing import choose
    from core.workspace.entry import ShelfEntry
    from core.workspace.exporting import ExportFormat, Wishes, export, export_store
    from core.workspace.files import (
        Opened,
        import_file,
        import_incoming,
        open_file,
        open_store,
        store_of_file,
        write_file,
    )
    from core.workspace.handoffs import HandOff, choose_handoff, hand_off, pin
    from core.workspace.remote import fetch_project, server_entries
    from core.workspace.session import ProjectSession
    from core.workspace.shelf import Shelf, clean_title
    from core.workspace.status import ServerState, SessionStatus

__all__ = [
    "ExportFormat",
    "HandOff",
    "Opened",
    "ProjectSession",
    "ServerState",
    "SessionStatus",
    "Shelf",
    "ShelfEntry",
    "Wishes",
    "choose",
    "choose_handoff",
    "clean_title",
    "export",
    "export_store",
    "fetch_project",
    "hand_off",
    "import_file",
    "import_incoming",
    "open_file",
    "open_store",
    "pin",
    "server_entries",
    "store_of_file",
    "write_file",
]

__getattr__ = lazy_names(
    __name__,
    {
        "choosing": ("choose",),
        "entry": ("ShelfEntry",),
        "exporting": (
            "ExportFormat",
            "Wishes",
            "export",
            "export_store",
        ),
        "files": (
            "Opened",
            "import_file",
            "import_incoming",
            "open_file",
            "open_store",
            "store_of_file",
            "write_file",
        ),
        "handoffs": (
            "HandOff",
            "choose_handoff",
            "hand_off",
            "pin",
        ),
        "remote": (
            "fetch_project",
            "server_entries",
        ),
        "session": ("ProjectSession",),
        "shelf": (
            "Shelf",
            "clean_title",
        ),
        "status": (
            "ServerState",
            "SessionStatus",
        ),
    },
)
