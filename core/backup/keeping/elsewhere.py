"""What the app wants to know at once: when words last left this machine, and what went wrong."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from core.backup.keeping.entry import last_away
from core.backup.keeping.register import Register
from core.paths import Paths

BEGUN = "daily-begun"
"""The note that counts daily backups which were begun and not ended, one after another."""
TOO_OFTEN = 2
_CUT_SHORT = (
    "The daily backup was cut short by the end of Genko {} times. "
    "Leave it open a little longer, or let cron run `genko backup daily`."
)


class Glance(NamedTuple):
    """See `glance`."""

    elsewhere_at: datetime | None = None
    trouble: str = ""
    """A sentence for the badge; empty as far as can be seen at once."""


def glance(paths: Paths) -> Glance:
    """A short look into the catalogue, if there is one. Reads the disk. Raises CatalogueError."""
    if not paths.backups_file.exists():
        return Glance()
    with Register(paths) as register:
        last = last_away(register.entries())
        begun = register.note(BEGUN)
    count = int(begun) if begun.isdigit() else 0
    return Glance(last, _CUT_SHORT.format(count) if count >= TOO_OFTEN else "")


def last_elsewhere(paths: Paths) -> datetime | None:
    """The newest moment at which a backup was read back in another place, or confirmed by who received it.

    None for never. Reads the disk. Raises CatalogueError.
    """
    return glance(paths).elsewhere_at
