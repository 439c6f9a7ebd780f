"""Attacks leases: workers that die, hang, come back; clocks that jump; a server that goes away."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable
from uuid import UUID

import msgspec
import psycopg
import pytest

from core.asking import command_of
from core.errors import GenkoError
from core.jobs import JobStatus, Rhythm, cancel, hand_over, results, states
from core.jobs.child import Start
from core.jobs.reaping import Reaper, mend
from core.providers.request import MakeRequest
from core.server import Server, ServerSettings
from core.server.connection import Connection
from tests.jobs.fakes import QUICK, Fake, Held, Working, request, soon, work
from tests.patience import PATIENCE
from tests.server.postgres import plant, scratch_server

FUTURE = (
    "UPDATE generation_jobs SET lease_until = now() + interval '1 day', heartbeat_at = now() + interval '1 h'"
)
PAST = "UPDATE generation_jobs SET lease_until = now() - interval '1 hour'"
BEATS = "SELECT clock_timestamp() BETWEEN heartbeat_at AND lease_until FROM generation_jobs"
RHYTHM = Rhythm()
FOREVER = {"slow": 10**6}


class Clock:
    """Seconds that only a test counts."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def started(server: Server, **fields: object) -> subprocess.Popen[bytes]:
    """The worker's process, as the app starts it, with a provider of the tests."""
    settings = msgspec.Raw(msgspec.json.encode(FOREVER))
    start = Start(
        "", server.url(), None, settings, 2, "token", factory="tests.jobs.fakes:providers", grace=0.0
    )
    start = msgspec.structs.replace(start, **fields)
    process = subprocess.Popen(command_of("core.jobs.worker"), stdin=subprocess.PIPE)
    assert process.stdin is not None
    process.stdin.write(msgspec.json.encode(start) + b"\n")
    process.stdin.flush()
    return process


def killed(process: subprocess.Popen[bytes]) -> None:
    """With -9."""
    process.kill()
    process.wait()
    assert process.stdin is not None
    process.stdin.close()


def until(link: Connection, wanted: MakeRequest, reached: Callable[[JobStatus], bool]) -> None:
    """Wait for it."""
    soon(lambda: reached(states(link, [wanted.id])[0].status))


def test_a_job_that_somebody_holds_keeps_no_others_lease(
    server: Server, link: Connection, conninfo: str
) -> None:
    held, wanted = Held(), [request(), request()]
    hand_over(link, wanted)
    first, second = sorted(one.id for one in wanted)
    beat = "SELECT heartbeat_at FROM generation_jobs WHERE job_id = %s"

    def beats_on(job: UUID) -> None:
        last = link.execute(beat, [job]).fetchone()
        soon(lambda: link.execute(beat, [job]).fetchone() != last)

    with Working(server, Fake(held)), psycopg.connect(conninfo) as other:
        assert held.begun.acquire(timeout=PATIENCE)
        assert held.begun.acquire(timeout=PATIENCE)
        for locked, free in ((first, second), (second, first)):
            with other.transaction():
                other.execute("SELECT FROM generation_jobs WHERE job_id = %s FOR UPDATE", [locked])
                beats_on(free)
        held.may_end.set()
        soon(lambda: all(one.status is JobStatus.DONE for one in states(link, [first, second])))


@pytest.fixture
def orphan(server: Server, link: Connection) -> MakeRequest:
    """A job that a worker has taken and never was heard of again."""
    wanted = request(estimate=10)
    hand_over(link, [wanted])
    row = link.execute("INSERT INTO genko_queue.procrastinate_workers DEFAULT VALUES RETURNING id").fetchone()
    assert row is not None
    taken = """SELECT job_id FROM genko_take_job(%s, 'host:1:token', '{"fake": 1}', interval '20 s')"""
    assert link.execute(taken, [row[0]]).fetchone() == (wanted.id,)
    return wanted


def test_what_a_dead_worker_had_does_not_stay_running(
    server: Server, link: Connection, orphan: MakeRequest
) -> None:
    clock = Clock()
    reaper = Reaper(RHYTHM, clock)
    assert reaper.look(link) == [], "its lease has not run out"
    link.execute(PAST)
    assert reaper.look(link) == [], "nobody has waited for a sign of life yet"
    clock.now += RHYTHM.doubt
    assert reaper.look(link) == [orphan.id]
    [found] = states(link, [orphan.id])
    assert (found.status, found.lost) == (JobStatus.WAITING, 1)
    assert "nobody knows whether that try was paid for" in str(found.error)
    fake = Fake()
    work(server, fake)
    assert fake.asked == [orphan.id]
    [result] = results(link, [orphan.id])
    assert (result.status, result.lost, result.tries) == (JobStatus.DONE, 1, 2)


