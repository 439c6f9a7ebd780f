"""Which pieces of a line are words to be checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from core.script import LineKind, ParsedLine, Role

CHECKED = frozenset({LineKind.DESCRIPTION, LineKind.DIALOGUE, LineKind.CAPTION})
"""Sounds are spelled as they sound; notes and signs are somebody else's words."""

_MARKS = "\u0300-\u036f"
_TOKEN = re.compile(rf"[\w{_MARKS}]+(?:['’ʼ‐‑-][\w{_MARKS}]+)*")
_LATIN = re.compile(rf"[A-Za-zÀ-ÖØ-öø-ɏ{_MARKS}'’ʼ‐‑-]+$")
_ADDRESS = re.compile(r"://|@|www\.|\w\.(?:com|org|net|fr|jp|txt|png|jpg|psd|pdf)\b")
_UNBROKEN = re.compile(r"\S+")
_STRETCHED = re.compile(r"(.)\1\1", re.IGNORECASE)
_SENTENCE_ENDS = frozenset('.!?…:;"“”«»‘()[]{}–—*_>-•')
SHORTEST, LONGEST = 2, 40
"""Letters of a word that is checked."""
FARTHEST = 4000
"""Columns of a line that are checked: a line of megabytes is painted as quickly as any."""


class Word(NamedTuple):
    """A word of a line."""

    start: int
    end: int
    text: str
    opening: bool
    """It begins a sentence, so that a capital says nothing."""
    after_apostrophe: bool
    """Something was left out in front: 'em."""
    cut: bool
    """A dash follows at once: somebody was interrupted."""
    before_apostrophe: bool
    """Something was left out behind: goin'."""


def pieces(line: ParsedLine) -> list[tuple[int, int]]:
    """The columns of a line that are checked."""
    if line.kind not in CHECKED:
        return []
    return [(span.start, span.end) for span in line.spans if span.role is Role.TEXT]


def words_in(raw: str, start: int, end: int) -> Iterator[Word]:
    """The words between two columns that can be checked at all."""
    end = min(end, FARTHEST)
    skipped = _addresses(raw, start, end)
    for found in _TOKEN.finditer(raw, start, end):
        text = found[0]
        first, last = found.span()
        if not SHORTEST <= len(text) <= LONGEST or not _LATIN.match(text) or _STRETCHED.search(text):
            continue
        if any(low <= first < high for low, high in skipped):
            continue
        before, after = raw[max(start, first - 8) : first].rstrip(), raw[last : last + 1]
        yield Word(
            first,
            last,
            text,
            not before or before[-1] in _SENTENCE_ENDS,
            raw[first - 1 : first] in ("'", "’") and first > start,
            after in ("-", "—", "–", "‑"),
            after in ("'", "’"),
        )


def _addresses(raw: str, start: int, end: int) -> list[tuple[int, int]]:
    """Addresses and file names, from space to space."""
    if not _ADDRESS.search(raw, start, end):
        return []
    unbroken = [found.span() for found in _UNBROKEN.finditer(raw, start, end)]
    return [(first, last) for first, last in unbroken if _ADDRESS.search(raw, first, last)]


def sentences(words: Iterable[Word]) -> Iterator[list[Word]]:
    """Words that belong together: what stands between two signs that end something."""
    some: list[Word] = []
    for word in words:
        if word.opening and some:
            yield some
            some = []
        some.append(word)
    if some:
        yield some


def word_at(raw: str, column: int) -> str:
    """The word that a place of a line is in or beside; empty for none."""
    return next((found[0] for found in _TOKEN.finditer(raw) if found.start() <= column <= found.end()), "")
