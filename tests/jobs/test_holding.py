"""What each check of jobs holds: who stops takes nothing up, files that are gone, ends that came first."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest

from core.jobs import JobStatus, cancel, hand_over, results, states
from core.jobs.ending import Ends
from core.jobs.pulse import _SPEAK
from core.jobs.reaping import reap
from core.providers.request import Made, MadeFile
from core.server import Server
from core.server.connection import Connection
from tests.jobs.fakes import Fake, Working, request, soon, work
from tests.patience import PATIENCE

TAKING = "SELECT pg_advisory_xact_lock(x'67656e6b6f6a6f62'::bigint)"
WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"


@pytest.mark.parametrize("stopped", [True, False])
def test_a_worker_that_is_told_to_stop_asks_for_nothing_more(
    server: Server, link: Connection, stopped: bool
) -> None:
    fake, wanted = Fake(), request()
    with Working(server, fake, grace=PATIENCE) as working:
        with link.transaction(), server.connect() as other:
            link.execute(TAKING)  # whoever takes a job waits here
            hand_over(other, [wanted])
            soon(lambda: other.execute(WAITING).fetchone() != (0,))
            if stopped:
                working.run.stop()
                soon(lambda: "stopping" in [word.what for word in working.said])
        if not stopped:
            soon(lambda: states(link, [wanted.id])[0].status.is_final)
    [state] = states(link, [wanted.id])
    if stopped:
        assert not fake.asked
        assert (state.status, state.lost, state.cost) == (JobStatus.WAITING, 0, 0)
        work(server, fake)
        [state] = states(link, [wanted.id])
    assert (state.status, fake.asked) == (JobStatus.DONE, [wanted.id]), "control"


def test_a_result_whose_files_are_gone_is_a_failure_and_never_nothing(
    server: Server, link: Connection
) -> None:
    whole, gone = request(), request()
    hand_over(link, [whole, gone])
    work(server, Fake())
    link.execute("DELETE FROM generation_results WHERE job_id = %s", [gone.id])
    found = {one.id: one for one in results(link, [whole.id, gone.id])}
    assert found[gone.id].status is JobStatus.FAILED
    assert "damaged" in str(found[gone.id].error)
    assert found[whole.id].made is not None, "control"


def test_what_comes_after_a_job_was_given_up_leaves_no_files_behind(link: Connection, conninfo: str) -> None:
    given_up, kept = request(), request()
    hand_over(link, [given_up, kept])
    cancel(link, [given_up.id])
    made = Made(files=(MadeFile(b"paid for", "image/png"),), cost=5)

    async def fresh() -> psycopg.AsyncConnection[Any]:
        return await psycopg.AsyncConnection.connect(conninfo, autocommit=True)

    async def answers() -> list[bool]:
        connection = await fresh()
        ends = Ends("me", lambda: _Lent(connection), fresh, lambda: None)
        async with connection:
            return [await ends.done(given_up.id, made), await ends.done(kept.id, made)]

    assert asyncio.run(answers()) == [False, True]
    rows = link.execute("SELECT job_id FROM generation_results").fetchall()
    assert [str(job) for (job,) in rows] == [str(kept.id)]
    assert [one.cost for one in states(link, [given_up.id])] == [5], "it was paid for all the same"


def taken(link: Connection) -> tuple[UUID, datetime]:
    """A job that the worker “mine” has, and its sign of life."""
    wanted = request()
    hand_over(link, [wanted])
    taking = """SELECT job_id FROM genko_take_job(%s, 'mine', '{"fake": 1}', interval '1 hour')"""
    worker = "INSERT INTO genko_queue.procrastinate_workers DEFAULT VALUES RETURNING id"
    assert link.execute(taking, link.execute(worker).fetchone()).fetchone() == (wanted.id,)
    row = link.execute("SELECT heartbeat_at FROM generation_jobs").fetchone()
    assert row is not None
    return wanted.id, row[0]


def test_a_sign_of_life_at_the_last_moment_keeps_a_job(link: Connection) -> None:
    job, before = taken(link)
    link.execute("UPDATE generation_jobs SET heartbeat_at = heartbeat_at + interval '1 s'")
    assert not reap(link, job, "mine", before)
    assert not reap(link, job, "another", before + timedelta(seconds=1))
    assert states(link, [job])[0].status is JobStatus.RUNNING
    assert reap(link, job, "mine", before + timedelta(seconds=1)), "control"
    assert states(link, [job])[0].status is JobStatus.WAITING


def test_only_the_worker_that_has_a_job_tells_how_far_it_is(link: Connection) -> None:
    job, _ = taken(link)
    for called, share in (("another", 0.0), ("mine", 0.5)):
        link.execute(_SPEAK.encode(), [[job], [0.5], called])
        assert states(link, [job])[0].progress == share, called


class _Lent:
    """A connection that is not closed after its use."""

    def __init__(self, connection: psycopg.AsyncConnection[Any]) -> None:
        self._connection = connection

    async def __aenter__(self) -> psycopg.AsyncConnection[Any]:
        return self._connection

    async def __aexit__(self, *_: object) -> None:
        pass
