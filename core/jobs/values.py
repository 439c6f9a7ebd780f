"""What is said about jobs: plain values, free of any driver."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID

from core.errors import GenkoError, UsageError
from core.money import as_money
from core.providers.request import Made

CHANNEL = "genko_jobs"
"""Where the database tells that a job has changed: ids, and nothing else."""


class JobStatus(Enum):
    """Where a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def is_final(self) -> bool:
        """Whether nothing comes after it."""
        return self not in (JobStatus.WAITING, JobStatus.RUNNING)


@dataclass(frozen=True, slots=True)
class Trouble:
    """What went wrong in a try, as whoever it was said it."""

    what: str
    safe: str = ""
    todo: str = ""

    @classmethod
    def of(cls, error: GenkoError) -> Trouble:
        """What an error says."""
        return cls(error.what, error.safe, error.todo)

    @classmethod
    def read(cls, value: object) -> Trouble | None:
        """From the column `error`."""
        if not isinstance(value, Mapping):
            return None
        return cls(*(str(value.get(key, "")) for key in ("what", "safe", "todo")))

    def as_json(self) -> dict[str, str]:
        """For the column `error`."""
        return {"what": self.what, "safe": self.safe, "todo": self.todo}

    def __str__(self) -> str:
        return " ".join(part for part in (self.what, self.safe, self.todo) if part)


@dataclass(frozen=True, slots=True)
class JobState:
    """One job as the server has it now. Money is in millionths; times are of the server's clock."""

    id: UUID
    draft: UUID
    provider: str
    status: JobStatus
    progress: float
    """From 0 to 1; it only goes up."""
    tries: int
    lost: int
    """How many tries ended with their worker; nobody knows whether they were paid for."""
    worker: str
    """Who has it while it runs; else empty."""
    cancel_asked: bool
    estimate: int
    cost: int
    error: Trouble | None
    """Of the last try, also while it waits for the next."""
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    due_at: datetime | None
    """When it is tried again, not earlier."""
    collected: bool


@dataclass(frozen=True, slots=True)
class JobResult:
    """What came of a job that has ended."""

    id: UUID
    status: JobStatus
    made: Made | None
    """None for what failed or was cancelled."""
    error: Trouble | None
    cost: int
    """Of all tries, in millionths."""
    lost: int
    tries: int
    seconds: float
    """From the first try's beginning to the end."""


@dataclass(frozen=True, slots=True)
class JobNews:
    """Something about a job has changed; without ids: anything may have, look at all."""

    job: UUID | None = None
    draft: UUID | None = None


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often, and for how long. Seconds."""

    heartbeat: float = 5.0
    """Between two signs of life of a worker."""
    lease: float = 20.0
    """For how long a job is its worker's without one."""
    doubt: float = 8.0
    """For how long somebody must have seen no sign of life himself, whatever clocks say."""
    look: float = 2.0
    """Between two looks for jobs whose worker has gone."""
    poll: float = 0.5
    """Between two looks for work; news of it come at once."""
    progress: float = 0.2
    """Between two words about progress."""
    first_pause: float = 2.0
    """Before the second try; before each further one twice as long."""
    longest_pause: float = 300.0
    longest_wish: float = 3600.0
    """A provider that wants a longer pause than this is not tried again."""


MOST_TRIES = 4
"""How often a job is tried whose provider says that another try may go better."""
MOST_LOST = 3
"""After so many workers that ended while they had it, a job has failed."""
COLLECTED_DAYS = 30
"""For so many days a job that was collected is still counted and listed; what it made goes after one."""
UNCOLLECTED_DAYS = 90
"""For so many days what nobody collects is kept."""


def nobody_takes(provider: str) -> str:
    """What is said of a provider whose jobs are `left_alone`."""
    return f"Nobody takes what waits for {provider}: is a worker running whose settings have it?"


class OverBudget(UsageError):
    """The jobs would cost more than the draft may; none of them was handed over."""

    def __init__(self, budget: int, spent: int, wanted: int) -> None:
        """All in millionths; `spent` includes what jobs on their way may cost."""
        super().__init__(
            f"These jobs may cost {as_money(wanted)}; of the budget of {as_money(budget)}, "
            f"{as_money(spent)} are spent or promised.",
            safe="Nothing was handed over.",
            todo="Ask for less, or raise the budget.",
        )
        self.budget, self.spent, self.wanted = budget, spent, wanted
