"""The words of a language, read from pyspellchecker's dictionaries into a few megabytes.

pyspellchecker's own object takes 37 MB for English and holds the interpreter while it loads; here the
words stand in strings, one for each beginning, and are read in steps that let other threads go on.
"""

from __future__ import annotations

import gzip
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from core.errors import GenkoError
from core.spelling.supplement import SUPPLEMENT

LANGUAGES = ("en", "fr")
"""The languages that have a dictionary."""
_ENTRY = re.compile(r'"([^"]+)": *(\d+)')
_BEGINNING = 3
"""Letters that words of one string share."""
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "’": "'", "ʼ": "'", "‐": "-", "‑": "-"})


class SpellingError(GenkoError):
    """A dictionary can't be read."""


def folded(word: str) -> str:
    """A word as it is looked up: NFC, lower case, `oe` for `œ`, straight apostrophes."""
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFC", word).lower().translate(_LIGATURES)


@lru_cache(maxsize=512)
def unaccented(text: str) -> str:
    """Without accents, as capitals are often written."""
    apart = unicodedata.normalize("NFD", text)
    return "".join(char for char in apart if not "\u0300" <= char <= "\u036f")


class Dictionary:
    """All words of a language. Lower case; how common each is goes from 0 to 9."""

    def __init__(self, language: str, words: Iterator[tuple[str, int]]) -> None:
        self.language = language
        found: defaultdict[str, bytearray] = defaultdict(bytearray)
        self.size = 0
        for word, count in words:  # as bytes: 160,000 strings would take 12 MB, and Python would keep them
            found[_beginning(word)] += f"\n{word}\t{_class(count)}".encode()
            self.size += 1
        self._words = {start: some.decode() for start, some in found.items()}

    @classmethod
    def load(cls, language: str) -> Dictionary:
        """Read one of LANGUAGES; takes about 0.2 s, so in a thread. Raises SpellingError."""
        try:
            packed = files("spellchecker").joinpath("resources", f"{language}.json.gz").read_bytes()
            text = gzip.decompress(packed).decode("utf-8")
        except (OSError, EOFError, UnicodeDecodeError, ModuleNotFoundError) as error:
            raise SpellingError(
                f"The dictionary for {language} can't be read ({type(error).__name__}).",
                safe="The script is as it was; nothing is marked.",
            ) from None
        return cls(language, _entries(text, language))

    def __contains__(self, word: str) -> bool:
        """Whether a `folded` word is in it."""
        some = self._words.get(_beginning(word))
        return some is not None and f"\n{word}\t" in some

    def has_bare(self, word: str) -> bool:
        """Whether a folded word is in it but for its accents: ECOLE for école."""
        bare = unaccented(word)
        some = self._words.get(_beginning(word))
        return some is not None and f"\n{bare}\t" in unaccented(some)

    def groups(self, word: str) -> Iterator[list[tuple[str, int]]]:
        """Words that may be within two letters of a folded one, with how common each is; in small groups.

        Two mistakes leave one of the first three letters among the first five.
        """
        letters = set(unaccented(word[: _BEGINNING + 2]))
        for beginning, some in self._words.items():
            if not letters.isdisjoint(beginning):
                pairs = (line.partition("\t") for line in some[1:].split("\n"))
                yield [(other, int(common)) for other, _, common in pairs]


def _beginning(word: str) -> str:
    return unaccented(word[:_BEGINNING])


def _class(count: int) -> int:
    """0 for a count of 50 (the least there is) and less, 9 for two millions and more."""
    return max(0, min(9, (count // 50).bit_length() // 2))


def _entries(text: str, language: str) -> Iterator[tuple[str, int]]:
    for found in _ENTRY.finditer(text):
        yield folded(found[1]), int(found[2])
    for word in SUPPLEMENT[language]:
        yield word, 1000
