"""Backups kept: the catalogue, the daily one, what is let go and when, copies in a second place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.lazy import lazy_names

if TYPE_CHECKING:
    from core.backup.keeping.backing import BackedUp, What, back_up, backups_folder
    from core.backup.keeping.catalogue import BackupError, Catalogue
    from core.backup.keeping.elsewhere import last_elsewhere
    from core.backup.keeping.entry import Copy, Entry, ProjectLine, Reason
    from core.backup.keeping.pruning import expired, prune
    from core.backup.keeping.register import CatalogueError
    from core.backup.keeping.retention import keep
    from core.backup.keeping.verifying import reread, verify_again
    from core.backup.keeping.wishes import KeepingWishes, default_folder, wishes_of

__all__ = [
    "BackedUp",
    "BackupError",
    "Catalogue",
    "CatalogueError",
    "Copy",
    "Entry",
    "KeepingWishes",
    "ProjectLine",
    "Reason",
    "What",
    "back_up",
    "backups_folder",
    "default_folder",
    "expired",
    "keep",
    "last_elsewhere",
    "prune",
    "reread",
    "verify_again",
    "wishes_of",
]

__getattr__ = lazy_names(
    __name__,
    {
        "backing": ("BackedUp", "What", "back_up", "backups_folder"),
        "catalogue": ("BackupError", "Catalogue"),
        "elsewhere": ("last_elsewhere",),
        "entry": ("Copy", "Entry", "ProjectLine", "Reason"),
        "pruning": ("expired", "prune"),
        "register": ("CatalogueError",),
        "retention": ("keep",),
        "verifying": ("reread", "verify_again"),
        "wishes": ("KeepingWishes", "default_folder", "wishes_of"),
    },
)
