"""Attacks the handing over of jobs: twice, at once, beyond the budget, with what no database holds."""

from __future__ import annotations

import threading
from uuid import uuid4

import pytest

from core.errors import ServerError
from core.jobs import JobStatus, OverBudget, cancel, collected, hand_over, results, states, states_of_draft
from core.server import Server
from core.server.connection import Connection
from tests.jobs.fakes import Fake, request, work

QUEUED = "SELECT count(*) FROM genko_queue.procrastinate_jobs"


def test_what_is_handed_over_again_is_there_once(server: Server, link: Connection) -> None:
    wanted = [request() for _ in range(3)]
    ids = {one.id for one in wanted}
    assert hand_over(link, [*wanted, wanted[0]]) == ids
    assert hand_over(link, wanted) == ids
    assert link.execute(QUEUED).fetchone() == (3,)
    fake = Fake()
    work(server, fake)
    assert hand_over(link, wanted) == ids, "also when it was made meanwhile"
    work(server, fake)
    assert sorted(fake.asked) == sorted(ids)


def test_two_machines_at_once_hand_over_once(server: Server, link: Connection) -> None:
    wanted = [request(uuid4()) for _ in range(50)]

    def give() -> None:
        with server.connect() as other:
            hand_over(other, wanted)

    threads = [threading.Thread(target=give) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert link.execute(QUEUED).fetchone() == (50,)


def test_all_or_none(link: Connection) -> None:
    good, bad = request(), request(provider="Not a name")
    with pytest.raises(ServerError):
        hand_over(link, [good, bad])
    assert states(link, [good.id, bad.id]) == []
    assert link.execute(QUEUED).fetchone() == (0,)


def test_the_queue_holds_ids_only(link: Connection) -> None:
    wanted = request(prompt="a secret of the plot")
    hand_over(link, [wanted])
    rows = link.execute("SELECT q::text FROM genko_queue.procrastinate_jobs q").fetchall()
    assert str(wanted.id) in rows[0][0]
    assert "secret" not in rows[0][0]


def test_what_postgres_can_not_hold_and_a_megabyte(server: Server, link: Connection) -> None:
    odd, long = request(prompt="a\x00b\ud800c"), request(prompt="é" * 600_000)
    hand_over(link, [odd, long])
    work(server, Fake())
    files = {one.id: one.made.files[0].content for one in results(link, [odd.id, long.id]) if one.made}
    assert files[odd.id].decode() == "a\ufffdb\ufffdc"
    assert len(files[long.id]) == 1_200_000


def test_beyond_the_budget_none_is_handed_over_and_it_is_said(server: Server, link: Connection) -> None:
    draft = uuid4()
    first = [request(draft, estimate=4_000_000) for _ in range(2)]
    hand_over(link, first, budget=10_000_000)
    with pytest.raises(OverBudget, match=r"4\.00.*10\.00.*8\.00"):
        hand_over(link, [request(draft, estimate=2_000_000), request(draft, estimate=2_000_000)], 10_000_000)
    assert len(states_of_draft(link, draft)) == 2
    assert hand_over(link, first, budget=10_000_000), "those that are there count once"
    assert hand_over(link, [request(estimate=9_000_000)], budget=10_000_000), "another draft has its own"
    cancel(link, [first[0].id])
    assert hand_over(link, [request(draft, estimate=6_000_000)], 10_000_000), (
        "what was given up costs nothing"
    )


def test_what_is_there_was_counted_when_it_came_and_is_not_refused_again(
    server: Server, link: Connection
) -> None:
    draft = uuid4()
    mine, others = request(draft, estimate=6), request(draft, estimate=4)
    hand_over(link, [mine], budget=10)
    hand_over(link, [others], budget=10)
    link.execute("UPDATE generation_jobs SET cost = 5 WHERE job_id = %s", [others.id])
    assert hand_over(link, [mine], budget=10) == {mine.id}, "as when the answer was lost"
    with pytest.raises(OverBudget):
        hand_over(link, [mine, request(draft, estimate=1)], budget=10)


def test_what_was_spent_counts_after_it_was_collected(server: Server, link: Connection) -> None:
    draft = uuid4()
    made = request(draft, estimate=6_000_000)
    hand_over(link, [made], budget=10_000_000)
    work(server, Fake(price=6_000_000))
    collected(link, [made.id])
    with pytest.raises(OverBudget):
        hand_over(link, [request(draft, estimate=5_000_000)], budget=10_000_000)
    hand_over(link, [request(draft)], budget=10_000_000)  # a free one is always within it


def test_two_who_ask_at_once_are_counted_together(server: Server, link: Connection) -> None:
    draft = uuid4()
    refused: list[OverBudget] = []

    def give() -> None:
        with server.connect() as other:
            try:
                hand_over(other, [request(draft, estimate=6)], budget=10)
            except OverBudget as error:
                refused.append(error)

    threads = [threading.Thread(target=give) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 3
    assert [state.status for state in states_of_draft(link, draft)] == [JobStatus.WAITING]


def test_new_queues_are_made_in_one_order(link: Connection) -> None:
    """Two that hand over at once for the same new providers would wait for each other otherwise."""
    link.execute("SET enable_sort = off")  # as the planner may choose, which then hashes them
    names = [f"maker{number}" for number in range(40)]
    hand_over(link, [request(provider=name) for name in names])
    made = [queue for (queue,) in link.execute("SELECT queue FROM generation_queues ORDER BY ctid")]
    assert made == [q for (q,) in link.execute("SELECT queue FROM generation_queues ORDER BY queue")]
    assert len(made) == len(names)
