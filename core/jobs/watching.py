"""A thread with a connection of its own: hears the database's news of jobs, and looks after lost ones."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING
from uuid import UUID

import psycopg

from core.errors import ServerError
from core.jobs.reaping import Reaper, let_go, mend
from core.jobs.values import CHANNEL, JobNews, Rhythm

if TYPE_CHECKING:
    from core.server import Server
    from core.server.connection import Connection

TIDY = 3600.0
"""Seconds between two rounds of removing what had its time."""
LONGEST_WAIT = 10.0
TICK = 0.2
"""Seconds in which it notices that it is to end."""


class Watch:
    """Runs until it is closed, whatever the server does. Callbacks come on its own thread."""

    def __init__(
        self,
        server: Server,
        on_event: Callable[[JobNews], None] | None = None,
        on_lost: Callable[[list[UUID]], None] = lambda jobs: None,
        *,
        rhythm: Rhythm | None = None,
        gone: Iterable[str] = (),
    ) -> None:
        """`gone`: workers that are known to have ended, whose jobs need not be doubted first."""
        self._server, self._on_event, self._on_lost = server, on_event, on_lost
        self._rhythm, self._gone = rhythm or Rhythm(), frozenset(gone)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)

    def start(self) -> Watch:
        """Begin; the first news (without ids) says that it listens."""
        self._thread.start()
        return self

    def close(self) -> None:
        """End it. Blocks for less than a second unless the server is just being called."""
        self._over.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        pause = TICK
        while not self._over.is_set():
            try:
                with self._server.connect() as connection:
                    pause = TICK
                    self._watch(connection)
            except (ServerError, psycopg.Error):
                self._over.wait(pause)
                pause = min(2 * pause, LONGEST_WAIT)

    def _watch(self, connection: Connection) -> None:
        reaper = Reaper(self._rhythm)
        if self._on_event is not None:
            connection.execute(f"LISTEN {CHANNEL}".encode())
            self._on_event(JobNews())
        next_look = next_tidy = 0.0
        while not self._over.is_set():
            now = time.monotonic()
            if now >= next_look:
                lost = reaper.look(connection, self._gone)
                if lost:
                    self._on_lost(lost)
                next_look = now + self._rhythm.look
            if now >= next_tidy:
                mend(connection)
                let_go(connection)
                next_tidy = now + TIDY
            self._listen(connection, min(TICK, self._rhythm.look))

    def _listen(self, connection: Connection, seconds: float) -> None:
        if self._on_event is None:
            self._over.wait(seconds)
            return
        for notice in connection.notifies(timeout=seconds):
            draft, _, job = notice.payload.partition(" ")
            try:
                self._on_event(JobNews(UUID(job), UUID(draft)))
            except ValueError:
                continue  # somebody else's word on our channel
            if self._over.is_set():
                return


def listen(server: Server, on_event: Callable[[JobNews], None], rhythm: Rhythm | None = None) -> Watch:
    """Hear of every change of a job, on a thread of its own, until the Watch is closed.

    After each (re)connection comes a JobNews without ids: ask with `states` for what was missed.
    It also puts back jobs whose worker has gone.
    """
    return Watch(server, on_event, rhythm=rhythm).start()


def reconcile(server: Server, gone: Iterable[str] = ()) -> None:
    """Put right what can be at once, at an app's start; a Watch finds workers that have gone silently."""
    with server.connect() as connection:
        mend(connection)
        Reaper(Rhythm()).look(connection, gone)
