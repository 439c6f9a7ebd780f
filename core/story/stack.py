"""One stack of steps, to be undone or to be done again, kept in tune with what others do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from core.story.deltas import Delta, carry, compose, compose_all


class Popped(NamedTuple):
    """What takes a step back now: a delta for the script as it is, and Loro's depth for records."""

    script: Delta
    depth: int


@dataclass(slots=True)
class _Step:
    script: Delta
    """Takes the step back in the script as it was right after the step."""
    depth: int
    """How many steps Loro's own stack held with this one; 0 if it touched no record."""
    later: list[Delta] = field(default_factory=list)
    """What takes back edits that joined the step after its first one, put together when it is popped."""
    since: list[Delta] = field(default_factory=list)
    """What others did to the script while this was the last step."""


class Stack:
    """Steps of mine, the last one on top."""

    def __init__(self) -> None:
        self._steps: list[_Step] = []

    def __len__(self) -> int:
        return len(self._steps)

    @property
    def top_depth(self) -> int:
        """Loro's depth of the step on top if it touched records and nothing else; 0 if not."""
        top = self._steps[-1] if self._steps else None
        return top.depth if top is not None and not top.script and not top.later else 0

    def clear(self) -> None:
        """Forget all steps."""
        self._steps.clear()

    def push(self, script: Delta, depth: int = 0) -> None:
        """Put a step on top."""
        self._steps.append(_Step(script, depth))

    def join(self, script: Delta, *, many: bool = False) -> bool:
        """Make an edit part of the step on top; False if others came between.

        `many`: it is one of many, so that putting them together waits until all are there.
        """
        if not self._steps or self._steps[-1].since:
            return False
        top = self._steps[-1]
        if many or top.later:
            top.later.append(script)
        else:
            top.script = compose(script, top.script)
        return True

    def received(self, deltas: Sequence[Delta]) -> None:
        """Others changed the script. Only noted: who never undoes never pays for it."""
        if self._steps:
            self._steps[-1].since.extend(deltas)

    def pop(self) -> Popped:
        """Take the top step off, its delta carried past what others did since."""
        step = self._steps.pop()
        if step.later:
            step.script = compose_all((*reversed(step.later), step.script))
        since = compose_all(step.since)
        script = carry(step.script, since, first=True)
        rest = carry(since, step.script, first=False)
        if rest and self._steps:
            self._steps[-1].since.append(rest)
        return Popped(script, step.depth)
