"""Keywords as data: one table a language, all active at once, looked up without case or accents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from core.script.keywords.english import ENGLISH
from core.script.keywords.french import FRENCH
from core.script.keywords.japanese import JAPANESE
from core.script.keywords.table import Language
from core.script.kinds import Audience, LineKind

LANGUAGES: dict[str, Language] = {table.code: table for table in (ENGLISH, FRENCH, JAPANESE)}

_Tree = dict[str, "_Tree"]
SPEECH = "speech"
"""A label that announces speech."""


def fold(name: str) -> str:
    """A speaker's name without case: `Father Davidson` and `FATHER DAVIDSON` are the same person."""
    return " ".join(name.casefold().split())


@lru_cache(maxsize=4096)
def bare(word: str) -> str:
    """A keyword as it is looked up: no case, no accents, single spaces."""
    if word.isascii():
        return " ".join(word.lower().split())
    apart = unicodedata.normalize("NFD", word.casefold())
    kept = "".join(char for char in apart if not "\u0300" <= char <= "\u036f")
    return " ".join(unicodedata.normalize("NFC", kept).split())


def pattern(words: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest that fits, accents optional.

    Common beginnings are written once: the patterns are compiled at every start of the program.
    """
    root: _Tree = {}
    for word in words:
        node = root
        for char in word:
            node = node.setdefault(_letter(char), {})
        node[""] = {}
    return _alternatives(root)


def _alternatives(node: _Tree) -> str:
    branches = [letter + _alternatives(after) for letter, after in node.items() if letter]
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"
    if "" not in node:
        return joined
    return f"(?:{joined})?" if len(branches) == 1 else f"{joined}?"


def _letter(char: str) -> str:
    base = unicodedata.normalize("NFD", char)
    if len(base) > 1 and "\u0300" <= base[1] <= "\u036f":
        return f"[{char}{base[0]}]"
    return r"[\s-]" if char == " " else re.escape(char)


def words_of(field: str) -> list[str]:
    """All spellings of a field of the tables, over the languages."""
    return [word for table in LANGUAGES.values() for word in getattr(table, field)]


def suffixes(kind: str) -> list[str]:
    """All counters that stand behind a number, over the languages."""
    return [word for table in LANGUAGES.values() for word in table.suffixed.get(kind, ())]


def _classes() -> dict[str, LineKind | str]:
    """What a reserved word in front of a colon makes of the line, by bare spelling."""
    fields: list[tuple[str, LineKind | str]] = [
        ("describe", LineKind.DESCRIPTION),
        ("cast", LineKind.DESCRIPTION),
        ("speech", SPEECH),
        ("note", LineKind.NOTE),
        ("sign", LineKind.SIGN),
        ("sfx", LineKind.SFX),
        ("caption", LineKind.CAPTION),
    ]
    found: dict[str, LineKind | str] = dict.fromkeys(AUDIENCES, LineKind.NOTE)
    return found | {bare(word): kind for field, kind in fields for word in words_of(field)}


AUDIENCES = {
    bare(word): audience
    for table in LANGUAGES.values()
    for audience, words in table.audience.items()
    for word in words
}
RESERVED = _classes()
CAST = frozenset(bare(word) for word in words_of("cast"))
STAGING = frozenset(bare(word) for word in words_of("staging"))
_NOTE_WORDS = frozenset(bare(word) for word in words_of("note"))
_BETWEEN_WORDS = frozenset(
    (
        "to",
        "for",
        "from",
        "the",
        "s",
        "pour",
        "le",
        "la",
        "les",
        "l",
        "a",
        "au",
        "aux",
        "de",
        "du",
        "des",
        "d",
    )
)
_APART = re.compile(r"[^\w.]+")
DOUBTFUL = {bare(word): code for code, table in LANGUAGES.items() for word in table.doubtful}
"""Reserved words that need their language's signs beside them, with that language."""
FRONT_KEYS = frozenset(bare(word) for word in words_of("front"))
TITLE_KEYS = frozenset(bare(table.front[0]) for table in LANGUAGES.values())
NUMBER_WORDS = {bare(w): n for table in LANGUAGES.values() for w, n in table.numbers.items()}
MODIFIERS = {
    bare(word): meaning
    for table in LANGUAGES.values()
    for meaning, words in table.modifiers.items()
    for word in words
}


def meaning_of(modifier: str) -> str | None:
    """`off`, `thought`, `whisper` … for a modifier as written, None if it is in no table."""
    return MODIFIERS.get(bare(modifier))


def audience_of(label: str) -> Audience | None:
    """Whom a note with this label is for: `ARTIST`, `NOTE TO THE LETTERER`, `DESSIN`; None for everybody."""
    word = bare(label)
    found = AUDIENCES.get(word)
    if found is None and (words := _note_words(word)):
        return next((AUDIENCES[part] for part in words if part in AUDIENCES), None)
    return found


def is_note_label(label: str) -> bool:
    """Whether a label is a word for a note with the colleague it is for: `NOTE TO ARTIST`."""
    return bool(_note_words(bare(label)))


def _note_words(word: str) -> list[str]:
    """The words of such a label, empty if there is any other word in it."""
    parts = [part for part in _APART.split(word) if part]
    if not 2 <= len(parts) <= 6 or not _NOTE_WORDS.intersection(parts):
        return []
    known = all(part in AUDIENCES or part in _NOTE_WORDS or part in _BETWEEN_WORDS for part in parts)
    return parts if known and any(part in AUDIENCES for part in parts) else []
