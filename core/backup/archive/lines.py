"""The lines of an archive's sections: what stands in each, and their one canonical form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Annotated, Any, TypeAlias
from uuid import UUID

import msgspec

Count: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
"""A number that all programs read alike."""
Time: TypeAlias = Annotated[datetime, msgspec.Meta(tz=True)]
"""With its zone."""
Sha256: TypeAlias = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
"""In hex."""


def refuse_odd_time(*moments: datetime | None) -> None:
    """Raise ValueError for a moment that has no name in another zone: the calendar ends there."""
    if any(moment is not None and not 2 <= moment.year <= 9998 for moment in moments):
        raise ValueError("a date outside of the calendar")


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
    edited_at: Time | None
    words: Count
    pages: Count
    trashed_at: Time | None = None

    def __post_init__(self) -> None:
        """Raises ValueError."""
        refuse_odd_time(self.edited_at, self.trashed_at)


class DraftLine(Line, frozen=True, kw_only=True, omit_defaults=True):
    """`data/drafts.jsonl`: one a draft, in the order that all sections of drafts keep to. Since 1.1."""

    id: UUID
    title: str
    """Its name."""
    meta: dict[str, Any]
    edited_at: Time | None
    assets: Count
    trashed_at: Time | None = None

    def __post_init__(self) -> None:
        """Raises ValueError."""
        refuse_odd_time(self.edited_at, self.trashed_at)


class PageLine(Line, frozen=True, kw_only=True, omit_defaults=True):
    """`data/pages.jsonl`: the texts of a project's lines, joined, are its script, exactly."""

    project: UUID
    key: str
    """The identity of the page's heading; `front` for what stands before the first one."""
    position: Count
    text: str
    part: Count = 0
    """Of a page too long for one line: 1, 2 and so on go on where the line before ends."""


class RecordLine(Line, frozen=True, kw_only=True, omit_defaults=True):
    """`data/characters.jsonl` and its like: one a record, in their order."""

    project: UUID
    id: str
    position: Count
    fields: dict[str, Any]
    """Under the keys of the document (`core.story.records`)."""
    cut: tuple[str, ...] = ()
    """Keys of fields that are too large for a line; only the document has them."""


class VersionLine(Line, frozen=True, kw_only=True, omit_defaults=True):
    """`data/versions.jsonl`: one a save, oldest first."""

    project: UUID
    number: Count
    save_id: UUID
    author: str
    saved_at: Time
    message: str
    frontier: bytes
    pages: Count
    words: Count
    update_bytes: Count
    pages_changed: Count
    records_changed: Count

    def __post_init__(self) -> None:
        """Raises ValueError."""
        refuse_odd_time(self.saved_at)


class PictureLine(Line, frozen=True, kw_only=True, omit_defaults=True):
    """`data/pictures.jsonl`: one for each picture that a project names."""

    project: UUID
    sha256: Sha256
    size: Count
    mime: str
    name: str


class RevisionLine(Line, frozen=True, kw_only=True, omit_defaults=True):
    """`data/revisions.jsonl`: what was published of a draft, once, as its server has it. Since 1.1."""

    project: UUID
    """The draft."""
    revision: Count
    action: str
    """publish, return, unpublish or visibility."""
    shows: Count | None
    """Whose manifest consumers saw from then on; null: nothing."""
    is_public: bool
    author: str
    made_at: Time
    manifest: dict[str, Any] | None
    """All that was published; null where nothing new was."""
    manifest_sha256: Sha256 | None

    def __post_init__(self) -> None:
        """Raises ValueError."""
        refuse_odd_time(self.made_at)


LINE_TYPES: Mapping[str, type[Line]] = {
    "projects": ProjectLine,
    "pages": PageLine,
    "characters": RecordLine,
    "backgrounds": RecordLine,
    "scenes": RecordLine,
    "assembly": RecordLine,
    "versions": VersionLine,
    "pictures": PictureLine,
    "drafts": DraftLine,
    "pack": RecordLine,
    "assets": RecordLine,
    "prompts": RecordLine,
    "attempts": RecordLine,
    "draft_versions": VersionLine,
    "draft_media": PictureLine,
    "revisions": RevisionLine,
}
SECTIONS = tuple(LINE_TYPES)
"""In the order in which they stand in the file."""
RECORDS = ("characters", "backgrounds", "scenes", "assembly")
"""The sections of a project's records."""
DRAFT_RECORDS = ("pack", "assets", "prompts", "attempts")
"""The sections of a draft's."""
OF_DRAFTS = ("drafts", *DRAFT_RECORDS, "draft_versions", "draft_media", "revisions")
"""The sections whose lines belong to drafts. They are there if there is any draft; format 1.0 has none."""

MOST_LINE = 4 * (1 << 20)
"""Bytes of the longest line."""
_MOST_TEXT = 600_000
"""Characters of a page on one line: at most six bytes each."""

ENCODER = msgspec.json.Encoder(order="deterministic")


def encode_line(line: Line) -> bytes:
    """The canonical form, with its line feed. A value that JSON has not raises TypeError."""
    return ENCODER.encode(line) + b"\n"


def as_line(section: str, line: Line | Mapping[str, Any]) -> Line:
    """What is written to a section: one of its lines, or a mapping with the same keys.

    Raises ValueError (msgspec.ValidationError) for anything else.
    """
    kind = LINE_TYPES[section]
    if isinstance(line, kind):
        return line
    return msgspec.convert(line, kind, strict=True)


def fitting(line: Line) -> Iterator[tuple[Line, bytes]]:
    """The line and its canonical form; in several where it is a page that is too long for one.

    Raises ValueError for what fits into no line.
    """
    if isinstance(line, PageLine) and len(line.text) > _MOST_TEXT:
        for part, start in enumerate(range(0, len(line.text), _MOST_TEXT)):
            piece = msgspec.structs.replace(line, text=line.text[start : start + _MOST_TEXT], part=part)
            yield piece, encode_line(piece)
        return
    encoded = encode_line(line)
    if len(encoded) > MOST_LINE:
        if not isinstance(line, RecordLine):
            raise ValueError("a line of more than 4 MB")
        line = _cut(line)
        encoded = encode_line(line)
    yield line, encoded


def _cut(record: RecordLine) -> RecordLine:
    """Without its largest fields, so that the rest has room."""
    sizes = {key: len(ENCODER.encode(value)) for key, value in record.fields.items()}
    room, kept = MOST_LINE // 2, []
    for key in sorted(sizes, key=sizes.__getitem__):
        room -= sizes[key] + 6 * len(key) + 4
        if room < 0:
            break
        kept.append(key)
    fields = {key: value for key, value in record.fields.items() if key in kept}
    cut = tuple(key for key in record.fields if key not in fields)
    return msgspec.structs.replace(record, fields=fields, cut=cut)
