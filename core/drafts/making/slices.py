"""Long work on the screens' thread, a few milliseconds at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from time import perf_counter

BUDGET_MS = 4.0
"""Milliseconds of one slice: half of what a frame may take, since listeners have work with it, too."""


class Slices:
    """Runs steps one after another; between two of them everybody else has a turn."""

    def __init__(self, soon: Callable[[Callable[[], None]], None]) -> None:
        """`soon` runs a call on this thread after what else waits there."""
        self._soon = soon
        self._steps: deque[Callable[[], bool]] = deque()
        self._running = False
        self.longest = 0.0
        """Milliseconds of the longest slice so far."""

    @property
    def idle(self) -> bool:
        """Whether all is done."""
        return not self._running

    def add(self, step: Callable[[], bool]) -> None:
        """Call `step` until it says that there is no more to do."""
        if step in self._steps:
            return
        self._steps.append(step)
        if not self._running:
            self._running = True
            self._soon(self._run)

    def clear(self) -> None:
        """Do nothing more."""
        self._steps.clear()

    def _run(self) -> None:
        began = perf_counter()
        if self._steps:
            step = self._steps[0]
            if not step() and self._steps and self._steps[0] is step:
                self._steps.popleft()
            elif len(self._steps) > 1:
                self._steps.rotate(-1)
        self.longest = max(self.longest, (perf_counter() - began) * 1000)
        self._running = bool(self._steps)
        if self._running:
            self._soon(self._run)
