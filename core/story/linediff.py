"""What must be edited to turn one text into another: whole lines first, then the words that differ.

Lines that stand once in both texts hold the rest in place (patience), so that the cost follows the
length of the texts and not the number of changes, and a line that repeats is not taken for another.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate

from core.story.types import TextEdit

Block = tuple[int, int, int, int]
"""(old start, old end, new start, new end) of what differs."""

_CLOSELY = 40_000
"""Product of two lengths up to which lines or words are compared each with each."""
_WORDS = re.compile(r"\w+|\W", re.DOTALL)


def edits_between(old: str, new: str) -> tuple[TextEdit, ...]:
    """The edits, to be made one after another, that turn `old` into `new`."""
    edits: list[TextEdit] = []
    shift = 0
    for start, end, new_start, new_end in _characters(old, new):
        edits.append(TextEdit(start + shift, end - start, new[new_start:new_end]))
        shift += (new_end - new_start) - (end - start)
    return tuple(edits)


def _characters(old: str, new: str) -> Iterator[Block]:
    """What differs, in code points, in order."""
    before, after = old.split("\n"), new.split("\n")
    old_at = [0, *accumulate(len(line) + 1 for line in before)]
    new_at = [0, *accumulate(len(line) + 1 for line in after)]
    for a, b, c, d in line_blocks(before, after):
        # Behind the last line stands no line break: take the one before instead.
        tail = (b == len(before)) != (d == len(after)) or (b == len(before) and (a == b or c == d))
        back = 1 if tail and a and c else 0
        start, end = old_at[a] - back, min(old_at[b] - back, len(old))
        new_start, new_end = new_at[c] - back, min(new_at[d] - back, len(new))
        yield from _words(old, new, (start, end, new_start, new_end))


def line_blocks(old: Sequence[str], new: Sequence[str]) -> Iterator[Block]:
    """The lines that differ, as rows, in order."""
    work = [(0, len(old), 0, len(new))]
    while work:
        a, b, c, d = work.pop()
        while a < b and c < d and old[a] == new[c]:
            a, c = a + 1, c + 1
        while a < b and c < d and old[b - 1] == new[d - 1]:
            b, d = b - 1, d - 1
        if a == b and c == d:
            continue
        anchors = _anchors(old, new, a, b, c, d) if a < b and c < d else []
        if anchors:
            gaps = []
            for x, y in (*anchors, (b, d)):
                gaps.append((a, x, c, y))
                a, c = x + 1, y + 1
            work += reversed(gaps)
        elif a < b and c < d and (b - a) * (d - c) <= _CLOSELY:
            yield from _closely(old[a:b], new[c:d], a, c)
        elif b - a == d - c:  # every line was changed: each became the one in its place
            yield from (
                (a + row, a + row + 1, c + row, c + row + 1)
                for row in range(b - a)
                if old[a + row] != new[c + row]
            )
        else:
            yield a, b, c, d


def _anchors(old: Sequence[str], new: Sequence[str], a: int, b: int, c: int, d: int) -> list[tuple[int, int]]:
    """Lines that stand once in each stretch, as many as keep their order."""
    places = _once(old, a, b)
    others = _once(new, c, d)
    pairs = [(at, others[line]) for line, at in places.items() if at >= 0 and others.get(line, -1) >= 0]
    return longest_rising(pairs)


def _once(lines: Sequence[str], start: int, end: int) -> dict[str, int]:
    """Line -> its row, or -1 if it stands there more than once; blank ones hold nothing in place."""
    found: dict[str, int] = {}
    for row in range(start, end):
        line = lines[row]
        found[line] = -1 if line in found or not line.strip() else row
    return found


def longest_rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs that rises in both; `pairs` are in the order of their first."""
    tails: list[int] = []
    last: list[int] = []
    above: list[int] = []
    for index, (_, place) in enumerate(pairs):
        at = bisect_left(tails, place)
        above.append(last[at - 1] if at else -1)
        if at == len(tails):
            tails.append(place)
            last.append(index)
        else:
            tails[at], last[at] = place, index
    run = []
    index = last[-1] if last else -1
    while index >= 0:
        run.append(pairs[index])
        index = above[index]
    return run[::-1]


def _closely(old: Sequence[str], new: Sequence[str], row: int, new_row: int) -> Iterator[Block]:
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield row + a, row + b, new_row + c, new_row + d


def _words(old: str, new: str, block: Block) -> Iterator[Block]:
    """The words that differ in a stretch of lines, in code points of the texts."""
    start, end, new_start, new_end = block
    gone, come = old[start:end], new[new_start:new_end]
    if not gone or not come:
        yield block
        return
    before, after = _WORDS.findall(gone), _WORDS.findall(come)
    if len(before) * len(after) > _CLOSELY:
        yield _trimmed(old, new, block)
        return
    old_at = [start, *accumulate((len(word) for word in before), initial=start)][1:]
    new_at = [new_start, *accumulate((len(word) for word in after), initial=new_start)][1:]
    for a, b, c, d in _closely(before, after, 0, 0):
        yield old_at[a], old_at[b], new_at[c], new_at[d]


def _trimmed(old: str, new: str, block: Block) -> Block:
    """A stretch without what both begin and end with."""
    a, b, c, d = block
    while a < b and c < d and old[a] == new[c]:
        a, c = a + 1, c + 1
    while a < b and c < d and old[b - 1] == new[d - 1]:
        b, d = b - 1, d - 1
    return a, b, c, d
