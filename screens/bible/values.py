"""What a field of a record says as words: the one place that reads it for list, form and search."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from core.story import AnyRecord
from core.story.names_line import names_line
from screens.bible.fields import Field, FieldKind

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def value_text(record: AnyRecord, field: Field) -> str:
    """A field that is typed, as its line or text; what older documents have instead, if it is empty."""
    value = getattr(record, field.name, "")
    text = names_line(value) if field.kind is FieldKind.NAMES else value
    return text if isinstance(text, str) and text else older_text(record, field)


def older_text(record: AnyRecord, field: Field) -> str:
    """What stands under one of the field's older names, or under its own as something else than words."""
    keys = (field.name, *field.also)
    for value in (place.get(key) for key in keys for place in (record.extra, record.metadata)):
        if value not in (None, "", [], {}):
            listed = isinstance(value, list) and all(isinstance(one, str) for one in value)
            return names_line(value) if listed else _plain(value)  # type: ignore[arg-type]
    return str(getattr(record, "name", "")) if "name" in field.also else ""


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
