"""Chapter, scene, page and panel lines, recognised by keyword, number and what follows them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import NamedTuple

from core.script import numbers, tails
from core.script.heading import OPEN, Heading, Part
from core.script.keywords import MODIFIERS, bare, pattern, suffixes, words_of
from core.script.kinds import LineKind, Role
from core.script.numbers import AFTER_KEYWORD, DIGITS, JOIN, KANJI, NUMBER
from core.script.pieces import is_piece
from core.script.tails import SPLASH, SPREAD, STATED, Fit
from core.script.unnumbered import match_item, match_unnumbered

__all__ = ["Heading", "Part", "match_heading", "match_item"]


class _Found(NamedTuple):
    """A keyword with a number or a range of numbers, wherever each stands."""

    word: str
    word_at: int
    first: str
    first_at: int
    first_end: int
    join: str | None
    last: str | None
    last_at: int
    last_end: int
    end: int


_FIELDS = {
    LineKind.PAGE: words_of("page") + words_of("splash") + words_of("spread"),
    LineKind.PANEL: words_of("panel"),
    LineKind.CHAPTER: [word for word in words_of("chapter") if word != "第"],
    LineKind.SCENE: words_of("scene"),
}
_KEYWORD = {kind: re.compile(rf"{OPEN}({pattern(words)})", re.IGNORECASE) for kind, words in _FIELDS.items()}
# One pattern for all keywords: it is long, and compiled at every start of the program.
_NUMBER = re.compile(NUMBER, re.IGNORECASE)
_GAP = re.compile(AFTER_KEYWORD)
_JOIN = re.compile(JOIN, re.IGNORECASE)
# PANELS 1, 2 and 3
_LISTED = re.compile(r"(?:\s*+,\s*+[0-9]{1,3})+(?=\s*+(?:&|and\b|et\b))", re.IGNORECASE)
_BEFORE_COUNTER = re.compile(
    rf"{OPEN}第?\s*+({DIGITS}|{KANJI})(?:({JOIN})({DIGITS}|{KANJI}))?\s*+", re.IGNORECASE
)
_COUNTER = {
    LineKind.PAGE: re.compile(pattern(suffixes("page"))),
    LineKind.PANEL: re.compile(pattern(suffixes("panel"))),
    LineKind.CHAPTER: re.compile(pattern(suffixes("chapter"))),
}
_STRIP = re.compile(rf"{OPEN}(?:STRIP|BANDE|TIER|ROW)\s*+[0-9]{{1,2}}\s*+[-–—/,.:]\s*+", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,.:/|—–-]*")
_MANY = 8
"""Pages that a heading in small letters may stand for."""
# A quick look before the patterns: most lines of prose begin with none of these.
_FIRST = re.compile(
    OPEN
    + rf"(?:{pattern([word for words in _FIELDS.values() for word in words] + words_of('place'))})"
    + rf"|{OPEN}(?:STRIP|BANDE|TIER|ROW|第|[0-9一二三四五六七八九十百]|[①-⑳])",
    re.IGNORECASE,
)


def match_heading(body: str) -> Heading | None:
    """The heading that a normalised line is, or None."""
    if not _FIRST.match(body) or "](" in body:  # a link in a table of contents is no heading
        return None
    for kind in (LineKind.PAGE, LineKind.PANEL, LineKind.CHAPTER, LineKind.SCENE):
        found = _numbered(body, kind) or _counted(body, kind)
        heading = _finish(body, found, kind) if found else None
        if heading:
            return heading
    return match_unnumbered(body) or _on_strip(body)


def _on_strip(body: str) -> Heading | None:
    """`Strip 2 / Case 4`: the panel counts, the strip does not."""
    strip = _STRIP.match(body)
    found = _numbered(body[strip.end() :], LineKind.PANEL) if strip else None
    heading = _finish(body[strip.end() :], found, LineKind.PANEL) if strip and found else None
    if not strip or not heading:
        return None
    return replace(
        heading, parts=tuple((a + strip.end(), b + strip.end(), role) for a, b, role in heading.parts)
    )


def _numbered(body: str, kind: LineKind) -> _Found | None:
    """PAGE 3, PAGES 4-5."""
    word = _KEYWORD[kind].match(body)
    gap = _GAP.match(body, word.end()) if word else None
    first = _NUMBER.match(body, gap.end()) if gap else None
    if not word or not first:
        return None
    listed = _LISTED.match(body, first.end())
    join = _JOIN.match(body, listed.end() if listed else first.end())
    again = _KEYWORD[kind].match(body, join.end()) if join else None
    again = _GAP.match(body, again.end()) if again else None  # PAGE 2 and PAGE 3
    last = _NUMBER.match(body, (again or join).end()) if join else None
    if not join or not last:
        return _Found(word[1], word.start(1), first[0], *first.span(), None, None, -1, -1, first.end())
    return _Found(word[1], word.start(1), first[0], *first.span(), join[0], last[0], *last.span(), last.end())


def _counted(body: str, kind: LineKind) -> _Found | None:
    """3ページ, 第2話."""
    number = _BEFORE_COUNTER.match(body) if kind in _COUNTER else None
    word = _COUNTER[kind].match(body, number.end()) if number else None
    if not word or not number:
        return None
    first, join, last = number.groups()
    return _Found(word[0], word.start(), first, *number.span(1), join, last, *number.span(3), word.end())


def _finish(body: str, found: _Found, kind: LineKind) -> Heading | None:
    """Check the numbers and the tail; try the shorter reading when a range leads nowhere."""
    word = found.word
    for last, end in _readings(body, found):
        values = numbers.numbers_of(found.first, last, found.join or "")
        if values is None or not _plausible(word, body[end:], found):
            continue
        if len(values) > _MANY and kind is LineKind.PAGE and not word.isupper() and word.isascii():
            continue  # Page 1-20 is to be read for Monday
        combined = _combined(body, end, kind, values, found)
        if combined:
            return combined
        fit = tails.fit(body, end, kind, word)
        if fit:
            heading = _heading(body, found, kind, values, end)
            return replace(heading, weak=True) if fit is Fit.WEAK else heading
    return None


def _readings(body: str, found: _Found) -> list[tuple[str | None, int]]:
    """Ways to read a number: a range; `1 - 4 panels`, a number and a count; `3 / 24`, one of so many."""
    if found.last is not None and _in_figures(found.first) != _in_figures(found.last):
        return [(None, found.first_end)]  # PANEL 1 - Two men: no range begins with a digit and ends in a word
    readings: list[tuple[str | None, int]] = [(found.last, found.end)]
    if found.last is not None and STATED.match(body, found.last_at):
        readings.append((None, found.first_end))
    elif found.join and found.join.strip() == "/":
        readings.append((None, found.end))
    return readings


def _in_figures(number: str) -> bool:
    return number.strip() == "#" or any(char.isdigit() for char in number)


def _plausible(word: str, rest: str, found: _Found) -> bool:
    """A keyword in small letters is prose unless the line is hardly more than the heading."""
    if not word.isascii() or word[0].isupper():
        return len(word.strip(".")) > 2 or not word.isascii() or found.first.strip("#nNoO°º. ")[:1].isdigit()
    if len(word.strip(".")) < 3:
        return False
    if found.word_at:  # ≪page4≫
        return True
    return tails.small_fits(rest)


def _combined(body: str, end: int, kind: LineKind, values: tuple[int, ...], found: _Found) -> Heading | None:
    """`PAGE 1, Panel 1.` opens both; `Issue 1 — Page 01` is the page."""
    inner = {LineKind.PAGE: LineKind.PANEL, LineKind.CHAPTER: LineKind.PAGE}.get(kind)
    if inner is None:
        return None
    gap = _BETWEEN.match(body, end)
    assert gap is not None  # it may be empty
    at = gap.end()
    second = _numbered(body[at:], inner)
    sub = _finish(body[at:], second, inner) if second else None
    if not sub or sub.alone:
        return None
    parts = (*_parts(found, end), *((a + at, b + at, role) for a, b, role in sub.parts))
    if kind is LineKind.CHAPTER:
        return Heading(
            inner,
            sub.numbers,
            parts,
            sub.title,
            sub.panels,
            sub.stated,
            sub.splash,
            sub.spread,
            sub.forced,
            chapter=values,
        )
    return Heading(kind, values, parts, sub.title, sub.numbers, spread=len(values) > 1)


def _parts(found: _Found, end: int) -> tuple[Part, ...]:
    number = (found.first_at, min(found.last_end if found.last else found.first_end, end))
    word = (found.word_at, found.word_at + len(found.word), Role.KEYWORD)
    both = [word, (*number, Role.NUMBER)] if word[0] < number[0] else [(*number, Role.NUMBER), word]
    return tuple(both)


def _in_court(kind: LineKind, word: str) -> bool:
    """Whether a panel's word also numbers lawsuits."""
    return kind is LineKind.PANEL and word in ("Case", "Cases")


def _heading(body: str, found: _Found, kind: LineKind, values: tuple[int, ...], end: int) -> Heading:
    title, start = tails.title(body, end)
    parts = _parts(found, end)
    if title:
        parts = (*parts, (start, start + len(title), Role.TEXT))
    stated = tails.stated(body[end:]) if kind is LineKind.PAGE else None
    small = kind is LineKind.PANEL and found.word.isascii() and found.word.islower()
    weak = small or found.word.upper().strip(".") == "C"
    page = kind is LineKind.PAGE
    return Heading(
        kind,
        values,
        parts,
        title,
        None,
        stated,
        splash=page and bool(SPLASH.search(body)),
        spread=page and (len(values) > 1 or bool(SPREAD.search(body))),
        forced=found.first.strip("# ").startswith("0"),
        weak=weak,
        shy=found.word.isascii() and not found.word.isupper(),
        listing=page and bool(values) and tails.names(title),
        continued=MODIFIERS.get(bare(title)) == "continued",
        doubtful=_in_court(kind, found.word) and bool(title) and values[:1] != (1,),
        piece=kind is LineKind.PANEL and bool(title) and bool(values) and is_piece(title),
    )
