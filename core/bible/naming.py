"""Records by their names: looked up as strictly as can be, and found as words of a description."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from core.script.keywords import bare
from core.script.names import MOST_LETTERS
from core.script.renaming import same_name
from core.script.search import in_words

R = TypeVar("R")

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


def exact_name(name: str) -> str:
    """A name as written, but for how spaces and accents are stored."""
    return unicodedata.normalize("NFC", " ".join(name.split()))


def plain_name(name: str) -> str:
    """A name without case, width and accents: the last thing by which it is looked up."""
    return bare(unicodedata.normalize("NFKC", name).replace("’", "'"))


def plain_text(text: str) -> str:
    """Text as it is searched: without case, width and accents; line ends are spaces."""
    return " ".join(_without_accents(_composed(text)).casefold().split())


_LEVELS: tuple[Callable[[str], str], ...] = (exact_name, same_name, plain_name)
"""From the strictest to the laxest. On each, the first of those entered has the name."""


class Named(NamedTuple, Generic[R]):
    """A name, and whose it is."""

    text: str
    record: R


class NameIndex(Generic[R]):
    """Names and their records; of two equal names the one that is entered first counts."""

    def __init__(self, names: Iterable[Named[R]]) -> None:
        self.names = [name for name in names if name.text.strip()]
        self._levels: list[dict[str, R]] = []
        for level in _LEVELS:
            found: dict[str, R] = {}
            for name in self.names:
                found.setdefault(level(name.text), name.record)
            self._levels.append(found)
        self._mentions: _Mentions | None = None

    def find(self, name: str) -> R | None:
        """Whose name this is: as written, else whatever the case and width, else the accents."""
        for level, found in zip(_LEVELS, self._levels, strict=True):
            if (key := level(name)) and key in found:
                return found[key]
        return None

    def mentioned(self, text: str, *, shy: bool = False) -> Iterator[R]:
        """Who or what is named in a text, as often as it is. `shy`: not by a word in small letters."""
        if self._mentions is None:
            self._mentions = _Mentions(name.text for name in self.names)
        text = _composed(text)
        for start, end in self._mentions.spans(_without_accents(text)):
            written = text[start:end]
            record = self.find(written)
            if record is None:
                continue
            if shy and written == written.lower() != written.upper() and written not in self._levels[0]:
                continue  # rose is a flower, Rose is somebody
            yield record

    def doubles(self) -> Iterator[tuple[Named[R], Named[R], Alike]]:
        """Names that are nearly another's, each with the first of its kind."""
        firsts: dict[str, Named[R]] = {}
        for name in self.names:
            first = firsts.setdefault(plain_name(name.text), name)
            if first.record is not name.record:
                yield first, name, _alike(first.text, name.text)


def _alike(one: str, other: str) -> Alike:
    if exact_name(one) == exact_name(other):
        return Alike.SAME
    return Alike.CASE if same_name(one) == same_name(other) else Alike.ACCENT


def _composed(text: str) -> str:
    if text.isascii():
        return text
    return unicodedata.normalize("NFKC", text).replace("’", "'")


def _without_accents(text: str) -> str:
    """The same number of characters, those with Latin accents without them."""
    return text if text.isascii() else text.translate(_bases())


@lru_cache(maxsize=1)
def _bases() -> dict[int, str]:
    """Each composed letter that has an accent, and the letter alone."""
    found: dict[int, str] = {}
    for code in range(0xC0, 0x2000):
        apart = unicodedata.normalize("NFD", chr(code))
        if len(apart) > 1 and "\u0300" <= apart[1] <= "\u036f":
            found[code] = apart[0]
    return found


class _Mentions:
    """Finds any of the names as words, without accents; the longest that fits.

    There is a pattern for each first letter, made when a text has a word that begins with it: one for
    hundreds of names would take longer to make than a key may.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names: dict[str, dict[tuple[str, ...], list[str]]] = {}
        for name in names:
            plain = _without_accents(" ".join(_composed(name).split())).lower()
            if 0 < len(plain) <= MOST_LETTERS:
                edges = (*_edges(plain[0], plain[-1]), _followers(plain))
                self._names.setdefault(plain[0], {}).setdefault(edges, []).append(plain)
        letters = "".join(re.escape(letter) for letter in self._names)
        self._starts = re.compile(f"(?<![a-z0-9])[{letters}]" if letters else "(?!)", re.IGNORECASE)
        self._patterns: dict[str, re.Pattern[str]] = {}

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where names are in a text without accents."""
        at = 0
        while start := self._starts.search(text, at):
            found = self._pattern(start[0].lower()).match(text, start.start())
            if found:
                yield found.span()
            at = found.end() if found else start.end()

    def _pattern(self, letter: str) -> re.Pattern[str]:
        known = self._patterns.get(letter)
        if known is None:
            groups = self._names.get(letter, {})
            sources = [
                in_words(_any_of(names), names[0], followed=edges[-1]) for edges, names in groups.items()
            ]
            known = self._patterns[letter] = re.compile("|".join(sources) or "(?!)", re.IGNORECASE)
        return known


@lru_cache(maxsize=1024)
def _edges(first: str, last: str) -> tuple[str, str]:
    """What may not stand before and behind a name that begins and ends so."""
    return in_words("", first), in_words("", last)


def _any_of(names: list[str]) -> str:
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return "|".join(re.escape(name).replace("\\ ", r"[\s-]") for name in longest_first)


def _followers(name: str) -> str:
    if _KANA.search(name):
        return _PARTICLES
    return _HONORIFICS if _KANJI.search(name) else ""
