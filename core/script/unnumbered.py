"""Headings in other forms than keyword and number: SPREAD (4-5), a lone PAGE, INT. HALL, ①, 1.2."""

from __future__ import annotations

import re
from functools import cache

from core.script import numbers, tails
from core.script.heading import OPEN, Heading, Part
from core.script.keywords import MODIFIERS, bare, pattern, suffixes, words_of
from core.script.kinds import LineKind, Role
from core.script.numbers import DIGITS, JOIN, KANJI, WORD
from core.script.tails import SPLASH, SPREAD

_LONE_WORDS = {
    LineKind.PAGE: ["PAGE", "PLANCHE", "ページ", "頁", *words_of("splash"), *words_of("spread")],
    LineKind.PANEL: ["PANEL", "CASE", "VIGNETTE", "コマ"],
}
_LONE = {
    kind: re.compile(
        rf"{OPEN}(?P<word>{pattern(words)})\s*+[\]】]?\s*+:?\s*+(?:\((?P<more>[^()]*)\)\s*+)?$",
        re.IGNORECASE,
    )
    for kind, words in _LONE_WORDS.items()
}
_PAGE = f"(?:{pattern(words_of('page'))})"
_PLACE = re.compile(rf"(?P<word>{pattern(words_of('place'))})\s*+(?=\S)", re.IGNORECASE)
_CIRCLED = re.compile(r"(?P<first>[①-⑳])\s*")
_DOTTED = re.compile(r"(?P<page>[0-9]{1,3})\.(?P<first>[0-9]{1,2})\s*+(?=$|[:(]|[-–—]\s)")

_ITEM = re.compile(
    r"\s{0,3}+(?:[-*+]\s+)?(?:\*\*|__)?(?P<first>[0-9]{1,2})(?P<sign>[.)/])(?P<bold>\*\*|__)?"
    r"(?:\s*+$|\s++(?P<title>\S.*))"
)


@cache
def _form_and_numbers() -> re.Pattern[str]:
    """Compiled when a line asks for it: that takes as long as all other patterns of headings together."""
    forms = pattern(words_of("splash") + words_of("spread"))
    return re.compile(
        rf"{OPEN}(?P<word>{forms})\s*+[-–—:]?\s*+"
        rf"(?:\(\s*+(?:{_PAGE}[\s.]*+)?|{_PAGE}[\s.]++)(?P<first>{DIGITS}|{KANJI}|{WORD})"
        rf"(?:(?P<join>{JOIN})(?P<last>{DIGITS}|{KANJI}|{WORD}))?"
        rf"\s*+(?:{pattern(suffixes('page'))})?\s*+\)?\s*+[:.]?$",
        re.IGNORECASE,
    )


def match_item(raw: str) -> Heading | None:
    """`1. A roof at night.`, `2/ …`, `3.`: a numbered item, which on some scripts' pages is a panel."""
    found = _ITEM.match(raw)
    if not found or int(found["first"]) == 0:
        return None
    parts: tuple[Part, ...] = ((*found.span("first"), Role.NUMBER),)
    title = (found["title"] or "").rstrip(" *_")
    if f" {int(found['first']) + 1}{found['sign']} " in title:
        return None  # 1. A street. 2. The same, later.
    if title:
        start = found.start("title")
        parts = (*parts, (start, start + len(title), Role.TEXT))
    return Heading(LineKind.PANEL, (int(found["first"]),), parts, title, weak=True, item=True)


def match_unnumbered(body: str) -> Heading | None:
    """The heading without keyword and number side by side that a normalised line is, or None."""
    return _named(body) or _lone(body) or _place(body) or _short(body)


def _named(body: str) -> Heading | None:
    """`SPREAD (4-5)`, `見開き（2-3ページ）`: the numbers of a page that is called by its form."""
    found = _form_and_numbers().match(body)
    if not found or (found["word"].isascii() and found["word"].islower()):
        return None
    values = numbers.numbers_of(found["first"], found["last"], found["join"] or "")
    if not values:
        return None
    parts = (
        (*found.span("word"), Role.KEYWORD),
        (found.start("first"), found.end("last" if found["last"] else "first"), Role.NUMBER),
    )
    return Heading(
        LineKind.PAGE,
        values,
        parts,
        splash=SPLASH.search(found["word"]) is not None,
        spread=len(values) > 1,
    )


def _lone(body: str) -> Heading | None:
    """A keyword by itself takes the next number."""
    if body in ("P", "p"):
        kind = LineKind.PAGE if body == "P" else LineKind.PANEL
        return Heading(kind, (), ((0, 1, Role.KEYWORD),), weak=True, alone=True)
    for kind, lone in _LONE.items():
        found = lone.match(body)
        if not found or (found["more"] and bare(found["more"]) in MODIFIERS):
            continue  # PAGE (off) is called Page
        word = found["word"]
        plain = word.upper() in ("SPLASH", "SPREAD", "DPS") and not word.isupper()
        if plain or word.upper() == "SPLASH":
            return None
        spread = kind is LineKind.PAGE and bool(SPREAD.search(body))
        shy = word.isascii() and not word.isupper()
        part = (found.start("word"), found.end("word"), Role.KEYWORD)
        return Heading(
            kind,
            (),
            (part,),
            stated=tails.stated(body[found.end("word") :]) if kind is LineKind.PAGE else None,
            splash=kind is LineKind.PAGE and bool(SPLASH.search(body)),
            spread=spread,
            weak=kind is LineKind.PANEL and word.isascii(),
            alone=shy or (kind is LineKind.PAGE and word.isascii()),
            shy=shy,
        )
    return None


def _place(body: str) -> Heading | None:
    found = _PLACE.match(body)
    if not found or (found["word"].isascii() and not found["word"].isupper()):
        return None
    if found["word"] in "○◯" and body[found.end() : found.end() + 1] in "○◯×":
        return None
    start = found.end()
    parts = ((0, found.end("word"), Role.KEYWORD), (start, len(body), Role.TEXT))
    return Heading(LineKind.SCENE, (), parts, body[start:])


def _short(body: str) -> Heading | None:
    """Panels in the short forms `①` and `1.2`, believed only inside a page."""
    found = _CIRCLED.match(body)
    if found:
        number = ord(found["first"]) - ord("①") + 1
    else:
        found = _DOTTED.match(body)
        if not found:
            return None
        number = int(found["first"])
    parts: tuple[Part, ...] = ((0, found.end("first"), Role.NUMBER),)
    title, start = tails.title(body, found.end())
    if title:
        parts = (*parts, (start, start + len(title), Role.TEXT))
    return Heading(LineKind.PANEL, (number,), parts, title, weak=True)
