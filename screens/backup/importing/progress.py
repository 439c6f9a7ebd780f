"""How far a long piece of work is: its stage, a bar, the rate; what stopping means at this moment."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from textual.message import Message

from core.backup.work import Step
from screens.backup.importing.wording import size_of
from screens.wording import counted

BAR = 20
SOON = 0.5
"""Seconds of a stage before a rate is told: the first moments say nothing."""


@dataclass
class Stepped(Message):
    """The work has come so far."""

    number: int
    """Which work; what comes late of an earlier one is not shown."""
    step: Step

    def can_replace(self, message: Message) -> bool:
        """Only the newest matters."""
        return isinstance(message, Stepped)


class Rate:
    """Turns steps into a line of words; knows how fast the present stage goes."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._stage = ""
        self._began = 0.0
        self._from = 0

    def line(self, step: Step) -> str:
        """`reading back  ████░░░░ 43 %  12.3 MB of 28.6 MB, 9.1 MB/s`."""
        if step.what != self._stage:
            self._stage, self._began, self._from = step.what, self._clock(), step.done
        said = step.what[:1].upper() + step.what[1:]
        parts = [said, self._bar(step), self._amount(step)]
        return "  ".join(part for part in parts if part)

    def _bar(self, step: Step) -> str:
        if step.total <= 0:
            return ""
        part = min(1.0, max(0.0, step.done / step.total))
        full = round(part * BAR)
        return f"{'█' * full}{'░' * (BAR - full)} {part:.0%}"

    def _amount(self, step: Step) -> str:
        if not step.done:
            return ""
        if step.unit != "bytes":
            noun = step.unit.removesuffix("s")
            return f"{step.done:,} of {counted(step.total, noun)}" if step.total else counted(step.done, noun)
        amount = f"{size_of(step.done)} of {size_of(step.total)}" if step.total else size_of(step.done)
        passed = self._clock() - self._began
        fast = f", {size_of(round((step.done - self._from) / passed))}/s" if passed >= SOON else ""
        return amount + fast
