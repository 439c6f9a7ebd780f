"""Typed records of a project, and how each of their fields is kept in the document.

Prose that two people may edit at once (descriptions, notes) is a text of its own, so that both
sets of words survive a merge. Lists of names and relationships are a list and a map, so that two
additions both survive. Everything else is a plain value: the later writer wins.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, TypeAlias

from core.story.clean import Json
from core.story.types import Section


class Kind(Enum):
    """How a field is kept."""

    PLAIN = ""
    PROSE = "text"
    NAMES = "list"
    PAIRS = "map"

    @property
    def container(self) -> str:
        """The child container's kind; "" for a plain value."""
        return self.value


def _kept(default: Any, kind: Kind = Kind.PLAIN, key: str = "") -> Any:
    factory = default if callable(default) else lambda: default
    return field(default_factory=factory, metadata={"kind": kind, "key": key})


def _line(key: str = "") -> Any:
    return _kept("", key=key)


def _prose() -> Any:
    return _kept("", Kind.PROSE)


def _names() -> Any:
    return _kept(tuple, Kind.NAMES)


TRASHED = "trashedAt"
"""The key of `Record.trashed_at` in the document."""


@dataclass(frozen=True, kw_only=True)
class Record:
    """What all records have. Unknown fields of newer programs are kept in `extra`."""

    id: str
    notes: str = _prose()
    prompt: str = _prose()
    tags: tuple[str, ...] = _names()
    pictures: tuple[str, ...] = _names()
    """SHA-256 (hex) of files in the media store; the first one stands for the record."""
    trashed_at: str = _line(TRASHED)
    """When it was put into the trash (ISO 8601); empty for what is not in it."""
    image_url: str = _line()
    image: str = _line()
    created_at: str = _line()
    last_modified: str = _line("lastModified")
    metadata: Mapping[str, Json] = _kept(dict)
    extra: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Character(Record):
    """Somebody of the story."""

    name: str = _line()
    aliases: tuple[str, ...] = _names()
    role: str = _line()
    description: str = _prose()
    traits: tuple[str, ...] = _names()
    relationships: Mapping[str, str] = _kept(dict, Kind.PAIRS)
    voice: str = _prose()
    style: str = _line()
    archetype: str = _line()
    pose: str = _line()
    avatar: str = _line()
    age: str = _line()
    appearance: str = _prose()
    goals: str = _prose()
    colour: str = _line()
    """`#rrggbb` or empty; what is drawn for the character has it."""
    merged: Mapping[str, str] = _kept(dict, Kind.PAIRS)
    """Those who were made one with this one, id → name: what still means them means this one."""


@dataclass(frozen=True, kw_only=True)
class Background(Record):
    """A place or decor; `filed_as` is "decors" for those that the earlier web app kept apart."""

    name: str = _line()
    description: str = _prose()
    kind: str = _line("type")
    category: str = _line()
    mood: str = _line()
    time_of_day: str = _line("timeOfDay")
    filed_as: str = _line("filedAs")
    traits: tuple[str, ...] = _names()
    style: str = _line()
    archetype: str = _line()
    view: str = _line("pose")
    environment: str = _line()
    lighting: str = _line()
    atmosphere: str = _line()


@dataclass(frozen=True, kw_only=True)
class Scene(Record):
    """A scene: who, where, and how it is seen."""

    title: str = _line()
    name: str = _line()
    description: str = _prose()
    characters: tuple[str, ...] = _names()
    background: str = _line()
    decors: tuple[str, ...] = _names()
    pages: tuple[str, ...] = _names()
    camera: str = _line("camera_plan")
    lighting: str = _line()
    mood: str = _line("ambiance")
    details: str = _prose()
    summary: str = _prose()
    status: str = _line()
    first_page: str = _line("firstPage")
    """The first page it spans: identity of its heading and its fingerprint, with a space between."""
    last_page: str = _line("lastPage")
    panels: tuple[Json, ...] = _kept(tuple)


@dataclass(frozen=True, kw_only=True)
class AssemblyPage(Record):
    """A page put together; `heading` is the identity of the script page it belongs to.

    What is known of one of its panels stands in fields of its own, `panel:<panel>:<field>` (in `extra`),
    so that two people who work on two panels, or on two things of one, never overwrite each other. So do
    the differences from the script that are meant, `agreed:<kind>`; see core/assembly/book/reconciling.py.
    """

    heading: str = _line()
    fingerprint: str = _line()
    number: int = _kept(0)
    title: str = _line()
    layout: str = _line()
    """In the language of core/assembly/layouts/layout.py; empty: chosen by the number of panels."""
    panel_order: tuple[str, ...] = _names()
    """Which panel is in which cell, where that is not the script's order."""
    kind: str = _line("type")
    """What an inserted page is: "cover", "title", "blank"; empty for a page with panels."""
    after: str = _line()
    """Which page it follows, where that is not the script's order; see core/assembly/book/sequence.py."""
    left_out: bool = _kept(False, key="leftOut")
    """It is in the script and, on purpose, not in the book."""
    status: str = _line()
    panels: tuple[Json, ...] = _kept(tuple)
    """Of imported documents; kept as they came."""


