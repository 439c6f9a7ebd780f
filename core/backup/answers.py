"""What the process for backups answers: plain values, fit to travel."""

from __future__ import annotations

from typing import Any

import msgspec

from core.script.difference import Part


class Made(msgspec.Struct, frozen=True):
    """A backup that has been written, read back and recorded."""

    id: str
    path: str
    size: int
    words: int = 0
    pages: int = 0
    seconds: float = 0.0
    notes: tuple[str, ...] = ()
    """What a writer should know of it, in sentences: what is left out, where no copy could be put."""


class Forecast(msgspec.Struct, frozen=True):
    """What a backup would hold, before it is made."""

    projects: int
    pages: int
    words: int
    size: int
    """Bytes, about."""
    sections: tuple[SectionFacts, ...] = ()
    notes: tuple[str, ...] = ()
    drafts: int = 0


class Verified(msgspec.Struct, frozen=True):
    """One backup that was read again, byte by byte."""

    id: str
    failed: str = ""
    """Why it is not whole, in a sentence; empty: it is."""


class SectionFacts(msgspec.Struct, frozen=True):
    """A section of a backup."""

    name: str
    count: int
    size: int = 0


class ProjectFacts(msgspec.Struct, frozen=True):
    """A project in a backup, or a draft."""

    id: str
    title: str
    words: int = 0
    pages: int = 0
    kind: str = ""
    """"draft" for a draft."""
    assets: int = 0
    """Of a draft."""


class Summary(msgspec.Struct, frozen=True):
    """What a backup says of itself."""

    path: str
    made_at: str
    """ISO 8601."""
    reason: str = ""
    label: str = ""
    app_version: str = ""
    format_version: str = ""
    sha256: str = ""
    size: int = 0
    words: int = 0
    pages: int = 0
    files: int = 0
    media_files: int = 0
    media_bytes: int = 0
    encrypted: bool = False
    sections: tuple[SectionFacts, ...] = ()
    projects: tuple[ProjectFacts, ...] = ()
    left_out: tuple[tuple[str, str], ...] = ()
    """(what, why)."""


class Leaf(msgspec.Struct, frozen=True):
    """One thing in a backup that can be read: a page of the script, a record, a picture, a save."""

    id: str
    """What `RestorePart` calls it: `page:<key>`, `characters:<id>`."""
    section: str
    title: str
    note: str = ""
    """What is said beside the title: `412 words`."""
    lines: tuple[tuple[str, str], ...] = ()
    """(name of a field, its words); a page has one, without a name."""


class PageSince(msgspec.Struct, frozen=True):
    """A page of the script that is not as the backup has it."""

    title: str
    kind: str
    """`changed`, `added` since the backup, or `removed` since."""
    panels: tuple[int, ...] = ()
    """The panels that differ, by their place on the page; 0 is what stands before the first."""


class Compared(msgspec.Struct, frozen=True):
    """How a project differs from what a backup has of it. The parts have gone ahead, one by one."""

    project: str
    title: str
    pages: tuple[PageSince, ...] = ()
    older: dict[str, dict[str, dict[str, Any]]] = {}
    """Of records that differ: stored fields by section and id, as the backup has them."""
    newer: dict[str, dict[str, dict[str, Any]]] = {}
    """And as they are now."""
    gone: bool = False
    """The project is not on this machine any more."""


class PartNow(msgspec.Struct, frozen=True):
    """What bringing back one part would change: from how it is now to how the backup has it."""

    title: str
    parts: tuple[Part, ...] = ()
    """For a page: its lines; GONE are ours that would go, NEW those of the backup."""
    now: dict[str, dict[str, dict[str, Any]]] = {}
    """For a record: stored fields by section and id; empty where there is none."""
    then: dict[str, dict[str, dict[str, Any]]] = {}
    missing: bool = False
    """It is not in the project now: it would be made again."""
    same: bool = False
    gone: bool = False
    """The project is not on this machine."""
