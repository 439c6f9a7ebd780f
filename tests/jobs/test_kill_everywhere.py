"""A worker killed before and after each of its statements: each job ends once, and nothing stays running."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from core.jobs import JobStatus, hand_over, results, states
from core.jobs.reaping import Reaper, mend
from core.server import Server
from core.server.connection import Connection
from tests.jobs.fakes import QUICK, Fake, request, work
from tests.patience import PATIENCE

ROOT = Path(__file__).parents[2]
WORKER = """
import os, signal, sys
import psycopg
from core.jobs import Until, WorkerRun
from core.server import Server, ServerSettings
from tests.jobs.fakes import QUICK, Fake

left, after = int(sys.argv[2]), sys.argv[3] == "after"
execute = psycopg.AsyncCursor.execute

async def killing(self, query, *values, **options):
    global left
    text = query if isinstance(query, (str, bytes)) else ""
    ours = (b"generation_" if isinstance(text, bytes) else "generation_") in text or (
        b"genko_" if isinstance(text, bytes) else "genko_") in text
    left -= ours
    if ours and left < 0 and not after:
        os.kill(os.getpid(), signal.SIGKILL)
    found = await execute(self, query, *values, **options)
    if ours and left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return found

psycopg.AsyncCursor.execute = killing
server = Server(ServerSettings(url=sys.argv[1]))
WorkerRun({"fake": Fake()}, server, until=Until.IDLE, rhythm=QUICK, called="x:1:victim", concurrency=2).run()
"""


def killed_at(server: Server, link: Connection, statement: int, when: str) -> bool:
    """Whether the worker came that far; then it was killed there, and all is put right again."""
    wanted = [request() for _ in range(2)]
    ids = [one.id for one in wanted]
    hand_over(link, wanted)
    command = [sys.executable, "-c", WORKER, server.url(), str(statement), when]
    done = subprocess.run(command, cwd=ROOT, timeout=PATIENCE, check=False)
    mend(link)
    Reaper(QUICK).look(link, gone=["victim"])
    assert JobStatus.RUNNING not in {state.status for state in states(link, ids)}, statement
    fake = Fake()
    work(server, fake)
    found = list(results(link, ids))
    assert sorted(one.id for one in found) == sorted(ids)
    for one in found:
        assert one.made is not None
        assert [file.content for file in one.made.files] == [b"a cat"]
        # Who was asked twice is told so.
        assert one.tries == 1 + one.lost
    assert link.execute(
        "SELECT count(*) FROM generation_results WHERE job_id = ANY(%s)", [ids]
    ).fetchone() == (2,)
    assert link.execute("SELECT count(*) FROM genko_queue.procrastinate_jobs").fetchone() == (0,)
    return done.returncode != 0


def test_killed_when_it_has_an_answer_that_is_not_kept(server: Server, link: Connection) -> None:
    assert killed_at(server, link, 4, "before")


@pytest.mark.soak
@pytest.mark.parametrize("when", ["before", "after"])
def test_killed_at_every_statement(server: Server, link: Connection, when: str) -> None:
    statement = 0
    while killed_at(server, link, statement, when):
        statement += 1
    assert statement > 8
