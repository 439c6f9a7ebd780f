"""One row of the earlier app's database, whichever file or server it comes from."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from core.legacy.mangaka.vocabulary import names
from core.legacy.values import ForeignError

SCRIPTS = "manga_scripts"
VERSIONS = "manga_script_versions"
ASIDE = "manga_scripts_before_genko_"
"""How the names of the copies begin that a migration to Genko makes."""
BACKUPS = ("manga_scripts_backup", ASIDE)
"""How the names of copies of the scripts begin: the first are of the app's own migration."""
PROJECTS = ("projects", "manga_projects")
PAGES = "pages"
DRAFTS = "page_drafts"
IMAGES = ("character_images", "decor_images", "scene_images", "generated_images")
TABLES = (SCRIPTS, VERSIONS, *PROJECTS, PAGES, DRAFTS, *IMAGES)
"""The tables that hold a writer's work."""
PRIVATE = names("""
    profiles users user_credits user_usage user_quotas user_subscriptions subscription_plans payments
    contact_messages user_favorites user_usage_stats
""")
"""Tables about people and money: counted, and never copied into a report."""
_JSON = names("script_data content metadata pages scene_settings character_ids traits data")
"""Columns that hold JSON, which CSV and dumps have as text."""
_FAR_TOO_DEEP = 500


@dataclass(slots=True)
class Row:
    """A row with its columns by name; JSON is decoded."""

    table: str
    number: int
    """Its place in the source, from 1."""
    values: dict[str, Any]
    troubles: list[str] = field(default_factory=list)
    """What could not be read, in sentences."""
    raw: str = ""
    """What it said, as text, where it could not be read."""

    @property
    def id(self) -> str:
        """Its own id, if it has one."""
        return key_text(self.values.get("id"))

    @property
    def where(self) -> str:
        """For a report: its table, and its id or number."""
        return f"{self.table} {self.id or f'row {self.number:,}'}"

    @property
    def at(self) -> datetime | None:
        """When it was last written."""
        return next(
            (
                moment
                for name in ("updated_at", "lastModified", "created_at")
                if (moment := moment_of(self.values.get(name))) is not None
            ),
            None,
        )


def key_text(value: Any) -> str:
    """An id as text, a UUID in its usual form."""
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    text = " ".join(str(value).replace("\0", "").split())[:200]
    return str(found) if (found := uuid_of(text)) else text


def uuid_of(text: str) -> UUID | None:
    """A UUID if this is one."""
    if len(text) not in (32, 36):
        return None
    try:
        return UUID(text)
    except ValueError:
        return None


def moment_of(value: Any) -> datetime | None:
    """A moment as any of the sources write it; without a zone it is UTC. None for what is none."""
    if isinstance(value, datetime):
        return _with_zone(value)
    if not isinstance(value, str) or not 10 <= len(value) <= 40:
        return None
    text = value.strip().replace(" ", "T", 1).replace("Z", "+00:00")
    if text[-3:-2] in ("+", "-"):
        text += ":00"  # as Postgres writes whole hours
    try:
        return _with_zone(datetime.fromisoformat(text))
    except ValueError:
        return None


def _with_zone(moment: datetime) -> datetime | None:
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC)
    except OverflowError:
        return None


def table_of(columns: Collection[str]) -> str:
    """Which table has columns of these names; "" if none is known."""
    has = set(columns)
    if "script_data" in has:
        return VERSIONS if "script_id" in has else SCRIPTS
    for table, needed in _TOLD_BY.items():
        if needed <= has:
            return table
    return ""


_TOLD_BY = {
    "page_drafts": {"page_id", "content"},
    PAGES: {"page_number", "content"},
    "generated_images": {"image_type", "image_url"},
    "scene_images": {"scene_settings"},
    "character_images": {"original_prompt", "image_url"},
    "manga_projects": {"pages", "title", "user_id"},
    "projects": {"name", "user_id"},
}


def decoded_row(table: str, number: int, values: Mapping[str, Any]) -> Row:
    """A row whose JSON columns may still be text."""
    row = Row(table, number, dict(values))
    for name in _JSON & row.values.keys():
        value = row.values[name]
        if isinstance(value, str) and value.lstrip()[:1] in ("{", "[", '"'):
            try:
                row.values[name] = loads(value)
            except ForeignError as error:
                if (listed := _array(value)) is not None:
                    row.values[name] = listed
                    continue
                row.troubles.append(f"{name}: {error.what}")
                row.raw = value
                row.values[name] = None
    return row


def _array(text: str) -> list[str] | None:
    """A list as Postgres writes it, `{one,"two, three"}`; None for what is none."""
    if not text.startswith("{") or not text.endswith("}") or "{" in text[1:]:
        return None
    found = _ITEM.findall(text[1:-1])
    return [
        _ESCAPED.sub(r"\1", quoted) if quoted or not bare else bare
        for quoted, bare in found
        if quoted or (bare and bare != "NULL")
    ]


_ITEM = re.compile(r'"((?:[^"\\]|\\.)*)"|([^,"]+)')
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def loads(text: str) -> Any:
    """JSON as Postgres may keep it: no number and no repeated name makes a row unreadable.

    Numbers that are too large become strings, a name that stands twice gets a number behind it. Raises
    ForeignError for what is no JSON, or nested too deep to be anybody's writing.
    """
    try:
        value = DECODER.decode(text)
    except RecursionError:
        raise ForeignError("It is nested too deep.", safe="Nothing was changed.") from None
    except ValueError as error:
        line = getattr(error, "lineno", 0)
        raise ForeignError(f"It is not JSON (line {line:,}).", safe="Nothing was changed.") from None
    if _is_too_deep(value):
        raise ForeignError("It is nested too deep.", safe="Nothing was changed.")
    return value


def _whole(digits: str) -> int | str:
    return int(digits) if len(digits) <= 15 else digits


def _real(digits: str) -> float | str:
    found = float(digits)
    return found if math.isfinite(found) else digits


def _named(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) == len(pairs):
        return made
    made = {}
    for name, value in pairs:
        unused, at = name, 1
        while unused in made:
            at += 1
            unused = f"{name} ({at})"
        made[unused] = value
    return made


def _is_too_deep(value: Any) -> bool:
    level = [value]
    for _ in range(_FAR_TOO_DEEP):
        level = [
            inner
            for one in level
            if isinstance(one, dict | list)
            for inner in (one.values() if isinstance(one, dict) else one)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True


DECODER = json.JSONDecoder(parse_int=_whole, parse_float=_real, parse_constant=str, object_pairs_hook=_named)
"""See `loads`."""
