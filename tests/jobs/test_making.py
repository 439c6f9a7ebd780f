"""Attacks the making of jobs: providers that fail, dawdle, lie, cost too much; several workers at once."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable
from functools import partial
from itertools import pairwise

import pytest

from core.jobs import JobNews, JobState, JobStatus, collected, hand_over, listen, results, states
from core.providers.base import ProviderError
from core.providers.request import Made, MadeFile, MakeRequest
from core.server import Server
from core.server.connection import Connection
from tests.jobs.fakes import Fake, Held, Working, nothing, request, soon, work
from tests.patience import PATIENCE

BIG = bytes(range(256)) * 4096 * 9 + b"end"
"""More than two parts."""


def state(link: Connection, wanted: MakeRequest) -> JobState:
    """Of one job."""
    return states(link, [wanted.id])[0]


def test_what_was_made_comes_back_as_it_was(server: Server, link: Connection) -> None:
    async def act(request: MakeRequest, progress: Callable[[float], None]) -> Made:
        files = (MadeFile(BIG, "image/png", "big.png"), MadeFile(b"", "image/webp"))
        return Made(
            files=files, concepts=("Löwe",), names={"fr": {"cat": "chat"}}, cost=7, seed=2**53, model="x"
        )

    wanted = request(seed=3, estimate=7)
    hand_over(link, [wanted])
    work(server, Fake(act))
    [found] = results(link, [wanted.id])
    assert found.made is not None
    assert [hashlib.sha256(file.content).digest() for file in found.made.files] == [
        hashlib.sha256(BIG).digest(),
        hashlib.sha256(b"").digest(),
    ]
    assert found.made.files[0].name == "big.png"
    assert (found.made.concepts, found.made.names) == (("Löwe",), {"fr": {"cat": "chat"}})
    assert (found.made.seed, found.cost, found.status, found.lost) == (2**53, 7, JobStatus.DONE, 0)
    assert list(results(link, [wanted.id])), "until it is collected it can be had again"
    collected(link, [wanted.id])
    collected(link, [wanted.id])
    assert list(results(link, [wanted.id])) == []


def test_damaged_files_are_told_and_no_half_picture_comes(server: Server, link: Connection) -> None:
    wanted = request()
    hand_over(link, [wanted])
    work(server, Fake())
    link.execute(
        "ALTER TABLE generation_results DROP CONSTRAINT generation_results_sha256_fits,"
        " DROP CONSTRAINT generation_results_part_fits"
    )
    link.execute("UPDATE generation_results SET content = 'x'")
    [found] = results(link, [wanted.id])
    assert found.made is None
    assert found.error is not None
    assert "damaged" in found.error.what


@pytest.mark.parametrize("retry", [False, True])
def test_a_provider_that_fails_is_tried_again_if_that_helps(
    server: Server, link: Connection, retry: bool
) -> None:
    async def act(request: MakeRequest, progress: Callable[[float], None]) -> Made:
        progress(0.7)
        raise ProviderError("It is busy.", todo="Wait.", retry=retry, cost=2)

    wanted, fake = request(estimate=100), Fake(act)
    hand_over(link, [wanted])
    work(server, fake)
    found = state(link, wanted)
    assert (found.status, found.tries, len(fake.asked)) == (JobStatus.FAILED, *((4, 4) if retry else (1, 1)))
    assert str(found.error) == "It is busy. Wait."
    assert found.cost == 2 * found.tries
    assert found.progress == 0.7 or found.progress == 0.0  # it may have ended before it was told


def test_the_pause_that_a_provider_wants_is_kept(server: Server, link: Connection) -> None:
    async def act(request: MakeRequest, progress: Callable[[float], None]) -> Made:
        if len(fake.asked) == 1:
            raise ProviderError("Too many.", retry=True, retry_after=0.8)
        return Made()

    wanted, fake = request(), Fake(act)
    hand_over(link, [wanted])
    said = work(server, fake)
    assert [round(word.seconds, 1) for word in said if word.what == "again later"] == [0.8]
    found = state(link, wanted)
    assert found.status is JobStatus.DONE
    assert found.started_at is not None
    assert found.finished_at is not None
    assert (found.finished_at - found.started_at).total_seconds() >= 0.8


@pytest.mark.parametrize("wish", [6.0, float("inf"), float("nan")])
def test_who_wants_to_be_left_alone_for_hours_has_failed(
    server: Server, link: Connection, wish: float
) -> None:
    async def act(request: MakeRequest, progress: Callable[[float], None]) -> Made:
        raise ProviderError("Too many.", retry=True, retry_after=wish)

    wanted = request()
    hand_over(link, [wanted])
    work(server, Fake(act))
    assert "left alone for too long" in str(state(link, wanted).error)


def test_a_provider_that_dawdles_is_left(server: Server, link: Connection) -> None:
    async def act(request: MakeRequest, progress: Callable[[float], None]) -> Made:
        await asyncio.sleep(PATIENCE)
        return Made()

    wanted = request(seconds=0.02)
    hand_over(link, [wanted])
    work(server, Fake(act))
    found = state(link, wanted)
    assert (found.status, found.tries) == (JobStatus.FAILED, 4)
    assert "longer than it was given" in str(found.error)


def test_a_fault_in_a_provider_ends_the_job_and_not_the_worker(server: Server, link: Connection) -> None:
    async def act(request: MakeRequest, progress: Callable[[float], None]) -> Made:
        if request.prompt == "bad":
            raise KeyError("a secret of the plot")
        return Made()

    wanted = [request(prompt="bad"), request()]
    hand_over(link, wanted)
    said = work(server, Fake(act))
    assert [state(link, one).status for one in wanted] == [JobStatus.FAILED, JobStatus.DONE]
    assert str(state(link, wanted[0]).error) == "The provider stumbled (KeyError)."
    assert "secret" not in repr(said)


def test_what_would_cost_more_than_twice_what_was_said_is_refused(server: Server, link: Connection) -> None:
    wanted, dear = request(estimate=100), Fake(price=201)
    hand_over(link, [wanted])
    work(server, dear)
    assert "It would cost" in str(state(link, wanted).error)
    assert dear.asked == []


def test_tries_that_cost_end_when_the_money_does(server: Server, link: Connection) -> None:
    async def act(request: MakeRequest, progress: Callable[[float], None]) -> Made:
        raise ProviderError("Cut off.", retry=True, cost=100)

    wanted, fake = request(estimate=100), Fake(act, price=100)
    hand_over(link, [wanted])
    work(server, fake)
    assert len(fake.asked) == 2
    assert "as much as it may cost" in str(state(link, wanted).error)


def test_progress_only_goes_up_and_news_hold_ids_only(server: Server, link: Connection) -> None:
    shares = [0.1, 0.5, 0.3, float("nan"), 7.0, -1.0, 0.6]
    seen: list[float] = []
    news: list[JobNews] = []

    async def act(request: MakeRequest, progress: Callable[[float], None]) -> Made:
        for share in shares:
            progress(share)
            before = state(link, wanted).progress
            for _ in range(100):
                await asyncio.sleep(0.005)
                if state(link, wanted).progress != before:
                    break
                if share in (0.3, 0.6, -1.0) or share != share:
                    break  # no news of it is to come
            seen.append(state(link, wanted).progress)
        return Made()

    wanted = request()
    watch = listen(server, news.append)
    try:
        hand_over(link, [wanted])
        work(server, Fake(act))
    finally:
        watch.close()
    seen.append(state(link, wanted).progress)
    assert all(before <= after for before, after in pairwise(seen))
    assert seen[0] == 0.1
    assert max(seen[:-1]) == 0.99, "nothing is whole before it is kept"
    assert seen[-1] == 1.0
    assert {one.job for one in news if one.job} <= {wanted.id}


def test_a_bound_holds_over_all_workers(server: Server, link: Connection) -> None:
    held = Held()
    fake = Fake(held, at_once=2)
    wanted = [request() for _ in range(6)]
    hand_over(link, wanted)
    with Working(server, fake), Working(server, fake):
        assert held.begun.acquire(timeout=PATIENCE)
        assert held.begun.acquire(timeout=PATIENCE)
        assert not held.begun.acquire(timeout=0.3)
        held.may_end.set()
        while any(not one.status.is_final for one in states(link, [one.id for one in wanted])):
            held.begun.acquire(timeout=0.02)
    assert fake.most == 2
    assert sorted(fake.asked) == sorted(one.id for one in wanted)


def test_what_a_worker_has_no_provider_for_waits_for_another(server: Server, link: Connection) -> None:
    mine, other = request(), request(provider="other")
    hand_over(link, [other, mine])
    work(server, Fake())
    assert [state(link, one).status for one in (mine, other)] == [JobStatus.DONE, JobStatus.WAITING]
    work(server, Fake(name="other"))
    assert state(link, other).status is JobStatus.DONE


def asked(fake: Fake, count: int) -> bool:
    """Whether it was asked so often."""
    return len(fake.asked) == count


def somebody_listens(link: Connection) -> bool:
    (count,) = link.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
        "AND state = 'idle' AND query ILIKE 'listen%'"
    ).fetchone() or (0,)
    return bool(count)


def test_no_job_waits_for_the_poll_when_its_notice_came_in_between(server: Server, link: Connection) -> None:
    from dataclasses import replace

    from tests.jobs.fakes import QUICK

    fake = Fake(nothing)
    rhythm = replace(QUICK, poll=2 * PATIENCE)  # whoever waits for it fails
    with Working(server, fake, rhythm=rhythm, concurrency=2):
        soon(partial(somebody_listens, link))  # before that there is nobody whom a notice could miss
        for count in range(1, 120):
            hand_over(link, [request()])
            if count % 10 == 0:
                soon(partial(asked, fake, count))
        soon(lambda: len(fake.asked) == 119)
