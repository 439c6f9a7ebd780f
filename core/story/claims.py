"""Keeps other people's values: undoing an older step of mine must not take them back.

Loro's undo transforms texts against what came in meanwhile, but of a map's key it restores my
older value over a newer one of somebody else. So the store remembers which keys were last
written by others and when, counted in undo steps, and puts such a value back.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.story.clean import Json
from core.story.events import Child, Event, Path


@dataclass(slots=True)
class _Claim:
    value: Json
    made_at: int


class Claims:
    """The values of others, and the ages of my undo steps."""

    def __init__(self) -> None:
        self._now = 0
        self._undo: list[int] = []
        self._redo: list[int] = []
        self._claims: dict[Path, _Claim] = {}

    def stepped(self, undo_count: int, redo_count: int) -> None:
        """A local commit was made (perhaps an empty one), after which there are so many steps."""
        del self._redo[redo_count:]
        if undo_count > len(self._undo):
            self._now += 1
            self._undo += [self._now] * (undo_count - len(self._undo))

    def received(self, events: list[Event]) -> None:
        """An import set these values."""
        self._now += 1
        for event in events:
            for key, value in event.values.items():
                if not isinstance(value, Child):
                    self._claims[(*event.path, key)] = _Claim(value, self._now)

    def undone(self, undo_count: int, *, kept: bool) -> int:
        """An undo left `undo_count` steps; gives the age of the step it took back.

        `kept` says whether it can be redone: a step without any effect left can't.
        """
        return _pass_on(self._undo, undo_count, self._redo if kept else [])

    def redone(self, redo_count: int, *, kept: bool) -> int:
        """A redo left `redo_count` steps to redo; gives the age of the step it did again."""
        return _pass_on(self._redo, redo_count, self._undo if kept else [])

    def to_restore(self, events: list[Event], age: int) -> dict[Path, Json]:
        """Values of others, newer than the step of this age, that its undo or redo overwrote."""
        found: dict[Path, Json] = {}
        for event in events:
            for key, value in event.values.items():
                claim = self._claims.get((*event.path, key))
                if claim is not None and claim.made_at > age and claim.value != value:
                    found[(*event.path, key)] = claim.value
        return found


def _pass_on(source: list[int], left: int, target: list[int]) -> int:
    age = source[left]
    del source[left:]
    target.append(age)
    return age
