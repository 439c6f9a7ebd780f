"""Whether today's backup is due: a pure function of the clocks, of what there is, and of what went wrong."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple

import msgspec

from core.backup.keeping.clock import Reading
from core.backup.keeping.entry import Entry
from core.backup.keeping.made import LIBRARY

GUARD = timedelta(hours=20)
"""Between two daily backups when the calendar alone can't be believed."""
FLIGHT = timedelta(hours=2)
"""A change of the zone by more than this is a journey; summer time is less."""
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=5), timedelta(hours=6)


class Verdict(StrEnum):
    """What is to be done, or why nothing is."""

    DUE = "due"
    OFF = "off"
    DONE = "done"
    """There is a verified backup of this day."""
    UNCHANGED = "unchanged"
    """What the newest verified backup holds is what there is."""
    TOO_SOON = "too soon"
    """The calendar says it is another day, but the last one was made a few hours ago."""
    WAITING = "waiting"
    """It failed, and is tried again later."""


class Past(msgspec.Struct, frozen=True):
    """What is remembered between runs."""

    done: Reading | None = None
    """The clocks when the last daily backup was made."""
    failed: Reading | None = None
    """The clocks when it last failed; None since it has worked."""
    failures: int = 0
    """One after another."""
    why: str = ""
    """What was told then."""


class Decision(NamedTuple):
    """See `due`."""

    verdict: Verdict
    wait: timedelta = timedelta()
    """How long until it is worth asking again, if that is known."""


def due(
    now: Reading,
    past: Past,
    days: Iterable[date],
    *,
    enabled: bool = True,
    newest: str = "",
    content: str | None = None,
) -> Decision:
    """Whether a backup is to be made now.

    `days` are those (on the calendar of where each was made) that have a verified backup, `newest` is the
    content id of the newest one. `content` is the content id of what there is; None: not looked at yet.
    """
    if not enabled:
        return Decision(Verdict.OFF)
    if now.day in set(days):
        return Decision(Verdict.DONE)
    if past.done is not None and _doubtful(now, past.done):
        gone = now.since(past.done)
        if gone is None and abs(now.wall - past.done.wall) < GUARD:
            gone = abs(now.wall - past.done.wall)
        if gone is not None and gone < GUARD:
            return Decision(Verdict.TOO_SOON, GUARD - gone)
    if past.failed is not None and (rest := pause(past.failures) - _elapsed(now, past.failed)) > timedelta():
        return Decision(Verdict.WAITING, rest)
    if content is not None and newest and content == newest:
        return Decision(Verdict.UNCHANGED)
    return Decision(Verdict.DUE)


def pause(failures: int) -> timedelta:
    """How long to wait after so many failures one after another."""
    doubled: timedelta = FIRST_PAUSE * 2 ** min(max(failures - 1, 0), 20)
    return min(LONGEST_PAUSE, doubled)


def library_days(entries: Iterable[Entry], now: Reading) -> tuple[set[date], str]:
    """(days that have a backup of everything, the content id of the newest).

    None of the future counts, and none that may be from another machine that shares the folder.
    """
    sound = [
        entry
        for entry in entries
        if entry.scope == LIBRARY and entry.is_sound and not entry.found and entry.made_at <= now.wall
    ]
    newest = max(sound, key=lambda entry: entry.made_at, default=None)
    return {entry.day for entry in sound}, newest.content_id if newest is not None else ""


def _doubtful(now: Reading, before: Reading) -> bool:
    """Whether the calendar may have gone on without the time: a clock that was set, a journey."""
    return not now.agrees(before) or abs(timedelta(seconds=now.offset - before.offset)) > FLIGHT


def _elapsed(now: Reading, before: Reading) -> timedelta:
    """Since a failure; where nobody can know, enough."""
    truly = now.since(before)
    if truly is not None:
        return truly
    went = now.wall - before.wall
    return went if went >= timedelta() else LONGEST_PAUSE
