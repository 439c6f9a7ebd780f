"""Rows that were taken for description and may be something else, each with the reason."""

from __future__ import annotations

import re
from typing import NamedTuple

from core.script import LineKind, Script
from core.script.facts import LONGEST
from core.script.keywords import pattern, words_of
from core.script.normal import normalise

MOST = 200
"""Rows that are named; the others are only counted."""


class Unsure(NamedTuple):
    """A row of the text from 0, and one sentence on what it may be instead."""

    row: int
    why: str


CUE = "It looks like somebody speaking, and was taken for description."
HEADING = "It looks like a page or panel heading, but has no number that I can read."
SHOUT = "It is a short line in capitals: a name, a sound or a sign. It was taken for description."
LONG = f"It has more than {LONGEST:,} characters; only those were looked at."

_CUE = re.compile(r"(?P<name>[^:.!?()\[\]\"“«]{1,30}?)(?:\([^()]*\))?\s?:(?!//)\s+\S")
_HEADING = re.compile(
    rf"(?:{pattern(word for field in ('page', 'panel') for word in words_of(field) if len(word) > 3)})\b",
    re.IGNORECASE,
)
_TRANSITION = re.compile(r"\b(?:TO|WITH)\s*:$|^FADE\b|^(?:THE )?END\b|^FIN\b")


def unsure_rows(script: Script, *, converted: bool = False) -> tuple[tuple[Unsure, ...], int]:
    """The first MOST unsure rows of a parsed script, and how many there are in all.

    In a `converted` script the parentheses around descriptions are ours and show nobody's intention.
    """
    found: list[Unsure] = []
    total = 0
    for row, raw in enumerate(script.lines):
        why = _why(script, row, raw, converted)
        if why:
            total += 1
            if total <= MOST:
                found.append(Unsure(row, why))
    return tuple(found), total


def _why(script: Script, row: int, raw: str, converted: bool) -> str:
    """The reason to doubt a row, empty for none."""
    if not raw or (raw[0] == "\\" and not converted) or script.kind(row) is not LineKind.DESCRIPTION:
        return ""
    if len(raw) > LONGEST:
        return LONG
    if script.line(row).label:
        return ""
    body = normalise(raw).body.removeprefix("\\")
    if body[:1] == "(":
        if not converted:
            return ""
        body = body[1:].removesuffix(")").strip()
    if len(body) < 60 and (found := _HEADING.match(body)) and body[found.end() :].strip(" .:") != body:
        return HEADING if _heads(body, found.end()) else ""
    if (cue := _CUE.match(body)) and len(cue["name"].split()) <= 4 and cue["name"][:1].isupper():
        return CUE
    return SHOUT if _shouts(body) else ""


def _shouts(body: str) -> bool:
    capitals = body.upper() == body and body.lower() != body
    return 1 < len(body) < 40 and capitals and not _TRANSITION.search(body)


def _heads(body: str, end: int) -> bool:
    """Capitals, or hardly anything behind the keyword."""
    return body[:end].isupper() or (len(body[end:].split()) <= 3 and body[-1] not in ".!?")
