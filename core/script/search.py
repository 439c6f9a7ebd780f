"""Finding words in a script: what a writer means by a text or a pattern, and going through the lines."""

from __future__ import annotations

import re
import time
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple, Protocol

from core.errors import UsageError
from core.script.lines import LineBuffer

_MARKS = "\u0300-\u036f\u3099\u309a"
_SPACES = "[ \u00a0\u202f\u3000]"
_SINGLE, _DOUBLE = "['’]", '["“”„]'
_ALIKE = {
    **dict.fromkeys("'’", _SINGLE),
    **dict.fromkeys('"“”„', _DOUBLE),
    **dict.fromkeys(" \u00a0\u202f\u3000", _SPACES),
    "ß": "(?:ß|ss)",
    "…": r"(?:…|\.\.\.)",
}
_KANJI, _HIRAGANA, _KATAKANA = (
    "\u3400-\u9fff\uf900-\ufaff々〆〇",
    "\u3041-\u309f",
    "\u30a0-\u30ff\uff66-\uff9f",
)
_CHUNK = 256
"""Rows that are searched between two looks at the clock."""


class SearchError(UsageError):
    """The pattern can't be used; the sentence stands in the find line."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for."""

    text: str = ""
    case: bool = False
    """Tell small and capital letters apart, and ’ from '."""
    word: bool = False
    regex: bool = False


class Match(NamedTuple):
    """The columns `start` to `end` (not included) of a row."""

    row: int
    start: int
    end: int


class Area(Protocol):
    """Where is looked: some rows, and in each row some columns."""

    @property
    def label(self) -> str:
        """In a few words: `in dialogue`."""

    def rows(self) -> range:
        """The rows to look at, as the text is now."""

    def pieces(self, row: int) -> Sequence[tuple[int, int]]:
        """The (start, end) columns of a row that belong to it."""


class Search:
    """Finds matches in a piece of a line; never empty ones."""

    def __init__(self, wanted: Wanted) -> None:
        """Raises SearchError for a pattern that is none."""
        self.wanted = wanted
        self.pattern = compiled(wanted) if wanted.text else None
        self.known: Mapping[str, Sequence[tuple[int, int]]] | None = {} if wanted.regex else None
        """What a pattern matches in the pieces that a worker has looked at; None: look oneself.

        A pattern of the writer's own may take longer than anybody waits, so it is never tried here.
        """

    def __bool__(self) -> bool:
        return self.pattern is not None

    def in_piece(self, piece: str) -> Sequence[tuple[int, int]]:
        """The (start, end) columns of the matches."""
        if self.known is not None:
            return self.known.get(piece, ())
        return [found.span() for found in self.pattern.finditer(piece)] if self.pattern else []


def compiled(wanted: Wanted) -> re.Pattern[str]:
    """The pattern for what is wanted. Raises SearchError."""
    flags = re.NOFLAG if wanted.case else re.IGNORECASE
    source = wanted.text if wanted.regex else literal(wanted.text, alike=not wanted.case)
    if wanted.word:
        source = in_words(source, "" if wanted.regex else wanted.text)
    try:
        return re.compile(source, flags)
    except re.error as error:
        raise SearchError(f"No pattern yet: {error.msg}.") from None
    except (OverflowError, RecursionError):
        raise SearchError("This pattern is too large.") from None


def check_template(pattern: re.Pattern[str], template: str) -> None:
    """Raises SearchError if a replacement names a group that the pattern has not."""
    try:
        pattern.sub(template, "")
    except (re.error, IndexError) as error:
        raise SearchError(f"The replacement can't be used: {error}.") from None


def literal(text: str, *, alike: bool = True) -> str:
    """A pattern for a text, however its accents are stored.

    With `alike`, straight and curly quotes and the kinds of spaces are the same too.
    """
    out: list[str] = []
    composed = unicodedata.normalize("NFC", text)
    at = 0
    while at < len(composed):
        end = at + 1
        while end < len(composed) and unicodedata.combining(composed[end]):
            end += 1
        cluster = composed[at:end]
        apart = unicodedata.normalize("NFD", cluster)
        if alike and cluster in _ALIKE:
            out.append(_ALIKE[cluster])
        elif alike and composed[at : at + 2].lower() == "ss":
            out.append(f"(?:{re.escape(composed[at : at + 2])}|ß)")
            end = at + 2
        elif apart != cluster:
            out.append(f"(?:{re.escape(cluster)}|{re.escape(apart)})")
        else:
            out.append(re.escape(cluster))
        at = end
    # The e of an é that is stored as two characters is no e.
    return "".join(out) + f"(?![{_MARKS}])"


