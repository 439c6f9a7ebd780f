"""The jobs of a draft as the panel shows them: what each is, how far, how fast, what went wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

FAILED, RUNNING, WAITING, DONE, CANCELLED = "failed", "running", "waiting", "done", "cancelled"
CANCELLING = "cancelling"
ORDER = (FAILED, RUNNING, CANCELLING, WAITING, DONE, CANCELLED)
"""What needs somebody first; what is over last."""
OPEN = (RUNNING, WAITING)
"""What can be cancelled."""
SOON = 1.0
"""Seconds before a rate is worth telling."""


@dataclass(slots=True)
class Job:
    """One attempt, as far as a screen cares."""

    id: str
    asset: str = ""
    """Empty: for the pack."""
    label: str = ""
    """Of whom it is: harmless, on one line."""
    step: str = "picture"
    provider: str = ""
    state: str = WAITING
    fraction: float = 0.0
    """From 0 to 1; it never goes back."""
    error: str = ""
    began: float = 0.0
    """When it was first seen running, in seconds of the board's clock."""

    def left(self, now: float) -> float | None:
        """Seconds until it is done; None: nobody can know yet."""
        passed = now - self.began
        if self.state != RUNNING or self.fraction <= 0 or passed < SOON:
            return None
        return passed / self.fraction * (1 - self.fraction)


class JobBoard:
    """Jobs by state, each in the order in which it came there; a change costs the same among many."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._states: dict[str, dict[str, Job]] = {state: {} for state in ORDER}
        self._began = 0.0
        self._done_since = 0.0
        self.left_alone = frozenset[str]()
        """Providers whose jobs nobody takes."""
        self.to_come = 0
        """How many more were wished and are yet to be asked for: they are under way, and have no row."""

    def __len__(self) -> int:
        return len(self._jobs)

    @property
    def whole(self) -> int:
        """How many jobs there are, with those to come."""
        return len(self._jobs) + self.to_come

    def count(self, *states: str) -> int:
        """How many jobs stand so."""
        return sum(len(self._states[state]) for state in states)

    @property
    def busy(self) -> bool:
        """Whether anything is under way."""
        return self.to_come > 0 or self.count(*OPEN, CANCELLING) > 0

    def get(self, job_id: str) -> Job | None:
        """A job; None for one that is not on the board."""
        return self._jobs.get(job_id)

    def open(self) -> Iterator[Job]:
        """What is under way."""
        return chain(self._states[RUNNING].values(), self._states[WAITING].values())

    def rows(self, first: int, most: int) -> list[Job]:
        """A windowful, from the top."""
        every = chain.from_iterable(self._states[state].values() for state in ORDER)
        return list(islice(every, first, first + most))

    def row_of(self, job_id: str) -> int:
        """Where a job stands; -1 for one that is not on the board."""
        job = self._jobs.get(job_id)
        if job is None:
            return -1
        above = self.count(*ORDER[: ORDER.index(job.state)])
        return above + next(at for at, one in enumerate(self._states[job.state]) if one == job_id)

    # what it is told

    def put(self, jobs: Iterable[Job], now: float) -> None:
        """Jobs that were asked for, or are found under way. Those that are known stay as they are."""
        new = [job for job in jobs if job.id not in self._jobs]
        if new and not self.busy:
            self._begin(now)
        for job in new:
            self._jobs[job.id] = job
            self._states[job.state][job.id] = job
            job.began = job.began or now

    def hear(self, job_id: str, state: str, fraction: float, error: str, now: float) -> Job | None:
        """News of a job; None where it says nothing new. What is over stays so, and a bar never goes back."""
        job = self._jobs.get(job_id)
        if job is None or state not in self._states or job.state in (DONE, CANCELLED):
            return None
        fraction = 1.0 if state == DONE else max(job.fraction, min(1.0, fraction))
        if (state, fraction, error) == (job.state, job.fraction, job.error):
            return None
        if state != job.state:
            del self._states[job.state][job_id]
            self._states[state][job_id] = job
            if state == RUNNING:
                job.began = now
                fraction = max(0.0, min(1.0, fraction)) if job.state == WAITING else fraction
            if state == DONE:
                self._done_since += 1
        job.state, job.fraction, job.error = state, fraction, error
        return job

    def forget(self, *states: str) -> None:
        """Take what is over off the board."""
        for state in states:
            for job_id in self._states[state]:
                del self._jobs[job_id]
            self._states[state] = {}

    def _begin(self, now: float) -> None:
        self.forget(DONE, CANCELLED)
        self._began, self._done_since = now, 0.0

    # how it goes

    def rate(self, now: float) -> float:
        """Jobs a second since this run of them began; 0: not known yet."""
        passed = now - self._began
        return self._done_since / passed if passed >= SOON and self._done_since else 0.0

    def left(self, now: float) -> float | None:
        """Seconds until all are done; None: nobody can know yet."""
        rate = self.rate(now)
        begun = sum(job.fraction for job in self._states[RUNNING].values())
        return max(0.0, self.count(*OPEN) + self.to_come - begun) / rate if rate else None

    def share(self) -> float:
        """How much of this run is done, from 0 to 1; what failed counts as done with."""
        begun = sum(job.fraction for job in self._states[RUNNING].values())
        return (self.count(DONE, FAILED, CANCELLED) + begun) / self.whole if self.whole else 0.0
