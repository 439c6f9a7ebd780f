"""The table of all spellings, for the documentation and for help, made from the data tables."""

from __future__ import annotations

from core.script.keywords import LANGUAGES
from core.script.keywords.table import Language
from core.script.kinds import Audience

_FIELDS = (
    ("chapter", "Chapter"),
    ("scene", "Scene"),
    ("place", "Scene by its place"),
    ("page", "Page"),
    ("splash", "Splash page"),
    ("spread", "Spread of two pages"),
    ("panel", "Panel"),
    ("caption", "Caption"),
    ("sfx", "Sound effect"),
    ("sign", "Sign, title, screen"),
    ("note", "Note for everybody"),
    *((audience, f"Note for the {audience}") for audience in Audience),
    ("describe", "Labelled description"),
    ("speech", "Label before speech"),
    ("cast", "Head of a list of persons"),
    ("nothing", "An empty field"),
    ("front", "Front matter"),
)


def spellings() -> str:
    """A Markdown table: a row a kind, a column a language."""
    tables = list(LANGUAGES.values())
    rows = [["Kind", *(table.name for table in tables)], ["---"] * (len(tables) + 1)]
    rows += [[label, *(_words(table, field) for table in tables)] for field, label in _FIELDS]
    return _markdown(rows)


def modifiers() -> str:
    """A Markdown table of what stands in parentheses behind a speaker's name."""
    tables = list(LANGUAGES.values())
    meanings = list(dict.fromkeys(meaning for table in tables for meaning in table.modifiers))
    rows = [["Meaning", *(table.name for table in tables)], ["---"] * (len(tables) + 1)]
    rows += [[m, *(_list(table.modifiers.get(m, ())) for table in tables)] for m in meanings]
    return _markdown(rows)


def _words(table: Language, field: str) -> str:
    if isinstance(field, Audience):
        return _list(table.audience.get(field, ()))
    words: tuple[str, ...] = getattr(table, field)
    counters = table.suffixed.get(field, ())
    if field == "chapter" and words == ("第",):
        return _list(tuple(f"第1{counter}" for counter in counters))
    return _list((*words, *(f"1{counter}" for counter in counters)))


def _list(words: tuple[str, ...]) -> str:
    return " · ".join(words)


def _markdown(rows: list[list[str]]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
