"""The manifest: what an archive holds, to the byte. It comes last, so that it is there only if all is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID, uuid4

import msgspec

from core.backup.archive.lines import Count, DraftLine, ProjectLine, Sha256, Time, refuse_odd_time

FORMAT = "genko-backup"
VERSION = (1, 1)
"""Major and minor. A newer minor adds things, which an older reader keeps and does not touch."""
WITH_DRAFTS = (1, 1)
"""The version that drafts came with."""


class _Part(msgspec.Struct, frozen=True, kw_only=True):
    bytes: Count
    """Unpacked."""
    sha256: Sha256
    """Of the unpacked bytes, in hex."""


class SectionPart(_Part, frozen=True, kw_only=True):
    """`data/<name>.jsonl`."""

    name: str
    count: Count
    """Lines."""


class DocumentPart(_Part, frozen=True, kw_only=True):
    """`documents/<project>.loro`."""

    project: UUID


class MediumPart(_Part, frozen=True, kw_only=True):
    """`media/<sha256>`."""


class FilePart(_Part, frozen=True, kw_only=True):
    """README, a manuscript, a file of settings; `name` is the whole of the member's name."""

    name: str


class ProjectPart(msgspec.Struct, frozen=True, kw_only=True):
    """One project, for lists of backups."""

    id: UUID
    title: str
    words: Count
    pages: Count


class DraftPart(msgspec.Struct, frozen=True, kw_only=True):
    """One draft, for lists of backups."""

    id: UUID
    title: str
    assets: Count


def draft_part(line: DraftLine) -> DraftPart:
    """What the manifest says of a draft."""
    return DraftPart(id=line.id, title=line.title, assets=line.assets)


def project_part(line: ProjectLine) -> ProjectPart:
    """What the manifest says of a project."""
    return ProjectPart(id=line.id, title=line.title, words=line.words, pages=line.pages)


class LeftOut(msgspec.Struct, frozen=True, kw_only=True):
    """Something that could be expected in it and is not, and the reason, in words for a writer."""

    what: str
    why: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """All of MANIFEST.json."""

    format: str
    format_version: tuple[int, int]
    min_reader: tuple[int, int]
    app_version: str
    archive_id: UUID
    created_at: Time
    """UTC."""
    utc_offset: Annotated[int, msgspec.Meta(ge=-86_400, le=86_400)]
    """Of the writer's clock then, in seconds east."""
    reason: str
    """manual, daily, pre-import, close or named."""
    label: str
    parent: str
    """The archive id of the backup that this one follows; may be empty."""
    sections_chosen: tuple[str, ...] | None
    """Of a selective export; None: all."""
    sections: tuple[SectionPart, ...]
    documents: tuple[DocumentPart, ...]
    media: tuple[MediumPart, ...]
    files: tuple[FilePart, ...]
    words: Count
    pages: Count
    content_id: Sha256
    projects: tuple[ProjectPart, ...]
    left_out: tuple[LeftOut, ...]
    encrypted: bool
    drafts: tuple[DraftPart, ...] = ()
    """Since 1.1."""
    extra: dict[str, Any] = {}
    """What a newer Genko has added."""
    newer: bool = False
    """Whether that has a newer minor version than this one."""

    def __post_init__(self) -> None:
        """Raises ValueError."""
        refuse_odd_time(self.created_at)

    def section(self, name: str) -> SectionPart | None:
        """What is said of a section, None if it is not in this archive."""
        return next((part for part in self.sections if part.name == name), None)


@dataclass(frozen=True)
class ManifestFacts:
    """What only the caller knows of an archive that is written; the rest is counted."""

    reason: str = "manual"
    app_version: str = ""
    """Empty: of the Genko that runs."""
    label: str = ""
    parent: str = ""
    created_at: datetime | None = None
    """With its zone, whose offset is noted; None: now."""
    archive_id: UUID | None = None
    sections_chosen: Sequence[str] | None = None
    left_out: Sequence[LeftOut] = ()


@dataclass(frozen=True)
class Counted:
    """What the writer has counted."""

    sections: Sequence[SectionPart]
    documents: Sequence[DocumentPart]
    media: Sequence[MediumPart]
    files: Sequence[FilePart]
    projects: Sequence[ProjectPart]
    drafts: Sequence[DraftPart]
    content_id: str
    encrypted: bool


def make_manifest(facts: ManifestFacts, counted: Counted) -> Manifest:
    """Both together."""
    at = facts.created_at or datetime.now().astimezone()
    offset = at.utcoffset()
    if offset is None:
        raise ValueError("created_at needs a zone")
    return Manifest(
        format=FORMAT,
        format_version=VERSION,
        min_reader=(1, 0),
        app_version=facts.app_version or _app_version(),
        archive_id=facts.archive_id or uuid4(),
        created_at=at.astimezone(UTC),
        utc_offset=int(offset.total_seconds()),
        reason=facts.reason,
        label=facts.label,
        parent=facts.parent,
        sections_chosen=None if facts.sections_chosen is None else tuple(facts.sections_chosen),
        sections=tuple(counted.sections),
        documents=tuple(counted.documents),
        media=tuple(counted.media),
        files=tuple(counted.files),
        words=sum(project.words for project in counted.projects),
        pages=sum(project.pages for project in counted.projects),
        content_id=counted.content_id,
        projects=tuple(counted.projects),
        drafts=tuple(counted.drafts),
        left_out=tuple(facts.left_out),
        encrypted=counted.encrypted,
    )


def _app_version() -> str:
    from importlib.metadata import version

    return version("genko")


def encode_manifest(manifest: Manifest) -> bytes:
    """Its bytes, indented for people."""
    plain = msgspec.to_builtins(manifest)
    del plain["extra"], plain["newer"]
    if manifest.format_version < WITH_DRAFTS:
        del plain["drafts"]
    return msgspec.json.format(msgspec.json.encode(plain), indent=1) + b"\n"
