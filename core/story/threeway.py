"""Bringing what was done to a copy of the script home, to a script that has moved on meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from core.story.deltas import Delta, carry, compose, from_edits
from core.story.linediff import Block, edits_between, line_blocks
from core.story.types import TextEdit

_CLOSELY = 1_000_000  # product of two numbers of lines up to which they are compared each with each


class _Place(NamedTuple):
    """One changed place: `start` to `end` (not included) of the base became `inserted`."""

    start: int
    end: int
    inserted: str


class _Side(NamedTuple):
    """What one side did to a stretch of the base: its lines, and which of them took whose place."""

    lines: Sequence[str]
    blocks: Sequence[Block]


def three_way(base: str, ours: str, theirs: str, *, keep_theirs: bool = True) -> tuple[TextEdit, ...]:
    """The edits of `ours`, from left to right, that do to it what turned `base` into `theirs`.

    Words that either side wrote are kept; what either side deleted is gone, except a line that the
    other wrote in; what both did alike is done once. Where both wrote other words in the same place
    of a line, both lines are kept, ours above theirs; or ours alone, unless `keep_theirs`. Costs the size
    of the texts: ask in a worker.
    """
    if theirs in (base, ours):
        return ()
    if ours == base:
        return edits_between(ours, theirs)
    texts = [_lines(text) for text in (base, ours, theirs)]
    merged = "".join(_both(*stretch, keep_theirs=keep_theirs) for stretch in _stretches(*texts))
    return edits_between(ours, merged.removesuffix("\n"))


def clashes(base: str, ours: str, theirs: str) -> tuple[tuple[str, str], ...]:
    """Where both sides wrote other words in the same place of a line: our lines and theirs, in order."""
    if theirs in (base, ours) or ours == base:
        return ()
    found: list[tuple[str, str]] = []
    texts = [_lines(text) for text in (base, ours, theirs)]
    for lines, mine, others in _stretches(*texts):
        if mine.blocks and others.blocks:
            sides = tuple("".join(_done(lines, side)) for side in (mine, others))
            if sides[0] != sides[1] and _by_words("".join(lines), *sides) is None:
                found.append((sides[0], sides[1]))
    return tuple(found)


def _lines(text: str) -> list[str]:
    """The lines with their breaks; the last one gets one too, so that whole lines can change places."""
    return [f"{line}\n" for line in text.split("\n")]


def _stretches(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]
) -> Iterator[tuple[Sequence[str], _Side, _Side]]:
    """The base stretch by stretch, with what each side did to it."""
    lists = (list(line_blocks(base, ours))[::-1], list(line_blocks(base, theirs))[::-1])
    at = 0
    while lists[0] or lists[1]:
        start = end = min(blocks[-1][0] for blocks in lists if blocks)
        mine: list[Block] = []
        others: list[Block] = []
        grown = True
        while grown:
            grown = False
            for left, taken in zip(lists, (mine, others), strict=True):
                while left and _meets(left[-1], start, end):
                    taken.append(left.pop())
                    end, grown = max(end, taken[-1][1]), True
        yield base[at:start], _Side(ours, ()), _Side(theirs, ())
        yield base[start:end], _Side(ours, _from(mine, start)), _Side(theirs, _from(others, start))
        at = end
    yield base[at:], _Side(ours, ()), _Side(theirs, ())


def _meets(block: Block, start: int, end: int) -> bool:
    """Whether a block has to be looked at together with what changed from `start` to `end`."""
    first, last = block[0], block[1]
    return first < end or first == start or first == last == end


def _from(blocks: Sequence[Block], start: int) -> list[Block]:
    return [(a - start, b - start, c, d) for a, b, c, d in blocks]


def _both(base: Sequence[str], ours: _Side, theirs: _Side, *, keep_theirs: bool) -> str:
    """A stretch of lines with both sides' changes."""
    mine, others = ("".join(_done(base, side)) for side in (ours, theirs))
    if not theirs.blocks or mine == others:
        return mine
    if not ours.blocks:
        return others
    merged = _by_words("".join(base), mine, others)
    if merged is None:
        return "".join(_by_lines(base, ours, theirs)) if keep_theirs else mine
    return merged


