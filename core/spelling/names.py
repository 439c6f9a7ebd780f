"""The names of a script: whoever speaks, what headings say, words with a capital inside of sentences."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable

from core.script import HEADINGS, LineKind, Script
from core.spelling.dictionary import folded
from core.spelling.words import pieces, words_in

SLICE = 32
"""Rows between two looks at the clock."""
_WORD = re.compile(r"[^\W\d_]{2,}")


class NameFinder:
    """Goes through a script in slices of time and collects names; it never forgets one.

    A word in capitals or at the beginning of a sentence is a name when it is met a second time.
    """

    def __init__(self, script: Script, known: Iterable[str] = ()) -> None:
        """`known` are names from elsewhere, the bible's for example; of several words each counts."""
        self.names: set[str] = set()
        self._script = script
        self._row = 0
        self._again: list[tuple[int, int]] = []
        self._met_once: dict[str, int] = {}
        self.add(known)

    def add(self, names: Iterable[str]) -> None:
        """Names from elsewhere."""
        for name in names:
            self.names.update(folded(word) for word in _WORD.findall(name))

    def look_again(self, row: int, count: int) -> None:
        """These rows have changed."""
        if (row, row + count) not in self._again[-1:]:  # a burst of keys changes one row
            self._again.append((row, row + count))

    def advance(self, budget_ms: float) -> bool:
        """Go on for about so many milliseconds; True when all rows were looked at."""
        deadline = time.perf_counter() + budget_ms / 1000
        rows = len(self._script.lines)
        while self._again or self._row < rows:
            if self._again:
                first, last = self._again.pop()
                end = min(last, rows, first + SLICE)
                if first + SLICE < last:
                    self._again.append((first + SLICE, last))
            else:
                first, end = self._row, min(rows, self._row + SLICE)
                self._row = end
            for row in range(first, end):
                self._look(row)
            if time.perf_counter() >= deadline:
                break
        return not self._again and self._row >= rows

    def _look(self, row: int) -> None:
        line = self._script.line(row)
        if line.speaker and not line.continued:
            self.add((line.speaker,))
        if line.kind in HEADINGS:
            self.add((line.title,))
        if line.kind in (LineKind.BLANK, LineKind.SFX):
            return
        raw = self._script.lines[row]
        for start, end in pieces(line):
            for word in words_in(raw, start, end):
                if not word.text[0].isupper():
                    continue
                if not word.opening and not word.text.isupper():
                    self.add((word.text,))
                else:
                    self._meet(folded(word.text), row)

    def _meet(self, word: str, row: int) -> None:
        """A capital that may mean nothing: a name, if it comes back on another line."""
        if self._met_once.setdefault(word, row) != row:
            self.names.add(word)
