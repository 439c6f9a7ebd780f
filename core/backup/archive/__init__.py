"""The file of a backup: one ZIP of readable parts, checked to the last byte whenever it is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.lazy import lazy_names

if TYPE_CHECKING:
    from core.backup.archive.contentid import ContentId
    from core.backup.archive.errors import (
        ArchiveDamaged,
        ArchiveError,
        ArchiveLocked,
        ArchiveTooNew,
        NoRoom,
        NotAnArchive,
    )
    from core.backup.archive.keybox import Lock, NewLock, make_lock
    from core.backup.archive.limits import LIMITS, Limits
    from core.backup.archive.lines import (
        SECTIONS,
        Line,
        PageLine,
        PictureLine,
        ProjectLine,
        RecordLine,
        VersionLine,
    )
    from core.backup.archive.locked import recovery_sheet
    from core.backup.archive.manifest import LeftOut, Manifest, ManifestFacts
    from core.backup.archive.naming import SUFFIX, SUFFIX_LOCKED, archive_name
    from core.backup.archive.parts import sweep
    from core.backup.archive.reading import Archive, open_archive
    from core.backup.archive.writing import ArchiveWriter, Written, write_archive

__all__ = [
    "LIMITS",
    "SECTIONS",
    "SUFFIX",
    "SUFFIX_LOCKED",
    "Archive",
    "ArchiveDamaged",
    "ArchiveError",
    "ArchiveLocked",
    "ArchiveTooNew",
    "ArchiveWriter",
    "ContentId",
    "LeftOut",
    "Limits",
    "Line",
    "Lock",
    "Manifest",
    "ManifestFacts",
    "NewLock",
    "NoRoom",
    "NotAnArchive",
    "PageLine",
    "PictureLine",
    "ProjectLine",
    "RecordLine",
    "VersionLine",
    "Written",
    "archive_name",
    "make_lock",
    "open_archive",
    "recovery_sheet",
    "sweep",
    "write_archive",
]

__getattr__ = lazy_names(
    __name__,
    {
        "contentid": ("ContentId",),
        "errors": (
            "ArchiveDamaged",
            "ArchiveError",
            "ArchiveLocked",
            "ArchiveTooNew",
            "NoRoom",
            "NotAnArchive",
        ),
        "keybox": ("Lock", "NewLock", "make_lock"),
        "limits": ("LIMITS", "Limits"),
        "lines": (
            "SECTIONS",
            "Line",
            "PageLine",
            "PictureLine",
            "ProjectLine",
            "RecordLine",
            "VersionLine",
        ),
        "locked": ("recovery_sheet",),
        "manifest": ("LeftOut", "Manifest", "ManifestFacts"),
        "naming": ("SUFFIX", "SUFFIX_LOCKED", "archive_name"),
        "parts": ("sweep",),
        "reading": ("Archive", "open_archive"),
        "writing": ("ArchiveWriter", "Written", "write_archive"),
    },
)
