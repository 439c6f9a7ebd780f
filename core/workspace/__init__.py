"""The projects on this machine, and an open one: document, journal and saves kept in step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.lazy import lazy_names

if TYPE_CHECKING:
    from core.workspace.entry import ShelfEntry
    from core.workspace.files import (
        ExportFormat,
        Opened,
        export,
        import_file,
        import_incoming,
        open_file,
        open_store,
        write_file,
    )
    from core.workspace.remote import fetch_project, server_entries
    from core.workspace.session import ProjectSession
    from core.workspace.shelf import Shelf, choose, clean_title
    from core.workspace.status import ServerState, SessionStatus

__all__ = [
    "ExportFormat",
    "Opened",
    "ProjectSession",
    "ServerState",
    "SessionStatus",
    "Shelf",
    "ShelfEntry",
    "choose",
    "clean_title",
    "export",
    "fetch_project",
    "import_file",
    "import_incoming",
    "open_file",
    "open_store",
    "server_entries",
    "write_file",
]

__getattr__ = lazy_names(
    __name__,
    {
        "entry": ("ShelfEntry",),
        "files": (
            "ExportFormat",
            "Opened",
            "export",
            "import_file",
            "import_incoming",
            "open_file",
            "open_store",
            "write_file",
        ),
        "remote": (
            "fetch_project",
            "server_entries",
        ),
        "session": ("ProjectSession",),
        "shelf": (
            "Shelf",
            "choose",
            "clean_title",
        ),
        "status": (
            "ServerState",
            "SessionStatus",
        ),
    },
)
