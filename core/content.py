"""What a project holds, wherever it comes from: an archive, another program's data, a file of JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from core.story import Section
from core.story.clean import Json

if TYPE_CHECKING:
    from core.server import SavedVersion


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One record as its source has it."""

    key: str
    """Its id in the source: a UUID of ours, or whatever another program calls it."""
    fields: Mapping[str, Json]
    """Under the keys of the document (`core.story.records`); unknown ones are kept with it."""


@dataclass(frozen=True, slots=True)
class OldText:
    """An earlier text of the script, which becomes a version of its own."""

    text: str
    at: datetime | None = None
    """When it was written, with its zone, where that is known."""
    author: str = ""
    label: str = ""
    """What it is, in words a writer understands: “row 3 of manga_scripts, 12 May 2025”."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that the project names."""

    sha256: str
    """In hex: its name in the document and in the archive."""
    size: int
    mime: str
    name: str = ""


@dataclass(frozen=True)
class Content:
    """One project, decoded and checked. What is None or missing was not in the source at all."""

    key: str
    """What the source calls it, the same each time it is read."""
    title: str = ""
    project_id: UUID | None = None
    """Its id if it is a project of Genko's."""
    meta: Mapping[str, Json] = field(default_factory=dict)
    """Language, direction and so on, and marks, under the keys of the document."""
    script: str | None = None
    page_keys: tuple[str, ...] = ()
    """The keys of the script's pages as they are divided here, `front` before them if anything stands there;
    empty where the source knows no lasting ones."""
    records: Mapping[Section, Sequence[RawRecord]] = field(default_factory=dict)
    """In their order; a section that is missing says nothing about it, an empty one says it is empty."""
    document: tuple[bytes, ...] = ()
    """The lossless form, Loro blobs; empty where only the readable parts are known."""
    versions: tuple[SavedVersion, ...] = ()
    """Its saves, oldest first; their frontiers are points in `document`."""
    older: tuple[OldText, ...] = ()
    """Earlier texts without a document, oldest first."""
    pictures: tuple[Picture, ...] = ()
    edited_at: datetime | None = None
    trashed_at: datetime | None = None
    """When it was put in the trash where it comes from; None: it was not there."""
    is_draft: bool = False
    """It is a draft, not a project."""


class Fate(StrEnum):
    """What becomes of one row of foreign data."""

    TAKEN = "taken"
    """It is in a project, as a script or a record."""
    VERSION = "version"
    """It becomes an earlier version of a project."""
    DUPLICATE = "duplicate"
    """Another row says exactly the same."""
    KEPT = "kept"
    """It has no place yet and is kept, whole, for the part of Genko that will have one."""
    EMPTY = "empty"
    """There is nothing in it."""
    NO_PLACE = "no place"
    """Genko has nothing like it; the report shows what it said."""
    REFUSED = "refused"
    """It can't be read; the report says why."""


@dataclass(frozen=True, slots=True)
class RowFate:
    """The line of a report about one row: no row goes without one."""

    where: str
    """Table or part, and the row's own id or number: `manga_scripts 3f2a…`, `collections[4]`."""
    fate: Fate
    title: str = ""
    why: str = ""
    project: str = ""
    """The key of the Content that it went into."""


@dataclass(frozen=True)
class Foreign:
    """All that was read from one file, folder or database of another program."""

    system: str
    """`mangaka`, `hublib`, `magikswipe`, `alami`, `json`."""
    form: str
    """Which of its forms, in words: “store envelope, version 1”."""
    projects: tuple[Content, ...] = ()
    rows: tuple[RowFate, ...] = ()
    notes: tuple[str, ...] = ()
    """What a writer should know of the whole, in sentences."""
