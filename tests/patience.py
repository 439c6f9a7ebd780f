"""How long a test waits for what has to come; only a test that fails waits that long."""

from __future__ import annotations

from collections.abc import Callable

PATIENCE = 90.0
"""Seconds: far more than anything takes on a slow machine that is busy with something else."""


def within(limit: float, attempt: Callable[[], float], tries: int = 10) -> bool:
    """Whether some attempt gives at most `limit` (seconds, or bytes).

    What is slow by its nature is slow each time; a busy machine makes some attempts slow, not all.
    """
    return any(attempt() <= limit for _ in range(tries))
