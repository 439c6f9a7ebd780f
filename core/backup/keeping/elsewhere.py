"""When the words last left this machine's disk: what the header says of a lone writer's project."""

from __future__ import annotations

from datetime import datetime

from core.backup.keeping.register import Register
from core.paths import Paths


def last_elsewhere(paths: Paths) -> datetime | None:
    """The newest moment at which a backup was read back in another place, or confirmed by who received it.

    None for never. Reads the disk. Raises CatalogueError.
    """
    if not paths.backups_file.exists():
        return None
    with Register(paths) as register:
        moments = [entry.elsewhere_at for entry in register.entries()]
    return max((moment for moment in moments if moment is not None), default=None)
