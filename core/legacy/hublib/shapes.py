"""The shapes in which Hub-Lib's data come as files, brought to one: tables with rows, accounts, events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from core.content import Fate, RowFate
from core.legacy.hublib import PREFIX
from core.legacy.hublib.tables import TABLES
from core.legacy.strict_json import FOREIGN, JsonError, decode_json
from core.legacy.values import ForeignError, items, mapping

_TABLE = f"{PREFIX}db-"
_OTHER_NAMES = {"comments": "resource_comments", "admin_configs": "admin_config"}
"""What the migration guide and the database call a table that exports call otherwise."""
_NOT_TAKEN = {
    "auth": "Who was signed in; Genko has no use for it, and the key that it holds is not copied.",
    "api-tokens": "Keys to another program; they are not copied.",
    "api-auth": "Keys to another program; they are not copied.",
    "permissions": "What the other program let people do.",
    "migrated": "A note of the other program to itself.",
}


@dataclass
class Export:
    """What a file holds, whatever its shape."""

    shape: str
    """In words."""
    tables: dict[str, list[Any]] = field(default_factory=dict)
    """Rows by table, as they stand there."""
    accounts: list[Any] = field(default_factory=list)
    """Passwords, as hashes, and whose."""
    session: Mapping[str, Any] = field(default_factory=dict)
    """Who was signed in."""
    events: list[Any] = field(default_factory=list)
    exported_at: object = None
    rows: list[RowFate] = field(default_factory=list)
    """Of what belongs to no table."""
    notes: list[str] = field(default_factory=list)
    mended: int = 0


MOST_ROWS = 300_000
"""Of all tables; a browser's storage has room for some thousands."""


def refuse_too_many(rows: int) -> None:
    """Raise ForeignError for more than MOST_ROWS."""
    if rows > MOST_ROWS:
        raise ForeignError(
            f"There are {rows:,} rows; at most {MOST_ROWS:,} are read.", safe="Nothing was read."
        )


def export_of(value: Any) -> Export:
    """The export that a decoded document is. Raises ForeignError for one that is none."""
    if isinstance(value, list):
        refuse_too_many(len(value))
        return Export("a list of resources", {"resources": value})
    whole = mapping(value)
    if any(key.startswith(PREFIX) for key in whole):
        return _of_storage(whole)
    tables = next((whole[key] for key in ("tables", "data") if isinstance(whole.get(key), dict)), None)
    if tables is not None:
        return _with_metadata(whole, tables)
    if not whole:
        raise ForeignError("There is no table of Hub-Lib in this file.", safe="Nothing was read.")
    export = Export("tables without a head, as the page for data management wrote them")
    _take_tables(export, whole)
    export.notes.append("This kind of export has neither accounts nor the tables of categories and settings.")
    return export


def _with_metadata(whole: Mapping[str, Any], tables: Mapping[str, Any]) -> Export:
    metadata = mapping(whole.get("metadata"))
    if "exportVersion" in metadata or "comments" not in tables:
        export = Export(f"export with a head, version {str(metadata.get('exportVersion', 'unknown'))[:20]}")
    else:
        export = Export("the form of the migration guide, which no known program wrote")
    export.exported_at = metadata.get("exportDate")
    _take_tables(export, tables)
    missing = [name for name in items(metadata.get("tables")) if isinstance(name, str) and name not in tables]
    if missing:
        export.notes.append(f"Its head names tables that are not in it: {', '.join(sorted(missing))[:200]}.")
    if "resource_versions" not in tables:
        export.notes.append(
            "Versions of resources are not in this export; the page that wrote it left them out."
        )
    export.session = mapping(whole.get("auth"))
    export.accounts = items(whole.get("authData"))
    export.events = items(whole.get("analytics"))
    left = whole.keys() - {"metadata", "tables", "data", "auth", "authData", "analytics"}
    export.rows += [RowFate(_cut(key), Fate.KEPT, why="Not a table; kept as it is.") for key in sorted(left)]
    return export


def _of_storage(whole: Mapping[str, Any]) -> Export:
    export = Export("a browser's storage, each value a text")
    found: dict[str, Any] = {}
    for key, text in whole.items():
        if key.startswith(_TABLE):
            found[key.removeprefix(_TABLE)] = _inner(export, key, text)
        elif key == f"{PREFIX}auth":
            export.session = mapping(_inner(export, key, text))
        elif key == f"{PREFIX}auth-data":
            export.accounts = items(_inner(export, key, text))
        elif key == f"{PREFIX}analytics":
            export.events = items(_inner(export, key, text))
        else:
            export.rows.append(_other_key(key, text))
    _take_tables(export, {name: value for name, value in found.items() if value is not None})
    return export


def _other_key(key: str, text: object) -> RowFate:
    name = key.removeprefix(PREFIX)
    if not key.startswith(PREFIX):
        return RowFate(_cut(key), Fate.NO_PLACE, why="Not Hub-Lib's: something else of the same browser.")
    if name in _NOT_TAKEN:
        return RowFate(key, Fate.NO_PLACE, why=_NOT_TAKEN[name])
    if name.startswith(("file-", "avatar-")):
        size = len(text) if isinstance(text, str) else 0
        return RowFate(_cut(key), Fate.KEPT, why=f"A file inside of the storage, {size:,} characters.")
    return RowFate(_cut(key), Fate.KEPT, why="Kept as it is.")


def _inner(export: Export, key: str, text: object) -> Any:
    """The value that a text of the storage holds; None, with a row that says why, if it is none."""
    if not isinstance(text, str):
        if isinstance(text, list | dict):  # somebody unpacked it already
            return text
        export.rows.append(RowFate(_cut(key), Fate.REFUSED, why="Its value is no text."))
        return None
    try:
        found = decode_json(text.encode("utf-8", "surrogatepass"), FOREIGN)
    except JsonError as error:
        export.rows.append(RowFate(_cut(key), Fate.REFUSED, why=error.what))
        return None
    export.mended += found.mended
    return found.value


def _take_tables(export: Export, tables: Mapping[str, Any]) -> None:
    refuse_too_many(sum(len(rows) for rows in tables.values() if isinstance(rows, list)))
    for name, rows in tables.items():
        known = _OTHER_NAMES.get(name, name)
        if known in TABLES and known not in export.tables and isinstance(rows, list):
            export.tables[known] = rows
        else:
            export.rows += _unknown(name, rows)


def _unknown(name: str, rows: object) -> Iterator[RowFate]:
    """A table that we don't know, or what stands in the place of one."""
    if not isinstance(rows, list):
        yield RowFate(_cut(name), Fate.REFUSED if name in TABLES else Fate.KEPT, why="It is no list of rows.")
        return
    for at, row in enumerate(rows):
        key = mapping(row).get("id")
        where = f"{_cut(name)} {_cut(key)}" if isinstance(key, str) and key else f"{_cut(name)}[{at}]"
        yield RowFate(where, Fate.KEPT, why="Hub-Lib has no table of this name; kept as it is.")


def _cut(text: object, most: int = 60) -> str:
    line = " ".join(str(text).split())
    return line if len(line) <= most else line[: most - 1] + "…"
