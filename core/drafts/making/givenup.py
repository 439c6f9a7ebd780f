"""What has ended in the document while a server has it, or may come to have it: given up there as well.

Two programs, or two machines, may have the same draft open. What one of them gives up before it was handed
over ends in the document at once, while the other one may be handing it over just now. So whoever sees that
an attempt was given up looks for its job, has it stopped while it is not over, and collects what came of it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from core.drafts.making.progress import JobNews
from core.drafts.making.queue import CANCELLED, FAILED
from core.story import Attempt, Change, Section

if TYPE_CHECKING:
    from core.drafts.making.opened import OpenDraft

LOST = "It was asked for on another machine and never came to the server. Make it again."
LOOKED_AFTER = 600.0
"""Seconds in which it is asked again whether somebody has handed over after all what was given up."""
OLD_DAYS = 90
"""What was asked for before is not looked for: so long servers keep what nobody collects."""


class GivenUp:
    """Belongs to the thread of one open draft."""

    def __init__(self, opened: OpenDraft, clock: Callable[[], float] = time.monotonic) -> None:
        self._opened, self._clock = opened, clock
        self._until: dict[str, float] = {}
        """Attempts that have ended so, and until when it is asked again whether a server has them."""
        self._told: set[str] = set()
        """Of those, what the server was asked to stop."""
        self._home: set[str] = set()
        """What the server said of its end: nobody has to look for it."""
        self._wishes: set[str] = set()
        """What this program was told to give up while somebody may have it."""
        self._stop = opened.session.store.subscribe(Section.ATTEMPTS, self._changed)

    def close(self) -> None:
        """Follow no more."""
        self._stop()

    # wishes of this program

    def wish(self, attempts: Iterable[str]) -> None:
        """Nobody wants these, which are not this program's alone."""
        self._wishes.update(attempts)

    def is_wished(self, attempt: str) -> bool:
        """Whether this program was told to give it up."""
        return attempt in self._wishes

    def end(self, attempts: Iterable[str]) -> None:
        """The server has none of these, which somebody has given up: they have ended."""
        opened, over = self._opened, [*attempts]
        if not over:
            return
        with opened.session.together(opened.orders.settled(over)):
            opened.session.store.put_records({Section.ATTEMPTS: {one: {"status": CANCELLED} for one in over}})
        opened.host.hub.put({one: JobNews(CANCELLED) for one in over})
        opened.settle()

    # what others have given up

    def begin(self) -> None:
        """Look for all of them, once there is a server, or another one."""
        self._told.clear()
        now = datetime.now(UTC)
        found = (one for one in self._opened.draft.index.attempts.values() if _is_given_up(one))
        self._look_for(one.id for one in found if _is_recent(one, now))

    def again(self) -> None:
        """And once more those of the last minutes."""
        now = self._clock()
        self._until = {attempt: until for attempt, until in self._until.items() if until > now}
        self._watch(self._until)

    def came_home(self, attempts: Iterable[str]) -> None:
        """A server has said what became of these."""
        gone = set(attempts)
        self._home |= gone
        self._wishes -= gone
        for attempt in gone & self._until.keys():
            del self._until[attempt]

    def heard(self, jobs: Mapping[str, JobNews]) -> None:
        """A server has these, and they are not over."""
        found = (jobs.keys() & self._until.keys()) - self._told
        loop = self._opened.host.loop()
        if found and loop is not None:
            self._told |= found
            loop.put(self._opened.place, cancels={f"given up:{uuid4()}": tuple(map(UUID, found))})

    def _changed(self, change: Change) -> None:
        store = self._opened.session.store
        ended = (CANCELLED, FAILED)
        fresh = [one for one in change.records if one not in self._home]  # thousands come home at a time
        found = [one for one in fresh if store.field_text(Section.ATTEMPTS, one, "status") in ended]
        kept = (self._opened.draft.attempt(one) for one in found)
        self._look_for(one.id for one in kept if one is not None and _is_given_up(one))

    def _look_for(self, attempts: Iterable[str]) -> None:
        fresh = [one for one in attempts if one not in self._home and _is_id(one)]
        until = self._clock() + LOOKED_AFTER
        self._until |= dict.fromkeys(fresh, until)
        self._watch(fresh)

    def _watch(self, attempts: Iterable[str]) -> None:
        opened, loop = self._opened, self._opened.host.loop()
        kept = [one for attempt in attempts if (one := opened.draft.attempt(attempt)) is not None]
        if not kept or loop is None:
            return
        loop.withdraw(opened.id, [UUID(one.id) for one in kept])
        loop.put(opened.place, watched={UUID(one.id): one.step for one in kept})


def _is_given_up(attempt: Attempt) -> bool:
    return attempt.status == CANCELLED or attempt.error == LOST


def _is_recent(attempt: Attempt, now: datetime) -> bool:
    try:
        asked = datetime.fromisoformat(attempt.asked_at)
    except ValueError:
        return True
    return asked.tzinfo is None or abs((now - asked).days) <= OLD_DAYS


def _is_id(attempt: str) -> bool:
    try:
        return bool(UUID(attempt))
    except ValueError:
        return False
