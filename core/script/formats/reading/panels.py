"""Panels (`.pan`): `---` for pages, `---|---` for spreads, `[1]` for panels, `===` between sections."""

from __future__ import annotations

import re

from core.script.formats.reading.builder import Builder
from core.script.formats.reading.cueing import heading_in, letter, put_heading
from core.script.formats.reading.front import read_front
from core.script.formats.reading.remarks import NOTE, take_remarks

_PAGE = re.compile(r"-{3,}$")
_SPREAD = re.compile(r"-{3,}\|-{3,}$")
_SECTION = re.compile(r"={3,}$")
_PANEL = re.compile(r"\[(?P<number>[0-9]{0,4})\]\s*(?P<title>.*)$")
_ALONE = re.compile(r"\((?P<inside>[^()]*)\)$")


def read_panels(text: str, language: str) -> Builder:
    """Read a whole script. Indented blocks are lettering: a name, then its words."""
    to = Builder()
    lines = take_remarks(text).split("\n")
    reader = _Reader(to, language)
    for line in lines[read_front(to, lines) :]:
        reader.read(line)
    return to


class _Reader:
    """One line after the other, with what the ones before it opened."""

    def __init__(self, to: Builder, language: str) -> None:
        self._to = to
        self._language = language
        self._titled = False  # the next words name the section
        self._cue = ""
        self._modifiers: tuple[str, ...] = ()
        self._said = False
        self._aside = False

    def read(self, line: str) -> None:
        words = line.strip()
        if line.startswith(NOTE):
            self._to.note(line[1:])
            return
        aside = words.startswith(">")
        if not words or words == ">":
            self._cue, self._aside = "", False
            return
        if aside:
            self._note(words[1:].strip())
            return
        self._aside = False
        if self._heading(words):
            self._cue = ""
        elif line[:1] == "\t" or line[:2] == "  ":
            self._lettering(words)
        else:
            self._cue = ""
            self._to.describe(words)

    def _heading(self, words: str) -> bool:
        to = self._to
        if _SPREAD.match(words):
            to.page(spread=True)
        elif _PAGE.match(words):
            to.page()
        elif _SECTION.match(words):
            self._titled = True
            return True
        elif found := _PANEL.match(words):
            to.panel((int(found["number"]),) if found["number"] else (), found["title"])
        elif self._titled:
            heading = heading_in(words)
            put_heading(to, heading) if heading else to.chapter(words)
        else:
            return False
        self._titled = False
        return True

    def _note(self, words: str) -> None:
        if self._aside:
            self._to.more(words)
        else:
            self._to.note(words)
        self._aside = True

    def _lettering(self, words: str) -> None:
        inside = _ALONE.match(words)
        if not self._cue:
            self._cue, self._modifiers, self._said = words, (), False
        elif inside:
            self._modifiers = (inside["inside"],)
            self._said = False
        elif self._said:
            self._to.more(words)
            return
        else:
            letter(self._to, self._cue, words, self._language, self._modifiers)
            self._said = True
