"""Says which words of a line are misspelt. Quick enough to be asked for every row that is painted."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from itertools import zip_longest

from core.script import ParsedLine
from core.spelling import rules
from core.spelling.dictionary import Dictionary, folded
from core.spelling.words import Word, pieces, sentences, words_in

FOREIGN_WORDS = 3
"""From so many words on, a sentence of which more than half is unknown is in another language."""
FOREIGN_SHARE, FOREIGN_SIGNS = 0.5, 0.25
"""The share that is enough where a word has letters that the language does not use."""
ACRONYM = 5
"""Letters that an acronym has at most."""
_APART = re.compile(r"[^'’ʼ‐‑-]+")
_ROMAN = re.compile(r"[IVXLC]+$")
_FOREIGN_LETTER = {
    "en": re.compile("[^a-z'’ʼ‐‑\u0300-\u036f-]", re.IGNORECASE),
    "fr": re.compile("[^a-zàâäçéèêëîïôöùûüÿœæ'’ʼ‐‑\u0300-\u036f-]", re.IGNORECASE),
}
_INNER_CAPITAL = re.compile(r"[a-zß-öø-ÿ][A-ZÀ-ÖØ-Þ]")

Pieces = tuple[tuple[int, int], ...]


class Speller:
    """Checks the lines of one script. `knows` tells the folded words that its writers have taught it."""

    def __init__(
        self, dictionary: Dictionary, names: set[str], knows: Callable[[str], bool] = lambda _: False
    ) -> None:
        """`names` may grow: call `forget` then, and when `knows` has more to tell."""
        self.dictionary = dictionary
        self._names = names
        self._knows = knows
        self._right = english if dictionary.language == "en" else french
        self._wrong = lru_cache(maxsize=2048)(self._misspelt)
        self._is_known = lru_cache(maxsize=16384)(self._known)

    def forget(self) -> None:
        """Words have become known (or unknown): what was found out about lines does not hold."""
        self._wrong.cache_clear()
        self._is_known.cache_clear()

    def misspelt(self, raw: str, line: ParsedLine) -> Pieces:
        """The (first, end) columns of what is misspelt in a line."""
        found = pieces(line)
        return self._wrong(raw, tuple(found)) if found else ()

    def _misspelt(self, raw: str, checked: Pieces) -> Pieces:
        wrong: list[tuple[int, int]] = []
        for start, end in checked:
            shouted = raw[start:end].isupper()
            for sentence in sentences(words_in(raw, start, end)):
                found = self._in_sentence(sentence, shouted)
                if found and not self._is_foreign(sentence, len(found)):
                    wrong += found
        return tuple(wrong)

    def _is_foreign(self, sentence: list[Word], unknown: int) -> bool:
        if len(sentence) < FOREIGN_WORDS:
            return False
        signs = any(self._has_foreign_letter(word.text) for word in sentence)
        return unknown > len(sentence) * (FOREIGN_SIGNS if signs else FOREIGN_SHARE)

    def _has_foreign_letter(self, text: str) -> bool:
        return _FOREIGN_LETTER[self.dictionary.language].search(text) is not None and not self._is_known(text)

    def _in_sentence(self, sentence: list[Word], shouted: bool) -> list[tuple[int, int]]:
        found: list[tuple[int, int]] = []
        for word, following in zip_longest(sentence, sentence[1:]):
            if self._is_wrong(word) and (shouted or not self._is_name(word, following)):
                found += self._parts(word)
        return found

    def _is_wrong(self, word: Word) -> bool:
        if word.cut or word.after_apostrophe or _ROMAN.match(word.text) or self._is_known(word.text):
            return False
        return not (word.before_apostrophe and self._is_known(word.text + "g"))

    def _is_name(self, word: Word, following: Word | None) -> bool:
        """Whether a word that is not known looks like a name, where not all letters are capitals."""
        text = word.text
        if self._has_foreign_letter(text):
            return True
        if text.isupper():
            return len(text) <= ACRONYM
        if text[0].isupper() and (
            not word.opening or (following is not None and following.text[0].isupper())
        ):
            return True  # a capital inside of a sentence, or two of them in a row
        return _INNER_CAPITAL.search(text) is not None

    def _parts(self, word: Word) -> Pieces:
        """The wrong parts of a word: of `l'écolle` only the second."""
        return tuple(
            (word.start + found.start(), word.start + found.end()) for found in self._unknown_parts(word.text)
        )

    def _unknown_parts(self, text: str) -> list[re.Match[str]]:
        if self.dictionary.language == "en" and not any(mark in text for mark in "-‐‑"):
            return [found] if (found := re.match(r".+", text)) else []
        parts = list(_APART.finditer(text))
        return [part for part in parts if len(part[0]) > 1 and not self._is_known_part(part[0])]

    def _is_known_part(self, part: str) -> bool:
        return folded(part) in rules.PREFIXES or self._is_known(part)

    def _known(self, text: str) -> bool:
        """Whether a word, as written, is right."""
        word = folded(text)
        if word in self._names or self._knows(word):
            return True
        dictionary = self.dictionary
        if text[0].isupper() and dictionary.has_bare(word):
            return True  # ÉCOLE is often written ECOLE, and École Ecole
        return self._right(word, lambda some: self._simply(some))

    def _simply(self, word: str) -> bool:
        return word in self.dictionary or word in self._names or self._knows(word)


def english(word: str, known: rules.Known) -> bool:
    """An English word, or several with hyphens between them."""
    if rules.english(word, known):
        return True
    parts = word.split("-")
    return len(parts) > 1 and all(
        len(part) < 2 or part in rules.PREFIXES or rules.english(part, known) for part in parts
    )


def french(word: str, known: rules.Known) -> bool:
    """A French word, with what is elided in front of it, or several with hyphens between them."""
    if rules.french(word, known):
        return True
    *before, last = word.split("'")
    if before:
        front = [part for piece in before for part in piece.split("-")]
        right = all(rules.elided(part) or rules.french(part, known) for part in front)
        return right and (len(last) < 2 or french(last, known))
    parts = word.split("-")
    return len(parts) > 1 and all(
        len(part) < 2 or part in rules.PREFIXES or rules.french(part, known) for part in parts
    )
