"""Parts of a script to look in: what is said, captions, one speaker's lines, one page."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from core.script.keywords import fold
from core.script.kinds import LineKind, Role
from core.script.script import Script

LOOK_UP = 200
"""Rows above the cursor in which its speaker is looked for."""


class Part(StrEnum):
    """What an area is."""

    DIALOGUE = "dialogue"
    CAPTIONS = "captions"
    SPEAKER = "speaker"
    PAGE = "page"


class ScriptArea:
    """One part of a script; see `core.script.search.Area`."""

    def __init__(self, script: Script, part: Part, *, speaker: str = "", page: int = 0) -> None:
        """`speaker` as written, for SPEAKER; `page` is the key of a page, for PAGE."""
        self._script = script
        self.part = part
        self._speaker = fold(speaker)
        self._shown = speaker
        self._page = page

    @property
    def label(self) -> str:
        """In a few words."""
        match self.part:
            case Part.DIALOGUE:
                return "in dialogue"
            case Part.CAPTIONS:
                return "in captions"
            case Part.SPEAKER:
                return f"in {self._shown}’s lines"
        return "on this page"

    def rows(self) -> range:
        """All rows; those of the page, which has none any more when it is gone."""
        if self.part is not Part.PAGE:
            return range(len(self._script.lines))
        row = next((row for row, key, _ in self._script.pages.stamps() if key == self._page), None)
        return range(0) if row is None else range(row, self._script.pages.at(row).end_row)

    def pieces(self, row: int) -> Sequence[tuple[int, int]]:
        """The words of a balloon without its speaker; a whole line of a page."""
        if self.part is Part.PAGE:
            return ((0, len(self._script.lines[row])),)
        wanted = LineKind.CAPTION if self.part is Part.CAPTIONS else LineKind.DIALOGUE
        if self._script.kind(row) is not wanted:
            return ()
        line = self._script.line(row)
        if self.part is Part.SPEAKER and fold(line.speaker or "") != self._speaker:
            return ()
        return [(start, end) for start, end, role in line.spans if role is Role.TEXT]


def areas_at(script: Script, row: int) -> list[ScriptArea]:
    """The parts that one may want to look in from a row on."""
    found = [ScriptArea(script, Part.DIALOGUE), ScriptArea(script, Part.CAPTIONS)]
    if speaker := speaker_at(script, row):
        found.append(ScriptArea(script, Part.SPEAKER, speaker=speaker))
    page = script.pages.at(row)
    if page.index >= 0:
        found.append(ScriptArea(script, Part.PAGE, page=page.key))
    return found


def speaker_at(script: Script, row: int) -> str:
    """Who speaks at a row, or who spoke last above it; empty for nobody."""
    for at in range(row, max(-1, row - LOOK_UP), -1):
        if script.kind(at) is LineKind.DIALOGUE and (speaker := script.line(at).speaker):
            return speaker
    return ""
