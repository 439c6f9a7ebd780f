"""What replacing matches does to the text: edits in order, each with its place after those before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.script import LineBuffer
from core.script.search import Area, Match, Search, check_template
from core.story import TextEdit
from screens.widgets.editor.document import Location
from screens.widgets.editor.mapping import Stick, map_offset

if TYPE_CHECKING:
    from core.script.patterns import Found as PatternFound


class SelectedArea:
    """What was selected when the search began; see `core.script.search.Area`. It follows edits."""

    label = "in the selection"

    def __init__(self, lines: LineBuffer, start: int, end: int) -> None:
        """`start` and `end` are offsets."""
        self._lines, self._start, self._end = lines, start, end

    def follow(self, edits: Sequence[TextEdit]) -> None:
        """The text was edited."""
        self._start = map_offset(self._start, edits, Stick.BEFORE)
        self._end = max(self._start, map_offset(self._end, edits, Stick.AFTER))

    def _ends(self) -> tuple[Location, Location]:
        last = self._lines.length
        return self._lines.location(min(self._start, last)), self._lines.location(min(self._end, last))

    def rows(self) -> range:
        """The rows of the selection."""
        (first, _), (last, _) = self._ends()
        return range(first, last + 1)

    def pieces(self, row: int) -> Sequence[tuple[int, int]]:
        """What of a row is selected."""
        low, high = self._ends()
        line = len(self._lines[row])
        return ((low[1] if row == low[0] else 0, high[1] if row == high[0] else line),)


@dataclass
class Replacement:
    """A replacement that was asked for."""

    search: Search
    template: str
    """Taken as it stands; of a pattern, `\\1` is its first group."""
    only: tuple[Location, Location] | None = None
    """Only the match that is selected here."""
    made: PatternFound | None = None
    """What a pattern's matches become, by piece."""

    def check(self) -> None:
        """Raises SearchError if the pattern has not the groups that are wanted."""
        if self.search.known is not None and self.search.pattern is not None:
            check_template(self.search.pattern, self.template)


def edits_of(
    lines: LineBuffer, matches: Sequence[Match], area: Area | None, replacement: Replacement
) -> list[TextEdit]:
    """One edit for each match, from the top down."""
    edits = []
    row, row_start, grown = -1, 0, 0
    texts: dict[tuple[int, int], str] = {}
    for match in matches:
        if match.row != row:
            row, row_start = match.row, lines.offset(match.row, 0)
            texts = _made_in(lines[row], row, area, replacement.made) if replacement.made else {}
        new = texts.get((match.start, match.end), replacement.template)
        size = match.end - match.start
        edits.append(TextEdit(row_start + match.start + grown, size, new))
        grown += len(new) - size
    return edits


def _made_in(line: str, row: int, area: Area | None, made: PatternFound) -> dict[tuple[int, int], str]:
    """What each match of a line becomes, by its columns."""
    pieces = area.pieces(row) if area else ((0, len(line)),)
    return {
        (at + start, at + end): new
        for at, stop in pieces
        for start, end, new in made.get(line[at:stop], ())
        if new is not None
    }


class Batch:
    """Many edits made a few at a time, so that keys are taken between them."""

    def __init__(
        self, lines: LineBuffer, matches: Sequence[Match], edits: Sequence[TextEdit], pages: int
    ) -> None:
        """`edits` are what `edits_of` makes of the matches."""
        self.total = len(edits)
        self.pages = pages
        self.replaced = 0
        self._lines = lines
        self._left: list[tuple[int, str, str]] = []
        grown = 0
        for (row, start, end), edit in zip(matches, edits, strict=True):
            self._left.append((edit.position - grown, lines[row][start:end], edit.inserted))
            grown += len(edit.inserted) - edit.deleted
        self._left.reverse()
        self._shift = 0

    @property
    def done(self) -> bool:
        """Whether nothing is left."""
        return not self._left

    def take(self, count: int) -> list[TextEdit]:
        """The next edits, for the text as it is now; places that others have changed are left out."""
        taken: list[TextEdit] = []
        before = self._shift  # by so much the text is longer already
        while self._left and len(taken) < count:
            at, old, new = self._left.pop()
            start = at + before
            if start + len(old) > self._lines.length or self._lines.slice(start, start + len(old)) != old:
                continue
            taken.append(TextEdit(at + self._shift, len(old), new))
            self._shift += len(new) - len(old)
        self.replaced += len(taken)
        return taken

    def follow(self, edits: Sequence[TextEdit]) -> None:
        """Others changed the text."""
        self._left = [
            (map_offset(at + self._shift, edits, Stick.AFTER) - self._shift, old, new)
            for at, old, new in self._left
        ]
