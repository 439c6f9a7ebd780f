"""A copy of a draft as a document of its own, with an id of its own for everything in it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from core.drafts.kinds import UNDER_WAY
from core.drafts.pack.draft import KIND
from core.story import PACK_ID, Json, ProjectStore, Section

_NOT_COPIED = ("title", "kind", "language", "direction", "format_version")
_LINKS = ("cover", "asset", "revision")
_STARTS = ("prompt_", "accepted_")


def copied(source: ProjectStore, name: str) -> ProjectStore:
    """The same pack under another name, still without a slug, private, published nowhere.

    What waits or runs belongs to the original: in the copy it is cancelled. Fields that newer programs
    keep are copied as they are.
    """
    copy = ProjectStore.create(title=name, language=source.meta.language, direction=source.meta.direction)
    meta = {key: value for key, value in source.raw_meta().items() if key not in _NOT_COPIED}
    copy.put_meta({"kind": KIND, **meta})
    sections = {s: source.raw_records(s) for s in (Section.ASSETS, Section.PROMPTS, Section.ATTEMPTS)}
    ids = {old: str(uuid.uuid4()) for records in sections.values() for old in records}
    pack = source.raw_records(Section.PACK).get(PACK_ID, {})
    changed: dict[str, Json] = {
        "slug": "",
        "visibility": "private",
        "published": {},
        "status": _resting(pack),
    }
    records: dict[Section, dict[str, dict[str, Json]]] = {
        Section.PACK: {PACK_ID: {**_linked(pack, ids), **changed}}
    }
    for section, found in sections.items():
        records[section] = {ids[old]: _linked(raw, ids) for old, raw in found.items()}
    for raw in records[Section.ATTEMPTS].values():
        if raw.get("status") in UNDER_WAY:
            raw["status"] = "cancelled"
    copy.put_records(records)
    return copy


def _linked(raw: Mapping[str, Json], ids: Mapping[str, str]) -> dict[str, Json]:
    """A record that points at the copies of what it pointed at."""
    linked: dict[str, Json] = dict(raw)
    for key, value in raw.items():
        if isinstance(value, str) and (key in _LINKS or key.startswith(_STARTS)):
            linked[key] = ids.get(value, value)
    return linked


def _resting(pack: Mapping[str, Any]) -> str:
    status = str(pack.get("status", ""))
    return status if status in ("draft", "ready", "ready with errors", "failed") else "draft"
