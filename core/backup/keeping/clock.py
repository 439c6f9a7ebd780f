"""Clocks: what one says, how long ago something was in truth, and whether it may be believed."""

from __future__ import annotations

import contextlib
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from core.backup.keeping.register import Register

AGREE = timedelta(minutes=10)
"""How far the calendar and the steady clock may drift apart (a slow clock that was set right)."""
LONG = timedelta(days=60)
"""After a restart nobody can tell a jump from an absence; from so long on it may have been a jump."""
STEADY_DAYS = 7
"""Days on which the clock has to be seen steady after a jump, before anything is let go by its word."""
_KEY = "clock"


class Reading(msgspec.Struct, frozen=True):
    """The clocks at one moment."""

    wall: datetime
    """UTC, with its zone."""
    offset: int
    """Seconds that the writer's clock is ahead of UTC."""
    steady: float
    """Seconds that no setting of the clock changes, sleep included."""
    boot: str
    """Which start of the machine `steady` belongs to; empty: unknown."""

    @classmethod
    def now(cls) -> Reading:
        """This moment, in the machine's own zone."""
        wall = datetime.now(UTC)
        offset = wall.astimezone().utcoffset() or timedelta()
        clock = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
        return cls(wall, int(offset.total_seconds()), time.clock_gettime(clock), _boot())

    @property
    def day(self) -> date:
        """On the writer's calendar."""
        return (self.wall + timedelta(seconds=self.offset)).date()

    def since(self, before: Reading) -> timedelta | None:
        """How long ago `before` was in truth; None if only the calendar could tell."""
        if not self.boot or self.boot != before.boot or self.steady < before.steady:
            return None
        return timedelta(seconds=self.steady - before.steady)

    def agrees(self, before: Reading) -> bool:
        """Whether nothing speaks for a clock that was set to another time since `before`."""
        went = self.wall - before.wall
        truly = self.since(before)
        if truly is not None:
            return abs(went - truly) <= AGREE
        return -AGREE <= went <= LONG


class Watch(msgspec.Struct, frozen=True):
    """What was seen of the clock so far."""

    seen: Reading
    days: list[str] = []
    """Days since the last jump on which the clock was seen steady."""
    jumped: bool = False


def trusted(register: Register, reading: Reading) -> bool:
    """Whether backups may be let go by the word of this clock; remembers that it was asked."""
    after = Watch(reading)
    with contextlib.suppress(msgspec.MsgspecError):
        after = watched(msgspec.json.decode(register.note(_KEY) or b"", type=Watch), reading)
    register.remember(_KEY, msgspec.json.encode(after).decode())
    return not after.jumped


def watched(watch: Watch, reading: Reading) -> Watch:
    """What is known after another look at the clock."""
    if not reading.agrees(watch.seen):
        return Watch(reading, [], jumped=True)
    if not watch.jumped:
        return Watch(reading)
    days = list(dict.fromkeys([*watch.days, reading.day.isoformat()]))
    return Watch(reading, days, jumped=len(days) < STEADY_DAYS)


def _boot() -> str:
    with contextlib.suppress(OSError):
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    return ""
