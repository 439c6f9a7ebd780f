"""The lines of an archive's sections: what stands in each, and their one canonical form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec


class Line(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of a section."""

    extra: dict[str, Any] = {}
    """What a newer Genko has added to it. Empty in what this one writes."""

    @property
    def project_id(self) -> UUID:
        """The project that it belongs to."""
        found: UUID = getattr(self, "project", None) or self.id  # type: ignore[attr-defined]
        return found


class ProjectLine(Line, frozen=True, kw_only=True, omit_defaults=True):
    """`data/projects.jsonl`: one a project, in the order that all sections keep to."""

    id: UUID
    title: str
    meta: dict[str, Any]
    """Language, direction and so on, and marks, under the keys of the document."""
    edited_at: datetime | None
    words: int
    pages: int
    trashed_at: datetime | None = None


class PageLine(Line, frozen=True, kw_only=True, omit_defaults=True):
    """`data/pages.jsonl`: the texts of a project's lines, joined, are its script, exactly."""

    project: UUID
    key: str
    position: int
    text: str


class RecordLine(Line, frozen=True, kw_only=True, omit_defaults=True):
    """`data/characters.jsonl` and its like: one a record, in their order."""

    project: UUID
    id: str
    position: int
    fields: dict[str, Any]
    """Under the keys of the document (`core.story.records`)."""


class VersionLine(Line, frozen=True, kw_only=True, omit_defaults=True):
    """`data/versions.jsonl`: one a save, oldest first."""

    project: UUID
    number: int
    save_id: UUID
    author: str
    saved_at: datetime
    message: str
    frontier: bytes
    pages: int
    words: int
    update_bytes: int
    pages_changed: int
    records_changed: int


class PictureLine(Line, frozen=True, kw_only=True, omit_defaults=True):
    """`data/pictures.jsonl`: one for each picture that a project names."""

    project: UUID
    sha256: str
    size: int
    mime: str
    name: str


LINE_TYPES: Mapping[str, type[Line]] = {
    "projects": ProjectLine,
    "pages": PageLine,
    "characters": RecordLine,
    "backgrounds": RecordLine,
    "scenes": RecordLine,
    "assembly": RecordLine,
    "versions": VersionLine,
    "pictures": PictureLine,
}
SECTIONS = tuple(LINE_TYPES)
"""In the order in which they stand in the file."""
RECORDS = ("characters", "backgrounds", "scenes", "assembly")
"""The sections of records."""

_encoder = msgspec.json.Encoder(order="deterministic")


def encode_line(line: Line) -> bytes:
    """The canonical form, with its line feed. A value that JSON has not raises TypeError."""
    return _encoder.encode(line) + b"\n"


def as_line(section: str, line: Line | Mapping[str, Any]) -> Line:
    """What is written to a section: one of its lines, or a mapping with the same keys.

    Raises ValueError (msgspec.ValidationError) for anything else.
    """
    kind = LINE_TYPES[section]
    if isinstance(line, kind):
        return line
    return msgspec.convert(line, kind, strict=True)