def _done(base: Sequence[str], side: _Side) -> Iterator[str]:
    """The lines as one side left them."""
    at = 0
    for start, end, first, last in side.blocks:
        yield from base[at:start]
        yield from side.lines[first:last]
        at = end
    yield from base[at:]


def _by_words(base: str, ours: str, theirs: str) -> str | None:
    """Both sides' words in the same lines; None where they are in each other's way."""
    mine = from_edits(edits_between(base, ours))
    my_places = _places(mine)
    same = set(my_places)
    others = [place for place in _places(from_edits(edits_between(base, theirs))) if place not in same]
    first = 0
    for other in others:
        while first < len(my_places) and my_places[first].end < other.start:
            first += 1
        for place in my_places[first:]:
            if place.start > other.end:
                break
            if _clash(base, place, other):
                return None
    return "".join(map(str, compose((ours,), carry(_delta(others), mine, first=False))))


def _clash(base: str, mine: _Place, other: _Place) -> bool:
    """Whether two places that overlap or touch can't both be done word by word."""
    if mine.inserted and other.inserted and mine.start == other.start:
        joins = mine.inserted[-1:].isalnum() and other.inserted[:1].isalnum()
        return joins or mine.end != other.end or "\n" in mine.inserted + other.inserted
    nested = (mine.start - other.start) * (mine.end - other.end) <= 0
    overlap = mine.start < other.end and other.start < mine.end
    if overlap and not nested:
        return True
    breaks = any("\n" in base[place.start : place.end] for place in (mine, other))
    return bool(mine.inserted or other.inserted) and (overlap or breaks)


def _by_lines(base: Sequence[str], ours: _Side, theirs: _Side) -> Iterator[str]:
    """Whole lines: those of the base that both left alone, and what each side wrote, ours above theirs."""
    mine, others = _written(ours), _written(theirs)
    twice = _alike(ours, mine, theirs, others)
    before: dict[int, list[str]] = {}  # a row of ours -> lines of theirs that stand above it
    below: dict[int, list[str]] = {}  # a row of the base -> lines of theirs that stand above it, below ours
    same = -1
    for row in reversed(others):  # from below, so that each knows what comes next
        if row in twice:
            same = twice[row]
        elif mine.get(same) == others[row]:
            before.setdefault(same, []).append(theirs.lines[row])
        else:
            below.setdefault(others[row], []).append(theirs.lines[row])
    gone = {row for side in (ours, theirs) for a, b, _, _ in side.blocks for row in range(a, b)}
    above: dict[int, list[str]] = {}
    for row, at in mine.items():
        above.setdefault(at, []).extend([*reversed(before.get(row, ())), ours.lines[row]])
    for at in range(len(base) + 1):
        yield from above.get(at, ())
        yield from reversed(below.get(at, ()))
        yield from base[at : at + 1] if at not in gone else ()


def _written(side: _Side) -> dict[int, int]:
    """The rows that one side wrote, each with the row of the base that it stands above."""
    return {row: start for start, _, first, last in side.blocks for row in range(first, last)}


def _alike(ours: _Side, mine: dict[int, int], theirs: _Side, others: dict[int, int]) -> dict[int, int]:
    """Rows of theirs with lines that ours wrote too, in the same order; and which of ours those are."""
    if len(mine) * len(others) > _CLOSELY:
        return {}
    rows, their_rows = list(mine), list(others)
    matcher = SequenceMatcher(
        None, [ours.lines[row] for row in rows], [theirs.lines[row] for row in their_rows], autojunk=False
    )
    blocks = matcher.get_matching_blocks()
    return {their_rows[b + step]: rows[a + step] for a, b, size in blocks for step in range(size)}


def _places(delta: Delta) -> list[_Place]:
    places: list[_Place] = []
    at, inserted = 0, ""
    for op in (*delta, 0):
        if isinstance(op, str):
            inserted = op
            continue
        deleted = max(-op, 0)
        if inserted or deleted:
            places.append(_Place(at, at + deleted, inserted))
            inserted = ""
        at += abs(op)
    return places


def _delta(places: list[_Place]) -> Delta:
    edits: list[TextEdit] = []
    shift = 0
    for start, end, inserted in places:
        edits.append(TextEdit(start + shift, end - start, inserted))
        shift += len(inserted) - (end - start)
    return from_edits(edits)
