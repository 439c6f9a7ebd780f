"""What was made is brought to the server a few at a time: signs of life need a connection, too."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import uuid4

from core.jobs.ending import AT_ONCE, Ends
from core.providers.request import Made, MadeFile

WITH_FILE = Made(files=(MadeFile(b"a picture", "image/png"),))


class SlowLink:
    """A connection on which each statement waits until it may go on."""

    def __init__(self, may_go_on: asyncio.Event) -> None:
        self._may_go_on = may_go_on
        self.rowcount = 1

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[None]:
        """Of nothing."""
        yield

    async def execute(self, *_: object, **__: object) -> SlowLink:
        """Any statement."""
        await self._may_go_on.wait()
        return self

    async def fetchone(self) -> tuple[bool]:
        """It was done."""
        return (True,)


class Pool:
    """Counts who has a connection."""

    def __init__(self) -> None:
        self.may_go_on = asyncio.Event()
        self.now = self.most = 0

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Any]:
        """One of any number."""
        self.now += 1
        self.most = max(self.most, self.now)
        try:
            yield SlowLink(self.may_go_on)
        finally:
            self.now -= 1


def ends_over(pool: Pool) -> Ends:
    async def fresh() -> Any:
        raise AssertionError("the pool's are used")

    return Ends("a worker", pool.connection, fresh, lambda: None)


async def settled() -> None:
    """Until everybody who can go on has."""
    for _ in range(20):
        await asyncio.sleep(0)


def test_of_many_answers_with_files_a_few_are_on_their_way_at_a_time() -> None:
    async def told() -> None:
        pool = Pool()
        ends = ends_over(pool)
        large = [asyncio.ensure_future(ends.done(uuid4(), WITH_FILE)) for _ in range(8)]
        await settled()
        assert pool.now == AT_ONCE
        small = asyncio.ensure_future(ends.done(uuid4(), Made()))
        await settled()
        assert pool.now == AT_ONCE + 1, "what is small waits for none of them"
        large[-1].cancel()  # somebody gives it up, or the worker is told to stop
        await settled()
        pool.may_go_on.set()
        assert all(await asyncio.gather(*large, small)), "what was made is kept first, whoever cancels"
        assert pool.most == AT_ONCE + 1

    asyncio.run(told())
