"""Where the pages of a script begin: texts of one project are read each from the one before it."""

from __future__ import annotations

from typing import NamedTuple

from core.script import Script, parse
from core.story.linediff import edits_between

MOST_EDITS = 2_000
"""Edits beyond which reading anew is as quick."""


class Cut(NamedTuple):
    """What is wanted of a script."""

    starts: tuple[int, ...]
    """The offsets of its pages."""
    words: int
    """As lists of projects count them."""


class Cutter:
    """Reads texts that resemble one another: after the first, reading one costs what differs."""

    def __init__(self) -> None:
        self._script: Script | None = None
        self._text = ""
        self._known: dict[str, Cut] = {}

    def cut(self, text: str) -> Cut:
        """Where its pages begin, and how many words it has."""
        if text not in self._known:
            script = self._moved_to(text)
            starts = tuple(span.offset for span in script.pages)
            self._known[text] = Cut(starts, script.statistics().words)
        return self._known[text]

    def _moved_to(self, text: str) -> Script:
        script = self._script
        edits = () if script is None else edits_between(self._text, text)
        if script is None or len(edits) > MOST_EDITS or 2 * sum(e.deleted for e in edits) > len(self._text):
            script = parse(text)
        else:
            script.splice_many((edit.position, edit.deleted, edit.inserted) for edit in edits)
            script.complete()
        self._script, self._text = script, text
        return script
