"""Finding words in the text: which places match, and the next one from here."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence


class Search:
    """One wanted text. Matches don't overlap and don't cross line breaks."""

    def __init__(self, wanted: str = "", *, match_case: bool = False) -> None:
        self.wanted, self.match_case = wanted, match_case
        flags = 0 if match_case else re.IGNORECASE
        self._pattern = re.compile(re.escape(wanted), flags) if wanted else None

    def __bool__(self) -> bool:
        return self._pattern is not None

    def in_line(self, line: str) -> list[tuple[int, int]]:
        """The (start, end) columns of matches in a line."""
        return [match.span() for match in self._pattern.finditer(line)] if self._pattern else []

    def in_text(self, text: str) -> list[int]:
        """The offsets of all matches."""
        return [match.start() for match in self._pattern.finditer(text)] if self._pattern else []


def next_match(offsets: Sequence[int], after: int) -> int | None:
    """The index of the first match at or after an offset; the first of all if there is none."""
    if not offsets:
        return None
    return bisect_left(offsets, after) % len(offsets)


def previous_match(offsets: Sequence[int], before: int) -> int | None:
    """The index of the last match before an offset; the last of all if there is none."""
    if not offsets:
        return None
    return (bisect_left(offsets, before) - 1) % len(offsets)


def match_at(offsets: Sequence[int], offset: int) -> int | None:
    """The index of the match that begins exactly at an offset."""
    index = bisect_right(offsets, offset) - 1
    return index if index >= 0 and offsets[index] == offset else None
