"""The queue of jobs in Postgres, as making needs it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

import psycopg

from core.drafts.making.queue import FAILED, JobEnd, JobNow
from core.jobs import (
    JobNews,
    JobState,
    Watch,
    cancel,
    collected,
    hand_over,
    left_alone,
    listen,
    results,
    states,
)
from core.providers.request import MakeRequest

if TYPE_CHECKING:
    from core.server import Server

TOGETHER = 2000
"""Jobs of one question."""


class JobsQueue:
    """Belongs to the making thread. Every method blocks and may raise ServerError."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self.server_id = str(server.start().server_id)
        self._connection = server.connect()
        self._watch: Watch | None = None
        self._known: dict[UUID, JobState] = {}
        """Of those that are over, until they are collected."""

    def listen(self, on_news: Callable[[UUID | None], None]) -> None:
        """Call back, on another thread, with each job that there is news of; None: look at all."""

        def heard(news: JobNews) -> None:
            on_news(news.job)

        self._watch = listen(self._server, heard)

    def hand_over(self, requests: Sequence[MakeRequest], budget: int | None) -> None:
        """All of these are jobs from now on; those that were already stay as they are. Raises OverBudget."""
        hand_over(self._connection, requests, budget)

    def left_alone(self) -> frozenset[str]:
        """Providers whose jobs nobody takes."""
        return frozenset(left_alone(self._connection))

    def states(self, ids: Iterable[UUID]) -> Mapping[UUID, JobNow]:
        """How jobs stand; those that the server does not know are left out."""
        wanted = [*ids]
        found: dict[UUID, JobNow] = {}
        for start in range(0, len(wanted), TOGETHER):
            for state in states(self._connection, wanted[start : start + TOGETHER]):
                found[state.id] = _now(state)
                if state.status.is_final:
                    self._known[state.id] = state
        return found

    def ends(self, ids: Iterable[UUID]) -> Iterator[JobEnd]:
        """What came of jobs that are over and at home nowhere, one after another."""
        for result in results(self._connection, [*ids]):
            state = self._known.get(result.id)
            made = result.made
            error = str(result.error) if result.error is not None else ""
            yield JobEnd(
                result.id,
                FAILED if made is None and result.status.value == "done" else result.status.value,
                made,
                "" if result.status.value == "done" else error,
                cost=result.cost,
                milliseconds=round(result.seconds * 1000),
                tries=result.tries,
                finished_at=_moment(state.finished_at if state is not None else None),
            )

    def cancel(self, ids: Iterable[UUID]) -> None:
        """Nobody wants these any more; what is over stays so."""
        cancel(self._connection, [*ids])

    def collected(self, ids: Iterable[UUID]) -> None:
        """These are in the draft and on the disk."""
        gone = [*ids]
        collected(self._connection, gone)
        for job in gone:
            self._known.pop(job, None)

    def close(self) -> None:
        """Let go of the connections."""
        if self._watch is not None:
            self._watch.close()
        with contextlib.suppress(psycopg.Error):
            self._connection.close()


def _now(state: JobState) -> JobNow:
    error = str(state.error) if state.error is not None else ""
    return JobNow(state.status.value, state.progress, state.tries, error, collected=state.collected)


def _moment(when: datetime | None) -> str:
    return when.astimezone(UTC).isoformat(timespec="milliseconds") if when is not None else ""
