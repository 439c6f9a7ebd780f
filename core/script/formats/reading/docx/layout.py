"""Paragraphs of a Word document as lines that our grammar reads: space of a style becomes blank lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from core.script.cues import match_cue
from core.script.formats.reading.cueing import heading_in
from core.script.formats.reading.docx.styles import PLAIN, Style
from core.script.keywords import FRONT_KEYS, bare
from core.script.normal import normalise

_OWN_BLANKS = 0.1
"""The part of blank paragraphs from which on a writer is taken to space by them."""
_NAMES = re.compile(r"character|speaker|personnage|\bcue\b|source", re.IGNORECASE)
_SPEECH = re.compile(
    r"dialog|speech|balloon|bulle|réplique|caption|sound|sfx|sign|parenthetical|lettering", re.IGNORECASE
)
_CUED = re.compile(r"(?P<cue>[^:：]{1,80}[:：])\s*(?P<text>\S.*)$")
_LONGEST_NAME = 200
_FACTS = "front matter"
_AUTHORS = ("author", "auteur", "作者")
"""Names of the styles that the title page of our own documents has; other programs know an author too."""
_FACT = re.compile(r"(?P<key>[^:：]{1,40}?)\s*[:：]\s*(?P<words>.*)$")
_PARENTHESES = re.compile(r"[(（][^()（）]*[)）]$")


@dataclass(slots=True)
class Line:
    """A paragraph, or a part of it between line breaks."""

    text: str
    style: Style = PLAIN
    joined: bool = False
    """It follows a line break, not the end of a paragraph."""
    notes: list[str] = field(default_factory=list)
    """`[[…]]` for what hangs on it."""


def laid_out(lines: list[Line]) -> list[str]:
    """The lines of the text. Notes follow their line, or the speech that it begins."""
    blanks = sum(not line.text.strip() for line in lines)
    apart = blanks < _OWN_BLANKS * len(lines)
    fenced = any(line.style.name == _FACTS for line in lines[:200])
    return list(_rows(_Layout(apart, fenced), lines))


def _rows(layout: _Layout, lines: list[Line]) -> Iterator[str]:
    if layout.fenced:
        yield "---"
    for at, line in enumerate(lines):
        below = lines[at + 1] if at + 1 < len(lines) else None
        yield from layout.rows(line, below)
    yield from layout.notes()


class _Layout:
    def __init__(self, apart: bool, fenced: bool) -> None:
        self._apart = apart
        self.fenced = fenced
        """Whether the front matter stands between dashes."""
        self._waiting: list[str] = []
        self._cue = False  # a name stands above, and its words come now
        self._speech = False  # words of a balloon stand above
        self._first = True
        self._front = True  # nothing but front matter so far

    def notes(self) -> list[str]:
        """The notes that waited."""
        waiting, self._waiting = self._waiting, []
        return waiting

    def rows(self, line: Line, below: Line | None) -> Iterator[str]:
        """The rows of a line, with a blank one and waiting notes before it where they belong."""
        if self._front and (front := _front_matter(line)) is not None:
            self._first = False
            self._waiting += line.notes
            yield from [front] if front else []
            return
        if self._front and self.fenced:
            yield "---"
        self._front = False
        text = line.text.strip() if line.style.level else line.text
        goes_on = self._cue or (self._speech and (line.joined or bool(_SPEECH.search(line.style.name))))
        if text.strip() and not goes_on:
            yield from self.notes()
            if self._apart and not line.joined and not self._first:
                yield ""
        self._waiting += line.notes
        self._first = False
        if not text.strip():
            self._cue = self._speech = False
            yield from self.notes()
            yield ""
            return
        yield from self._written(text, line, below)

    def _written(self, text: str, line: Line, below: Line | None) -> Iterator[str]:
        follows = below is not None and bool(below.text.strip()) and not below.style.level
        if line.style.level or line.style.is_title:
            self._cue = self._speech = False
            yield f"{'#' * max(line.style.level, 1)} {text}"
            return
        if self._cue and _PARENTHESES.match(text.strip()) and follows:
            yield text.strip()
            return
        if not self._cue and follows and self._names(text, line):
            self._cue, self._speech = True, False
            marked = (
                text.strip() if text.strip().endswith((":", "：")) or _shouts(text) else f"@{text.strip()}"
            )
            yield marked
            return
        cued = _CUED.match(text) if _SPEECH.search(line.style.name) and not self._cue else None
        if cued and below is not None and below.joined and below.text.strip():
            yield from (cued["cue"], cued["text"])  # a balloon of several lines
            self._speech, self._cue = True, False
            return
        self._speech = self._cue or bool(cued) or (self._speech and line.joined)
        self._cue = False
        yield text

    def _names(self, text: str, line: Line) -> bool:
        """Whether a line is the name over a balloon."""
        if len(text) > _LONGEST_NAME or heading_in(text):
            return False
        if _NAMES.search(line.style.name):
            return len(text.split()) <= 8
        cue = match_cue(normalise(text))
        return cue is not None and not cue.text and (cue.capitals if cue.own_line else True)


def _front_matter(line: Line) -> str | None:
    """The line as front matter, empty for a blank one; None if it is no front matter."""
    text = line.text.strip()
    if text and line.style.name == _FACTS:
        found = _FACT.match(text)
        return f"{found['key']}: {found['words']}".rstrip() if found else text
    if text and line.style.name in _AUTHORS:
        return f"{line.style.name.capitalize()}: {text}"
    if not text or line.style.is_title:
        return f"Title: {text}" if text else ""
    label, colon, words = text.partition(":")
    return text if colon and words.strip() and bare(label) in FRONT_KEYS else None


def _shouts(text: str) -> bool:
    return text.upper() == text and text.lower() != text
