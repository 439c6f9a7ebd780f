"""However many are given up at once, each of them is asked after once and comes home with many others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

import pytest

from core.drafts import Drafts
from core.drafts.making.opened import MOST_ENDED
from core.drafts.making.queue import JobNow
from core.drafts.making.wish import Wish
from core.story import Change, Section
from tests.drafts.making.conftest import Begin
from tests.drafts.making.memory import MemoryQueue, MemoryServer

MANY = 300
ON_ITS_WAY = 2
"""Looks at all of them that may have begun when they are given up, or come of a clock."""


@pytest.fixture
def large(drafts: Drafts) -> UUID:
    made = drafts.create("Large", theme="jungle").draft_id
    with drafts.edited(made) as edited:
        edited.add_assets([{"kind": "prop", "name": f"stone {number}"} for number in range(MANY)])
    return made


def test_what_is_given_up_by_the_hundred_comes_home_in_few_edits_and_questions(
    begin: Begin, server: MemoryServer, large: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, edits = list[int](), list[int]()
    states = MemoryQueue.states

    def counted(queue: MemoryQueue, ids: Iterable[UUID]) -> Mapping[UUID, JobNow]:
        wanted = [*ids]
        asked.append(len(wanted))
        return states(queue, wanted)

    def changed(change: Change) -> None:
        edits.append(len(change.records))

    monkeypatch.setattr(MemoryQueue, "states", counted)
    server.works = False
    program = begin(server)
    opened = program.open(large)
    program.desk.generate(large, Wish())
    program.until(lambda: opened.is_handed_over and opened.slices.idle)
    opened.session.store.subscribe(Section.ATTEMPTS, changed)
    asked.clear()
    assert program.desk.cancel_all(large) == MANY
    program.rest(opened)
    program.until(lambda: len(server.collected) == MANY)
    assert {one.status for one in opened.draft.index.attempts.values()} == {"cancelled"}
    assert sum(edits) == MANY
    assert max(edits) <= MOST_ENDED
    assert len(edits) <= MANY / MOST_ENDED + 2
    assert sum(asked) <= (1 + ON_ITS_WAY) * MANY
