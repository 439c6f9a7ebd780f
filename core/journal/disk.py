"""What the journal asks of the operating system; tests put their own answers in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from core.atomic import sync_file
from core.filesystem import kind_of


def network_file_system(folder: Path) -> str | None:
    """The name of the network file system a folder is on, or None on a local disk."""
    kind = kind_of(folder)
    return kind.name if kind.network else None


@dataclass(frozen=True)
class Disk:
    """The seams for tests: slow or failing syncs, network file systems, small reserves."""

    network: Callable[[Path], str | None] = network_file_system
    """The name of the network file system a folder is on, or None on a local disk."""
    sync: Callable[[int], None] = sync_file
    """Make an open file survive a power loss; raises OSError."""
    reserve_bytes: int = 4 << 20
    """Kept beside the journals, and freed when the disk is full. 0 keeps none."""
    sync_after: float = 0.05
    """Seconds from a commit to its sync; with the sync itself it stays under 0.1."""
    retry_after: float = 0.5
    """Seconds between two tries while the disk refuses."""
