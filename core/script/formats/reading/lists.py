"""Nested numbered lists: the inner items are panels, the ones around them pages, bullets what is lettered."""

from __future__ import annotations

import re
from collections import Counter

from core.script.facts import LONGEST
from core.script.formats.reading.builder import Builder
from core.script.formats.reading.cueing import heading_in, letter, name_and_modifiers, put_heading, reserved
from core.script.formats.reading.front import read_front
from core.script.formats.reading.remarks import NOTE, take_remarks
from core.script.kinds import LETTERING, LineKind

_LINE = re.compile(
    r"(?P<indent>[ \t]*)"
    r"(?:(?P<item>(?:[0-9]{1,3}|[a-z]|[ivx]{1,5})[.)])\s+|(?P<bullet>[-*+•])\s+|(?P<quote>>)\s?)?"
    r"(?P<words>.*)$"
)
_COLON = re.compile(r"(?P<cue>[^:：]{1,60}?)\s*[:：](?!//)\s*(?P<text>.*)$")
_RARE = 0.2
"""Items of the innermost level that are rarer than this, measured by the level above, are no panels."""


def read_lists(text: str, language: str) -> Builder:
    """Read a whole script. `> "…"` is a caption; `- NAME` with `- words` below it a balloon."""
    to = Builder()
    lines = take_remarks(text).expandtabs(4).split("\n")
    reader = _Reader(to, language, _indents(lines))
    for line in lines[read_front(to, lines) :]:
        reader.read(line)
    return to


def _indents(lines: list[str]) -> list[int]:
    """The indents of numbered items from outside to that of the panels."""
    counts = Counter(len(found["indent"]) for line in lines if (found := _LINE.match(line)) and found["item"])
    levels: list[tuple[int, int]] = []
    for indent in sorted(counts):
        if levels and indent - levels[-1][0] < 2:
            levels[-1] = (levels[-1][0], levels[-1][1] + counts[indent])
        else:
            levels.append((indent, counts[indent]))
    while len(levels) > 2 and levels[-1][1] < _RARE * levels[-2][1]:
        levels.pop()
    return [indent for indent, _ in levels]


class _Reader:
    """One line after the other, with the name that waits for its words."""

    def __init__(self, to: Builder, language: str, indents: list[int]) -> None:
        self._to = to
        self._language = language
        self._indents = indents
        self._cue = ""
        self._cue_indent = 0
        self._waiting = False  # the name has no words yet
        self._open = False  # the next plain line goes on with the last element

    def read(self, line: str) -> None:
        found = _LINE.match(line) if len(line) <= LONGEST else None
        words = found["words"].strip() if found else ""
        if found is None:
            self._to.describe(line)
        elif not words:
            self._open = False
        elif line.startswith(NOTE):
            self._to.note(line[1:])
        elif found["item"]:
            self._cue = ""
            self._item(len(found["indent"]), words, found["item"])
        elif found["quote"]:
            self._cue = ""
            if not self._colon(words):
                self._to.letter(LineKind.CAPTION, words)
                self._open = True
        elif found["bullet"]:
            self._bullet(len(found["indent"]), words)
        else:
            self._plain(words)

    def _item(self, indent: int, words: str, number: str) -> None:
        depth = sum(1 for at in self._indents if at <= indent + 1) - 1
        inner = len(self._indents) - 1
        self._open = True
        if inner >= 1 and depth >= inner and indent <= self._indents[inner] + 1:
            self._to.panel()
            self._to.describe(words)
        elif inner >= 1 and depth == inner - 1:
            self._to.page(title=words)
        elif depth < inner:
            self._to.chapter(words)
        else:
            self._to.describe(words if inner >= 1 else f"{number} {words}")

    def _bullet(self, indent: int, words: str) -> None:
        self._open = True
        if self._colon(words):
            return
        named = _is_name(words)
        if self._cue and (not named or self._waiting or indent > self._cue_indent):
            letter(self._to, self._cue, words, self._language)
            self._waiting = False
        elif named or (isinstance(reserved(words, self._language), LineKind) and words.isupper()):
            self._cue, self._cue_indent, self._waiting = words, indent, True
            self._open = False
        else:
            self._cue = ""
            self._to.describe(words)

    def _colon(self, words: str) -> bool:
        """`NAME: words` on one line."""
        found = _COLON.match(words)
        if not found:
            return False
        name, _ = name_and_modifiers(found["cue"])
        if not (_is_name(found["cue"]) or reserved(name, self._language) in LETTERING):
            return False
        if found["text"]:
            letter(self._to, found["cue"], found["text"], self._language)
            self._cue = ""
        else:
            self._cue, self._cue_indent, self._waiting = found["cue"], 0, True
        return True

    def _plain(self, words: str) -> None:
        heading = heading_in(words)
        if heading or words.startswith("#"):
            self._cue = ""
            put_heading(self._to, heading) if heading else self._title(words.lstrip("# "))
        elif self._cue and self._waiting:
            letter(self._to, self._cue, words, self._language)
            self._waiting, self._open = False, True
        elif self._open:
            self._to.more(words)
        else:
            self._to.describe(words)

    def _title(self, words: str) -> None:
        if self._to.in_story:
            self._to.chapter(words)
        else:
            self._to.front("", words)


def _is_name(words: str) -> bool:
    """Capitals without the end of a sentence: the name over a balloon."""
    name, _ = name_and_modifiers(words)
    return (
        0 < len(name) <= 44
        and len(name.split()) <= 5
        and name.upper() == name
        and name.lower() != name
        and not name.rstrip().endswith((".", "!", "?", "…", '"', ","))
    )
