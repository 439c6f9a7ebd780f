"""The whole project as one JSON document, in the shape that the earlier web app reads and wrote.

Our own fields stand beside its keys: `metadata.genko` holds the meta, a record's `genkoId` its
id here where it differs from the one it came with. Whatever keys a document has that we have no
place for are kept in the project's meta and come back on the way out.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from typing import Any, Protocol
from uuid import UUID

from core.errors import DocumentError
from core.story.clean import Json, clean_text, clean_value
from core.story.document import Document
from core.story.records import FORMAT_VERSION
from core.story.shelves import OWN_KEYS, Shelves
from core.story.store import ProjectStore
from core.story.summary import Summarise, summarise
from core.story.types import Section

VERSION = 1
"""`metadata.version` of the shape."""

_KEPT = "unified"  # the meta field with what we have no place for
_DECORS = "decors"
_FILED = "filedAs"
# Where each list of records stands in the document, and in which section it lives here.
_LISTS = (
    ("characters", "characters", Section.CHARACTERS),
    ("backgrounds", "backgrounds", Section.BACKGROUNDS),
    (_DECORS, _DECORS, Section.BACKGROUNDS),
    ("scenes", "scenes", Section.SCENES),
    ("assembly", "pages", Section.ASSEMBLY),
)
_OURS = {
    "script": ("content", "title", "stats", "fileTree"),
    "assembly": ("pages", "totalPages"),
    "metadata": ("genko",),
}
# What the web app's programs called the fields of a scene before; also inside of its settings.
_OLDER_SCENE_KEYS = {
    "camera_plan": ("camera_plan", "cameraAngle", "cameraPlan"),
    "lighting": ("lighting",),
    "ambiance": ("ambiance", "mood"),
    "details": ("details", "additionalDetails"),
}
_SETTINGS = "scene_settings"
_WRITTEN_ANYWAY = (("lastModified", ""), ("currentPage", 1), ("version", VERSION))


class Readable(Protocol):
    """A ProjectStore or a Replica."""

    @property
    def text(self) -> str:
        """The script."""

    def raw_meta(self) -> dict[str, Json]:
        """Meta as JSON values."""

    def raw_records(self, section: Section) -> dict[str, dict[str, Json]]:
        """Records as JSON values by id."""


def to_unified_json(
    project: Readable, *, statistics: Summarise = summarise, modified: str = ""
) -> dict[str, Json]:
    """The project as a unified document.

    `statistics` gives the script's figures and outline; `modified` (ISO 8601) becomes each
    part's `lastModified`, which otherwise is what an imported document said.
    """
    meta = project.raw_meta()
    kept = _mapping(meta.pop(_KEPT, None))
    stats, tree = statistics(project.text)
    own: dict[str, dict[str, Json]] = {
        "script": {"content": project.text, "title": meta.pop("title", ""), "stats": stats, "fileTree": tree}
    }
    for part, name, section in _LISTS:
        items: list[Json] = [
            _record_out(key, raw)
            for key, raw in project.raw_records(section).items()
            if (raw.get(_FILED) == _DECORS) == (part == _DECORS)
        ]
        if items or part in kept or part != _DECORS:
            own[part] = {name: items + _sequence(_mapping(kept.get(part)).get(name))}
    own["assembly"]["totalPages"] = len(_sequence(own["assembly"]["pages"]))
    parts = {part: {"lastModified": "", **_mapping(kept.get(part)), **fields} for part, fields in own.items()}
    parts["assembly"] = {"currentPage": 1, **parts["assembly"]}
    if modified:
        for fields in parts.values():
            fields["lastModified"] = modified
    metadata = {"version": VERSION, **_mapping(kept.get("metadata")), "genko": meta}
    return {**_mapping(kept.get("")), **parts, "metadata": metadata}


def _record_out(key: str, raw: Mapping[str, Json]) -> dict[str, Json]:
    fields = {name: value for name, value in raw.items() if name != _FILED or value != _DECORS}
    return {**fields, "genkoId": key} if "id" in fields else {"id": key, **fields}


def from_unified_json(document: Mapping[str, Any], *, project_id: UUID | None = None) -> ProjectStore:
    """Make a project of a unified document; with a new id unless one is given.

    Raises DocumentError if there is no script in it. Figures and outline are not believed but
    counted anew whenever the document is written.
    """
    script = document.get("script") if isinstance(document, Mapping) else None
    if not isinstance(script, Mapping) or not isinstance(script.get("content"), str):
        raise DocumentError(
            "This is no unified document: it has no script with a content.", safe="Nothing was changed."
        )
    new_id = project_id or uuid.uuid4()
    made = Document()
    shelves = Shelves(made)
    made.splice(0, 0, clean_text(script["content"]).text)
    for part, name, section in _LISTS:
        for key, raw in _records_in(new_id, part, _items(document.get(part), name)):
            shelves.frame(section, key, raw)
            shelves.write(section, key, raw, keep_null=True)
            shelves.add_to_order(section, key, None)
    shelves.set_meta(_meta_in(document, script))
    made.commit_frame()
    return ProjectStore(new_id, made)


def _records_in(project_id: UUID, part: str, items: list[Any]) -> Iterator[tuple[str, dict[str, Json]]]:
    """Each record's id here and its fields. Ids that are no UUIDs get one made of them."""
    used: set[str] = set()
    for index, item in enumerate(items):
        if not isinstance(item, Mapping):
            continue
        raw = _mapping(clean_value({k: v for k, v in item.items() if k not in OWN_KEYS}))
        given, own = raw.get("id"), raw.pop("genkoId", None)
        key = next((str(name) for name in (own, given) if _is_uuid(name) and name not in used), "")
        if not key:
            key = str(uuid.uuid5(project_id, f"{part}/{index}/{given}"))
        used.add(key)
        if given == key:
            del raw["id"]
        if part == _DECORS:
            raw[_FILED] = _DECORS
        if part == "scenes":
            raw = _with_older_keys(raw)
        yield key, raw


