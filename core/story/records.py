"""The typed records of a project's bible and assembly; those of a draft are in `pack_records.py`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from core.story.clean import Json
from core.story.fields import Kind, Record, kept, kept_line, kept_names, kept_prose
from core.story.types import Section

if TYPE_CHECKING:
    from core.story.pack_records import Asset, Attempt, Pack, PromptRevision


@dataclass(frozen=True, kw_only=True)
class Character(Record):
    """Somebody of the story."""

    name: str = kept_line()
    aliases: tuple[str, ...] = kept_names()
    role: str = kept_line()
    description: str = kept_prose()
    traits: tuple[str, ...] = kept_names()
    relationships: Mapping[str, str] = kept(dict, Kind.PAIRS)
    voice: str = kept_prose()
    style: str = kept_line()
    archetype: str = kept_line()
    pose: str = kept_line()
    avatar: str = kept_line()
    age: str = kept_line()
    appearance: str = kept_prose()
    goals: str = kept_prose()
    colour: str = kept_line()
    """`#rrggbb` or empty; what is drawn for the character has it."""
    merged: Mapping[str, str] = kept(dict, Kind.PAIRS)
    """Those who were made one with this one, id → name: what still means them means this one."""


@dataclass(frozen=True, kw_only=True)
class Background(Record):
    """A place or decor; `filed_as` is "decors" for those that the earlier web app kept apart."""

    name: str = kept_line()
    description: str = kept_prose()
    kind: str = kept_line("type")
    category: str = kept_line()
    mood: str = kept_line()
    time_of_day: str = kept_line("timeOfDay")
    filed_as: str = kept_line("filedAs")
    traits: tuple[str, ...] = kept_names()
    style: str = kept_line()
    archetype: str = kept_line()
    view: str = kept_line("pose")
    environment: str = kept_line()
    lighting: str = kept_line()
    atmosphere: str = kept_line()


@dataclass(frozen=True, kw_only=True)
class Scene(Record):
    """A scene: who, where, and how it is seen."""

    title: str = kept_line()
    name: str = kept_line()
    description: str = kept_prose()
    characters: tuple[str, ...] = kept_names()
    background: str = kept_line()
    decors: tuple[str, ...] = kept_names()
    pages: tuple[str, ...] = kept_names()
    camera: str = kept_line("camera_plan")
    lighting: str = kept_line()
    mood: str = kept_line("ambiance")
    details: str = kept_prose()
    summary: str = kept_prose()
    status: str = kept_line()
    first_page: str = kept_line("firstPage")
    """The first page it spans: identity of its heading and its fingerprint, with a space between."""
    last_page: str = kept_line("lastPage")
    panels: tuple[Json, ...] = kept(tuple)


@dataclass(frozen=True, kw_only=True)
class AssemblyPage(Record):
    """A page put together; `heading` is the identity of the script page it belongs to.

    What is known of one of its panels stands in fields of its own, `panel:<panel>:<field>` (in `extra`),
    so that two people who work on two panels, or on two things of one, never overwrite each other. So do
    the differences from the script that are meant, `agreed:<kind>`; see core/assembly/book/reconciling.py.
    """

    heading: str = kept_line()
    fingerprint: str = kept_line()
    number: int = kept(0)
    title: str = kept_line()
    layout: str = kept_line()
    """In the language of core/assembly/layouts/layout.py; empty: chosen by the number of panels."""
    panel_order: tuple[str, ...] = kept_names()
    """Which panel is in which cell, where that is not the script's order."""
    kind: str = kept_line("type")
    """What an inserted page is: "cover", "title", "blank"; empty for a page with panels."""
    after: str = kept_line()
    """Which page it follows, where that is not the script's order; see core/assembly/book/sequence.py."""
    left_out: bool = kept(False, key="leftOut")
    """It is in the script and, on purpose, not in the book."""
    status: str = kept_line()
    panels: tuple[Json, ...] = kept(tuple)
    """Of imported documents; kept as they came."""


