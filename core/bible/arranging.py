"""Searching, sorting and filtering the records of a list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from core.bible.naming import exact_name, plain_name, plain_text
from core.story import AnyRecord, Scene

R = TypeVar("R", bound=AnyRecord)

_NUMBER = re.compile(r"([0-9]+)")
_NAMES_FIRST = ("name", "title", "aliases")
_UNSEARCHED = ("id", "trashed_at", "created_at", "last_modified", "pictures", "first_page", "last_page")
EMPTY = ""
"""The value of a filter for records that have none."""


def arrange(
    records: Sequence[R],
    *,
    search: str = "",
    sort: str = "",
    filters: Mapping[str, Iterable[str]] | None = None,
    figures: Mapping[str, float] | None = None,
    backwards: bool = False,
) -> list[R]:
    """The records that fit, sorted.

    `search`: words, all of which a record has somewhere, whatever case and accents; who has them in the
    name comes first unless something else is asked for. `sort`: a field's name, "figures" (the numbers by
    id, the largest first), or "" for the writer's own order. `filters`: for each field the values of which a
    record has one; EMPTY for none.
    """
    words = plain_text(search).split()
    found = [record for record in records if _passes(record, filters or {})]
    if words:
        texts = {record.id: plain_text("\n".join(_texts(record))) for record in found}
        found = [record for record in found if all(word in texts[record.id] for word in words)]
    if sort == "figures":
        found.sort(key=lambda record: -(figures or {}).get(record.id, 0.0))
    elif sort:
        found.sort(key=lambda record: _sort_key(record, sort))
    elif words:
        found.sort(key=lambda record: not _in_name(record, words))
    return found[::-1] if backwards else found


def values_of(records: Iterable[AnyRecord], field: str) -> list[tuple[str, int]]:
    """(value, records that have it) of a field, the most frequent first; EMPTY for those without one.

    Spellings that differ by case or accents only are one value, as it is first written.
    """
    counts: Counter[str] = Counter()
    spelled: dict[str, str] = {}
    for record in records:
        values = _values(record, field) or [EMPTY]
        for value in dict.fromkeys(map(plain_name, values)):
            counts[value] += 1
        for value in values:
            spelled.setdefault(plain_name(value), exact_name(value))
    ordered = sorted(counts.items(), key=lambda one: (one[0] == EMPTY, -one[1], natural(one[0])))
    return [(spelled[value], count) for value, count in ordered]


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """A key for sorting as people do: without case and accents, `Guard 2` before `Guard 10`."""
    parts = _NUMBER.split(plain_name(text)[:200])
    return tuple((0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part)


def _passes(record: AnyRecord, filters: Mapping[str, Iterable[str]]) -> bool:
    for field, wanted in filters.items():
        asked = {plain_name(value) for value in wanted}
        values = {plain_name(value) for value in _values(record, field)} or {EMPTY}
        if asked and not asked & values:
            return False
    return True


def _values(record: AnyRecord, field: str) -> list[str]:
    """The values of a field as words; empty for one that has none."""
    value = getattr(record, field, None)
    if value is None:
        value = record.extra.get(field)
    if isinstance(value, str | int) and not isinstance(value, bool):
        value = [str(value)] if value else []
    if isinstance(value, Mapping):
        value = list(value.values())
    items: Iterable[object] = value if isinstance(value, list | tuple) else ()
    return [item for item in items if isinstance(item, str) and item.strip()]


def _texts(record: AnyRecord) -> Iterable[str]:
    for name in type(record).__dataclass_fields__:
        if name not in _UNSEARCHED:
            yield from _values(record, name)


def _in_name(record: AnyRecord, words: list[str]) -> bool:
    names = plain_text("\n".join(value for field in _NAMES_FIRST for value in _values(record, field)))
    return all(word in names for word in words)


def _sort_key(record: AnyRecord, field: str) -> tuple[bool, tuple[tuple[int, int, str], ...]]:
    if field == "name" and isinstance(record, Scene):
        field = "title" if record.title else "name"
    values = _values(record, field)
    return (not values, natural(values[0]) if values else ())
