"""Programs that sleep or wake at the same moment: struck off, or about the same rows."""

from __future__ import annotations

import psycopg
import pytest

from core.jobs import JobStatus, cancel, hand_over, states
from core.jobs.reaping import let_go
from core.server import Server
from core.server.connection import Connection
from tests.jobs.fakes import Fake, Working, request, soon


def test_a_worker_that_was_struck_off_takes_jobs_again(server: Server, link: Connection) -> None:
    first, second = request(), request()
    with Working(server, Fake()):
        hand_over(link, [first])
        soon(lambda: states(link, [first.id])[0].status is JobStatus.DONE)
        link.execute("DELETE FROM genko_queue.procrastinate_workers")  # as others do after half a minute
        hand_over(link, [second])
        soon(lambda: states(link, [second.id])[0].status is JobStatus.DONE)


def test_one_at_a_time_removes_what_had_its_time(link: Connection, conninfo: str) -> None:
    old = request()
    hand_over(link, [old])
    cancel(link, [old.id])
    link.execute("UPDATE generation_jobs SET finished_at = now() - interval '1 year'")
    with psycopg.connect(conninfo) as other, other.transaction():
        let_go(other)
        with pytest.raises(psycopg.errors.LockNotAvailable):
            link.execute("SELECT FROM generation_jobs FOR UPDATE NOWAIT")  # control: who would do it, waits
        let_go(link)
    assert states(link, [old.id]) == []
