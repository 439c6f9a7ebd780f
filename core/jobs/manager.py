"""Procrastinate's manager with two differences: a job is taken with its lease, and ends with its result."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
from procrastinate import jobs
from procrastinate.connector import BaseAsyncConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.manager import JobManager, NotificationCallback

from core.jobs.packing import uuid_of

TASK = "genko.make"
_TAKE = """
SELECT queue_id, queue_name, job_id, request, tries, spent
FROM genko_take_job(%(taker)s, %(called)s, %(makers)s::jsonb, %(hold)s * interval '1 second')
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """A job that this worker has."""

    job: UUID
    request: str
    """JSON."""
    tries: int
    """This one included."""
    spent: int
    """What earlier tries have cost or may have cost, in millionths."""


class LeasingManager(JobManager):
    """Takes jobs for one worker. The rows in `generation_jobs` are what counts; the queue follows them."""

    def __init__(
        self,
        connector: BaseAsyncConnector,
        called: str,
        makers: Mapping[str, int],
        hold: float,
        wanted: Callable[[], bool],
    ) -> None:
        """`makers`: providers, and how many jobs of each may run on all workers. `wanted`: take any more?"""
        super().__init__(connector)
        self._called, self._makers, self._hold = called, json.dumps(dict(makers)), hold
        self._wanted = wanted
        self._taken: dict[int, Taken] = {}
        self._listed: int | None = None
        """The worker's number, if it is another than procrastinate's worker knows."""
        self._asking = False
        self._news = 0
        self._wake: NotificationCallback | None = None

    @property
    def busy(self) -> bool:
        """Whether it asks for a job just now, or has one that was not begun yet."""
        return self._asking or bool(self._taken)

    def taken(self, queue_id: int) -> Taken:
        """What came with a row of the queue; asked for once."""
        return self._taken.pop(queue_id)

    async def fetch_job(self, queues: Iterable[str] | None, worker_id: int) -> jobs.Job | None:
        """The next job that this worker can do and may have."""
        while self._wanted():
            before, self._asking = self._news, True
            try:
                rows = await self._take(worker_id)
            finally:
                self._asking = False
            if rows:
                return self._job(rows[0])
            # The worker forgets a notice that came while it was asking: whoever came then waits for us.
            if self._news == before:
                break
        return None

    async def _take(self, worker_id: int) -> list[dict[str, Any]]:
        try:
            return await self._ask(worker_id)
        except ConnectorException as error:
            if not isinstance(error.__cause__, psycopg.errors.ForeignKeyViolation):
                raise
        # it slept so long that others have struck it off the list of workers
        self._listed = await self.register_worker()
        return await self._ask(worker_id)

    async def _ask(self, worker_id: int) -> list[dict[str, Any]]:
        taker = worker_id if self._listed is None else self._listed
        return await self.connector.execute_query_all_async(
            _TAKE, taker=taker, called=self._called, makers=self._makers, hold=self._hold
        )

    async def update_heartbeat(self, worker_id: int) -> None:
        """As procrastinate does, under the number that it has by now."""
        await super().update_heartbeat(worker_id if self._listed is None else self._listed)

    async def unregister_worker(self, worker_id: int) -> None:
        """The same."""
        await super().unregister_worker(worker_id if self._listed is None else self._listed)

    def _job(self, row: Mapping[str, Any]) -> jobs.Job:
        job = uuid_of(row["job_id"])
        self._taken[row["queue_id"]] = Taken(job, row["request"], row["tries"], row["spent"])
        return jobs.Job(
            id=row["queue_id"],
            status="doing",
            queue=row["queue_name"],
            lock=None,
            queueing_lock=str(job),
            task_name=TASK,
            task_kwargs={"job": str(job)},
        )

    async def listen_for_jobs(
        self, *, on_notification: NotificationCallback, queues: Iterable[str] | None = None
    ) -> None:
        """As procrastinate does, counting the notices."""

        async def hear(*, channel: str, notification: jobs.Notification) -> None:
            self._news += 1
            await on_notification(channel=channel, notification=notification)

        self._wake = on_notification
        await super().listen_for_jobs(on_notification=hear, queues=queues)

    async def look_again(self) -> None:
        """There may be room for another job of a provider: don't wait for the next poll."""
        self._news += 1
        if self._wake is not None:
            await self._wake(channel="", notification={"type": "job_inserted", "job_id": 0})

    async def finish_job(self, job: jobs.Job, status: jobs.Status, delete_job: bool) -> None:
        """Nothing: the row went in the transaction that brought the result."""

    async def retry_job(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: see `finish_job`."""
