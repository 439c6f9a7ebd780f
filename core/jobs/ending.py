"""How a try ends, in the database: kept, failed, given up, put back. Goes on until the server has it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, nullcontext
from typing import Any, TypeVar
from uuid import UUID

import psycopg

from core.jobs.packing import pack_made, parts_of_file
from core.jobs.values import Trouble
from core.providers.request import Made

T = TypeVar("T")
Link = psycopg.AsyncConnection[Any]
AT_ONCE = 2
"""Answers with files that are on their way at a time: signs of life and the taking of jobs need a connection,
too, and a lease that ran out meanwhile would have the same made and paid for again."""
LONGEST_WAIT = 10.0
"""Seconds between two attempts to reach a server that is away."""

_LOCK = "SELECT FROM generation_jobs WHERE job_id = %s AND finished_at IS NULL FOR UPDATE"
_PART = """
INSERT INTO generation_results (job_id, file, part, parts, mime, size, sha256, part_sha256, content)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)
"""
_END = "SELECT genko_end_job(%s, %s, %s::jsonb, %s::jsonb, %s, %s)"
_BACK = "SELECT genko_put_back(%s, %s, NULL, %s * interval '1 second', %s::jsonb, %s, %s)"


class NotKept(Exception):
    """The worker had to end before the server could be told."""


class Ends:
    """Tells the server how tries have ended, on whatever connection there is."""

    def __init__(
        self,
        called: str,
        connection: Callable[[], Any],
        fresh: Callable[[], Awaitable[Link]],
        away: Callable[[], None],
    ) -> None:
        """`connection` gives one of the pool (a context), `fresh` a new one, wherever the server is now.

        `away` is told, once, that the server can't be reached while something has to be kept.
        """
        self._called, self._connection, self._fresh, self._away = called, connection, fresh, away
        self._carrying = asyncio.Semaphore(AT_ONCE)
        self.hopeless = asyncio.Event()
        """Set when the worker has to end, whatever is not kept then."""

    async def done(self, job: UUID, made: Made) -> bool:
        """Keep what was made. False if the job has ended otherwise meanwhile; then only the cost counts."""
        packed = pack_made(made).decode()

        async def keep(link: Link) -> bool:
            if not made.files:
                return bool(await _value(link, _END, [job, "done", packed, None, made.cost, None]))
            async with link.transaction():
                if (await link.execute(_LOCK, [job])).rowcount:
                    for number, file in enumerate(made.files):
                        for part in parts_of_file(number, file):
                            row = [job, part.file, part.part, part.parts, part.mime, part.size]
                            row += [part.sha256, part.part_sha256, part.content]
                            await link.execute(_PART, row, binary=True)
                return bool(await _value(link, _END, [job, "done", packed, None, made.cost, None]))

        return await self._surely(keep, self._carrying if made.files else None)

    async def failed(self, job: UUID, trouble: Trouble, cost: int) -> bool:
        """It is not tried again."""
        return await self._end(job, "failed", trouble, cost)

    async def cancelled(self, job: UUID, cost: int = 0) -> bool:
        """It was given up, as was asked for."""
        return await self._end(job, "cancelled", None, cost)

    async def put_back(
        self, job: UUID, pause: float = 0.0, trouble: Trouble | None = None, cost: int = 0, lost: bool = False
    ) -> str:
        """Into the queue again, not before `pause` seconds. What became of it; empty if it was not ours."""
        values = [job, self._called, pause, _json(trouble), cost, int(lost)]
        return await self._surely(lambda link: _value(link, _BACK, values)) or ""

    async def _end(self, job: UUID, how: str, trouble: Trouble | None, cost: int) -> bool:
        values = [job, how, None, _json(trouble), cost, self._called]
        return bool(await self._surely(lambda link: _value(link, _END, values)))

    async def _surely(
        self, attempt: Callable[[Link], Awaitable[T]], room: asyncio.Semaphore | None = None
    ) -> T:
        """Do it whoever cancels, again and again while the server is away. Raises NotKept when hopeless."""
        work = asyncio.ensure_future(self._again(attempt, room))
        while not work.done():
            try:
                await asyncio.shield(work)
            except asyncio.CancelledError:
                continue  # what was made is kept first; then there is nothing left to cancel
            except (NotKept, psycopg.Error):
                break
        return work.result()

    async def _again(self, attempt: Callable[[Link], Awaitable[T]], room: asyncio.Semaphore | None) -> T:
        pause = 0.1
        context: Callable[[], Any] = self._connection
        while True:
            try:
                async with room or nullcontext(), context() as link:
                    return await attempt(link)
            except psycopg.OperationalError:
                self._away()
            try:
                await asyncio.wait_for(self.hopeless.wait(), pause)
            except TimeoutError:
                pause, context = min(2 * pause, LONGEST_WAIT), self._new
                continue
            raise NotKept

    @asynccontextmanager
    async def _new(self) -> AsyncIterator[Link]:
        link = await self._fresh()
        async with link:
            yield link


def _json(trouble: Trouble | None) -> str | None:
    return None if trouble is None else json.dumps(trouble.as_json())


async def _value(link: Link, statement: str, values: list[Any]) -> Any:
    row = await (await link.execute(statement.encode(), values)).fetchone()
    return row[0] if row else None
