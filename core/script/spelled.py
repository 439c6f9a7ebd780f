"""Numbers spelled as a writer spells them: 3, 03, ３, III, THREE, trois, 三, ③, and ranges of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from core.script.keywords import LANGUAGES, bare
from core.script.numbers import JOIN, NUMBER

_RUN = re.compile(r"[0-9０-９]+[a-zA-Z]?(?![^\W_])|[0-9０-９]+")
_CIRCLED = re.compile(r"[①-⑳]")
_KANJI = re.compile(r"[〇一二三四五六七八九十百]+")
_ROMAN = re.compile(r"[IVXL]+$")
_WORDS = re.compile(NUMBER, re.IGNORECASE)
_JOIN = re.compile(JOIN, re.IGNORECASE)
_DOTTED = re.compile(r"[0-9０-９]{1,3}[.．](?=[0-9０-９])")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_NARROW = str.maketrans("０１２３４５６７８９", "0123456789")
_DIGITS = "〇一二三四五六七八九"


class NumberText:
    """A number, or a range of two, as it stands in a heading."""

    def __init__(self, text: str, is_range: bool = False) -> None:
        self.text = text
        places = _places(text)
        self.places = [places[0], places[-1]] if is_range and len(places) > 1 else places[:1]
        """(start, end) of the first and last number in it; empty if it holds none."""

    @property
    def padded(self) -> bool:
        """Whether it begins with a zero: `012`."""
        if not self.places:
            return False
        first = self.text[self.places[0][0] : self.places[0][1]].translate(_NARROW)
        return first[:1] == "0" and len(first) > 1

    def spelled(self, number: int, count: int = 1, language: str = "") -> str | None:
        """The same with other numbers; None if one can't be spelled that way."""
        if not self.places:
            return None
        values = [number, number + count - 1][: len(self.places)]
        text = self.text
        for (start, end), value in reversed(list(zip(self.places, values, strict=True))):
            spelled = spell_like(text[start:end], value, language)
            if spelled is None:
                return None
            text = text[:start] + spelled + text[end:]
        return text


def _places(text: str) -> list[tuple[int, int]]:
    """Where the numbers stand in the text of a number span."""
    dotted = _DOTTED.match(text)  # 2.3: page and panel
    for form in (_RUN, _CIRCLED, _KANJI):
        if found := [place.span() for place in form.finditer(text, dotted.end() if dotted else 0)]:
            return found
    first = _WORDS.match(text)
    join = _JOIN.match(text, first.end()) if first else None
    last = _WORDS.match(text, join.end()) if join else None
    return [one.span() for one in (first, last) if one]


def spell_like(old: str, value: int, language: str = "") -> str | None:
    """`value` in the manner of `old`; None where that manner has no such number.

    `language` decides for words that two languages share (SIX).
    """
    if _CIRCLED.match(old):
        return chr(ord("①") + value - 1) if 1 <= value <= 20 else None
    digits = old.rstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    if digits and digits[0].isdigit():
        narrow = digits.translate(_NARROW)
        text = str(value).zfill(len(narrow)) if narrow[0] == "0" and len(narrow) > 1 else str(value)
        return text if digits[0] in "0123456789" else text.translate(_WIDE)
    if _KANJI.fullmatch(old):
        return _kanji(value, places="〇" in old or (len(old) > 1 and not set(old) & set("十百")))
    words = _word(old, value, language)
    if words is not None:
        return words
    return _roman(value) if _ROMAN.match(old) else None


def language_of(texts: Iterable[str]) -> str:
    """The language that most numbers written as words are in; empty without any."""
    votes = dict.fromkeys(LANGUAGES, 0)
    for text in texts:
        word = bare(text)
        for code in LANGUAGES:
            votes[code] += word in _values(code)
    best = max(votes, key=lambda code: votes[code])
    return best if votes[best] else ""


@cache
def _values(code: str) -> dict[str, int]:
    return {bare(word): value for word, value in LANGUAGES[code].numbers.items()}


def _word(old: str, value: int, language: str) -> str | None:
    """A number word in the language and the case of another; digits behind the end of the table."""
    codes = [code for code in LANGUAGES if bare(old) in _values(code)]
    if not codes:
        return None
    code = language if language in codes else codes[0]
    spellings = [word for word, number in LANGUAGES[code].numbers.items() if number == value]
    if not spellings:
        return str(value)
    like = [word for word in spellings if ("-" in word) == ("-" in old)] if "-" in old or " " in old else []
    word = (like or spellings)[0]
    if old.isupper():
        return word.upper()
    return word.capitalize() if old[0].isupper() else word.lower()


def _kanji(value: int, *, places: bool) -> str:
    if places:
        return "".join(_DIGITS[int(digit)] for digit in str(value))
    hundreds, tens, ones = value // 100, value // 10 % 10, value % 10
    text = ("百" if hundreds == 1 else f"{_DIGITS[hundreds]}百") if hundreds else ""
    text += ("十" if tens == 1 else f"{_DIGITS[tens]}十") if tens else ""
    return text + (_DIGITS[ones] if ones else "")


def _roman(value: int) -> str | None:
    if not 0 < value < 90:
        return None
    text = ""
    for worth, sign in ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        while value >= worth:
            text, value = text + sign, value - worth
    return text
