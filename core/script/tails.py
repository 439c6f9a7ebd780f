"""What may follow the number of a heading: nothing, a sign and a title, a count of panels; never prose."""

from __future__ import annotations

import re
from enum import IntEnum

from core.script import numbers
from core.script.keywords import pattern, words_of
from core.script.kinds import LineKind

# What may follow a number. Anything else makes the line prose: "Page 12 of the letter".
_TAIL = re.compile(r"\s*+(?:$|[:.—–\-=|(\[\"“”«'」】≫》>〉\])]|第|「|『)")
# Behind a keyword in small letters: `page 3 (5 panels):`, but not `case 48 (24 * 2) worker threads`.
_SMALL_TAIL = re.compile(r"\s*+(?:\.?$|:|[-–—|\[]|\([^()]*\)\s*+:?\s*+$)")
_LEADERS = re.compile(r"\s*+(?:\.{4,}|…{2,}|\.{3}\s*+[0-9]|(?:\.\s){3}|·{3,}|_{3,}|-{4,}\s*+[0-9])")
"""The dots of a table of contents."""
_CLOSING = "】≫》>〉])"

SPLASH = re.compile(rf"\b(?:{pattern(words_of('splash'))})\b|扉", re.IGNORECASE)
SPREAD = re.compile(rf"\b(?:{pattern(words_of('spread'))})\b|見開き", re.IGNORECASE)
_PANELS = pattern([*(word for word in words_of("panel") if len(word) > 3), "PNLS"])
STATED = re.compile(
    rf"(?P<n>[0-9]{{1,2}}|(?:[^\W\d_]{{3,12}}-)?[^\W\d_]{{3,12}})[-\s]*(?:{_PANELS})\b|(?P<ja>[0-9]+)コマ",
    re.IGNORECASE,
)
_COUNT = re.compile(
    rf"[\s,;/+–—-]*(?:{STATED.pattern.replace('?P<n>', '').replace('?P<ja>', '')}"
    rf"|(?:{pattern(words_of('splash') + words_of('spread'))})\b)\s*+(?:page)?\s*+(?:$|[-:.,;(\[)–—])",
    re.IGNORECASE,
)
# PAGE 3 OF 22; in small letters it is the number that a word processor prints.
_OF = re.compile(r"\s+(?:OF|SUR|DE)\s+[0-9]{1,3}(?=\s*+(?:$|[:.(–—-]))", re.IGNORECASE)
_SPACED = re.compile(r"(?:\s*+[,;)]\s*+|\s+)(?=[^\W\d_])")


class Fit(IntEnum):
    """How well what follows a number goes with a heading."""

    NO = 0
    WEAK = 1
    """Well enough inside a page."""
    YES = 2


def fit(body: str, end: int, kind: LineKind, word: str) -> Fit:
    """Whether what stands in `body` behind the number of `word` may belong to a heading."""
    if _LEADERS.match(body, end):
        return Fit.NO
    if _TAIL.match(body, end):
        # P1. is a point in a list.
        point = word in "Pp" and body[end : end + 1] == "." and end + 1 < len(body)
        return Fit.NO if point else Fit.YES
    if kind is LineKind.PAGE and not word.islower() and _COUNT.match(body, end):
        return Fit.YES
    if len(word) > 2 and (word.isupper() or kind is LineKind.PANEL) and _OF.match(body, end):
        return Fit.YES
    apart = _SPACED.match(body, end)
    if not apart:
        return Fit.NO
    if kind is LineKind.PAGE and word in ("P", "P目") and body[apart.end()] > "\u3000":
        return Fit.YES  # P2 朝の学校
    if not word.isascii():
        # 第一章 はじまり, ページ3 朝: a space is enough, 3ページ目を is no heading.
        return Fit.YES if body[end] == " " and (kind is not LineKind.CHAPTER or body[0] == "第") else Fit.NO
    if kind is not LineKind.PANEL or len(word.strip(".")) < 3 or word.islower():
        return Fit.NO
    # PANEL 6 A door; Panel 5, close on the door; but not: Panel 3 shows the door.
    sign = not apart[0].isspace()
    return Fit.WEAK if sign or body[apart.end()].isupper() else Fit.NO


def small_fits(rest: str) -> bool:
    """Whether the rest of the line lets a keyword in small letters be a heading."""
    return _SMALL_TAIL.match(rest) is not None


def title(body: str, end: int) -> tuple[str, int]:
    """The words behind the number, without the sign between, and where they begin."""
    of = _OF.match(body, end)
    start = of.end() if of else end
    while start < len(body) and body[start] in f" \t,:.—–-=|、{_CLOSING}":
        start += 1
    words = body[start:].rstrip(" =-")
    if words.startswith("(") and words.endswith(")") and words.count("(") == 1:
        return words[1:-1], start + 1
    return words, start


def names(title: str) -> bool:
    """Whether a page's title says more than its form and its number of panels."""
    for form in (STATED, SPLASH, SPREAD):
        title = form.sub("", title)
    return sum(char.isalpha() for char in title) > 4


def stated(tail: str) -> int | None:
    """The panels that a page's heading promises."""
    found = STATED.search(tail)
    return numbers.value(found["n"] or found["ja"]) if found else None
