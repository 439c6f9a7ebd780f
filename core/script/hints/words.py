"""How much text something is: words, and characters where a script has no spaces between words."""

from __future__ import annotations

import re
from typing import NamedTuple

LONGEST = 20_000
"""Characters that are counted one by one."""


class Weight(NamedTuple):
    """Words between spaces without those of CJK characters, and CJK characters."""

    words: int
    characters: int

    def figure(self, characters_per_word: float) -> float:
        """Words, with so many characters for one of them."""
        return self.words + self.characters / characters_per_word

    def told(self, characters_per_word: float) -> tuple[int, str]:
        """The figure as a writer would count, with its noun: characters where they are most of it."""
        if self.characters > self.words * characters_per_word:
            return round(self.characters + self.words * characters_per_word), "character"
        return round(self.figure(characters_per_word)), "word"

    def plus(self, other: Weight) -> Weight:
        """Both together."""
        return Weight(self.words + other.words, self.characters + other.characters)


NOTHING = Weight(0, 0)


def weigh(text: str) -> Weight:
    """Words and CJK characters of a text; a mixed text has both. Signs by themselves are no words.

    Of a text longer than `LONGEST` they are reckoned from its beginning: it is past every limit.
    """
    if len(text) > LONGEST:
        times, start = len(text) / LONGEST, weigh(text[:LONGEST])
        return Weight(round(start.words * times), round(start.characters * times))
    if text.isascii():
        return Weight(len(_WORD.findall(text)), 0)
    characters = len(_CJK.findall(text))
    return Weight(len(_WORD.findall(_CJK.sub(" ", text) if characters else text)), characters)


_WORD = re.compile(r"\S*\w\S*")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\uac00-\ud7af々ー]")
