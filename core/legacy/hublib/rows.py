"""One row of a Hub-Lib export as its type, strictly; what is missing or of another kind is said."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any, get_type_hints

import msgspec

from core.legacy.hublib.files import embedded
from core.legacy.hublib.forms import Row
from core.legacy.hublib.tables import Table
from core.legacy.moments import moment

_FILES = ("file_url", "avatar_url", "cover_image_url")
_ADDRESSES = ("github_url", "external_url", *_FILES)
_BODIES = ("readme", "content", "description", "bio", "message")
_PROGRAM = re.compile(r"<(?:script|iframe|object|embed|svg)\b|\bon[a-z]{3,20}\s*=|javascript:", re.I)
_WEB = re.compile(r"https?://[^\s]+\Z", re.I)


@dataclass
class Read:
    """A row, or why it is none."""

    row: Row | None = None
    refused: str = ""
    remarks: list[str] = field(default_factory=list)


def read_row(table: Table, raw: object) -> Read:
    """Bring one row to its type. Nothing is guessed but what Hub-Lib itself took for granted."""
    if not isinstance(raw, Mapping):
        return Read(refused="It is no row.")
    read = Read()
    values = _renamed(table, raw, read)
    for name in _dates(table.form) & values.keys():
        found = moment(values[name])
        values[name] = found.at
        if found.why:
            read.remarks.append(f"“{name}”: {found.why}")
    _mend(table, values, read)
    try:
        read.row = msgspec.convert(values, table.form)
    except msgspec.ValidationError as error:
        read.refused = _why(error)
        return read
    for name, most in table.lengths.items():
        if isinstance(text := values.get(name), str) and len(text) > most:
            read.remarks.append(f"“{name}” is longer than the {most} characters that its database took")
    return read


def _renamed(table: Table, raw: Mapping[str, Any], read: Read) -> dict[str, Any]:
    """The columns that the table has, under their names; the others are named in a remark."""
    columns = table.form.__struct_fields__
    values: dict[str, Any] = {}
    unknown: list[str] = []
    for key, value in raw.items():
        name = table.aliases.get(key, key)
        if name not in columns:
            unknown.append(key)
        elif name == key or name not in raw:
            values[name] = value
    if unknown:
        names = ", ".join(sorted(key[:30] for key in unknown)[:6])
        read.remarks.append(f"with columns that its table has not: {names}")
    return values


@cache
def _dates(form: type[Row]) -> frozenset[str]:
    return frozenset(name for name, hint in get_type_hints(form).items() if "datetime" in str(hint))


@cache
def _never_null(form: type[Row]) -> frozenset[str]:
    """The columns that have a default other than null."""
    nothing = (None, msgspec.NODEFAULT)
    fields = msgspec.structs.fields(form)
    return frozenset(
        info.name
        for info in fields
        if info.default not in nothing or info.default_factory is not msgspec.NODEFAULT
    )


def _mend(table: Table, values: dict[str, Any], read: Read) -> None:
    """What Hub-Lib took for granted: null where there is a default, tags in any letters, empty addresses."""
    for name in _never_null(table.form) & values.keys():
        if values[name] is None:
            del values[name]
    tags = values.get("tags")
    if isinstance(tags, list) and all(isinstance(tag, str) for tag in tags):
        values["tags"] = list(dict.fromkeys(name for tag in tags if (name := tag.strip().casefold())))
    for name in _ADDRESSES:
        if isinstance(values.get(name), str):
            values[name] = _address(name, values, read)
    if any(isinstance(text := values.get(name), str) and _PROGRAM.search(text) for name in _BODIES):
        read.remarks.append("its words hold a program (HTML); they are only ever shown as text")
    if table.name == "admin_config" and isinstance(values.get("value"), str):
        values["value"] = _meant(values["value"])


def _address(name: str, values: Mapping[str, Any], read: Read) -> str | None:
    """An address of the web, or a file inside of the row; None, and a remark, for any other."""
    address: str = values[name].strip()
    if not address:
        return None
    if name in _FILES and address[:5].lower() == "data:":
        found = embedded(address)
        if found is None:
            read.remarks.append(f"the file in “{name}” is damaged")
        elif name == "file_url" and values.get("file_size") not in (None, "", str(len(found.data))):
            read.remarks.append(
                f"the file in “{name}” has {len(found.data):,} bytes, not as many as the row says"
            )
        return address
    if _WEB.match(address):
        return address
    read.remarks.append(f"“{name}” is no address of the web and is left out")
    return None


def _meant(text: str) -> Any:
    """A setting: the number or the truth value that its text stands for."""
    if text in ("true", "false") or re.fullmatch(r"-?\d{1,15}(\.\d{1,15})?", text):
        return json.loads(text) if not re.match(r"-?0\d", text) else text
    return text


_PLACE = re.compile(r"at `\$\.?([^`]*)`\Z")
_MISSING = re.compile(r"missing required field `(\w+)`")


def _why(error: msgspec.ValidationError) -> str:
    """Why a row is refused, without its values."""
    text = str(error)
    if missing := _MISSING.search(text):
        return f"“{missing[1]}” is missing."
    place = _PLACE.search(text)
    column = place[1][:40] if place else "row"
    if "Invalid enum value" in text:
        return f"“{column}” has a value that is not known."
    if re.search(r"[<>]=|of length", text):
        return f"“{column}” is out of range."
    return f"“{column}” is not of the kind that it should be."
