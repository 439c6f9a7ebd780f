"""Bringing what was done to a copy of the script home, to a script that has moved on meanwhile."""

from __future__ import annotations

from typing import NamedTuple

from core.story.deltas import Delta, carry, from_edits, to_edits
from core.story.linediff import edits_between
from core.story.types import TextEdit


class _Place(NamedTuple):
    """One changed place: `start` to `end` (not included) of the base became `inserted`."""

    start: int
    end: int
    inserted: str


def three_way(base: str, ours: str, theirs: str) -> tuple[TextEdit, ...]:
    """The edits of `ours`, from left to right, that do to it what turned `base` into `theirs`.

    Words that either side wrote are kept; what either side deleted is gone; a place that both
    changed in the same way is changed once. Costs the size of the texts: ask in a worker.
    """
    if theirs in (base, ours):
        return ()
    if ours == base:
        return edits_between(ours, theirs)
    mine = from_edits(edits_between(base, ours))
    same = set(_places(mine))
    others = [place for place in _places(from_edits(edits_between(base, theirs))) if place not in same]
    return to_edits(carry(_delta(others), mine, first=False))


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