def test_other_workers_find_it_by_themselves(server: Server, link: Connection, orphan: MakeRequest) -> None:
    link.execute(PAST)
    with Working(server, Fake(), rhythm=QUICK) as working:
        until(link, orphan, lambda status: status is JobStatus.DONE)
    assert "reaped" in [word.what for word in working.said]


def test_a_worker_that_is_known_to_have_ended_is_not_waited_for(
    server: Server, link: Connection, orphan: MakeRequest
) -> None:
    name = states(link, [orphan.id])[0].worker
    assert name.endswith(":token")
    assert Reaper(RHYTHM).look(link, gone=["token"]) == [orphan.id]


def test_given_up_while_its_worker_was_dead(link: Connection, orphan: MakeRequest) -> None:
    cancel(link, [orphan.id])
    assert states(link, [orphan.id])[0].status is JobStatus.RUNNING
    Reaper(RHYTHM).look(link, gone=["token"])
    assert states(link, [orphan.id])[0].status is JobStatus.CANCELLED


@pytest.mark.soak
def test_what_kills_every_worker_fails_in_the_end(server: Server, link: Connection) -> None:
    wanted = request()
    hand_over(link, [wanted])
    for _ in range(3):
        process = started(server)
        until(link, wanted, lambda status: status is JobStatus.RUNNING)
        killed(process)
        Reaper(RHYTHM).look(link, gone=["token"])
    [found] = states(link, [wanted.id])
    assert (found.status, found.lost) == (JobStatus.FAILED, 3)
    assert "workers ended" in str(found.error)


@pytest.mark.parametrize("jump", [PAST, FUTURE])
def test_a_clock_that_jumps_costs_no_living_worker_its_job(
    server: Server, link: Connection, jump: str
) -> None:
    held, wanted = Held(), request()
    hand_over(link, [wanted])
    clock = Clock()
    reaper = Reaper(RHYTHM, clock)
    with Working(server, Fake(held)):
        assert held.begun.acquire(timeout=PATIENCE)
        for _ in range(3):
            link.execute(jump)
            assert reaper.look(link) == []
            soon(lambda: link.execute(BEATS).fetchone() == (True,))
            clock.now += 10 * RHYTHM.doubt
        assert reaper.look(link) == []
        held.may_end.set()
        until(link, wanted, lambda status: status is JobStatus.DONE)
    assert states(link, [wanted.id])[0].tries == 1


@pytest.mark.parametrize("jump", [PAST, FUTURE])
def test_control_a_dead_worker_loses_it_whatever_the_clock_says(
    link: Connection, orphan: MakeRequest, jump: str
) -> None:
    clock = Clock()
    reaper = Reaper(RHYTHM, clock)
    link.execute(jump)
    assert reaper.look(link) == []
    clock.now += RHYTHM.doubt
    assert reaper.look(link) == [orphan.id]


def test_what_a_forgotten_worker_was_paid_for_is_kept_and_kept_once(server: Server, link: Connection) -> None:
    first, second, wanted = Held(), Held(), request(estimate=5)
    hand_over(link, [wanted])
    with Working(server, Fake(first, price=5), called="slow") as slow:
        assert first.begun.acquire(timeout=PATIENCE)
        assert Reaper(RHYTHM).look(link, gone=["slow"]) == [wanted.id]
        with Working(server, Fake(second, price=5), called="quick") as quick:
            until(link, wanted, lambda status: status is JobStatus.RUNNING)  # of whichever took it first
            first.may_end.set()
            until(link, wanted, lambda status: status is JobStatus.DONE)
            second.may_end.set()
    [found] = results(link, [wanted.id])
    assert found.made is not None
    assert len(found.made.files) == 1
    assert link.execute("SELECT count(*) FROM generation_results").fetchone() == (1,)
    assert [word.what for word in slow.said + quick.said].count("done") == 1


def test_a_worker_that_takes_again_what_it_still_has_asks_once(server: Server, link: Connection) -> None:
    held, wanted = Held(), request()
    hand_over(link, [wanted])
    fake = Fake(held)
    with Working(server, fake, called="slow"):
        assert held.begun.acquire(timeout=PATIENCE)
        assert Reaper(RHYTHM).look(link, gone=["slow"]) == [wanted.id]
        until(link, wanted, lambda status: status is JobStatus.RUNNING)
        held.may_end.set()
        until(link, wanted, lambda status: status is JobStatus.DONE)
    assert fake.asked == [wanted.id]


