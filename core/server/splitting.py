"""Where the script's pages begin, and what is counted on each: the seam to the script language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from core.script import LineBuffer

_PAGE = re.compile(r"\s*(?:PAGE|PAGES|PLANCHE)\b", re.IGNORECASE)
_PANEL = re.compile(r"\s*(?:PANEL|CASE)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Counts:
    """What a stretch of script holds; stretches that end at line ends add up."""

    pages: int = 0
    panels: int = 0
    chapters: int = 0
    words: int = 0
    characters: int = 0
    dialogues: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.pages + other.pages,
            self.panels + other.panels,
            self.chapters + other.chapters,
            self.words + other.words,
            self.characters + other.characters,
            self.dialogues + other.dialogues,
        )

    def __sub__(self, other: Counts) -> Counts:
        return Counts(
            self.pages - other.pages,
            self.panels - other.panels,
            self.chapters - other.chapters,
            self.words - other.words,
            self.characters - other.characters,
            self.dialogues - other.dialogues,
        )

    def as_json(self) -> dict[str, Any]:
        """For the `statistics` column and the unified document."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def page_starts(lines: LineBuffer, start: int, end: int) -> list[int]:
    """Offsets in [start, end) at which a page begins; `start` must be the start of a row."""
    row, _ = lines.location(start)
    found: list[int] = []
    offset = start
    while offset < end and row < len(lines):
        line = lines[row]
        if _PAGE.match(line):
            found.append(offset)
        offset += len(line) + 1
        row += 1
    return found


def count(text: str) -> Counts:
    """Count one page, or what stands before the first."""
    rows = text.split("\n")
    return Counts(
        pages=1 if _PAGE.match(rows[0]) else 0,
        panels=sum(1 for row in rows if _PANEL.match(row)),
        words=len(text.split()),
        characters=len(text),
    )


def describe(text: str, counts: Counts) -> dict[str, Any]:
    """The JSON of a page's row: only what its own text says, so that other pages' edits don't change it."""
    heading = text.split("\n", 1)[0].strip() if counts.pages else ""
    return {
        "heading": heading,
        "panels": counts.panels,
        "words": counts.words,
        "dialogues": counts.dialogues,
    }
