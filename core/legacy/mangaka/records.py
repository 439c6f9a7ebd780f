"""Characters, backgrounds, scenes and pages of the earlier app, as records under the keys of the document."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from core.content import RawRecord
from core.errors import DocumentError
from core.legacy.mangaka.chapters import plain
from core.legacy.mangaka.rows import Row, moment_of
from core.legacy.values import items, mapping
from core.story import Section
from core.story.clean import Json, clean_value
from core.story.fields import Kind
from core.story.records import kinds_of

_LISTS = frozenset({"traits", "characters", "decors", "tags", "aliases", "pages"})
_NAMELESS = frozenset({"personnage sans nom", "décor sans nom", "unnamed character", "unnamed decor"})
_OF_IMAGE = {
    "character_images": Section.CHARACTERS,
    "decor_images": Section.BACKGROUNDS,
    "scene_images": Section.SCENES,
}
_OF_TYPE = {
    "character": Section.CHARACTERS,
    "background": Section.BACKGROUNDS,
    "decor": Section.BACKGROUNDS,
    "scene": Section.SCENES,
}
_PARTS = {
    "characters": Section.CHARACTERS,
    "backgrounds": Section.BACKGROUNDS,
    "decors": Section.BACKGROUNDS,
    "scenes": Section.SCENES,
}


def from_part(part: str, raw: Any) -> tuple[Section, RawRecord] | None:
    """A record that stood in a project's JSON; None for an empty one."""
    section = _PARTS[part]
    value = dict(mapping(raw)) or ({"name": plain(raw)} if plain(raw).strip() else {})
    if not value:
        return None
    key = plain(value.pop("id", "")).strip() or _key_of(part, value)
    if part == "decors":
        value.setdefault("filedAs", "decors")
    if section is Section.SCENES:
        _scene_words(value)
    return section, RawRecord(key[:200], _fields(section, value))


def from_image(row: Row) -> tuple[Section, RawRecord] | None:
    """A record that was made with its picture; None for one that says nothing of what it is."""
    values = dict(row.values)
    section = _OF_IMAGE.get(row.table) or _OF_TYPE.get(plain(values.get("image_type")))
    if section is None:
        return None
    about = dict(mapping(values.get("metadata")))
    fields: dict[str, Any] = {
        "description": plain(values.pop("original_prompt", "")),
        "prompt": plain(values.pop("optimized_prompt", "")),
        "image_url": plain(values.pop("image_url", "")),
        "created_at": _moment(values.pop("created_at", "")),
        "lastModified": _moment(values.pop("updated_at", "")),
    }
    if section is Section.SCENES:
        fields |= _scene_fields(values)
    fields |= _about(section, about, plain(fields["description"]))
    for gone in (
        "id",
        "user_id",
        "project_id",
        "metadata",
        "image_type",
        "credits_used",
        "generation_time_ms",
    ):
        values.pop(gone, None)
    fields |= {name: value for name, value in values.items() if name not in fields}
    return section, RawRecord(row.id or f"{row.table}-{row.number}", _fields(section, fields))


def _about(section: Section, about: dict[str, Any], description: str) -> dict[str, Any]:
    """What stood with the picture: a name, and how it was meant; the rest stays together."""
    fields: dict[str, Any] = {}
    name = plain(about.pop("name", "")).strip()
    fields["title" if section is Section.SCENES else "name"] = "" if name.casefold() in _NAMELESS else name
    if section is Section.SCENES and not name:
        fields["title"] = " ".join(description.split())[:40]
    for known in ("style", "archetype", "pose", "traits"):
        if known in about and known in kinds_of(section):
            fields[known] = about.pop(known)
    if section is Section.BACKGROUNDS:
        fields["filedAs"] = "decors"
    return fields | ({"metadata": about} if about else {})


def _moment(value: Any) -> str:
    """A moment in the same letters, whichever source it comes from."""
    found = moment_of(value)
    return plain(value) if found is None else found.isoformat()


