"""Where the pages of a script begin: texts of one project are read each from the one before it."""

from __future__ import annotations

from collections import OrderedDict
from typing import NamedTuple
from uuid import UUID

from core.script import Script, Statistics, parse
from core.story.linediff import edits_between

MOST_EDITS = 2_000
"""Edits beyond which reading anew is as quick."""
MOST_KEPT = 3
"""Projects whose scripts are kept in mind at a time: each may be several megabytes."""


class Cut(NamedTuple):
    """What is wanted of a script."""

    starts: tuple[int, ...]
    """The offsets of its pages."""
    statistics: Statistics

    @property
    def words(self) -> int:
        """As lists of projects count them."""
        return self.statistics.words


class Cutter:
    """Reads texts that resemble one another: after the first, reading one costs what differs."""

    def __init__(self) -> None:
        self._script: Script | None = None
        self._text = ""
        self._known: dict[str, Cut] = {}

    def cut(self, text: str) -> Cut:
        """Where its pages begin, and its figures."""
        if text not in self._known:
            script = self._moved_to(text)
            starts = tuple(script.lines.offset(row, 0) for row, _, _ in script.pages.stamps())
            self._known[text] = Cut(starts, script.statistics())
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


class Cutters:
    """The cutters of the projects that were worked on last: backup, import and report read a script once."""

    def __init__(self) -> None:
        self._cutters: OrderedDict[UUID, Cutter] = OrderedDict()

    def of(self, project_id: UUID) -> Cutter:
        """The one of a project."""
        cutter = self._cutters.pop(project_id, None) or Cutter()
        self._cutters[project_id] = cutter
        while len(self._cutters) > MOST_KEPT:
            self._cutters.popitem(last=False)
        return cutter