def in_words(source: str, text: str = "", *, followed: str = "") -> str:
    """A pattern that has no letter right before or behind it; `text` is what it matches, if that is known.

    Japanese has no spaces: there a word ends where the kind of script changes, or before what the
    pattern `followed` matches.
    """
    before, after = (_kind_of(text[:1]), _kind_of(text[-1:])) if text else (r"\w", r"\w")
    end = f"(?:(?!{after})|(?={followed}))" if followed else f"(?!{after})"
    return f"(?<!{before})(?:{source}){end}"


def _kind_of(char: str) -> str:
    for kind in (_KANJI, _HIRAGANA, _KATAKANA):
        if re.match(f"[{kind}]", char):
            return f"[{kind}]"
    return rf"[^\W{_KANJI}{_HIRAGANA}{_KATAKANA}]"


class Finder:
    """Goes through the rows in slices of time, first from `start_row` down, then what is above it.

    Made for one state of the text: when that has changed, begin with a new one.
    """

    def __init__(
        self, lines: LineBuffer, search: Search, area: Area | None = None, *, start_row: int = 0
    ) -> None:
        self.search = search
        self.area = area
        self.done = False
        self._lines = lines
        self._all = area.rows() if area else range(len(lines))
        first = min(max(start_row, self._all.start), self._all.stop)
        self._first = first
        self._below: list[Match] = []
        self._above: list[Match] = []
        self._left = [(first, self._all.stop, self._below), (self._all.start, first, self._above)]

    @property
    def matches(self) -> list[Match]:
        """All matches in order, once `done`; before that, those found so far."""
        return [*self._above, *self._below]

    @property
    def count(self) -> int:
        """Matches so far."""
        return len(self._above) + len(self._below)

    def first_from(self, row: int, column: int) -> Match | None:
        """The first match at or after a place, round the end; None: not found (yet)."""
        at = bisect_left(self._below, (row, column, -1))
        if row >= self._first and at < len(self._below):
            return self._below[at]
        if not self.done or not self.count:
            return None
        matches = self.matches
        return matches[bisect_left(matches, (row, column, -1)) % len(matches)]

    def last_before(self, row: int, column: int) -> Match | None:
        """The last match before a place, round the start; None: not found (yet)."""
        if not self.done or not self.count:
            return None
        matches = self.matches
        return matches[bisect_left(matches, (row, column, -1)) - 1]

    def index_of(self, match: Match) -> int | None:
        """Which match it is, from 0; None if it is none."""
        matches = self.matches
        at = bisect_left(matches, match)
        return at if at < len(matches) and matches[at] == match else None

    def advance(self, budget_ms: float) -> bool:
        """Go on for about so many milliseconds; True when every row was looked at."""
        deadline = time.perf_counter() + budget_ms / 1000
        while self._left and time.perf_counter() < deadline:
            start, stop, found = self._left.pop(0)
            end = min(stop, start + _CHUNK)
            found += self._in_rows(start, end)
            if end < stop:
                self._left.insert(0, (end, stop, found))
        self.done = not self._left
        return self.done

    def in_row(self, row: int) -> list[Match]:
        """The matches of one row, as it is now."""
        if not self._all.start <= row < self._all.stop or row >= len(self._lines):
            return []
        line = self._lines[row]
        pieces = self.area.pieces(row) if self.area else ((0, len(line)),)
        return [
            Match(row, at + start, at + end)
            for at, stop in pieces
            for start, end in self.search.in_piece(line[at:stop])
            if start < end
        ]

    def _in_rows(self, start: int, end: int) -> Iterator[Match]:
        if self.area is not None or self.search.known is not None:
            for row in range(start, end):
                yield from self.in_row(row)
            return
        # What has no line break in it can be looked for in many lines at once.
        lines = self._lines.rows(start, end)
        starts = [0, *accumulate(len(line) + 1 for line in lines)]
        for begin, stop in self.search.in_piece("\n".join(lines)):
            row = bisect_right(starts, begin) - 1
            yield Match(start + row, begin - starts[row], stop - starts[row])


class PieceMaker:
    """Collects the different pieces of text that a pattern has to be tried on, in slices of time."""

    def __init__(self, lines: LineBuffer, area: Area | None = None) -> None:
        self.pieces: dict[str, None] = {}
        self._lines = lines
        self._area = area
        self._rows = area.rows() if area else range(len(lines))
        self._next = self._rows.start

    def advance(self, budget_ms: float) -> bool:
        """Go on for about so many milliseconds; True when all are there."""
        deadline = time.perf_counter() + budget_ms / 1000
        while self._next < self._rows.stop and time.perf_counter() < deadline:
            end = min(self._rows.stop, self._next + _CHUNK)
            if self._area is None:
                self.pieces.update(dict.fromkeys(self._lines.rows(self._next, end)))
            else:
                for row in range(self._next, end):
                    line = self._lines[row]
                    self.pieces.update((line[start:stop], None) for start, stop in self._area.pieces(row))
            self._next = end
        return self._next >= self._rows.stop
