"""Which of the studio's languages a text is in: by kana, by keywords, by the commonest little words."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from core.script.keywords import LANGUAGES, bare

SAMPLE = 60_000
"""Characters that are looked at."""

_KANA = re.compile("[\u3041-\u309f\u30a1-\u30fa\uff66-\uff9d]")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_LITTLE = {
    "en": "the and of to in is it that with his her she he they you what this for on at are was not do my",
    "fr": "le la les de des du un une et est dans il elle que qui pas pour sur avec au aux ce cette je tu"
    " vous nous on en se son sa ses plus mais ne",
}
_STRUCTURE = ("page", "panel", "chapter", "scene", "caption", "sfx", "note")
_KEYWORD_WORTH = 3


def language_of(text: str) -> str:
    """`en`, `fr` or `ja`; `en` where nothing speaks for another."""
    sample = text[:SAMPLE]
    kana, letters = len(_KANA.findall(sample)), len(_LETTER.findall(sample))
    if kana >= 2 and kana * 12 > letters:
        return "ja"
    words = Counter(word.casefold() for word in _WORD.findall(sample))
    scores = {code: float(sum(words[word] for word in little)) for code, little in _little().items()}
    for word, owner in _owned().items():
        scores[owner] += _KEYWORD_WORTH * min(words[word], 50)
    # Elisions (l'eau, d'un) and accents are French and hardly ever English.
    scores["fr"] += sum(count for word, count in words.items() if word[1:2] in "'’" and word[0] in "ldjqnmsc")
    return max(scores, key=lambda code: (scores[code], code == "en"))


@cache
def _little() -> dict[str, frozenset[str]]:
    words = {code: frozenset(line.split()) for code, line in _LITTLE.items()}
    both = words["en"] & words["fr"]
    return {code: own - both for code, own in words.items()}


@cache
def _owned() -> dict[str, str]:
    """Keywords of structure that only one of the two languages has, folded as they are counted."""
    spellings = {
        code: {
            word.casefold()
            for field in _STRUCTURE
            for word in getattr(LANGUAGES[code], field)
            if word.isalpha() and len(word) > 2
        }
        for code in ("en", "fr")
    }
    return {
        word: code
        for code, words in spellings.items()
        for word in words
        if word not in spellings["fr" if code == "en" else "en"] and bare(word) not in ("ono", "son")
    }
