"""One backup as the catalogue knows it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated, TypeAlias

import msgspec

Moment: TypeAlias = Annotated[datetime, msgspec.Meta(tz=True)]
"""With its zone: others can't be compared with it."""


class Reason(StrEnum):
    """Why a backup was made; the archive's manifest has the same words."""

    MANUAL = "manual"
    DAILY = "daily"
    PRE_IMPORT = "pre-import"
    CLOSE = "close"
    NAMED = "named"


class ProjectLine(msgspec.Struct, frozen=True):
    """One project in a backup, or one draft."""

    id: str
    title: str
    words: int = 0
    pages: int = 0
    kind: str = ""
    """"draft" for a draft."""
    assets: int = 0
    """Of a draft."""


class Copy(msgspec.Struct, frozen=True):
    """A backup in the second place, or the try to put it there."""

    place: str
    """The folder, or `s3://bucket/prefix`."""
    verified_at: Moment | None = None
    """When it was last read back there and was the same; None: it is not known to be there."""
    failed: str = ""
    """Why the last try did not work, in a sentence."""
    away: bool = True
    """Whether that place survives the loss of this machine's disk."""


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One backup. Times are in UTC with their zone."""

    id: str
    """The archive's own id."""
    path: str
    """Where it is; empty for one that was streamed to standard output."""
    made_at: Moment
    offset: int = 0
    """Seconds that the writer's clock was ahead of UTC when it was made."""
    reason: str = Reason.MANUAL
    label: str = ""
    """The name that the writer gave it."""
    size: int = 0
    words: int = 0
    pages: int = 0
    files: int = 0
    sha256: str = ""
    """Of the whole file, in hex; empty: not known yet."""
    content_id: str = ""
    scope: str = "library"
    """Backups with the same scope stand in one row: `library`, or which projects and sections it has."""
    encrypted: bool = False
    projects: tuple[ProjectLine, ...] = ()
    verified_at: Moment | None = None
    """When every byte was last read and found right."""
    verify_failed: str = ""
    """What was found wrong when it was last read, in a sentence."""
    pinned: bool = False
    found: bool = False
    """It is in a folder that the writer chose for it, or nothing says that it was made here: it is
    never let go by itself."""
    away: bool = False
    """Its own file is on another disk than the projects."""
    trashed_at: Moment | None = None
    missing: bool = False
    """Its file is not where it was."""
    confirmed_at: Moment | None = None
    """When somebody who has received it (streamed) said that it is whole."""
    copies: tuple[Copy, ...] = ()

    def __post_init__(self) -> None:
        """Raises ValueError for a moment that has no day."""
        if not 2 <= self.made_at.year <= 9998 or abs(self.offset) > 86_400:
            raise ValueError("a date outside of the calendar")

    @property
    def day(self) -> date:
        """The day on the writer's calendar when it was made."""
        return (self.made_at + timedelta(seconds=self.offset)).date()

    @property
    def elsewhere_at(self) -> datetime | None:
        """When it was last known to be whole on another disk or machine."""
        moments = [copy.verified_at for copy in self.copies if copy.away and copy.verified_at is not None]
        moments += [self.confirmed_at] if self.confirmed_at is not None else []
        moments += [self.verified_at] if self.away and self.is_sound and self.verified_at else []
        return max(moments, default=None)

    @property
    def is_sound(self) -> bool:
        """Whether it counts as a backup: read back, right, and still there."""
        return bool(
            self.path
            and self.verified_at is not None
            and not self.verify_failed
            and self.trashed_at is None
            and not self.missing
        )

    @property
    def never_expires(self) -> bool:
        """Whether somebody has to throw it away by hand."""
        kept = self.pinned or self.found or bool(self.label)
        return kept or self.reason in (Reason.PRE_IMPORT, Reason.NAMED)


def last_away(entries: Iterable[Entry]) -> datetime | None:
    """When any of them was last known to be whole on another disk or machine; None: never."""
    moments = (entry.elsewhere_at for entry in entries)
    return max((moment for moment in moments if moment is not None), default=None)
