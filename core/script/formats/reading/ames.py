"""Scripts whose Markdown headings are pages, panels and speakers by their level, with numbered balloons."""

from __future__ import annotations

import re

from core.script.facts import LONGEST
from core.script.formats.reading.builder import Builder
from core.script.formats.reading.cueing import heading_in, letter, name_and_modifiers, put_heading
from core.script.formats.reading.detect import levels_of
from core.script.formats.reading.evidence import gather
from core.script.formats.reading.front import read_front
from core.script.formats.reading.remarks import NOTE, take_remarks
from core.script.keywords import FRONT_KEYS, bare

_HEADING = re.compile(r"(?P<level>#{1,6})(?:$|\s(?P<words>.*)$)")
_UNDERLINE = re.compile(r"(?:-{3,}|={3,})\s*$")
_ITEM = re.compile(r"\s{0,3}(?:[0-9]{1,3}[.)]|[-*+])\s+(?P<words>.*)$")
_ESCAPE = re.compile(r"\\([-\\`*_{}\[\]()#+.!<>|~'\"…$])")


def read_ames(text: str, language: str) -> Builder:
    """Read a whole script. Numbers in front of balloons are left out: they are counted anew."""
    to = Builder()
    lines = _headed(take_remarks(text).split("\n"))
    reader = _Reader(to, language, levels_of(gather("\n".join(lines))) or (1, 2, 3))
    for line in lines[read_front(to, lines, dashed_only=True) :]:
        reader.read(line)
    return to


def _headed(lines: list[str]) -> list[str]:
    """Underlined headings as those with signs in front."""
    out: list[str] = []
    for row, line in enumerate(lines):
        under = _UNDERLINE.match(line)
        above = out[-1] if out else ""
        if under and above.strip() and above[0] not in "#-=>" and row > 1 and not lines[row - 2].strip():
            out[-1] = f"{'#' if line[0] == '=' else '##'} {above.strip()}"
            out.append("")
        else:
            out.append(line)
    return out


class _Reader:
    """One line after the other; words below a speaker's heading are what it says."""

    def __init__(self, to: Builder, language: str, levels: tuple[int, int, int]) -> None:
        self._to = to
        self._language = language
        self._page, self._panel, self._speaker = levels
        self._cue = ""
        self._fresh = True  # the next words begin a balloon

    def read(self, line: str) -> None:
        if line.startswith(NOTE):
            self._to.note(line[1:])
            return
        if len(line) > LONGEST:
            self._to.describe(line)
            return
        words = _ESCAPE.sub(r"\1", line.rstrip().removesuffix("\\")).strip()
        heading = _HEADING.match(line)
        if heading:
            self._heading(len(heading["level"]), _ESCAPE.sub(r"\1", heading["words"] or "").strip(" #\t"))
        elif not words or _UNDERLINE.match(line):
            self._fresh = True
        elif self._cue:
            self._balloon(line, words)
        else:
            self._loose(words)

    def _loose(self, words: str) -> None:
        """Words under no speaker; before the first page perhaps who wrote it."""
        label, colon, rest = words.partition(":")
        if not self._to.in_story and colon and rest.strip() and bare(label) in FRONT_KEYS:
            self._to.front(label, rest)
        else:
            self._to.describe(words)

    def _heading(self, level: int, words: str) -> None:
        self._fresh = True
        known = heading_in(words) if level < self._speaker else None
        if not words:
            return
        if level >= self._speaker:
            self._named(words)
            return
        self._cue = ""
        if known:
            put_heading(self._to, known)
        elif level == self._panel and self._to.in_story:
            self._to.panel()
            self._to.describe(words)
        elif level <= self._page and self._to.in_story:
            self._to.chapter(words)
        else:
            self._to.describe(words) if self._to.in_story else self._to.front("", words)

    def _named(self, words: str) -> None:
        name, _ = name_and_modifiers(words)
        if self._cue and not any(char.isalpha() for char in name):
            letter(self._to, self._cue, words, self._language)  # a balloon of dots that became a heading
        else:
            self._cue = words

    def _balloon(self, line: str, words: str) -> None:
        item = _ITEM.match(line)
        if item or self._fresh:
            said = _ESCAPE.sub(r"\1", item["words"]).strip() if item else words
            letter(self._to, self._cue, said, self._language)
            self._fresh = False
        else:
            self._to.more(words)
