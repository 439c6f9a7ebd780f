"""Jobs a second with work that is nothing: Genko's, with leases and results, against procrastinate alone."""

from __future__ import annotations

import asyncio
import logging
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Any
from uuid import uuid4

import psycopg
from psycopg.conninfo import make_conninfo

from benchmarks.table import Benchmark, Figure
from core.jobs import Until, WorkerRun, hand_over, states_of_draft
from core.providers.base import Standing
from core.providers.request import Made, MakeRequest
from core.server import Server, ServerSettings
from core.server.embedded import EmbeddedServer

JOBS = 1000
ROUNDS = 5
AT_ONCE = 10
GOAL = 0.8


class Nothing:
    """A provider that makes nothing, at once."""

    name = "nothing"
    at_once = AT_ONCE

    def standing(self) -> Standing:
        """Not shown anywhere."""
        return Standing(self.name, (), "", (), "", 0, 0, self.at_once)

    async def check(self) -> tuple[str, ...]:
        """It works."""
        return ()

    def estimate(self, request: MakeRequest) -> int:
        """Nothing."""
        return 0

    async def make(self, request: MakeRequest, progress: Callable[[float], None]) -> Made:
        """Nothing."""
        return Made()


def genko(server: Server, jobs: int) -> float:
    """Seconds for so many jobs, from the worker's start until the last one is done."""
    draft = uuid4()
    wanted = [
        MakeRequest(id=uuid4(), draft=draft, step="picture", provider="nothing", prompt="a street at night")
        for _ in range(jobs)
    ]
    with server.connect() as link:
        hand_over(link, wanted)
        started = time.perf_counter()
        WorkerRun({"nothing": Nothing()}, server, concurrency=AT_ONCE, until=Until.IDLE).run()
        ended = max(state.finished_at for state in states_of_draft(link, draft) if state.finished_at)
        row = link.execute("SELECT clock_timestamp()").fetchone()
        assert row is not None
        since = float((row[0] - ended).total_seconds())
        return time.perf_counter() - started - since


async def bare(conninfo: str, jobs: int) -> float:
    """The same with procrastinate as it comes, its own tables and settings."""
    import procrastinate

    app = procrastinate.App(connector=procrastinate.PsycopgConnector(conninfo=conninfo))
    done = 0

    @app.task(name="nothing")
    async def nothing(job: str) -> None:
        nonlocal done
        done += 1

    async with app.open_async():
        names: list[dict[str, Any]] = [{"job": str(uuid4())} for _ in range(jobs)]
        await nothing.batch_defer_async(*names)
        started = time.perf_counter()
        await app.run_worker_async(concurrency=AT_ONCE, wait=False, install_signal_handlers=False)
        assert done == jobs
        return time.perf_counter() - started


def _prepare(conninfo: str) -> str:
    """A database with procrastinate's tables and nothing else."""
    from procrastinate.schema import SchemaManager

    with psycopg.connect(conninfo, autocommit=True) as link:
        link.execute("CREATE DATABASE bare")
    made = make_conninfo(conninfo, dbname="bare")
    with psycopg.connect(made, autocommit=True) as link:
        link.execute(SchemaManager.get_schema())
    return made


def run(rounds: int = ROUNDS, jobs: int = JOBS) -> tuple[float, float]:
    """Jobs a second of both, medians; they take turns on one server."""
    logging.getLogger("procrastinate").setLevel(logging.CRITICAL + 1)  # neither says a word
    ours: list[float] = []
    theirs: list[float] = []
    with tempfile.TemporaryDirectory(prefix="genko-bench-") as home:
        embedded = EmbeddedServer(Path(home))
        try:
            conninfo = embedded.start()
            server = Server(ServerSettings(url=conninfo))
            server.start()
            alone = _prepare(embedded.url(admin=True))
            for turn in range(rounds + 1):
                taken = genko(server, jobs), asyncio.run(bare(alone, jobs))
                if turn:  # the first one warms up
                    ours.append(jobs / taken[0])
                    theirs.append(jobs / taken[1])
        finally:
            embedded.destroy()
    return median(ours), median(theirs)


def throughput(quick: bool) -> Sequence[Figure]:
    """Jobs a second."""
    ours, theirs = run(2 if quick else ROUNDS, 200 if quick else JOBS)
    reached = f"{ours / theirs:.2f}× is reached"
    note = f"{ours:.0f} jobs a second, leased and their results kept / {theirs:.0f}: {reached}"
    return [Figure("procrastinate alone / jobs, nothing to do", theirs / ours, 1 / GOAL, "x", note)]


BENCHMARKS = (Benchmark("jobs", "from the worker's start until the last of 1,000 jobs is done", throughput),)

if __name__ == "__main__":
    print(run())
