"""However many are asked for and come home at once, each turn of the screens' thread is a small one."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest

from core.drafts import Drafts
from core.drafts.making import opened as opened_module
from core.drafts.making import stages as stages_module
from core.drafts.making.progress import JobNews, ProgressHub
from core.drafts.making.slices import Slices
from core.drafts.making.wish import Wish
from core.story import Change, Section
from tests.drafts.making.conftest import Begin, Program
from tests.drafts.making.memory import MemoryServer

MANY = 30


def touched_in_a_turn(program: Program, draft: UUID) -> int:
    """The most attempts that one turn has changed while all of them were made."""
    opened = program.open(draft)
    turns: list[set[str]] = [set()]

    def changed(change: Change) -> None:
        turns[-1].update(change.records)

    opened.session.store.subscribe(Section.ATTEMPTS, changed)
    take = program.inbox._calls.get

    def next_turn(timeout: float | None = None) -> Callable[[], None]:
        call = take(timeout=timeout)
        turns.append(set())
        return call

    class Turns:
        get = staticmethod(next_turn)
        put = staticmethod(program.inbox._calls.put)

    program.inbox._calls = Turns()  # type: ignore[assignment]
    program.desk.generate(draft, Wish())
    program.rest(opened)
    assert len(opened.draft.index.attempts) == MANY
    return max(map(len, turns))


@pytest.fixture
def large(drafts: Drafts) -> UUID:
    made = drafts.create("Large", theme="jungle").draft_id
    with drafts.edited(made) as edited:
        edited.add_assets([{"kind": "prop", "name": f"stone {number}"} for number in range(MANY)])
    return made


def test_many_at_once_are_asked_for_and_come_home_a_few_a_turn(
    begin: Begin, server: MemoryServer, large: UUID
) -> None:
    most = max(stages_module.MOST_ASKED, opened_module.MOST_LANDED)
    assert 0 < touched_in_a_turn(begin(server), large) <= most


def test_control_without_slices_one_turn_would_do_it_all(
    begin: Begin, server: MemoryServer, large: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stages_module, "MOST_ASKED", 10_000)
    monkeypatch.setattr(stages_module, "ASK_MS", 10_000)
    assert touched_in_a_turn(begin(server), large) == MANY - stages_module.FIRST  # which come with the wish


def test_others_have_a_turn_between_two_slices() -> None:
    waiting: list[Callable[[], None]] = []
    slices = Slices(waiting.append)
    left, done = [3, 2], list[str]()

    def step(index: int) -> bool:
        left[index] -= 1
        done.append("ab"[index])
        return left[index] > 0

    one, two = (lambda: step(0)), (lambda: step(1))
    slices.add(one)
    slices.add(two)
    slices.add(one)
    while waiting:
        assert len(waiting) == 1
        waiting.pop()()
    assert sorted(done) == ["a", "a", "a", "b", "b"]
    assert slices.idle


def test_news_are_told_ten_times_a_second_at_most_and_the_last_is_never_left_lying() -> None:
    told: list[dict[str, JobNews]] = []
    calls: list[Callable[[], None]] = []
    now = [0.0]
    hub = ProgressHub(calls.append, every=0.1, clock=lambda: now[0])
    hub.listen(lambda news: told.append(dict(news)))
    hub.put({"a": JobNews("running", 0.1)})
    for step in range(2, 10):
        hub.put({"a": JobNews("running", step / 10), "b": JobNews("waiting")})
    hub.put({"a": JobNews("running", 0.3)})
    assert len(told) == 1
    now[0] = 1.0
    assert hub._timer is not None
    hub._timer.join(10)
    calls.pop()()
    assert told[1] == {"a": JobNews("running", 0.9), "b": JobNews("waiting")}  # and it only goes up
    hub.put({"a": JobNews("done", 1.0)})
    hub.close()
    assert told[-1] == {"a": JobNews("done", 1.0)}
    assert hub.now("a") is None
