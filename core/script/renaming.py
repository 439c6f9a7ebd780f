"""Giving a character another name: every cue, and where the writer wants it, every mention."""

from __future__ import annotations

import re
import time
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from core.errors import UsageError
from core.script.facts import analyse
from core.script.keywords import fold
from core.script.kinds import LineKind, Role
from core.script.lines import LineBuffer
from core.script.script import Script
from core.script.search import Finder, Match, Search, Wanted, in_words, literal

Edit = tuple[int, int, str]
"""(offset, deleted, inserted), one after another."""

_JOINT = re.compile(r"\s*(?:[&+/,、・＆／]|\b(?:and|et)\b)\s*", re.IGNORECASE)
_LONGEST = 44
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


class Use(NamedTuple):
    """A place where a name is written: the columns `start` to `end` of a row."""

    row: int
    start: int
    end: int
    text: str
    """As written there."""
    cue: bool
    """Whether it says who speaks; else somebody is spoken of."""


class NameUses:
    """Finds where a name is used, in slices of time, in a script that is parsed to its end."""

    def __init__(self, script: Script, name: str) -> None:
        self.cues: list[Use] = []
        self.mentions: list[Use] = []
        self._script = script
        self._name = same_name(name)
        self._looked = 0
        search = Search(Wanted(name.strip()))
        if search:
            wide = name.strip().translate(_WIDE)
            source = "|".join(_source(form) for form in dict.fromkeys((name.strip(), wide)))
            search.pattern = re.compile(source, re.IGNORECASE)
        self._whole = re.compile(in_words(_source(name.strip()), name.strip()), re.IGNORECASE)
        self._shy = name.strip() != name.strip().lower()
        self._finder = Finder(script.lines, search)
        self._left: list[Match] | None = None

    def advance(self, budget_ms: float) -> bool:
        """Go on for about so many milliseconds; True when all uses are found."""
        until = time.perf_counter() + budget_ms / 1000
        if self._left is None:
            if not self._finder.advance(budget_ms):
                return False
            self._left = self._finder.matches
        while self._looked < len(self._left):
            row = self._left[self._looked].row
            self._look_at(row)
            while self._looked < len(self._left) and self._left[self._looked].row == row:
                self._looked += 1
            if time.perf_counter() > until:
                return self._looked == len(self._left)
        return True

    def complete(self) -> NameUses:
        """All at one go; returns itself."""
        while not self.advance(1000):
            pass
        return self

    def _look_at(self, row: int) -> None:
        line, raw = self._script.line(row), self._script.lines[row]
        taken: list[tuple[int, int]] = []
        for start, end, role in line.spans:
            if role is Role.SPEAKER and line.kind in (LineKind.DIALOGUE, LineKind.CAPTION):
                taken.append((start, end))
                self.cues += (Use(row, s, e, raw[s:e], True) for s, e in self._parts(raw, start, end))
        for found in self._whole.finditer(raw):
            start, end = found.span()
            if any(start < stop and end > begin for begin, stop in taken):
                continue
            if self._shy and found[0] == found[0].lower() != found[0].upper():
                continue  # rose is a flower, Rose is somebody
            self.mentions.append(Use(row, start, end, found[0], False))

    def _parts(self, raw: str, start: int, end: int) -> Iterable[tuple[int, int]]:
        """The name itself in what stands before the colon: the whole of it, or one of several speakers."""
        if same_name(raw[start:end]) == self._name:
            return [(start, end)]
        found, at = [], start
        for joint in [*_JOINT.finditer(raw, start, end), None]:
            stop = joint.start() if joint else end
            if same_name(raw[at:stop]) == self._name:
                found.append((at, stop))
            at = joint.end() if joint else end
        return found


def _source(name: str) -> str:
    """A pattern for a name, with any spaces between its words."""
    return r"\s+".join(literal(word) for word in name.split())


def same_name(name: str) -> str:
    """What two spellings of one name have in common: case, width and stored accents don't count."""
    return fold(unicodedata.normalize("NFKC", name))


def names_in(written: str) -> list[str]:
    """The names in what stands before a colon, as written: `MARA & TOM` are two. One name is one."""
    return [part for part in _JOINT.split(written.strip()) if part]


def styled(written: str, new: str) -> str:
    """The new name in the style of the old one: AKIRA → KENJI, Akira → Kenji, as typed where both agree."""
    if written.isupper() and len(written) > 1:
        return new.upper()
    if written == written.lower() != written.upper():
        return new.lower()
    if new.isupper() and len(new) > 1 and not written.isupper() and written != written.lower():
        return " ".join(word.capitalize() for word in new.split(" "))
    return new


def check_name(name: str) -> str:
    """A name without its edges. Raises UsageError for one that a script would not take for a speaker's."""
    name = unicodedata.normalize("NFC", " ".join(name.split()))
    lines = (f"{name.upper()} : x", f"{name}「x」")
    cues = [facts.cue for facts in map(analyse, lines) if facts.heading is None]
    if (
        not name
        or len(name) > _LONGEST
        or not any(
            cue and cue.kind is LineKind.DIALOGUE and same_name(cue.name) == same_name(name) for cue in cues
        )
    ):
        raise UsageError(
            "This can't be a character's name: a script would read it as something else.",
            todo="Use up to five words, without a colon, brackets or a keyword.",
        )
    return name


def edits_for(lines: LineBuffer, uses: Iterable[Use], new: str) -> list[Edit]:
    """The edits that write the new name at these places."""
    edits: list[Edit] = []
    grown = 0
    for row, start, end, text, _ in sorted(uses):
        name = styled(text, new)
        if name != text:
            edits.append((lines.offset(row, start) + grown, end - start, name))
            grown += len(name) - (end - start)
    return edits


def from_the_last(edits: Iterable[Edit]) -> list[Edit]:
    """Edits that are made from left to right, for being made from right to left."""
    found: list[Edit] = []
    grown = 0
    for offset, deleted, inserted in edits:
        found.append((offset - grown, deleted, inserted))
        grown += len(inserted) - deleted
    return found[::-1]
