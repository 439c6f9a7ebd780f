"""Whether a conversion kept every word: the words of a source counted against those of the result."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from core.script.keywords import LANGUAGES, bare, words_of

_WORD = re.compile(r"[^\W\d_]+")
_ROMAN = re.compile("[ivxlc]+")
_MARKUP = ("chapter", "scene", "page", "splash", "spread", "panel", "caption", "sfx", "sign", "joins")
_OTHERS = ("serial", "script", "comic", "br", "number", "i", "credit", "author")
"""Words of markup that no table has: macros, `<br>`, a page's `script page`, keys of a title page."""


_UNHOLDABLE = re.compile("[\ud800-\udfff\x00]")


def holdable(text: str) -> str:
    """A document's text with LF as the only line break and nothing that can't be kept."""
    return _UNHOLDABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def lost_words(source: str, result: str) -> int:
    """Words of `source` that `result` has less often; keywords, may change, don't count."""
    have = Counter(_words(result))
    return sum(
        count - have[word]
        for word, count in Counter(_words(source)).items()
        if count > have[word] and word not in _markup() and not _ROMAN.fullmatch(word)
    )


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


@cache
def _markup() -> frozenset[str]:
    spelled = [word for field in _MARKUP for word in words_of(field)]
    spelled += [word for table in LANGUAGES.values() for word in table.numbers]
    spelled += [word for table in LANGUAGES.values() for words in table.suffixed.values() for word in words]
    parts = {part for word in spelled for part in _WORD.findall(word)}
    return frozenset({part.casefold() for part in parts} | {bare(part) for part in parts} | set(_OTHERS))
