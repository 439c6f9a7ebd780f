"""How long work on backups tells how far it is, and how it is stopped: as all long work, with its helpers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core import work
from core.work import Step, StoppedError

if TYPE_CHECKING:
    from core.backup.cutting import Cutters

__all__ = ["Step", "StoppedError", "Work"]


@dataclass
class Work(work.Work):
    """Given to everything that takes long. Belongs to the thread that works; `stop` may be set by any."""

    cutters: Cutters | None = None
    """What reads scripts, where the same ones are read several times over."""
