"""Long work on a queue in Postgres, done by a worker of the app or by other machines (light to import)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.lazy import lazy_names

if TYPE_CHECKING:
    from core.jobs.asking import cancel, collected, hand_over, left_alone, results, states, states_of_draft
    from core.jobs.child import WorkerChild
    from core.jobs.running import Until, WorkerRun, run_worker
    from core.jobs.values import (
        JobNews,
        JobResult,
        JobState,
        JobStatus,
        OverBudget,
        Rhythm,
        Trouble,
        nobody_takes,
    )
    from core.jobs.watching import Watch, listen, reconcile
    from core.jobs.words import Word

__all__ = [
    "JobNews",
    "JobResult",
    "JobState",
    "JobStatus",
    "OverBudget",
    "Rhythm",
    "Trouble",
    "Until",
    "Watch",
    "Word",
    "WorkerChild",
    "WorkerRun",
    "cancel",
    "collected",
    "hand_over",
    "left_alone",
    "listen",
    "nobody_takes",
    "reconcile",
    "results",
    "run_worker",
    "states",
    "states_of_draft",
]

__getattr__ = lazy_names(
    __name__,
    {
        "asking": ("cancel", "collected", "hand_over", "left_alone", "results", "states", "states_of_draft"),
        "child": ("WorkerChild",),
        "running": ("Until", "WorkerRun", "run_worker"),
        "values": (
            *("JobNews", "JobResult", "JobState", "JobStatus", "OverBudget", "Rhythm", "Trouble"),
            "nobody_takes",
        ),
        "watching": ("Watch", "listen", "reconcile"),
        "words": ("Word",),
    },
)