def _with_older_keys(raw: dict[str, Json]) -> dict[str, Json]:
    """A scene with what stands in it under older names; those stay, so that nothing is lost."""
    settings = _mapping(raw.get(_SETTINGS)) or _mapping(_mapping(raw.get("metadata")).get(_SETTINGS))
    found: dict[str, Json] = {}
    for key, names in _OLDER_SCENE_KEYS.items():
        given = [source[name] for source in (raw, settings) for name in names if source.get(name)]
        words = next((value for value in given if isinstance(value, str)), "")
        if words and not raw.get(key):
            found[key] = words
    return {**raw, **found}


def _meta_in(document: Mapping[str, Any], script: Mapping[str, Any]) -> dict[str, Json]:
    kept: dict[str, Json] = {"": _without(document, ("script", "metadata", *(part for part, _, _ in _LISTS)))}
    for part, name in (("script", ""), ("metadata", ""), *((part, name) for part, name, _ in _LISTS)):
        given = document.get(part)
        if isinstance(given, Mapping):
            kept[part] = _without(given, _OURS.get(part, (name,)))
        left = [item for item in _items(given, name) if not isinstance(item, Mapping)]
        if left and name:
            kept[part] = {**_mapping(kept.get(part)), name: left}
    kept = {part: clean_value(_telling(_mapping(fields))) for part, fields in kept.items()}
    kept = {part: fields for part, fields in kept.items() if fields or part == _DECORS}
    metadata = document.get("metadata")
    own = metadata.get("genko") if isinstance(metadata, Mapping) else None
    title = script.get("title")
    meta: dict[str, Json] = {"language": "en", "direction": "ltr", "format_version": FORMAT_VERSION}
    if isinstance(own, Mapping):
        meta = _mapping(clean_value(own))
    meta["title"] = clean_text(title).text if isinstance(title, str) else ""
    return {**meta, _KEPT: kept} if kept else meta


def _telling(fields: dict[str, Json]) -> dict[str, Json]:
    """Without what is written anyway."""
    return {key: value for key, value in fields.items() if (key, value) not in _WRITTEN_ANYWAY}


def _items(given: Any, name: str) -> list[Any]:
    """The list of a part, which stands in it by name or is the part itself."""
    found = given.get(name) if isinstance(given, Mapping) else given
    return found if isinstance(found, list) else []


def _without(given: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {key: value for key, value in given.items() if key not in names}


def _mapping(value: Json) -> dict[str, Json]:
    return value if isinstance(value, dict) else {}


def _sequence(value: Json) -> list[Json]:
    return value if isinstance(value, list) else []


def _is_uuid(value: object) -> bool:
    try:
        return isinstance(value, str) and str(UUID(value)) == value
    except ValueError:
        return False
