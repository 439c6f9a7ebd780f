"""What may stand in front of a colon: a name, a reserved word, a label, each with what is added to it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from core.script.keywords import (
    CAST,
    DOUBTFUL,
    MODIFIERS,
    RESERVED,
    STAGING,
    bare,
    is_note_label,
    pattern,
    words_of,
)
from core.script.kinds import LineKind

MOST_LETTERS, MOST_WORDS, WEAK_WORDS = 44, 5, 4

_SHORTENED = re.compile(
    r"\b(?:[^\W\d_]|Dr|Mr|Mrs|Ms|Mme|Mlle|St|Ste|Sgt|Prof|Lt|Capt|Jr|Sr|No)\.", re.IGNORECASE
)
_STOPS = re.compile(r"[.!?。…;]")
_COUNTER = re.compile(r"(?:\s*#?[0-9]{1,3}|\s[A-Z])$", re.IGNORECASE)
_UNKNOWN = re.compile(r"[?？]{1,5}$")
# PANEL 3 ARTIST is about a panel, nobody says it.
_HEADS = pattern(w for f in ("chapter", "page", "panel") for w in words_of(f) if len(w) > 3)
_HEADED = re.compile(rf"(?:{_HEADS})\s+(?:[0-9]|[a-z]$)", re.IGNORECASE)
_NEVER = frozenset(
    {
        bare(word)
        for word in ("PAGE", "PANEL", "CHAPTER", "CHAPITRE", "CASE", "PLANCHE", "SCENE", "HTTP", "HTTPS")
    }
    | {word for word in MODIFIERS if word.startswith("cont")}
)
# CAP – JOHN, SFX, DOOR, JOHN - OFF
_ADDED = re.compile(
    r"(?P<head>[^,–—]{1,40}?)(?:\s+[-–—]\s*|\s*[–—]\s*|\s*,\s*)(?P<tail>[^\s,–—][^–—]{0,60})$"
)
# ADÈLE OFF: only what is a way of speaking and nothing else.
_BEHIND = re.compile(r"(?P<head>\S.{0,40}?)\s+(?P<tail>\S+)$")
_WAYS = frozenset(
    bare(w) for w in ("OFF", "OP", "OS", "VO", "HC", "CONT", "CONT'D", "CONT’D", "CONTINUED", "SUITE")
)


_TOGETHER = re.compile(r"\s*[&/+]\s*|\s+(?:and|et)\s+")


class Added(NamedTuple):
    """A name with something added to it without parentheses: `JOHN, WHISPERING`, `CAP – JOHN`."""

    name: str
    tail: str
    name_at: int
    """Where the name begins in the whole."""
    tail_at: int


@lru_cache(maxsize=1024)
def reserved(name: str) -> LineKind | str | None:
    """The class of a reserved word; a number or letter behind it (`SFX 1`, `SFX A`) does not matter."""
    word = bare(name)
    found = RESERVED.get(word) or RESERVED.get(word.rstrip("."))
    if found is None and len(word) > 2 and (word[-1].isdigit() or word[-2] == " "):
        found = RESERVED.get(_COUNTER.sub("", word))
    if found is None and "not" in word and is_note_label(name):
        return LineKind.NOTE
    return found


def doubted(name: str, before_colon: str, text: str) -> bool:
    """SON: is somebody's son, SON : a sound; M: is a person, M：「…」 a thought."""
    language = DOUBTFUL.get(bare(name))
    if language == "fr":
        return not before_colon.endswith(" ")
    return language is not None and not any(char > "\u3000" for char in text)


@lru_cache(maxsize=1024)
def added(name: str) -> Added | None:
    """A name that is more than a name, in its two parts; None if it is one thing."""
    found = _ADDED.match(name)
    if found:
        head, tail = found["head"].strip(), found["tail"].strip()
        if bare(head) in MODIFIERS and "," in name and reserved(head) is None:
            return Added(tail, head, found.start("tail"), 0)  # Off-panel, secretary
        aside = "," in name and tail[0].islower() and head[0].isupper()  # Mara, to Tom
        if aside or bare(tail) in MODIFIERS or isinstance(reserved(head), LineKind):
            return Added(head, tail, 0, found.start("tail"))
    found = _BEHIND.match(name)
    if found and bare(found["tail"]) in _WAYS and bare(name) not in RESERVED:
        return Added(found["head"], found["tail"], 0, found.start("tail"))
    return None


@lru_cache(maxsize=1024)
def together(key: str) -> tuple[str, ...]:
    """The names in `tom & mara`, each folded; empty for one name."""
    names = tuple(part for part in _TOGETHER.split(key) if part)
    return names if len(names) > 1 else ()


@lru_cache(maxsize=1024)
def is_name(name: str, *, own_line: bool = False) -> bool:
    """Whether a speaker may be called so: at most 44 letters and five words, and no full stop.

    On its own line even PAGE is one, where pages are never opened by the word alone.
    """
    if not 0 < len(name) <= MOST_LETTERS or len(name.split()) > MOST_WORDS:
        return False
    if not any(char.isalpha() for char in name):
        return _UNKNOWN.match(name) is not None
    if _STOPS.search(name) and _STOPS.search(_SHORTENED.sub("", name)):
        return False
    return ((own_line and name == "PAGE") or bare(name) not in _NEVER) and not _HEADED.match(name)


def is_ratio(name: str, body: str, after: int) -> bool:
    """Whether a colon stands in a number: 12:30, John 3:16."""
    return name[-1:].isdigit() and body[after : after + 1].isdigit()


def is_second(name: str, style: str, word: LineKind | str | None) -> bool:
    """Whether what is behind a stroke is one more speaker: JOHN/MARY are two, MARY/whisper is one."""
    return word is None and name.isupper() and style.strip().isupper() and bare(style) not in MODIFIERS


def is_likely(name: str, text: str) -> bool:
    """Whether it begins like a name, and what follows like speech or not at all."""
    first = bare(name.split()[0])
    titled = name[0].isupper() and "," not in name and first not in STAGING
    return titled and not text[:1].islower()


def is_cast(name: str, level: int) -> bool:
    """Whether a name heads a list of persons: `CAST`, `## Chapter 1 Cast` (`level` counts the #)."""
    word = bare(name)
    return (
        word in CAST or word.removeprefix("the ") in CAST or (level > 0 and word.rpartition(" ")[2] in CAST)
    )
