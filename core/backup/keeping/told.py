"""What the process that looks after the backups tells the app."""

from __future__ import annotations

from datetime import datetime

import msgspec


class Today(msgspec.Struct, frozen=True):
    """What came of looking after the backups."""

    verdict: str
    """One of `Verdict`, or `made`, `failed`, `busy` (another program is at it), `empty` (no project)."""
    trouble: str = ""
    """What a writer must know: a sentence for the badge; empty when all is well."""
    notes: tuple[str, ...] = ()
    """Sentences that are worth a line in the log."""
    elsewhere_at: datetime | None = None
    """When a backup last left this disk."""
    wait: float = 0.0
    """Seconds until it is worth asking again; 0: when the day changes."""
    path: str = ""
    """The backup that was made."""
