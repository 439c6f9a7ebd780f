"""What the file of a backup is called, and what its members are."""

from __future__ import annotations

import re
import struct
from datetime import UTC, datetime
from uuid import UUID

SUFFIX = ".genko-backup"
SUFFIX_LOCKED = ".genko-backup.age"
FRAME = struct.Struct("<Q")
"""In a document, before each blob: its length."""
README = "README.txt"
MANIFEST = "MANIFEST.json"
KEPT = "kept/"
DRAFTS = "drafts/"
_SLUG = re.compile(r"[^\w]+")
_MOST = 60


def slug_of(title: str) -> str:
    """A title as part of a file name, for any file system; `untitled` if nothing is left of it."""
    return _SLUG.sub("-", title.lower())[:_MOST].strip("-_") or "untitled"


def archive_name(title: str, at: datetime, reason: str, content_id: str, *, locked: bool = False) -> str:
    """`<slug>--20261121T091203Z--<reason>--<content_id8>.genko-backup`; `at` has a zone."""
    stamp = at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    suffix = SUFFIX_LOCKED if locked else SUFFIX
    return f"{slug_of(title)}--{stamp}--{reason}--{content_id[:8]}{suffix}"


def section_member(section: str) -> str:
    """Where a section stands."""
    return f"data/{section}.jsonl"


def document_member(project: UUID) -> str:
    """Where a project's lossless form stands."""
    return f"documents/{project}.loro"


def draft_member(draft: UUID) -> str:
    """Where a draft's lossless form stands: beside those of projects, so that format 1.0 reads past it."""
    return f"{DRAFTS}{draft}.loro"


def media_member(sha256: str) -> str:
    """Where a picture stands."""
    return f"media/{sha256}"


def kept_member(package: str, name: str) -> str:
    """Where a file of a package of other programs' data stands: its listing, or one by its sum."""
    return f"{KEPT}{package}/{name}"


def manuscript_member(number: int, title: str, kind: str = "") -> str:
    """Where a project's readable script stands, or what a draft says (`kind`); `number` from 1."""
    return f"manuscript/{kind}{number:02d}-{slug_of(title)}.txt"