@dataclass(frozen=True, kw_only=True)
class Meta:
    """The project as a whole, and what its imported file looked like."""

    title: str = ""
    language: str = "en"
    kind: str = ""
    """"draft" for a pack of assets; empty for a project."""
    direction: str = "ltr"
    """Reading direction: "ltr", "rtl" or "vertical"."""
    format_version: int = 1
    newline: str = "lf"
    """Line ends of the file it came from: "lf", "crlf" or "cr"."""
    bom: bool = False
    encoding: str = "utf-8"
    extra: Mapping[str, Json] = field(default_factory=dict)


FORMAT_VERSION = 1

AnyRecord: TypeAlias = (
    "Character | Background | Scene | AssemblyPage | Pack | Asset | PromptRevision | Attempt"
)

_BOOK: dict[Section, type[AnyRecord]] = {
    Section.CHARACTERS: Character,
    Section.BACKGROUNDS: Background,
    Section.SCENES: Scene,
    Section.ASSEMBLY: AssemblyPage,
}


def record_type(section: Section) -> type[AnyRecord]:
    """The type of a section's records. A draft's are loaded when asked for: that takes 5 ms."""
    if section in _BOOK:
        return _BOOK[section]
    from core.story.pack_records import PACK_TYPES

    return PACK_TYPES[section]


@dataclass(frozen=True)
class Column:
    """One field of a record type: its name here, its key in document and JSON, how it is kept."""

    name: str
    key: str
    kind: Kind
    default: Any

    @cached_property
    def scalar(self) -> type | None:
        """The type of its values where each of that type fits and is kept as it is; None: it must be seen."""
        return type(self.default) if isinstance(self.default, str | int | float) else None


@cache
def columns_of(section: Section) -> Mapping[str, Column]:
    """The fields of a section's records by their names."""
    fields = record_type(section).__dataclass_fields__
    found = (
        Column(f.name, f.metadata["key"] or f.name, f.metadata["kind"], f.default_factory())
        for f in fields.values()
        if "kind" in f.metadata and callable(f.default_factory)
    )
    return {column.name: column for column in found}


@cache
def _by_key(section: Section) -> Mapping[str, Column]:
    return {column.key: column for column in columns_of(section).values()}


@cache
def kinds_of(section: Section) -> Mapping[str, Kind]:
    """How each known key of a section is kept; one that is unknown is plain, but for a panel's notes."""
    return {column.key: column.kind for column in columns_of(section).values()}


MARK = ":"
"""Between the kind and the name of a mark in meta: `word:Akira`, `handoff:<uuid>`."""
META_FIELDS = tuple(name for name in Meta.__dataclass_fields__ if name != "extra")


def kind_of(section: Section, key: str, value: Json) -> Kind:
    """How a value is kept under this key: what doesn't fit the key's kind is a plain value."""
    prose = section is Section.ASSEMBLY and key.startswith("panel:") and key.endswith(":notes")
    kind = Kind.PROSE if prose else kinds_of(section).get(key, Kind.PLAIN)
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
    column = columns_of(section).get(name)
    return column.key if column else name


def to_record(section: Section, record_id: str, raw: Mapping[str, Json]) -> AnyRecord:
    """Make the typed record; what doesn't fit its field, or has none, is in `extra`."""
    known: dict[str, Any] = {}
    left: dict[str, Json] = {}
    columns = _by_key(section)
    for key, value in raw.items():
        column = columns.get(key)
        if column is not None and type(value) is column.scalar:
            known[column.name] = value  # most of many thousands
        elif column is None or value is None or not fits(column.default, value, column.kind):
            left[key] = value
        else:
            known[column.name] = _typed(column, value)
    return record_type(section)(id=record_id, extra=left, **known)


def _typed(column: Column, value: Any) -> Any:
    return tuple(value) if isinstance(column.default, tuple) else value


def to_meta(raw: Mapping[str, Json]) -> Meta:
    """Make the typed meta; what doesn't fit or is unknown is in `extra`."""
    defaults = Meta()
    known = {
        name: raw[name] for name in META_FIELDS if name in raw and fits(getattr(defaults, name), raw[name])
    }
    return Meta(extra={k: v for k, v in raw.items() if k not in known}, **known)  # type: ignore[arg-type]
