"""What can be wrong with an archive, or with the place it is to be written to."""

from __future__ import annotations

from core.errors import GenkoError, LockedError


class ArchiveError(GenkoError):
    """An archive can't be written or read. `member` is the part of it that is meant, if one is."""

    def __init__(self, what: str, *, safe: str = "", todo: str = "", member: str = "") -> None:
        super().__init__(what, safe=safe or "Nothing was changed.", todo=todo)
        self.member = member


class NotAnArchive(ArchiveError):
    """The file is something else."""


class ArchiveDamaged(ArchiveError):
    """It is (or was) an archive, and not all of it is as it was written."""


def damaged(name: str, why: str) -> ArchiveDamaged:
    """The sentence for a damaged member."""
    return ArchiveDamaged(
        f"{name} in the archive is damaged: {why}.",
        todo="Use another backup, or copy this one again from where it came from.",
        member=name,
    )


class ArchiveTooNew(ArchiveError):
    """A newer Genko wrote it, in a way that this one can't read."""


class ArchiveLocked(ArchiveError, LockedError):
    """It is encrypted, and no passphrase or a wrong one was given."""


class NoRoom(ArchiveError):
    """The disk is full. `missing` is how many bytes more are needed, 0 if nobody can know."""

    def __init__(self, what: str, *, missing: int = 0) -> None:
        super().__init__(
            what,
            safe="Older backups are as they were, and nothing half-written is left.",
            todo="Make room, or choose another folder.",
        )
        self.missing = missing
