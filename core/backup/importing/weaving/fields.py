"""The fields of one record of both sides brought together, by the rules of how each field is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from core.backup.importing.weaving.scripts import both
from core.backup.plan import Choice
from core.story import Section, apply_edits, three_way
from core.story.clean import Json
from core.story.fields import Kind
from core.story.records import kind_of
from core.story.threeway import clashes

Raw = Mapping[str, Json]
_LAST_WINS = frozenset(("lastModified", "created_at", "number", "fingerprint"))
"""Fields that nobody writes words into; they differ without a conflict, and ours stay."""


@dataclass
class Merged:
    """What comes of a record."""

    fields: dict[str, Json] = field(default_factory=dict)
    """All of them, as they would be."""
    clashing: list[str] = field(default_factory=list)
    """Keys of those that differ on both sides."""
    beside: bool = False
    """Theirs is to be a record of its own, since one field can't hold what both say."""


def merge_fields(section: Section, base: Raw | None, ours: Raw, theirs: Raw, choice: Choice | None) -> Merged:
    """One record of both sides, with `base` what both come from, where that is known.

    What only one side has, or only one side changed, is taken. Where both say something else it is ours,
    unless the writer chose otherwise.
    """
    merged = Merged()
    for key in {**ours, **theirs}:
        mine, other = ours.get(key), theirs.get(key)
        value_of = mine if mine is not None else other
        kind = Kind.PLAIN if section is Section.META else kind_of(section, key, value_of)
        before = None if base is None else base.get(key)
        value, clash = _merge(kind, before, mine, other, known=base is not None)
        if clash and key in _LAST_WINS:
            clash = False
        if clash:
            merged.clashing.append(key)
            value = _chosen(kind, before, mine, other, choice, value)
            merged.beside = merged.beside or (choice is Choice.BOTH and not _holds_both(kind, mine, other))
        if not _empty(value) or key in ours:
            merged.fields[key] = value
    return merged


def _merge(kind: Kind, base: Json, ours: Json, theirs: Json, *, known: bool) -> tuple[Json, bool]:
    """A field's value, and whether both sides say something else (then it is ours)."""
    if ours == theirs or (_empty(ours) and _empty(theirs)):
        return ours, False
    if not known:
        if _empty(ours) or _empty(theirs):
            return (theirs if _empty(ours) else ours), False
        if kind is Kind.NAMES:
            return _union(ours, theirs), False
        return (_pairs({}, ours, theirs)) if kind is Kind.PAIRS else (ours, True)
    if theirs == base or (_empty(theirs) and _empty(base)):
        return ours, False
    if ours == base or (_empty(ours) and _empty(base)):
        return (theirs, False) if not _empty(theirs) else (ours, False)  # what they emptied stays
    if kind is Kind.PROSE and isinstance(ours, str) and isinstance(theirs, str):
        before = base if isinstance(base, str) else ""
        clash = bool(clashes(before, ours, theirs))
        return apply_edits(ours, three_way(before, ours, theirs, keep_theirs=False)), clash
    if kind is Kind.NAMES:
        return _union(ours, theirs), False
    return _pairs(base, ours, theirs) if kind is Kind.PAIRS else (ours, not _empty(theirs))


def _chosen(kind: Kind, base: Json, ours: Json, theirs: Json, choice: Choice | None, value: Json) -> Json:
    """A field that differs, as the writer wants it."""
    if choice is Choice.THEIRS:
        if kind is Kind.PAIRS and isinstance(ours, dict) and isinstance(theirs, dict):
            return {**ours, **theirs}
        return theirs
    if choice is Choice.BOTH and isinstance(ours, str) and isinstance(theirs, str) and kind is Kind.PROSE:
        return both(ours, theirs, base if isinstance(base, str) else None)
    return value


def _holds_both(kind: Kind, ours: Json, theirs: Json) -> bool:
    return kind is Kind.PROSE and isinstance(ours, str) and isinstance(theirs, str)


def _union(ours: Json, theirs: Json) -> Json:
    """Ours, and behind them what only they have; nothing of ours goes."""
    if not isinstance(ours, list) or not isinstance(theirs, list):
        return ours
    return [*ours, *(item for item in theirs if item not in ours)]


def _pairs(base: Json, ours: Json, theirs: Json) -> tuple[Json, bool]:
    """Both sides' pairs; a name that means something else to each is a clash, and stays as it is."""
    if not isinstance(ours, dict) or not isinstance(theirs, dict):
        return ours, ours != theirs
    before = base if isinstance(base, dict) else {}
    merged, clash = dict(ours), False
    for name, value in theirs.items():
        if name not in ours:
            if name not in before or before[name] != value:
                merged[name] = value
        elif ours[name] == before.get(name):
            merged[name] = value
        elif value not in (ours[name], before.get(name)):
            clash = True
    return cast("Json", merged), clash


def differing(one: Raw | None, other: Raw | None) -> list[str]:
    """The keys of fields that are not the same in two records; a missing record has none."""
    before, after = one or {}, other or {}
    return [key for key in {**before, **after} if before.get(key) != after.get(key)]


def _empty(value: Json) -> bool:
    return value is None or value in ("", [], {})
