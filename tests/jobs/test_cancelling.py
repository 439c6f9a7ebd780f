"""Attacks giving up: what waits, what runs, what has just ended, whose worker has gone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.jobs import JobStatus, cancel, hand_over, results, states
from core.providers.request import MakeRequest
from core.server import Server
from core.server.connection import Connection
from tests.jobs.fakes import QUICK, Fake, Held, Working, request, soon, work
from tests.patience import PATIENCE


def status(link: Connection, wanted: MakeRequest) -> JobStatus:
    """Of one job."""
    return states(link, [wanted.id])[0].status


def test_what_waits_is_given_up_at_once_and_nobody_is_asked(server: Server, link: Connection) -> None:
    first, second, fake = request(), request(), Fake()
    hand_over(link, [first, second])
    assert cancel(link, [first.id]) == {first.id}
    assert status(link, first) is JobStatus.CANCELLED
    work(server, fake)
    assert fake.asked == [second.id]
    assert hand_over(link, [first]) == {first.id}, "handed over again it stays given up"
    assert status(link, first) is JobStatus.CANCELLED


def test_what_runs_is_given_up_and_the_next_one_begun(server: Server, link: Connection) -> None:
    held, wanted = Held(), [request(), request()]
    fake = Fake(held, at_once=1)
    hand_over(link, wanted)
    # Without a beat it is procrastinate's notice that ends it.
    with Working(server, fake, rhythm=replace(QUICK, heartbeat=PATIENCE, lease=3 * PATIENCE)):
        assert held.begun.acquire(timeout=PATIENCE)
        assert cancel(link, fake.asked) == set(fake.asked)
        assert held.begun.acquire(timeout=PATIENCE), "there is room for the other one"
    assert [one.status for one in states(link, fake.asked[:1])] == [JobStatus.CANCELLED]
    assert len(fake.asked) == 2


def test_what_runs_is_given_up_at_the_next_beat_where_no_notice_comes(
    server: Server, link: Connection
) -> None:
    held, wanted = Held(), request()
    hand_over(link, [wanted])
    with Working(server, Fake(held)) as working:
        assert held.begun.acquire(timeout=PATIENCE)
        link.execute("UPDATE generation_jobs SET cancel_asked = true")
        soon(lambda: status(link, wanted).is_final)
    assert status(link, wanted) is JobStatus.CANCELLED
    assert "cancelled" in [word.what for word in working.said]


def test_what_has_ended_stays(server: Server, link: Connection) -> None:
    wanted = request()
    hand_over(link, [wanted])
    work(server, Fake())
    assert cancel(link, [wanted.id]) == set()
    [found] = results(link, [wanted.id])
    assert found.made is not None


@pytest.mark.parametrize("turn", range(4))
def test_an_answer_that_comes_with_the_wish_to_stop_is_kept_or_given_up_never_both(
    server: Server, link: Connection, turn: int
) -> None:
    held, wanted = Held(), request()
    hand_over(link, [wanted])
    with Working(server, Fake(held)):
        assert held.begun.acquire(timeout=PATIENCE)
        held.may_end.set()
        cancel(link, [wanted.id])
        soon(lambda: status(link, wanted).is_final)
    [found] = results(link, [wanted.id])
    assert (found.made is not None) == (found.status is JobStatus.DONE)


def test_giving_up_while_workers_take_stands_in_nobodys_way(server: Server, link: Connection) -> None:
    fake = Fake(at_once=8)
    wanted = [request() for _ in range(150)]
    ids = [one.id for one in wanted]
    with Working(server, fake, grace=PATIENCE) as first, Working(server, fake, grace=PATIENCE) as second:
        hand_over(link, wanted)
        given_up = {job for start in range(149, -1, -10) for job in cancel(link, ids[start - 9 : start + 1])}
        soon(lambda: all(one.status.is_final for one in states(link, ids)))
    assert {one.id for one in states(link, ids) if one.status is JobStatus.CANCELLED} <= given_up
    assert len({*given_up, *fake.asked}) == 150
    assert "away" not in [word.what for word in first.said + second.said]
