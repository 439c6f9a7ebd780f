"""Waits for what a test can't be told of: the death of a process that isn't its child."""

from __future__ import annotations

import time
from collections.abc import Callable

from tests.patience import PATIENCE


def until(true: Callable[[], bool], seconds: float = PATIENCE) -> None:
    """Look again every 5 ms; fails after `seconds`."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"not true within {seconds} s"
        time.sleep(0.005)