@dataclass(frozen=True, kw_only=True)
class Meta:
    """The project as a whole, and what its imported file looked like."""

    title: str = ""
    language: str = "en"
    direction: str = "ltr"
    """Reading direction: "ltr", "rtl" or "vertical"."""
    format_version: int = 1
    newline: str = "lf"
    """Line ends of the file it came from: "lf", "crlf" or "cr"."""
    bom: bool = False
    encoding: str = "utf-8"
    extra: Mapping[str, Json] = field(default_factory=dict)


FORMAT_VERSION = 1

AnyRecord: TypeAlias = Character | Background | Scene | AssemblyPage

RECORD_TYPES: dict[Section, type[AnyRecord]] = {
    Section.CHARACTERS: Character,
    Section.BACKGROUNDS: Background,
    Section.SCENES: Scene,
    Section.ASSEMBLY: AssemblyPage,
}


@dataclass(frozen=True)
class Column:
    """One field of a record type: its name here, its key in document and JSON, how it is kept."""

    name: str
    key: str
    kind: Kind
    default: Any


def _columns(record_type: type[AnyRecord]) -> dict[str, Column]:
    fields = record_type.__dataclass_fields__
    found = (
        Column(f.name, f.metadata["key"] or f.name, f.metadata["kind"], f.default_factory())
        for f in fields.values()
        if "kind" in f.metadata and callable(f.default_factory)
    )
    return {column.name: column for column in found}


COLUMNS: dict[Section, dict[str, Column]] = {s: _columns(t) for s, t in RECORD_TYPES.items()}
KINDS: dict[Section, dict[str, Kind]] = {
    s: {c.key: c.kind for c in columns.values()} for s, columns in COLUMNS.items()
}
"""How each known key of a section is kept; an unknown key is a plain value, but for the notes on a panel."""

MARK = ":"
"""Between the kind and the name of a mark in meta: `word:Akira`, `handoff:<uuid>`."""
META_FIELDS = tuple(name for name in Meta.__dataclass_fields__ if name != "extra")


def kind_of(section: Section, key: str, value: Json) -> Kind:
    """How a value is kept under this key: what doesn't fit the key's kind is a plain value."""
    prose = section is Section.ASSEMBLY and key.startswith("panel:") and key.endswith(":notes")
    kind = Kind.PROSE if prose else KINDS[section].get(key, Kind.PLAIN)
    return kind if value is None or _fits_kind(kind, value) else Kind.PLAIN


def _fits_kind(kind: Kind, value: Json) -> bool:
    if kind is Kind.PROSE:
        return isinstance(value, str)
    if kind is Kind.NAMES:
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if kind is Kind.PAIRS:
        return isinstance(value, dict) and all(isinstance(item, str) for item in value.values())
    return True


def fits(default: object, value: Json, kind: Kind = Kind.PLAIN) -> bool:
    """Whether a stored value can stand for a field with this default."""
    if kind is not Kind.PLAIN:
        return _fits_kind(kind, value)
    if isinstance(default, tuple):
        return isinstance(value, list)
    if isinstance(default, dict):
        return isinstance(value, dict)
    if isinstance(default, int) and not isinstance(default, bool):
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, type(default))


def key_of(section: Section, name: str) -> str:
    """The key under which a field stands in the document; unknown names are their own key."""
    column = COLUMNS[section].get(name)
    return column.key if column else name


def to_record(section: Section, record_id: str, raw: Mapping[str, Json]) -> AnyRecord:
    """Make the typed record; what doesn't fit its field, or has none, is in `extra`."""
    known: dict[str, Any] = {}
    left = dict(raw)
    for column in COLUMNS[section].values():
        value = raw.get(column.key)
        if value is None or not fits(column.default, value, column.kind):
            continue
        del left[column.key]
        known[column.name] = _typed(column, value)
    return RECORD_TYPES[section](id=record_id, extra=left, **known)


def _typed(column: Column, value: Any) -> Any:
    return tuple(value) if isinstance(column.default, tuple) else value


def to_meta(raw: Mapping[str, Json]) -> Meta:
    """Make the typed meta; what doesn't fit or is unknown is in `extra`."""
    defaults = Meta()
    known = {
        name: raw[name] for name in META_FIELDS if name in raw and fits(getattr(defaults, name), raw[name])
    }
    return Meta(extra={k: v for k, v in raw.items() if k not in known}, **known)  # type: ignore[arg-type]
