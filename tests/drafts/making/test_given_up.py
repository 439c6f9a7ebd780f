"""What one program gives up while another has it, or is just handing it over, is made for nobody."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from uuid import UUID, uuid4

import pytest

from core.drafts import Drafts
from core.drafts.making import notes
from core.drafts.making.opened import OpenDraft
from core.drafts.making.wish import Wish
from core.errors import ServerUnreachable
from core.story import Section
from tests.drafts.making.conftest import Begin, Program
from tests.drafts.making.memory import MemoryServer
from tests.patience import PATIENCE


class OnItsWay:
    """Holds what is being handed over until the test has done something meanwhile."""

    def __init__(self, server: MemoryServer, *, breaks: bool = False) -> None:
        self.reached, self._go_on, self._breaks = threading.Event(), threading.Event(), breaks
        server.handing = self._hold

    def _hold(self) -> None:
        first = not self.reached.is_set()
        self.reached.set()
        assert self._go_on.wait(PATIENCE)
        if first and self._breaks:
            raise ServerUnreachable("The server is away.")

    def go_on(self) -> None:
        """It arrives, or the connection breaks."""
        self._go_on.set()


def statuses(opened: OpenDraft) -> set[str]:
    return {one.status for one in opened.draft.index.attempts.values()}


def stopped_and_collected(server: MemoryServer) -> bool:
    with server.lock:
        ended = {job for job, end in server.ended.items() if end.state == "cancelled"}
        return len(server.jobs) == 3 and ended == server.jobs.keys() == server.collected


def test_given_up_while_another_program_hands_it_over(
    begin: Begin, server: MemoryServer, draft: UUID
) -> None:
    server.works = False
    way = OnItsWay(server)
    one, two = begin(None), begin(server)
    first = one.open(draft)
    asked = one.desk.generate(draft, Wish())
    one.until(lambda: first.slices.idle)
    first.session.journal.flush()
    opened = two.open(draft)
    assert way.reached.wait(PATIENCE)
    assert one.desk.cancel(asked.attempts) == 3
    way.go_on()
    two.until(lambda: stopped_and_collected(server))
    assert statuses(opened) == {"cancelled"}
    two.until(lambda: not opened.session.journal.names(notes.ORDER))


def test_given_up_before_another_program_begins_to_hand_it_over(
    begin: Begin, server: MemoryServer, draft: UUID
) -> None:
    server.away = True
    one, two = begin(None), begin(server)
    first = one.open(draft)
    asked = one.desk.generate(draft, Wish())
    one.until(lambda: first.slices.idle)
    first.session.journal.flush()
    opened = two.open(draft)
    two.until(lambda: bool(two.troubles))
    assert one.desk.cancel(asked.attempts) == 3
    two.until(lambda: statuses(opened) == {"cancelled"})
    server.away = False
    two.until(lambda: two.desk.trouble is None)
    assert not server.jobs


@pytest.fixture
def orphaned(begin: Begin, server: MemoryServer, draft: UUID) -> tuple[str, ...]:
    """Given up by a program that has ended; another one had handed them over, and was killed."""
    server.works = False
    one = begin(None)
    opened = one.open(draft)
    asked = one.desk.generate(draft, Wish())
    one.until(lambda: opened.slices.idle)
    requests = [request for order in opened.orders for request in order.requests]
    assert one.desk.cancel(asked.attempts) == 3
    one.desk.close(1.0)
    server.jobs.update((request.id, request) for request in requests)
    return asked.attempts


@pytest.mark.usefixtures("orphaned")
def test_what_a_killed_program_had_handed_over_is_given_up_at_the_next_start(
    begin: Begin, server: MemoryServer, draft: UUID
) -> None:
    program = begin(server)
    opened = program.open(draft)
    program.until(lambda: stopped_and_collected(server))
    assert statuses(opened) == {"cancelled"}


def test_what_was_made_of_it_before_is_kept(
    begin: Begin, server: MemoryServer, draft: UUID, orphaned: tuple[str, ...]
) -> None:
    server.work()
    program = begin(server)
    opened = program.open(draft)
    program.until(lambda: statuses(opened) == {"done"})
    program.until(lambda: server.collected == {UUID(one) for one in orphaned})


def test_what_comes_to_the_server_after_it_was_asked_in_vain_is_given_up_too(
    begin: Begin,
    server: MemoryServer,
    draft: UUID,
    orphaned: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    late = dict(server.jobs)
    server.jobs.clear()
    program = begin(server)
    opened = program.open(draft)
    forgotten: list[str] = []
    forget = opened.reconciler._forget

    def forgets(attempts: Iterable[str]) -> None:
        ids = [*attempts]
        forget(ids)
        forgotten.extend(ids)

    monkeypatch.setattr(opened.reconciler, "_forget", forgets)
    program.until(lambda: set(orphaned) <= set(forgotten))
    server.jobs.update(late)
    opened.reconciler._again_at = 0.0
    program.until(lambda: stopped_and_collected(server))


def asked_elsewhere(drafts: Drafts, draft: UUID) -> str:
    """Another machine's wish, which came with the document."""
    asset, attempt = drafts.read(draft).assets()[0].id, str(uuid4())
    with drafts.edited(draft) as edited:
        fields = {"asset": asset, "step": "picture", "medium": "image", "status": "waiting"}
        edited.put_attempts({attempt: fields})
    return attempt


def test_what_another_machine_has_not_handed_over_is_given_up_for_both(
    begin: Begin, server: MemoryServer, draft: UUID, drafts: Drafts
) -> None:
    attempt = asked_elsewhere(drafts, draft)
    program = begin(server)
    opened = program.open(draft)
    program.until(lambda: opened.reconciler.elsewhere == {attempt})
    assert program.desk.cancel([attempt]) == 1
    opened.reconciler._again_at = 0.0
    program.until(lambda: statuses(opened) == {"cancelled"})
    assert opened.draft.status.value != "generating"


def give_up_by_another_machine(program: Program, draft: UUID, attempt: str) -> None:
    """As it comes with the document."""
    store = program.desk.opened[draft].session.store
    store.put_records({Section.ATTEMPTS: {attempt: {"status": "cancelled"}}})


def test_what_another_machine_gives_up_is_stopped_by_the_one_that_has_handed_it_over(
    begin: Begin, server: MemoryServer, draft: UUID
) -> None:
    server.works = False
    program = begin(server)
    opened = program.open(draft)
    asked = program.desk.generate(draft, Wish())
    program.until(lambda: len(server.jobs) == 3)
    for attempt in asked.attempts:
        give_up_by_another_machine(program, draft, attempt)
    program.until(lambda: stopped_and_collected(server))
    program.until(lambda: not opened.session.journal.names("making."))


def test_given_up_on_its_way_and_the_connection_breaks(
    begin: Begin, server: MemoryServer, draft: UUID
) -> None:
    server.works = False
    way = OnItsWay(server, breaks=True)
    program = begin(server)
    opened = program.open(draft)
    asked = program.desk.generate(draft, Wish())
    assert way.reached.wait(PATIENCE)
    program.desk.cancel(asked.attempts)
    way.go_on()
    program.rest(opened)
    assert statuses(opened) == {"cancelled"}
    with server.lock:
        assert {end.state for end in server.ended.values()} == {"cancelled"}
        assert server.ended.keys() == server.jobs.keys()
