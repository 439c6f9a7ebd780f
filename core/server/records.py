"""Keeps in mind which records the server's rows hold, so that a save writes only those that changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from core.errors import DocumentError
from core.server.positions import arrange, too_long
from core.story import RECORD_SECTIONS, Json, Section


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A row of the table `records`. `content` is JSON with sorted keys."""

    section: str
    record_id: str
    position: Decimal
    content: str


@dataclass(slots=True)
class RecordChanges:
    """What to do to the table."""

    rows: list[RecordRow] = field(default_factory=list)
    removed: list[tuple[str, str]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.rows) + len(self.removed)


class RecordMap:
    """The rows of all record sections, as last written or read."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, RecordRow]] = {section.value: {} for section in RECORD_SECTIONS}

    def changes(self, section: Section, records: Mapping[str, Mapping[str, Json]]) -> RecordChanges:
        """What the rows of a section lack; from here on the map counts it as written."""
        known = self._rows[section.value]
        positions = arrange([known[key].position if key in known else None for key in records])
        if any(too_long(position) for position in positions):
            positions = arrange([None] * len(records))
        fresh = {
            key: RecordRow(section.value, key, position, encode(content(key, record)))
            for (key, record), position in zip(records.items(), positions, strict=True)
        }
        self._rows[section.value] = fresh
        return RecordChanges(
            [row for key, row in fresh.items() if known.get(key) != row],
            [(section.value, key) for key in known if key not in fresh],
        )

    def reset(self, rows: Iterable[tuple[str, str, Decimal, Json]]) -> None:
        """Take over what the table holds: (section, id, position, content)."""
        self._rows = {section.value: {} for section in RECORD_SECTIONS}
        for section, key, position, content in rows:
            self._rows.setdefault(section, {})[key] = RecordRow(section, key, position, encode(content))


def content(record_id: str, record: Mapping[str, Json]) -> dict[str, Json]:
    """The record with its id; one that came with an id of its own keeps that under `id`."""
    return {**record, "genkoId": record_id} if "id" in record else {"id": record_id, **record}


def encode(value: Json) -> str:
    """JSON for a JSONB column. DocumentError for what Postgres can't hold."""
    require_storable(value)
    try:
        return json.dumps(value, ensure_ascii=False, sort_keys=True, allow_nan=False, separators=(",", ":"))
    except ValueError as error:
        raise _unstorable() from error


def require_storable(value: Json) -> None:
    """DocumentError if a string in it holds NUL or half a surrogate pair."""
    if isinstance(value, str):
        if "\0" in value or not _encodes(value):
            raise _unstorable()
    elif isinstance(value, list):
        for item in value:
            require_storable(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            require_storable(key)
            require_storable(item)


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _unstorable() -> DocumentError:
    return DocumentError(
        "A record holds something that no database can store.",
        safe="Your words are safe on this machine.",
        todo="Remove the character and save again.",
    )
