"""What each check of making holds: disks that refuse, second thoughts, bounds, wishes that come twice."""

from __future__ import annotations

import threading
from uuid import UUID, uuid4

import pytest

from core.drafts import Drafts, Status
from core.drafts.making import notes
from core.drafts.making.backlog import Backlog
from core.drafts.making.budget import spent
from core.drafts.making.events import Event, Home
from core.drafts.making.hands import AT_ONCE, Hands
from core.drafts.making.landing import Landing
from core.drafts.making.opened import OpenDraft
from core.drafts.making.receiving import Outcome
from core.drafts.making.stages import MOST_ASKED
from core.drafts.making.wish import Wish
from core.providers.request import MakeRequest
from core.story import Section
from tests.drafts.making.conftest import Begin, HandedOver
from tests.drafts.making.memory import MemoryQueue, MemoryServer


def statuses(opened: OpenDraft) -> set[str]:
    return {one.status for one in opened.draft.index.attempts.values()}


def grown(drafts: Drafts, draft: UUID, by: int) -> None:
    """So many assets more than three."""
    with drafts.edited(draft) as edited:
        edited.add_assets([{"kind": "prop", "name": f"stone {number}"} for number in range(by)])


def test_the_server_hears_of_nothing_that_a_power_loss_would_take(
    begin: Begin, server: MemoryServer, draft: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = begin(server)
    opened = program.open(draft)
    journal = opened.session.journal
    sync, refuses = journal.sync, True

    def refusing() -> bool:
        return False if refuses else sync()

    monkeypatch.setattr(journal, "sync", refusing)
    server.works = False
    program.desk.generate(draft, Wish())
    program.until(lambda: bool(program.troubles))
    assert not server.jobs
    refuses = False
    program.until(lambda: len(server.jobs) == 3)
    refuses, server.works = True, True
    program.troubles.clear()
    program.until(lambda: statuses(opened) == {"done"} and bool(program.troubles))
    assert not server.collected
    refuses = False
    program.until(lambda: len(server.collected) == 3)


def test_a_few_results_are_in_memory_at_a_time(begin: Begin, server: MemoryServer, draft: UUID) -> None:
    place = begin(None).open(draft).place
    jobs = [
        MakeRequest(id=uuid4(), draft=draft, step="names", provider="sketch", prompt="") for _ in range(20)
    ]
    queue, told = MemoryQueue(server), list[Event]()
    queue.hand_over(jobs, None)
    backlog = Backlog(place, watched={job.id: job.step for job in jobs})
    hands = Hands(lambda: False, threading.Condition(), told.append)
    hands.look(queue, backlog, None)
    hands.bring_home(queue, backlog)
    home = [one for event in told if isinstance(event, Home) for one in event.outcomes]
    assert len(home) == AT_ONCE < len(jobs)
    assert len(backlog.over) == len(jobs) - AT_ONCE
    hands.look(queue, backlog, None)
    hands.bring_home(queue, backlog)
    assert len([event for event in told if isinstance(event, Home)]) == AT_ONCE
    backlog.drop([*backlog.away])
    hands.bring_home(queue, backlog)
    assert len([event for event in told if isinstance(event, Home)]) > AT_ONCE, "there is room again"


def test_the_output_that_was_taken_in_first_stays(begin: Begin, draft: UUID) -> None:
    opened = begin(None).open(draft).draft
    first, other = "a" * 64, "b" * 64
    attempt = str(uuid4())
    opened.put_attempts(
        {
            attempt: {
                "asset": opened.assets()[0].id,
                "step": "picture",
                "medium": "image",
                "status": "done",
                "output": first,
            }
        }
    )
    changed = {}
    for output in (first, other):
        landing = Landing(opened, None)
        landing.take(Outcome(attempt, "picture", {"status": "done", "output": output, "cost": 3}))
        changed[output] = landing.changes[Section.ATTEMPTS]
    assert attempt in changed[first], "control"
    assert not changed[other]


def test_nothing_is_accepted_where_that_was_not_wanted(
    begin: Begin, server: MemoryServer, draft: UUID
) -> None:
    program = begin(server)
    opened = program.open(draft)
    lamp, kite, _ = opened.draft.assets()
    program.desk.generate(draft, Wish(assets=(lamp.id,), accept=False))
    program.desk.generate(draft, Wish(assets=(kite.id,)))
    program.rest(opened)
    assert opened.draft.candidates(lamp.id, "image")
    assert opened.draft.accepted(lamp.id, "image") is None
    assert opened.draft.accepted(kite.id, "image"), "control"


def test_a_name_for_what_is_called_otherwise_by_now_is_kept_and_not_used(
    begin: Begin, server: MemoryServer, draft: UUID
) -> None:
    server.works = False
    program = begin(server)
    opened = program.open(draft)
    lamp, _, boat = opened.draft.assets()
    program.desk.generate(draft, Wish(steps=("names",)))
    program.until(lambda: len(server.jobs) == 3)
    opened.draft.update_asset(lamp.id, name="lantern")
    opened.draft.update_asset(boat.id, names={"fr": "mon bateau"})
    server.works = True
    program.rest(opened)
    said = {asset.name: dict(asset.names) for asset in opened.draft.assets()}
    assert said == {"lantern": {}, "kite": {"fr": "kite (fr)"}, "boat": {"fr": "mon bateau"}}
    [kept] = opened.draft.attempts(lamp.id, "")
    assert kept.words["names"] == {"fr": {"lamp": "lamp (fr)"}}


def test_what_is_under_way_counts_with_what_it_may_cost(begin: Begin, draft: UUID) -> None:
    opened = begin(None).open(draft).draft
    asset = opened.assets()[0].id
    common = {"asset": asset, "step": "picture", "medium": "image", "estimate": 100}
    opened.put_attempts(
        {
            str(uuid4()): {**common, "status": "waiting"},
            str(uuid4()): {**common, "status": "failed", "cost": 7},
        }
    )
    assert spent(opened) == 107


def test_a_budget_that_is_used_up_meanwhile_stops_a_wish_in_the_middle(
    begin: Begin, server: MemoryServer, draft: UUID, drafts: Drafts
) -> None:
    grown(drafts, draft, 40)
    program = begin(server)
    opened = program.open(draft)
    lamp = opened.draft.assets()[0].id
    done = {"asset": lamp, "step": "picture", "medium": "image", "status": "failed", "cost": 5}
    opened.draft.put_attempts({str(uuid4()): done})
    program.desk.generate(draft, Wish())
    asked = len(opened.draft.index.attempts)
    assert asked <= MOST_ASKED + 1 < 43
    opened.draft.update_pack(budget=4)
    program.rest(opened)
    assert len(opened.draft.index.attempts) <= asked + 1
    assert any("budget is used up" in sentence for sentence in drafts.shelf.take_notices())


def test_a_wish_that_is_asked_for_again_takes_back_nothing_that_was_made(
    begin: Begin, server: MemoryServer, draft: UUID, drafts: Drafts
) -> None:
    grown(drafts, draft, 20)
    alone = begin(None)
    opened = alone.open(draft)
    alone.desk.generate(draft, Wish())
    [(stage, index)] = notes.stages(opened.session.journal)
    assert 0 < index < 23
    alone.desk.close(1.0)
    second = begin(server)
    opened = second.open(draft)
    second.rest(opened)
    second.until(lambda: len(server.collected) == 23)
    opened.session.journal.put_all(notes.stage_fact(stage))  # as another copy of the draft still has it
    second.desk.close(1.0)
    third = begin(server)
    opened = third.open(draft)
    assert list(notes.stages(opened.session.journal)), "control: it is asked for"
    third.rest(opened)
    assert statuses(opened) == {"done"}
    assert len(server.made) == 23


def test_what_goes_on_being_asked_for_ends_no_publication(
    begin: Begin, server: MemoryServer, draft: UUID, drafts: Drafts
) -> None:
    grown(drafts, draft, 20)
    alone = begin(None)
    alone.open(draft)
    alone.desk.generate(draft, Wish())
    alone.desk.close(1.0)
    with drafts.edited(draft) as edited:  # as another machine says, whose draft is merged into this one
        assert edited.status is Status.GENERATING
        edited.move_status(Status.READY)
        edited.move_status(Status.PUBLISHING)
    program = begin(server)
    opened = program.open(draft)
    program.rest(opened)
    assert len(server.made) == 23
    assert opened.draft.status is Status.PUBLISHING


def test_what_another_copy_has_brought_home_is_waited_for(
    handed_over: HandedOver, server: MemoryServer
) -> None:
    program, opened, asked = handed_over
    server.work()
    first, *others = map(UUID, asked)
    server.collected.add(first)  # by another machine, which has not saved the draft yet
    program.until(lambda: server.collected == {first, *others})
    found = {one.status for key, one in opened.draft.index.attempts.items() if key != str(first)}
    assert found == {"done"}, "control"
    kept = opened.draft.attempt(str(first))
    assert kept is not None
    assert (kept.status, kept.error) == ("waiting", "")
