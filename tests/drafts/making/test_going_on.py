"""Whatever ended, was lost or set back: what was asked for goes on and comes home once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from core.drafts import Drafts, MediumStatus, Status
from core.drafts.making import notes
from core.drafts.making.opened import OpenDraft
from core.drafts.making.reconciling import Reconciler
from core.drafts.making.wish import Wish
from core.drafts.pack.files import accepted_outputs, find_missing, note_missing
from core.journal import Journal
from core.story import ProjectStore
from tests.drafts.making.conftest import Begin, HandedOver, Program
from tests.drafts.making.memory import MemoryServer


def stopped(program: Program) -> None:
    """The program ends."""
    program.desk.close(1.0)


def all_done(opened: OpenDraft) -> bool:
    return {one.status for one in opened.draft.index.attempts.values()} == {"done"}


def test_what_was_asked_for_without_a_server_is_made_once_there_is_one(
    begin: Begin, server: MemoryServer, draft: UUID
) -> None:
    alone = begin(None)
    alone.open(draft)
    asked = alone.desk.generate(draft, Wish())
    stopped(alone)
    program = begin(server)
    opened = program.open(draft)
    program.rest(opened)
    assert all_done(opened)
    assert sorted(map(str, server.made)) == sorted(asked.attempts)


def test_a_server_that_is_away_gets_everything_once_when_it_is_back(
    begin: Begin, server: MemoryServer, draft: UUID
) -> None:
    server.away = True
    program = begin(server)
    opened = program.open(draft)
    asked = program.desk.generate(draft, Wish())
    program.until(lambda: bool(program.troubles))
    server.away = False
    program.rest(opened)
    assert sorted(map(str, server.made)) == sorted(asked.attempts)
    assert opened.draft.status is Status.READY


@pytest.mark.usefixtures("left")
def test_results_that_came_while_the_app_was_closed_come_home(
    begin: Begin, server: MemoryServer, draft: UUID
) -> None:
    server.work()
    second = begin(server)
    opened = second.open(draft)
    second.rest(opened)
    assert all_done(opened)
    assert len(server.made) == 3
    second.until(lambda: len(server.collected) == 3)


def test_a_server_that_lost_jobs_gets_them_again_and_it_is_said(
    handed_over: HandedOver, drafts: Drafts, server: MemoryServer
) -> None:
    program, opened, asked = handed_over
    server.lose()
    server.works = True
    program.rest(opened)
    assert sorted(map(str, server.made)) == sorted(asked)
    assert any("has lost 3" in sentence for sentence in drafts.shelf.take_notices())


@pytest.mark.usefixtures("left")
def test_what_another_server_has_is_said_and_comes_home_from_there(
    begin: Begin, server: MemoryServer, draft: UUID
) -> None:
    other = MemoryServer("two")
    second = begin(other)
    opened = second.open(draft)
    second.rest(opened)
    assert not other.jobs
    assert all("another database server" in one.error for one in opened.draft.index.attempts.values())
    stopped(second)
    server.works = True
    third = begin(server)
    opened = third.open(draft)
    third.until(lambda: all_done(opened))
    assert len(server.made) == 3


def test_two_programs_with_the_same_draft_bring_everything_home_once(
    begin: Begin, server: MemoryServer, drafts: Drafts
) -> None:
    empty = drafts.create("Sea", theme="ocean", languages=("en", "fr")).draft_id
    one, two = begin(server), begin(server)
    opened = [program.open(empty) for program in (one, two)]
    one.desk.generate(empty, Wish(steps=("concepts", "names", "picture"), count=5))

    def both(holds: Callable[[], bool]) -> None:
        while not holds():
            one.inbox.run_until(lambda: False, 0.02)
            two.inbox.run_until(lambda: False, 0.02)

    both(lambda: all(len(each.draft.assets()) == 5 and not each.busy for each in opened))
    for each in opened:
        assert len(each.draft.index.attempts) == 11
        assert all_done(each)
        assert all(len(each.draft.candidates(asset.id, "image")) == 1 for asset in each.draft.assets())
    assert len(server.made) == len(set(server.made)) == 11


def test_an_order_of_which_two_programs_know_a_part_each_does_not_stay(
    handed_over: HandedOver, server: MemoryServer
) -> None:
    program, opened, _ = handed_over
    order = next(iter(opened.orders))
    server.works = True
    program.rest(opened)
    program.until(lambda: not opened.session.journal.names("making."))
    opened.session.journal.put_all(notes.order_fact(order))  # others cancelled some of it
    opened.orders.add(order)
    opened.reconciler._again_at = 0.0
    program.desk.poll()
    program.until(lambda: not opened.session.journal.names("making."))


def test_a_wish_that_was_asked_for_in_part_is_asked_for_to_its_end(
    begin: Begin, server: MemoryServer, draft: UUID, drafts: Drafts
) -> None:
    with drafts.edited(draft) as edited:
        edited.add_assets([{"kind": "prop", "name": f"stone {number}"} for number in range(60)])
    first = begin(None)
    opened = first.open(draft)
    asked = first.desk.generate(draft, Wish())
    assert len(asked.attempts) == 63
    assert len(opened.draft.index.attempts) < 63  # the rest would come in slices that this program never has
    stopped(first)
    second = begin(server)
    opened = second.open(draft)
    second.rest(opened)
    assert sorted(map(str, server.made)) == sorted(asked.attempts)
    assert all_done(opened)


def test_what_was_never_handed_over_is_cancelled_at_once(
    begin: Begin, server: MemoryServer, draft: UUID
) -> None:
    first = begin(None)
    opened = first.open(draft)
    asked = first.desk.generate(draft, Wish())
    assert first.desk.cancel(asked.attempts[:2]) == 2
    assert [one.status for one in opened.draft.index.attempts.values()].count("cancelled") == 2
    stopped(first)
    second = begin(server)
    opened = second.open(draft)
    second.rest(opened)
    assert list(map(str, server.made)) == [asked.attempts[2]]
    second.until(lambda: not opened.session.journal.names("making."))


def test_what_was_not_even_asked_for_yet_is_cancelled_with_the_rest(
    begin: Begin, server: MemoryServer, draft: UUID, drafts: Drafts
) -> None:
    with drafts.edited(draft) as edited:
        edited.add_assets([{"kind": "prop", "name": f"stone {number}"} for number in range(40)])
    server.works = False
    program = begin(server)
    opened = program.open(draft)
    asked = program.desk.generate(draft, Wish())
    assert program.desk.cancel(asked.attempts) == 43
    program.rest(opened)
    assert not server.made
    assert {one.status for one in opened.draft.index.attempts.values()} == {"cancelled"}
    assert len(server.jobs) < 43


def test_cancelling_all_ends_what_was_wished_as_well(
    begin: Begin, server: MemoryServer, draft: UUID, drafts: Drafts
) -> None:
    with drafts.edited(draft) as edited:
        edited.add_assets([{"kind": "prop", "name": f"stone {number}"} for number in range(40)])
    server.works = False
    program = begin(server)
    opened = program.open(draft)
    program.desk.generate(draft, Wish())
    assert program.desk.cancel_all(draft) == 43  # of which the first few are attempts
    program.rest(opened)
    assert 0 < len(opened.draft.index.attempts) < 43
    assert {one.status for one in opened.draft.index.attempts.values()} == {"cancelled"}
    assert program.desk.cancel_all(draft) == 0
    stopped(program)

    server.works = True
    second = begin(server)
    opened = second.open(draft)
    second.rest(opened)
    assert not server.made  # nor does the next program go on with it


def test_what_the_server_has_is_cancelled_there_and_what_was_made_is_kept(
    handed_over: HandedOver, server: MemoryServer, draft: UUID
) -> None:
    program, opened, asked = handed_over
    with server.lock:
        server.work()  # the answer comes in the moment of the wish
        assert program.desk.cancel(asked) == 3
    program.rest(opened)
    assert all_done(opened)
    server.works = False
    again = program.desk.generate(draft, Wish(which="all"))
    program.until(lambda: len(server.jobs) == 6)
    program.desk.cancel(again.attempts)
    program.rest(opened)
    assert {opened.draft.index.attempts[one].status for one in again.attempts} == {"cancelled"}
    assert opened.draft.status is Status.READY


def test_what_was_asked_for_elsewhere_and_never_came_is_said_to_be_lost(
    begin: Begin, server: MemoryServer, draft: UUID, drafts: Drafts
) -> None:
    asset = drafts.read(draft).assets()[0].id
    now = datetime.now(UTC)
    old, new = str(uuid4()), str(uuid4())
    common = {"asset": asset, "step": "picture", "medium": "image", "status": "waiting"}
    with drafts.edited(draft) as edited:
        edited.put_attempts(
            {
                old: {**common, "asked_at": (now - timedelta(days=2)).isoformat()},
                new: {**common, "asked_at": now.isoformat()},
            }
        )
    program = begin(server)
    opened = program.open(draft)
    program.until(lambda: opened.draft.index.attempts[old].status == "failed")
    assert "never came to the server" in opened.draft.index.attempts[old].error
    assert opened.draft.index.attempts[new].status == "waiting"


@pytest.mark.parametrize("days", [pytest.param(-3000, marks=pytest.mark.soak), 3000])
def test_a_clock_that_jumps_ends_nothing_that_the_server_knows(
    begin: Begin, server: MemoryServer, draft: UUID, days: int
) -> None:
    server.works = False
    program = begin(server)
    opened = program.open(draft)
    opened.reconciler = Reconciler(opened, now=lambda: datetime.now(UTC) + timedelta(days=days))
    asked = program.desk.generate(draft, Wish())
    program.until(lambda: opened.is_handed_over)
    server.lose()
    program.until(lambda: len(server.jobs) == 3)
    server.works = True
    program.rest(opened)
    assert all_done(opened)
    assert sorted(map(str, server.made)) == sorted(asked.attempts)


def test_a_disk_that_takes_no_picture_loses_none(
    begin: Begin, server: MemoryServer, draft: UUID, drafts: Drafts
) -> None:
    program = begin(server)
    opened = program.open(draft)
    folder = opened.session.media.folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    if folder.exists():
        folder.rmdir()
    folder.write_text("no folder")
    program.desk.generate(draft, Wish())
    program.until(lambda: any("can't be used" in error.what for error in program.troubles))
    assert not server.collected
    folder.unlink()
    program.rest(opened)
    assert all_done(opened)
    assert len(server.made) == 3


def test_a_file_altered_behind_our_back_is_found_by_its_hash_and_made_again(
    begin: Begin, server: MemoryServer, draft: UUID
) -> None:
    program = begin(server)
    opened = program.open(draft)
    program.desk.generate(draft, Wish())
    program.rest(opened)
    lamp = opened.draft.assets()[0]
    before = opened.draft.accepted(lamp.id, "image")
    assert before is not None
    media = opened.session.media
    path = media.path(before.output)
    assert path is not None
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert not program.desk.generate(draft, Wish()).attempts  # the control: nobody has looked yet
    note_missing(opened.draft, find_missing(media, accepted_outputs(opened.draft)))
    assert opened.draft.state_of(lamp, "image").status is MediumStatus.MISSING
    program.desk.generate(draft, Wish())
    program.rest(opened)
    after = opened.draft.accepted(lamp.id, "image")
    assert after is not None
    assert after.id != before.id
    assert media.verify(after.output)
    assert len(opened.draft.candidates(lamp.id, "image")) == 2
    assert len(server.made) == 4


def read(path: Path) -> tuple[set[str], set[str]]:
    """Attempts that wait, and requests of the outbox, as a file has them."""

    journal, recovered = Journal.open(path)
    store = ProjectStore.load(UUID(path.stem), recovered.blobs)
    from core.story import Attempt, Section

    attempts = (one for one in store.records(Section.ATTEMPTS) if isinstance(one, Attempt))
    waiting = {one.id for one in attempts if one.status == "waiting"}
    sent = {str(request.id) for order in notes.orders(journal) for request in order.requests}
    journal.close()
    return waiting, sent


def test_attempts_and_the_outbox_are_one_transaction(
    begin: Begin, draft: UUID, drafts: Drafts, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[int, int]] = []
    program = begin(None)
    opened = program.open(draft)
    path = drafts.shelf.path_of(draft)
    append = opened.session.journal.append

    def watched(blob: bytes, *, facts: object = None) -> object:
        ticket = append(blob, facts=facts)  # type: ignore[arg-type]
        ticket.wait(10)
        waiting, sent = read(path)  # what a program that is killed here would leave
        seen.append((len(waiting), len(sent)))
        assert waiting == sent
        return ticket

    monkeypatch.setattr(opened.session.journal, "append", watched)
    program.desk.generate(draft, Wish())
    program.until(lambda: seen[-1:] == [(3, 3)])  # a busy machine asks in several slices


def test_control_in_two_transactions_a_kill_between_them_would_be_seen(
    begin: Begin, draft: UUID, drafts: Drafts, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = begin(None)
    opened = program.open(draft)
    path = drafts.shelf.path_of(draft)
    append = opened.session.journal.append
    found: list[tuple[set[str], set[str]]] = []

    def apart(blob: bytes, *, facts: dict[str, str | None]) -> object:
        ticket = append(blob)
        ticket.wait(10)
        found.append(read(path))
        opened.session.journal.put_all(facts)
        return ticket

    monkeypatch.setattr(opened.session.journal, "append", apart)
    program.desk.generate(draft, Wish())
    waiting, sent = found[0]
    assert len(waiting) == 3
    assert not sent


def test_lists_are_right_again_once_a_draft_was_open(drafts: Drafts, begin: Begin, draft: UUID) -> None:
    opened = begin(None).open(draft)
    right = drafts.entry(draft).assets
    assert right
    opened.session.journal.put("assets", "0")  # as a program leaves it that is killed
    opened.session.journal.flush()
    assert drafts.entry(draft).assets == 0
    opened.close()
    assert drafts.entry(draft).assets == right
