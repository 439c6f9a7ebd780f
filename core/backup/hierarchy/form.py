"""The document as types: what stands in it and under which names."""

from __future__ import annotations

from typing import Any

import msgspec

FORMAT = "genko-plan"
"""The value of `format` in every such document; it is written first."""
VERSION = "1.0"


class RecordForm(msgspec.Struct):
    """One record of the bible or the assembly."""

    id: str
    fields: dict[str, Any]


class OldTextForm(msgspec.Struct):
    """An earlier text of the script."""

    text: str
    at: str | None = None
    author: str = ""
    label: str = ""


class VersionForm(msgspec.Struct):
    """A save in the project's history; its text is not in the document."""

    number: int
    saved_at: str
    author: str = ""
    message: str = ""
    pages: int = 0
    words: int = 0


class PictureForm(msgspec.Struct):
    """A picture that the project names; the file is not in the document."""

    sha256: str
    size: int
    mime: str
    name: str = ""


class ProjectForm(msgspec.Struct, omit_defaults=True):
    """One project. `script` is its text, exactly; `tree` is the same for programs that don't parse it."""

    key: str
    title: str = ""
    id: str | None = None
    edited_at: str | None = None
    trashed_at: str | None = None
    meta: dict[str, Any] = {}
    words: int | None = None
    pages: int | None = None
    script: str | None = None
    page_keys: list[str] = []
    tree: dict[str, Any] | None = None
    records: dict[str, list[RecordForm]] = {}
    versions: list[VersionForm] = []
    older: list[OldTextForm] = []
    pictures: list[PictureForm] = []


class MetadataForm(msgspec.Struct):
    """Of the whole document; its last part, since the counts are known when all is written."""

    version: str
    exported_at: str
    app_version: str = ""
    total_projects: int = 0
    total_records: int = 0
    compressed: bool = False
    checksum: str | None = None
