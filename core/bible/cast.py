"""Who is who: the characters of the bible by their names and aliases, as scripts write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from core.script.hints.signs import CROWD_NAMES
from core.script.keywords import bare, fold, pattern
from core.script.names import MOST_LETTERS, together
from core.script.renaming import names_in, same_name
from core.script.search import in_words
from core.story.records import Character

# What may stand right behind a Japanese name although it is written in the same signs.
_PARTICLES = "[はがをにとのもへでやか]"
_HONORIFICS = "(?:先生|先輩|博士|隊長|様|君|氏|殿|達)"
_KANA = re.compile("[\u3041-\u309f]$")
_KANJI = re.compile("[\u3400-\u4dbf\u4e00-\u9fff々]$")


class Alike(StrEnum):
    """How two names are nearly the same."""

    SAME = "same"
    CASE = "case"
    ACCENT = "accent"


class Speaker(NamedTuple):
    """One of those who speak: somebody of the bible, or a name that is not in it."""

    name: str
    """The record's name, else the name as written."""
    record: Character | None = None


class Double(NamedTuple):
    """Two records that a reader, or a script in capitals, could take for one."""

    first: Character
    second: Character
    first_name: str
    """The name or alias that is nearly the same."""
    second_name: str
    alike: Alike

    @property
    def sentence(self) -> str:
        """What is said of it."""
        names = f"{self.first_name} and {self.second_name}"
        match self.alike:
            case Alike.SAME:
                return f"Two characters are called {self.first_name}; the script's lines go to the first."
            case Alike.CASE:
                return f"{names} differ only in capitals; what the script writes otherwise goes to the first."
        return f"{names} differ only by accents; each spelling goes to its own."


class _Name(NamedTuple):
    text: str
    record: Character


def plain_name(name: str) -> str:
    """A name without case, width and accents: the last thing by which it is looked up."""
    return bare(unicodedata.normalize("NFKC", name).replace("’", "'"))


def _exact(name: str) -> str:
    return unicodedata.normalize("NFC", " ".join(name.split()))


_LEVELS: tuple[Callable[[str], str], ...] = (_exact, same_name, plain_name)
"""From the strictest to the laxest. On each, names come before aliases, then goes the order of the bible."""


class Cast:
    """The characters of the bible. A value: made anew when the records change."""

    def __init__(self, records: Sequence[Character]) -> None:
        self.characters = tuple(records)
        self.key = tuple((one.id, one.name, one.aliases) for one in records)
        """Equal for two casts that find the same."""
        self._by_id = {one.id: one for one in records}
        names = [_Name(one.name, one) for one in records]
        names += [_Name(alias, one) for one in records for alias in one.aliases]
        self._names = [name for name in names if name.text.strip()]
        self._levels: list[dict[str, Character]] = []
        for level in _LEVELS:
            found: dict[str, Character] = {}
            for text, record in self._names:
                found.setdefault(level(text), record)
            self._levels.append(found)
        self._given = {
            given: one for one in reversed(records) if isinstance(given := one.extra.get("id"), str)
        }
        self._mentions: re.Pattern[str] | None = None

    def find(self, name: str) -> Character | None:
        """Whose name or alias this is: as written, else whatever the case and width, else the accents."""
        for level, found in zip(_LEVELS, self._levels, strict=True):
            if (key := level(name)) and key in found:
                return found[key]
        return None

    def with_id(self, record_id: str) -> Character | None:
        """The character with an id."""
        return self._by_id.get(record_id)

    def meant(self, reference: str) -> Character | None:
        """Whom a scene, a relationship or a page means: by id, the id in an older program, or name."""
        return self._by_id.get(reference) or self._given.get(reference) or self.find(reference)

    def speakers(self, written: str) -> tuple[Speaker, ...]:
        """Those who speak where this stands before the colon: `MARA & TOM` are two, `ALL` is nobody."""
        whole = self.find(written)
        if whole is not None:
            return (Speaker(whole.name, whole),)
        parts = names_in(written)
        if len(parts) > 1:
            found = [(part, self.find(part)) for part in parts]
            if together(fold(written)) or any(record for _, record in found):
                named = [Speaker(record.name if record else part, record) for part, record in found]
                once = {one.record.id if one.record else same_name(one.name): one for one in reversed(named)}
                kept = [one for one in reversed(once.values()) if one.record or not is_crowd(one.name)]
                return tuple(kept)
        return () if is_crowd(written) or not written.strip() else (Speaker(_exact(written)),)

    def in_words(self, text: str) -> tuple[Character, ...]:
        """Who is named in a description, in the order in which they come up, each once."""
        found: dict[str, Character] = {}
        for record in self._named(text):
            found.setdefault(record.id, record)
        return tuple(found.values())

    def _named(self, text: str) -> Iterator[Character]:
        if self._mentions is None:
            self._mentions = _mentions([name.text for name in self._names])
        text = _composed(text)
        for found in self._mentions.finditer(_without_accents(text)):
            written = text[found.start() : found.end()]
            record = self.find(written)
            if record is None:
                continue
            if written == written.lower() != written.upper() and not self._is_small(written):
                continue  # rose is a flower, Rose is somebody
            yield record

    def _is_small(self, written: str) -> bool:
        """Whether somebody's name is written without capitals."""
        return written in self._levels[0]

    def doubles(self) -> list[Double]:
        """Pairs of records whose names or aliases differ by nothing, by case, or by accents only."""
        firsts: dict[str, _Name] = {}
        pairs: dict[frozenset[str], Double] = {}
        for name in self._names:
            first = firsts.setdefault(plain_name(name.text), name)
            if first.record.id != name.record.id:
                pair = frozenset((first.record.id, name.record.id))
                double = Double(first.record, name.record, first.text, name.text, _alike(first, name))
                pairs.setdefault(pair, double)
        return list(pairs.values())


def is_crowd(name: str) -> bool:
    """Whether this is nobody in particular: `ALL`, `TOUS`, `全員`."""
    return fold(name) in CROWD_NAMES


def _alike(one: _Name, other: _Name) -> Alike:
    if _exact(one.text) == _exact(other.text):
        return Alike.SAME
    return Alike.CASE if same_name(one.text) == same_name(other.text) else Alike.ACCENT


def _composed(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("’", "'")


def _without_accents(text: str) -> str:
    """The same number of characters, those with Latin accents without them."""
    if text.isascii():
        return text
    return "".join(char if char < "\u00c0" or char > "\u1fff" else _base(char) for char in text)


def _base(char: str) -> str:
    apart = unicodedata.normalize("NFD", char)
    return apart[0] if len(apart) > 1 and "\u0300" <= apart[1] <= "\u036f" else char


def _mentions(names: list[str]) -> re.Pattern[str]:
    """A pattern for any of the names as words, whatever accents; the longest that fits."""
    groups: dict[tuple[str, str], list[str]] = {}
    for name in names:
        plain = _without_accents(" ".join(_composed(name).split())).lower()
        if 0 < len(plain) <= MOST_LETTERS:
            groups.setdefault((in_words("", plain), _followers(plain)), []).append(plain)
    sources = [
        in_words(pattern(group), group[0], followed=followed) for (_, followed), group in groups.items()
    ]
    return re.compile("|".join(sources) or r"(?!)", re.IGNORECASE)


def _followers(name: str) -> str:
    if _KANA.search(name):
        return _PARTICLES
    return _HONORIFICS if _KANJI.search(name) else ""
