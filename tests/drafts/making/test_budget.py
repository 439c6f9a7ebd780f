"""What the server's count of a draft's money refuses is over, is told once, and takes nothing with it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest

from core.drafts import Drafts
from core.drafts.making import stages
from core.drafts.making.opened import OpenDraft
from core.drafts.making.wish import Wish
from core.providers.sketch.provider import Sketch
from tests.drafts.making.conftest import Begin, Program
from tests.drafts.making.memory import MemoryServer
from tests.patience import PATIENCE

PRICE, BUDGET = 10, 100


@pytest.fixture(autouse=True)
def priced(monkeypatch: pytest.MonkeyPatch) -> None:
    """A picture costs something."""
    monkeypatch.setattr(Sketch, "estimate", lambda self, request: PRICE)


@pytest.fixture(autouse=True)
def in_one_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked for together is, on a busy machine as well, where time for one or two would be over."""
    monkeypatch.setattr(stages, "ASK_MS", 1000 * PATIENCE)


@pytest.fixture
def program(begin: Begin, server: MemoryServer, draft: UUID) -> Program:
    """One with the draft open, which may cost BUDGET."""
    started = begin(server)
    started.open(draft).draft.update_pack(budget=BUDGET)
    return started


def statuses(opened: OpenDraft) -> list[str]:
    return sorted(one.status for one in opened.draft.index.attempts.values())


def test_what_another_machine_has_promised_meanwhile_counts(
    program: Program, server: MemoryServer, draft: UUID, drafts: Drafts
) -> None:
    opened = program.open(draft)
    server.promised = BUDGET - 2 * PRICE  # by another machine, of which this draft knows nothing yet
    asked = program.desk.generate(draft, Wish())
    program.rest(opened)
    assert not server.jobs
    assert statuses(opened) == ["failed"] * 3
    errors = {one.error for one in opened.draft.index.attempts.values()}
    assert len(errors) == 1
    assert "Refused: over budget." in errors.pop()
    assert len([told for told in drafts.shelf.take_notices() if "over budget" in told]) == 1
    program.until(lambda: not opened.session.journal.names("making."))
    assert opened.draft.pack.status == "failed"
    opened.draft.update_pack(budget=BUDGET + PRICE)
    again = program.desk.generate(draft, Wish())
    assert not {*again.attempts} & {*asked.attempts}
    program.rest(opened)
    assert statuses(opened) == ["done"] * 3 + ["failed"] * 3
    assert opened.draft.pack.status == "ready"


def test_of_many_the_rest_is_not_even_asked_for_and_it_is_said_how_many(
    program: Program, server: MemoryServer, draft: UUID, drafts: Drafts, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = program.open(draft)
    opened.draft.add_assets([{"kind": "prop", "name": f"stone {number}"} for number in range(60)])
    opened.draft.update_pack(budget=1000 * PRICE)
    server.promised = 990 * PRICE
    held: list[Callable[[], None]] = []

    def soon(call: Callable[[], None]) -> None:
        """Nobody asks much faster than the server answers."""
        slow = len(opened.draft.index.attempts) > 20 and "failed" not in statuses(opened)
        (held.append if slow else program.inbox.put)(call)

    monkeypatch.setattr(opened.slices, "_soon", soon)
    program.desk.generate(draft, Wish())
    program.until(lambda: "failed" in statuses(opened))
    for call in held:
        program.inbox.put(call)
    program.rest(opened)
    assert len(server.jobs) <= 10
    assert len(opened.draft.index.attempts) < 63, "what goes on being asked for is asked for no more"
    left = 63 - len(opened.draft.index.attempts)
    [told] = [told for told in drafts.shelf.take_notices() if "over budget" in told]
    assert f"{left} more were not asked for" in told
    program.until(lambda: not opened.session.journal.names("making."))


def test_what_the_server_has_already_goes_on_and_the_rest_of_its_order_is_refused(
    program: Program, server: MemoryServer, draft: UUID
) -> None:
    opened = program.open(draft)
    server.works = False
    program.desk.generate(draft, Wish())
    program.until(lambda: opened.is_handed_over)
    order, loop = next(iter(opened.orders)), opened.host.loop()
    assert loop is not None
    lost = order.requests[0].id
    with server.lock:
        del server.jobs[lost]
        server.promised = BUDGET
        loop.put(opened.place, orders=[order])  # as when the answer did not arrive
    program.until(lambda: "failed" in statuses(opened))
    server.works = True
    program.rest(opened)
    assert {key: one.status for key, one in opened.draft.index.attempts.items()} == {
        str(one.id): "failed" if one.id == lost else "done" for one in order.requests
    }
    program.until(lambda: not opened.session.journal.names("making."))


def test_a_budget_that_is_raised_while_the_server_is_away_counts(
    program: Program, server: MemoryServer, draft: UUID
) -> None:
    opened = program.open(draft)
    server.promised, server.away = BUDGET, True
    program.desk.generate(draft, Wish())
    program.until(lambda: bool(program.troubles))
    program.desk.poll()
    opened.draft.update_pack(budget=2 * BUDGET)
    program.desk.poll()
    loop = program.desk._loop
    assert loop is not None
    assert loop._drafts[draft].place.budget == 2 * BUDGET, "before anything is handed over"
    server.away = False
    program.rest(opened)
    assert statuses(opened) == ["done"] * 3


def test_providers_whose_jobs_nobody_takes_are_told_until_somebody_does(
    program: Program, server: MemoryServer, draft: UUID
) -> None:
    told = list[frozenset[str]]()
    program.desk.on_left_alone(told.append)
    server.works = False
    opened = program.open(draft)
    program.desk.generate(draft, Wish())
    program.until(lambda: program.desk.left_alone == {"sketch"})
    server.works = True
    program.rest(opened)
    program.until(lambda: not program.desk.left_alone)
    assert told == [frozenset({"sketch"}), frozenset()]
    server.works = False
    program.desk.generate(draft, Wish(which="all"))
    program.until(lambda: bool(program.desk.left_alone))
    program.desk.let_go(draft)
    program.until(lambda: not program.desk.left_alone)
