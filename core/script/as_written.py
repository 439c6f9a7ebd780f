"""The words of a line as the writer wrote them: full-width signs, hearts, emphasis that reading passes."""

from __future__ import annotations

import re

from core.script.facts import LONGEST
from core.script.kinds import LETTERING, LineKind, ParsedLine, Role
from core.script.normal import PICTURES

_DRESS = re.compile(rf"[*_`\s{PICTURES}]")
_BEHIND = re.compile(rf"(?:[*_`\s{PICTURES}]|<br\s*/?>)+", re.IGNORECASE)
_BREAK_BEFORE = re.compile(r"<br ?/?>$", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BULLETS = re.compile(r"\s*(?:#{1,6}\s+|>\s?|[-+*•·●■▪◆]\s+)*")
_MARKS = ("**", "__", "*", "_", "`")


def words_of(raw: str, line: ParsedLine) -> str:
    """The text or title of a line, from its own characters; LF for a balloon's `<br>`."""
    found = [span for span in line.spans if span.role is Role.TEXT]
    if not found:
        return line.text or line.title
    start, end = found[0].start, found[-1].end
    first = _BULLETS.match(raw)
    least = first.end() if first else 0
    start = _dress_before(raw, least, start)
    if len(raw) > LONGEST:
        end = len(raw)  # only the beginning was looked at; what follows belongs to it
    elif behind := _BEHIND.match(raw, end):
        end = behind.end()
    words = raw[start:end].strip()
    if line.kind is LineKind.DESCRIPTION:
        words = words.removeprefix("\\")
    elif line.kind is LineKind.TITLE:
        words = words.strip("\"'")
    if "<" in words:
        words = words.replace("\\<", "<")  # Markdown's way to write the sign where HTML would begin
        # Split, since a pattern with the spaces around a break looks at each run of spaces many times.
        parts = [part.strip() for part in _BREAK.split(words)]
        words = ("\n" if line.kind in LETTERING else " ").join(part for part in parts if part)
    return _unpaired(words, raw[least:start])


def _dress_before(raw: str, least: int, start: int) -> int:
    """Where the signs and spaces right in front of `start` begin, at `least` or behind it."""
    while start > least:
        if _DRESS.match(raw[start - 1]):
            start -= 1
        elif found := _BREAK_BEFORE.search(raw[max(least, start - 6) : start]):
            start -= len(found[0])
        else:
            break
    return max(start, least)


def keyword_of(raw: str, line: ParsedLine) -> str:
    """What a heading opens with, as written: `INT.`, `SCENE 3`."""
    found = [span for span in line.spans if span.role in (Role.KEYWORD, Role.NUMBER)]
    return raw[found[0].start : found[-1].end] if found else ""


def _unpaired(words: str, before: str) -> str:
    """Without the end of an emphasis that began in front of the words: `**AKIRA:** words`."""
    for mark in _MARKS:
        if before.count(mark) % 2 and words.count(mark) % 2:
            if words.startswith(mark):
                words = words[len(mark) :].lstrip()
            elif words.endswith(mark):
                words = words[: -len(mark)].rstrip()
            before = before.replace(mark, "")
    return words
