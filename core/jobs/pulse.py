"""A worker's signs of life, and what it tells of how far its jobs are."""

from __future__ import annotations

import asyncio
from typing import Any

import psycopg
from procrastinate import PsycopgConnector

from core.jobs.making import Making
from core.jobs.packing import uuid_of
from core.jobs.values import Rhythm

_BEAT = """
WITH ours AS (
    SELECT job_id FROM generation_jobs WHERE job_id = ANY(%s) AND status = 'running' AND worker = %s
    FOR UPDATE SKIP LOCKED
)
UPDATE generation_jobs g
SET heartbeat_at = clock_timestamp(), lease_until = clock_timestamp() + %s * interval '1 second'
FROM ours WHERE g.job_id = ours.job_id
"""
"""Passes over what somebody else holds just now: waiting for one job would keep the leases of all, and
two that wait for several jobs of each other would end in a deadlock. A lease outlasts several beats."""
_UNWANTED = """
SELECT job_id FROM generation_jobs
WHERE job_id = ANY(%s) AND (finished_at IS NOT NULL OR cancel_asked AND worker = %s)
"""
_SPEAK = """
WITH said AS (
    SELECT job_id, share FROM unnest(%s::uuid[], %s::float8[]) given(job_id, share)
    JOIN generation_jobs g USING (job_id)
    WHERE g.status = 'running' AND g.worker = %s AND g.progress < share
    FOR UPDATE OF g SKIP LOCKED
)
UPDATE generation_jobs g SET progress = said.share FROM said WHERE g.job_id = said.job_id
RETURNING g.job_id
"""


class Pulse:
    """Belongs to the worker's event loop: if that hangs, there is no sign of life."""

    def __init__(self, making: Making, connector: PsycopgConnector, called: str, rhythm: Rhythm) -> None:
        self._making, self._connector, self._called, self._rhythm = making, connector, called, rhythm

    async def beat(self) -> None:
        """For ever: keep the leases, and give up what nobody wants any more."""
        while True:
            await asyncio.sleep(self._rhythm.heartbeat)
            jobs = list(self._making.running)
            if not jobs:
                continue
            await self._execute(_BEAT, [jobs, self._called, self._rhythm.lease])
            for (job,) in await self._execute(_UNWANTED, [jobs, self._called]):
                running = self._making.running.get(uuid_of(job))
                if running is not None:
                    running.cancelled = True
                    running.task.cancel()  # at each beat: one alone may be swallowed on its way

    async def speak(self) -> None:
        """For ever: tell the server of progress, all jobs in one statement."""
        while True:
            await asyncio.sleep(self._rhythm.progress)
            news = {
                job: running.progress
                for job, running in sorted(self._making.running.items())
                if running.progress > running.told
            }
            if news:
                for (told,) in await self._execute(_SPEAK, [list(news), list(news.values()), self._called]):
                    job = uuid_of(told)
                    if (running := self._making.running.get(job)) is not None:
                        running.told = news[job]

    async def _execute(self, statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
        """Rows, if there are any; nothing while the server is away: the next beat comes."""
        try:
            async with self._connector.pool.connection() as link:
                cursor = await link.execute(statement.encode(), values)
                return await cursor.fetchall() if cursor.description else []
        except psycopg.OperationalError:
            return []
