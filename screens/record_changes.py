"""What became of characters, backgrounds, scenes and pages between two states of a project, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from core.story import RecordChange, Section
from core.story.comparison import compare_records
from core.story.records import key_of
from screens.bible.fields import GROUPS

Records = Mapping[str, Mapping[str, Mapping[str, object]]]
"""Stored fields by section and id."""

TITLES = {
    Section.CHARACTERS: "Characters",
    Section.BACKGROUNDS: "Backgrounds",
    Section.SCENES: "Scenes",
    Section.ASSEMBLY: "Pages of the book",
}
_TRASHED = "trashedAt"
_OF_A_PAGE = {
    "layout": "layout",
    "panel_order": "order of the panels",
    "after": "place in the book",
    "leftOut": "left out or not",
    "type": "kind of page",
    "title": "title",
    "status": "status",
    "notes": "notes",
}
_OF_A_PANEL = ("notes", "picture", "background", "characters", "status", "description", "words")
_SILENT = frozenset(("heading", "fingerprint", "number", "lastModified", "merged"))
"""Fields that nobody writes by hand; they follow from others."""
_LONGEST = 80


def record_changes(old: Records, new: Records) -> list[tuple[str, list[str]]]:
    """For each kind of record that differs: its title, and a sentence a record."""
    found = []
    for section, title in TITLES.items():
        before, after = old.get(section.value, {}), new.get(section.value, {})
        sentences: list[str] = []
        for change in compare_records(section.value, before, after):
            raw = after.get(change.record_id) or before.get(change.record_id) or {}
            sentences += _sentences(section, change, raw, before.get(change.record_id) or {})
        if list(before) != list(after) and before.keys() == after.keys():
            sentences.append("their order")
        if sentences:
            found.append((title, sentences))
    return found


def _sentences(
    section: Section, change: RecordChange, raw: Mapping[str, object], before: Mapping[str, object]
) -> Iterator[str]:
    name = _name(section, change, raw)
    if change.kind == "added":
        yield f"{name}: new" + (", in the trash" if raw.get(_TRASHED) else "")
    elif change.kind == "removed":
        yield f"{name}: deleted"
    elif bool(raw.get(_TRASHED)) != bool(before.get(_TRASHED)):
        yield f"{name}: {'put into' if raw.get(_TRASHED) else 'taken out of'} the trash"
    else:
        words = dict.fromkeys(filter(None, (field_label(section, key) for key in change.fields)))
        if words:
            yield f"{name}: {', '.join(words)}"


def _name(section: Section, change: RecordChange, raw: Mapping[str, object]) -> str:
    name = " ".join(change.name.split())
    if section is Section.ASSEMBLY and not name:
        number = raw.get("number")
        return f"page {number}" if number else "a page"
    return (name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…") or "(no name)"


def field_label(section: Section, key: str) -> str:
    """A stored field as people call it; "" for what is nobody's to write."""
    if key in _SILENT or key == _TRASHED:
        return ""
    if section is not Section.ASSEMBLY:
        return _labels(section).get(key, "what older programs keep").lower()
    if key.startswith("agreed:"):
        return "differences that are meant"
    if key.startswith("panel:"):
        what = key.split(":", 3)[-1]
        if what.startswith("balloon:"):
            return "places of balloons"
        return f"{what} of panels" if what in _OF_A_PANEL else ""
    return _OF_A_PAGE.get(key, "what older programs keep")


@lru_cache(maxsize=len(TITLES))
def _labels(section: Section) -> dict[str, str]:
    fields = (field for group in GROUPS[section] for field in group.fields)
    return {key_of(section, field.name): field.label for field in fields}
