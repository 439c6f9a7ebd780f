"""The records of a section one by one: what of theirs is new, the same or different, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from uuid import UUID, uuid5

import msgspec

from core.backup.importing.choices import Chooser, counted, shown
from core.backup.importing.reading.states import State
from core.backup.importing.weaving.fields import Raw, merge_fields
from core.backup.importing.weaving.scripts import STAYS
from core.backup.plan import Item, Outcome
from core.story import Section
from core.story.clean import Json
from core.story.fields import TRASHED

_NAMES = {
    TRASHED: "trash",
    "image_url": "picture address",
    "timeOfDay": "time of day",
    "camera_plan": "camera",
    "ambiance": "mood",
}


@dataclass
class SectionWork:
    """What would become of a section."""

    items: list[Item] = field(default_factory=list)
    writes: dict[str, dict[str, Json]] = field(default_factory=dict)
    """Fields to be set, by id; in the order in which new ones come."""
    after: dict[str, str | None] = field(default_factory=dict)
    """For each new record, which one it stands behind; None: in front of all."""


def work_out_section(
    section: Section, base: State | None, ours: State, theirs: State, chooser: Chooser, project_id: UUID
) -> SectionWork:
    """Bring their records into ours. None of ours goes, and what only one side changed is taken."""
    work = SectionWork()
    mine, before = ours.raw(section), None if base is None else base.raw(section)
    previous: str | None = None
    for key, raw in theirs.raw(section).items():
        item_id, known = f"{section.value}:{key}", None if before is None else before.get(key)
        if key not in mine:
            if known is not None and known == raw:
                gone = "you took it out since; it stays out"
                work.items.append(Item(item_id, section.value, name_of(raw), Outcome.SAME, gone))
                continue
            _create(work, section, key, raw, previous)
        else:
            _merge(work, section, key, (known, mine[key], raw), chooser, project_id)
        previous = key
    for key, raw in mine.items():
        if key not in theirs.raw(section):
            item = Item(f"{section.value}:{key}", section.value, name_of(raw), Outcome.MISSING_HERE, STAYS)
            work.items.append(item)
    return work


def _create(work: SectionWork, section: Section, key: str, raw: Raw, previous: str | None) -> None:
    words = sum(len(value.split()) for value in raw.values() if isinstance(value, str))
    work.items.append(
        Item(f"{section.value}:{key}", section.value, name_of(raw), Outcome.CREATE, "", words, new_id=key)
    )
    work.writes[key] = dict(raw)
    work.after[key] = previous


def _merge(
    work: SectionWork,
    section: Section,
    key: str,
    sides: tuple[Raw | None, Raw, Raw],
    chooser: Chooser,
    project_id: UUID,
) -> None:
    base, mine, other = sides
    item_id = f"{section.value}:{key}"
    choice = chooser.choice(item_id)
    merged = merge_fields(section, base, mine, other, choice)
    changed = {name: value for name, value in merged.fields.items() if mine.get(name) != value}
    if changed:
        work.writes[key] = changed
    if not merged.clashing:
        outcome = Outcome.UPDATE if changed else Outcome.SAME
        detail = named(changed) if changed else ("" if mine == other else "you went on since; it stays")
        work.items.append(
            Item(item_id, section.value, name_of(mine), outcome, detail, *_words(mine, changed))
        )
        return
    item = Item(item_id, section.value, name_of(mine), Outcome.CONFLICT, named(merged.clashing))
    if merged.beside:
        new = str(uuid5(project_id, f"both/{item_id}/{_digest(other)}"))
        if new not in work.writes:
            work.writes[new] = dict(other)
            work.after[new] = key
        item = msgspec.structs.replace(item, new_id=new)
    added, removed = _words(mine, changed)
    work.items.append(
        msgspec.structs.replace(
            item,
            choice=choice,
            words_added=added,
            words_removed=removed,
            ours=shown(_side(mine, merged.clashing)),
            theirs=shown(_side(other, merged.clashing)),
        )
    )


def name_of(raw: Mapping[str, Json]) -> str:
    """What a record is called in a list."""
    found = raw.get("name") or raw.get("title") or raw.get("number")
    return str(found) if isinstance(found, str | int) and found else ""


def named(keys: Mapping[str, Json] | list[str]) -> str:
    """Fields in words: “description, notes and 3 others”."""
    names = [_NAMES.get(key, key.rpartition(":")[2] or key) for key in keys]
    if len(names) <= 3:
        return ", ".join(names)
    return f"{', '.join(names[:3])} and {counted(len(names) - 3, 'other', 'others')}"


def _words(before: Raw, changed: Raw) -> tuple[int, int]:
    added = removed = 0
    for key, value in changed.items():
        old = before.get(key)
        difference = _count(value) - _count(old)
        added, removed = added + max(difference, 0), removed + max(-difference, 0)
    return added, removed


def _count(value: Json) -> int:
    return len(value.split()) if isinstance(value, str) else 0


def _side(raw: Raw, keys: list[str]) -> str:
    lines = []
    for key in keys:
        value = raw.get(key)
        text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
        lines.append(f"{_NAMES.get(key, key)}: {text}")
    return "\n".join(lines)


def _digest(raw: Raw) -> str:
    return sha256(msgspec.json.encode(dict(raw), order="sorted")).hexdigest()
