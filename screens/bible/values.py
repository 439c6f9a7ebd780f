"""What a field of a record says as words: the one place that reads it for list, form and search."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from core.story.names_line import names_line
from core.story.records import AnyRecord
from screens.bible.fields import Field, FieldKind

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def value_text(record: AnyRecord, field: Field) -> str:
    """A field that is typed, as its line or text; what older documents called otherwise, if it is empty."""
    value = getattr(record, field.name, "")
    if field.kind is FieldKind.NAMES:
        return names_line(value)
    if isinstance(value, str) and value:
        return value
    return older_text(record, field)


def older_text(record: AnyRecord, field: Field) -> str:
    """What stands under one of the field's older names."""
    for key in field.also:
        for place in (record.extra, record.metadata, {key: getattr(record, key, None)}):
            value = place.get(key)
            if isinstance(value, str) and value and key != field.name:
                return value
    return ""


def fact_text(record: AnyRecord, field: Field) -> str:
    """A field that isn't typed: lists with commas, what is known of no field as `key: value` lines."""
    value = getattr(record, field.name, "")
    if isinstance(value, Mapping):
        return "\n".join(f"{key}: {_plain(one)}" for key, one in value.items())
    if isinstance(value, tuple):
        return ", ".join(_plain(one) for one in value)
    return str(value)


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def name_of(record: AnyRecord) -> str:
    """What a record is called; "" if it has no name yet."""
    title = getattr(record, "title", "")
    return " ".join(str(title or getattr(record, "name", "")).split())


def swatch_of(text: str) -> str:
    """The colour that a field says, "" if it says none."""
    return text.strip() if _COLOUR.fullmatch(text.strip()) else ""