def _scene_fields(values: dict[str, Any]) -> dict[str, Any]:
    """What its writer and its reader called differently, under one name."""
    settings = dict(mapping(values.pop("scene_settings", None)))
    fields: dict[str, Any] = {
        "camera_plan": plain(settings.pop("camera_plan", "")) or plain(settings.pop("cameraAngle", "")),
        "lighting": plain(settings.pop("lighting", "")),
        "ambiance": plain(settings.pop("mood", "")),
        "details": plain(settings.pop("additionalDetails", "")) or plain(settings.pop("details", "")),
        "characters": items(values.pop("character_ids", None)),
        "decors": [decor] if (decor := plain(values.pop("decor_id", ""))) else [],
    }
    fields["background"] = decor
    return fields | settings


def _scene_words(value: dict[str, Any]) -> None:
    for old, new in (("cameraAngle", "camera_plan"), ("mood", "ambiance"), ("additionalDetails", "details")):
        if old in value and not value.get(new):
            value[new] = value.pop(old)


def _fields(section: Section, value: Mapping[str, Any]) -> dict[str, Json]:
    fields: dict[str, Json] = {}
    for name, held in value.items():
        kind = kinds_of(section).get(name, Kind.PLAIN)
        if name in _LISTS and kind is Kind.NAMES:
            held = _names(held)
        elif kind is Kind.PROSE or name in ("name", "title"):
            held = held if held is None or isinstance(held, str | list | dict) else plain(held)
        if held in (None, "", [], {}):
            continue
        try:
            fields[str(name)] = clean_value(held)
        except DocumentError:  # nested too deep for a document: as text
            fields[str(name)] = json.dumps(held, ensure_ascii=False, default=str)
    return fields


def _names(value: Any) -> Any:
    """A list of names; one that was typed with commas between them too."""
    if isinstance(value, str):
        return [name for one in value.split(",") if (name := one.strip())]
    listed = items(value)
    return [plain(one) for one in listed] if all(plain(one) for one in listed) else value


def _key_of(part: str, value: Mapping[str, Any]) -> str:
    """A key for one without an id, the same each time it is read."""
    text = json.dumps(value, sort_keys=True, default=str)
    return f"{part}-{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:24]}"


def merged(records: Iterable[tuple[Section, RawRecord]]) -> dict[Section, list[RawRecord]]:
    """By section, each key once: what came first stands, later ones add what it lacks."""
    found: dict[Section, dict[str, dict[str, Json]]] = {}
    for section, record in records:
        known = found.setdefault(section, {}).setdefault(record.key, {})
        for name, value in record.fields.items():
            known.setdefault(name, value)
    return {
        section: [RawRecord(key, fields) for key, fields in by_key.items()]
        for section, by_key in found.items()
    }


def linked(records: Mapping[Section, list[RawRecord]]) -> dict[Section, list[RawRecord]]:
    """The same, with scenes naming their people and places by id where they named them by name."""
    people, places = (_by_name(records.get(one, [])) for one in (Section.CHARACTERS, Section.BACKGROUNDS))
    found = dict(records)
    found[Section.SCENES] = [
        RawRecord(
            scene.key,
            {name: _link(held, _names_for(name, people, places)) for name, held in scene.fields.items()},
        )
        for scene in records.get(Section.SCENES, [])
    ]
    return {section: rows for section, rows in found.items() if rows}


def _by_name(records: Iterable[RawRecord]) -> dict[str, str]:
    """Ids by name, of names that only one has."""
    found: dict[str, list[str]] = {}
    keys = set()
    for record in records:
        keys.add(record.key)
        if isinstance(name := record.fields.get("name"), str):
            found.setdefault(name.strip(), []).append(record.key)
    return {name: ids[0] for name, ids in found.items() if len(ids) == 1 and name not in keys}


def _names_for(field: str, people: Mapping[str, str], places: Mapping[str, str]) -> Mapping[str, str]:
    if field == "characters":
        return people
    return places if field in ("background", "decors") else {}


def _link(value: Json, ids: Mapping[str, str]) -> Json:
    if not ids:
        return value
    if isinstance(value, str):
        return ids.get(value.strip(), value)
    if isinstance(value, list):
        return [ids.get(one.strip(), one) if isinstance(one, str) else one for one in value]
    return value
