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
UPDATE generation_jobs
SET heartbeat_at = clock_timestamp(), lease_until = clock_timestamp() + %s * interval '1 second'
WHERE job_id = ANY(%s) AND status = 'running' AND worker = %s
"""
_UNWANTED = """
SELECT job_id FROM generation_jobs
WHERE job_id = ANY(%s) AND (finished_at IS NOT NULL OR cancel_asked AND worker = %s)
"""
_SPEAK = """
UPDATE generation_jobs g SET progress = said.share
FROM unnest(%s::uuid[], %s::float8[]) said(job_id, share)
WHERE g.job_id = said.job_id AND g.status = 'running' AND g.worker = %s AND g.progress < said.share
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
            await self._execute(_BEAT, [self._rhythm.lease, jobs, self._called])
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
                await self._execute(_SPEAK, [list(news), list(news.values()), self._called])
                for job, share in news.items():
                    if (running := self._making.running.get(job)) is not None:
                        running.told = share

    async def _execute(self, statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
        """Rows, if there are any; nothing while the server is away: the next beat comes."""
        try:
            async with self._connector.pool.connection() as link:
                cursor = await link.execute(statement.encode(), values)
                return await cursor.fetchall() if cursor.description else []
        except psycopg.OperationalError:
            return []
