"""Which record of ours is which of another program's: ids that are no UUIDs get one made of them.

It is made of the project and of what the source calls the record, so that the same file imported again, on
this machine or another, means the same records, and two writers who both bring it in have them once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID, uuid5

from core.content import Content, RawRecord
from core.story import Section
from core.story.clean import Json

LINKS: Mapping[Section, Mapping[str, Section]] = {
    Section.CHARACTERS: {"relationships": Section.CHARACTERS, "merged": Section.CHARACTERS},
    Section.SCENES: {
        "characters": Section.CHARACTERS,
        "background": Section.BACKGROUNDS,
        "decors": Section.BACKGROUNDS,
    },
}
"""Fields that name records by id, of which section; only these are ever rewritten, and never prose."""


def is_uuid(text: str) -> bool:
    """Whether an id is one of ours as it is written here."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def new_ids(content: Content, source: str, project_id: UUID) -> dict[Section, dict[str, str]]:
    """For each section: what the source calls a record → its id here, where that is another one."""
    return {
        section: {
            record.key: str(uuid5(project_id, f"came:{source}/{content.key}/{section.value}/{record.key}"))
            for record in rows
            if not is_uuid(record.key)
        }
        for section, rows in content.records.items()
    }


def with_our_ids(content: Content, source: str, project_id: UUID) -> Content:
    """The same content with ids of ours, and every link between its records following them."""
    if content.document:
        return content
    ids = new_ids(content, source, project_id)
    if not any(ids.values()):
        return content
    records = {section: _renamed(section, rows, ids) for section, rows in content.records.items()}
    return replace(content, records=records)


def _renamed(
    section: Section, rows: Sequence[RawRecord], ids: Mapping[Section, Mapping[str, str]]
) -> tuple[RawRecord, ...]:
    own = ids.get(section, {})
    return tuple(
        RawRecord(own.get(record.key, record.key), _relinked(section, record.fields, ids)) for record in rows
    )


def _relinked(
    section: Section, fields: Mapping[str, Json], ids: Mapping[Section, Mapping[str, str]]
) -> dict[str, Json]:
    found = dict(fields)
    for name, target in LINKS.get(section, {}).items():
        names = ids.get(target, {})
        value = found.get(name)
        if isinstance(value, str):
            found[name] = names.get(value, value)
        elif isinstance(value, list):
            found[name] = [names.get(item, item) if isinstance(item, str) else item for item in value]
        elif isinstance(value, dict):
            found[name] = {names.get(key, key): item for key, item in value.items()}
    return found
