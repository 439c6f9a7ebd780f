"""Numbers as writers write them: 3, 03, III, THREE, trois, 三, their ranges, and `#` for the next one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.script.keywords import NUMBER_WORDS, bare, pattern, words_of

_WORDS = pattern(word for word in words_of("numbers"))
_JOINS = pattern(words_of("joins"))
_KANJI = {char: value for value, char in enumerate("〇一二三四五六七八九")}
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_ROMAN_FORM = re.compile(r"(?=.)(?:X[LX]|L?X{0,3})(?:IX|IV|V?I{0,3})$")

DIGITS = r"(?:(?:\#|n[o°º]\.?|№)\s*+)?[0-9]{1,5}(?:[a-oq-z](?![^\W_]))?"
AUTO = r"\#(?![^\W_])"
WORD = rf"(?:{_WORDS}|(?-i:[IVXL]{{1,8}}))(?![^\W_])"
KANJI = "[一二三四五六七八九十百]{1,5}"
CIRCLED = "[①-⑳]"
NUMBER = rf"(?:{DIGITS}|{AUTO}|{WORD}|{KANJI}|{CIRCLED})"
# A word must stand apart from the keyword in front of it, a digit need not.
AFTER_KEYWORD = r"(?:[\s_.]*(?=[0-9\#№①-⑳一二三四五六七八九十百])|[\s_.]+)"
JOIN = rf"\s*+(?:[-–—~〜/+]|(?:{_JOINS})(?![^\W\d_]))\s*+"

_MOST = 64
"""Pages or panels in one range; more is a slip of the pen, not a range."""


def spanned(numbers: Sequence[int]) -> str:
    """Pages or panels as people call them: `12`, or `4–5` for several; empty for none."""
    return "".join(map(str, numbers)) if len(numbers) < 2 else f"{numbers[0]}–{numbers[-1]}"


def value(written: str) -> int | None:
    """The number, None for the sign `#` (the next one) and for what is no number."""
    digits = re.search("[0-9]+", written)
    if digits:
        return int(digits[0])
    word = written.strip()
    if len(word) == 1 and "①" <= word <= "⑳":
        return ord(word) - ord("①") + 1
    if _ROMAN_FORM.match(word):
        return _roman(word)
    return NUMBER_WORDS.get(bare(word)) or _kanji(word)


def numbers_of(first: str, last: str | None, join: str = "-") -> tuple[int, ...] | None:
    """All numbers of a range; empty for `#`; None if the two make no range."""
    start = value(first)
    if start is None:
        return () if last is None else None
    if last is None:
        return (start,)
    end = value(last)
    if end is None or not start < end < start + _MOST or (join.strip() == "/" and end != start + 1):
        return None
    return tuple(range(start, end + 1))


def _roman(word: str) -> int:
    total = 0
    for here, after in zip(word, [*word[1:], "I"], strict=True):
        worth = _ROMAN[here]
        total += -worth if worth < _ROMAN[after] else worth
    return total


def _kanji(word: str) -> int | None:
    total, unit = 0, 0
    for char in word:
        if char in "十百":
            total += max(unit, 1) * (10 if char == "十" else 100)
            unit = 0
        elif char in _KANJI:
            unit = unit * 10 + _KANJI[char]
        else:
            return None
    return total + unit if word else None
