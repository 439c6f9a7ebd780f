"""Postgres: where the server is, its tables, saving and loading projects (light to import)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.lazy import lazy_names

if TYPE_CHECKING:
    from core.server.exchange import (
        Brought,
        DamagedUpdates,
        Received,
        SavedVersion,
        SavePackage,
        SaveResult,
        ServerIdentity,
        ServerProject,
        ServerSettings,
    )
    from core.server.saving import Saver
    from core.server.server import Server

__all__ = [
    "Brought",
    "DamagedUpdates",
    "Received",
    "SavePackage",
    "SaveResult",
    "SavedVersion",
    "Saver",
    "Server",
    "ServerIdentity",
    "ServerProject",
    "ServerSettings",
]

__getattr__ = lazy_names(
    __name__,
    {
        "exchange": (
            "Brought",
            "DamagedUpdates",
            "Received",
            "SavedVersion",
            "SavePackage",
            "SaveResult",
            "ServerIdentity",
            "ServerProject",
            "ServerSettings",
        ),
        "saving": ("Saver",),
        "server": ("Server",),
    },
)
