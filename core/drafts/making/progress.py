"""News of attempts for whoever shows them: gathered, and told at most ten times a second."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from core.drafts.kinds import OVER

EVERY = 0.1
"""Seconds between two tellings."""


@dataclass(frozen=True, slots=True)
class JobNews:
    """How an attempt stands."""

    state: str
    """waiting, running, cancelling, done, failed or cancelled."""
    fraction: float = 0.0
    """From 0 to 1; it only goes up."""
    error: str = ""
    """Of what failed; of what still runs, why the try before did."""
    tries: int = 0


Callback = Callable[[Mapping[str, JobNews]], None]


class ProgressHub:
    """Belongs to the screens' thread, which `on_ui` leads to from others."""

    def __init__(
        self,
        on_ui: Callable[[Callable[[], None]], None],
        *,
        every: float = EVERY,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._on_ui, self._every, self._clock = on_ui, every, clock
        self._listeners: list[Callback] = []
        self._news: dict[str, JobNews] = {}
        self._last: dict[str, JobNews] = {}
        self._told_at = float("-inf")
        self._timer: threading.Timer | None = None
        self._closed = False

    def listen(self, callback: Callback) -> Callable[[], None]:
        """Call back with what is new, by attempt; gives how to stop that."""
        self._listeners.append(callback)
        return lambda: self._listeners.remove(callback)

    def now(self, attempt: str) -> JobNews | None:
        """What was last heard of an attempt that is not over."""
        return self._last.get(attempt)

    def put(self, news: Mapping[str, JobNews]) -> None:
        """Tell it, at once or within a tenth of a second together with what else comes."""
        for attempt, one in news.items():
            before = self._last.get(attempt)
            if before is not None and one.state not in OVER:
                one = JobNews(one.state, max(before.fraction, one.fraction), one.error, one.tries)
            if one == before:
                continue
            self._news[attempt] = one
            if one.state in OVER:
                self._last.pop(attempt, None)
            else:
                self._last[attempt] = one
        if not self._news or self._timer is not None or self._closed:
            return
        wait = self._told_at + self._every - self._clock()
        if wait <= 0:
            self._tell()
        else:
            self._timer = threading.Timer(wait, self._on_ui, (self._due,))
            self._timer.daemon = True
            self._timer.start()

    def close(self) -> None:
        """Tell what there is; then nothing any more."""
        if self._timer is not None:
            self._timer.cancel()
        self._tell()
        self._closed = True

    def _due(self) -> None:
        self._timer = None
        self._tell()

    def _tell(self) -> None:
        news, self._news = self._news, {}
        if not news or self._closed:
            return
        self._told_at = self._clock()
        for listener in [*self._listeners]:
            listener(news)
