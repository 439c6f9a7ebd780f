"""Two texts side by side: which characters of either differ from the other."""

from __future__ import annotations

from typing import NamedTuple

from rich.text import Text

from core.cells import clean
from core.story.linediff import edits_between

LONGEST = 8_000
"""Characters of either side that are compared; a plan carries fewer."""


class Sides(NamedTuple):
    """What differs in either, as (start, end) in characters."""

    ours: tuple[tuple[int, int], ...]
    theirs: tuple[tuple[int, int], ...]


def marks_between(ours: str, theirs: str) -> Sides:
    """What must be marked in both."""
    mine: list[tuple[int, int]] = []
    others: list[tuple[int, int]] = []
    grown = 0
    for edit in edits_between(ours, theirs):
        start = edit.position - grown
        if edit.deleted:
            mine.append((start, start + edit.deleted))
        if edit.inserted:
            others.append((edit.position, edit.position + len(edit.inserted)))
        grown += len(edit.inserted) - edit.deleted
    return Sides(tuple(mine), tuple(others))


def harmless_lines(text: str) -> str:
    """Several lines of somebody's, with nothing in them that a terminal obeys."""
    return "\n".join(clean(line) for line in text[:LONGEST].split("\n"))


def drawn(text: str, marks: tuple[tuple[int, int], ...], colour: str) -> Text:
    """A side with what differs in bold, underlined and coloured, so that it is seen without colours too."""
    made = Text(text)
    for start, end in marks:
        made.stylize(f"bold underline {colour}", start, end)
    return made