def test_a_connection_that_breaks_loses_nothing_that_was_paid_for(server: Server, link: Connection) -> None:
    held, wanted = Held(), [request() for _ in range(3)]
    hand_over(link, wanted)
    fake = Fake(held)
    with Working(server, fake):
        for _ in wanted:
            assert held.begun.acquire(timeout=PATIENCE)
        link.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        held.may_end.set()
        for one in wanted:
            until(link, one, lambda status: status is JobStatus.DONE)
        later = request()
        hand_over(link, [later])
        until(link, later, lambda status: status is JobStatus.DONE)
    assert sorted(fake.asked) == sorted([*(one.id for one in wanted), later.id]), "each was asked for once"


@pytest.mark.soak
def test_a_server_that_is_killed_is_started_again_and_gets_what_was_made(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    embedded = scratch_server(tmp_path_factory.mktemp("killed"))
    plant(embedded.place, tmp_path_factory)
    server = Server(ServerSettings(home=tmp_path_factory.mktemp("home")), embedded)
    held, wanted = Held(), request()
    try:
        server.start()
        with server.connect() as link:
            hand_over(link, [wanted])
        with Working(server, Fake(held)):
            assert held.begun.acquire(timeout=PATIENCE)
            pid = embedded.status().pid
            assert pid is not None
            os.kill(pid, signal.SIGKILL)
            held.may_end.set()
            soon(lambda: ended(server, wanted))
        with server.connect() as link:
            [found] = results(link, [wanted.id])
        assert (found.status, found.tries) == (JobStatus.DONE, 1)
    finally:
        server.close()
        embedded.destroy()


def ended(server: Server, wanted: MakeRequest) -> bool:
    """Whether a job has; asked of a server that may be away."""
    try:
        with server.connect() as link:
            return states(link, [wanted.id])[0].status.is_final
    except (GenkoError, psycopg.Error):
        return False


def test_told_to_stop_it_lets_what_runs_end(server: Server, link: Connection) -> None:
    held, wanted = Held(), [request(), request()]
    hand_over(link, wanted)
    fake = Fake(held, at_once=1)
    with Working(server, fake, grace=PATIENCE) as working:
        assert held.begun.acquire(timeout=PATIENCE)
        working.run.stop()
        held.may_end.set()
        [begun] = [one for one in wanted if one.id in fake.asked]
        until(link, begun, lambda status: status is JobStatus.DONE)
    assert sorted(one.status.value for one in states(link, [w.id for w in wanted])) == ["done", "waiting"]
    assert len(fake.asked) == 1


def test_told_to_stop_it_puts_back_what_does_not_end(server: Server, link: Connection) -> None:
    held, wanted = Held(), request()
    hand_over(link, [wanted])
    with Working(server, Fake(held), grace=0.0):
        assert held.begun.acquire(timeout=PATIENCE)
    [found] = states(link, [wanted.id])
    assert (found.status, found.lost, found.worker) == (JobStatus.WAITING, 1, "")
    work(server, Fake())
    assert states(link, [wanted.id])[0].status is JobStatus.DONE


@pytest.mark.parametrize(
    "number", [signal.SIGTERM, pytest.param(signal.SIGINT, marks=pytest.mark.soak), None]
)
def test_a_worker_s_process_ends_cleanly(server: Server, link: Connection, number: int | None) -> None:
    wanted = request()
    hand_over(link, [wanted])
    process = started(server)
    until(link, wanted, lambda status: status is JobStatus.RUNNING)
    assert process.stdin is not None
    if number is not None:
        os.kill(process.pid, number)
    else:
        process.stdin.close()  # what a killed app does, too
    assert process.wait(PATIENCE) == 0
    process.stdin.close()
    assert states(link, [wanted.id])[0].status is JobStatus.WAITING


def test_the_queue_is_brought_in_step_with_the_jobs(server: Server, link: Connection) -> None:
    wanted = [request() for _ in range(3)]
    hand_over(link, wanted)
    link.execute("SET search_path = public, genko_queue")
    link.execute("DELETE FROM genko_queue.procrastinate_jobs WHERE queueing_lock = %s", [str(wanted[0].id)])
    link.execute(
        "UPDATE genko_queue.procrastinate_jobs SET status = 'failed' WHERE queueing_lock = %s",
        [str(wanted[1].id)],
    )
    link.execute("DELETE FROM generation_jobs WHERE job_id = %s", [wanted[2].id])
    mend(link)
    fake = Fake()
    work(server, fake)
    assert sorted(fake.asked) == sorted(one.id for one in wanted[:2])
    assert link.execute("SELECT count(*) FROM genko_queue.procrastinate_jobs").fetchone() == (0,)


def test_a_request_of_another_version_is_told(server: Server, link: Connection) -> None:
    wanted = request()
    hand_over(link, [wanted])
    link.execute("ALTER TABLE generation_jobs DISABLE TRIGGER stays")
    link.execute("UPDATE generation_jobs SET request = request - 'prompt'")
    work(server, Fake())
    assert "does not understand" in str(states(link, [wanted.id])[0].error)
