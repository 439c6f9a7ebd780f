"""Which of the things that we can draw some words name, in English, French or Japanese."""

from __future__ import annotations

import re

_NAMES: tuple[tuple[str, str], ...] = (("tree", r"trees?|oaks?|arbres?|chênes?|木|樹"),)
_ALL = tuple(
    (thing, re.compile(rf"(?<![a-zà-ÿ])(?:{words})(?![a-zà-ÿ])", re.IGNORECASE)) for thing, words in _NAMES
)


def thing_named(words: str) -> str:
    """The thing that is named first; empty for none."""
    found = ((match.start(), thing) for thing, known in _ALL if (match := known.search(words)))
    return min(found, default=(0, ""))[1]
