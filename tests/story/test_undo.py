"""Undo takes back what I did, in sensible steps, and nothing of anybody else's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.story import Origin, ProjectStore, Section
from core.story.steps import PAUSE, Steps
from tests.story.acting import ACTIONS, ANYTHING, Action, state

STEPS = st.lists(
    st.one_of(ACTIONS, ACTIONS, st.sampled_from(["undo", "undo", "redo"])), min_size=6, max_size=20
)


def visibly(store: ProjectStore, step: Callable[[], bool]) -> bool:
    """Undo or redo until something shows: an edit that puts back what was there is a step too."""
    before = state(store)
    while step():
        if state(store) != before:
            return True
    return False


def run_against_model(steps: list[Any]) -> None:
    store = ProjectStore.create()
    past: list[dict[str, Any]] = []
    future: list[dict[str, Any]] = []
    for step in steps:
        before = state(store)
        store.checkpoint()
        if step == "undo":
            assert visibly(store, store.undo) == bool(past)
            if past:
                future.append(before)
                assert state(store) == past.pop()
        elif step == "redo":
            assert visibly(store, store.redo) == bool(future)
            if future:
                past.append(before)
                assert state(store) == future.pop()
        else:
            step(store)
            if state(store) != before:
                past.append(before)
            if not store.can_redo:
                future.clear()
    while past:
        assert visibly(store, store.undo)
        assert state(store) == past.pop()


@settings(max_examples=60, deadline=None)
@given(STEPS)
def test_undo_and_redo_follow_a_stack_of_states(steps: list[Any]) -> None:
    run_against_model(steps)


@pytest.mark.soak
@pytest.mark.timeout(1800)  # cut off in the middle it would look as if undo were unreliable
@settings(max_examples=5000, deadline=None)
@given(STEPS)
def test_undo_and_redo_follow_a_stack_of_states_for_long(steps: list[Any]) -> None:
    run_against_model(steps)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.booleans(), ANYTHING, st.booleans()), min_size=4, max_size=16))
def test_undo_then_redo_with_nothing_imported_between_is_identity(
    script: list[tuple[bool, Action, bool]],
) -> None:
    mine = ProjectStore.create()
    theirs = ProjectStore.load(mine.project_id, [mine.snapshot()])
    for my_turn, action, sync in script:
        action(mine if my_turn else theirs)
        if sync:
            mine.receive([theirs.updates_since(mine.version)])
            theirs.receive([mine.updates_since(theirs.version)])
    before = state(mine)
    if mine.undo():
        assert mine.redo()
        assert state(mine) == before


class Clock:
    """A clock that stands still until it is told."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def with_clock() -> tuple[ProjectStore, Clock]:
    store, clock = ProjectStore.create(), Clock()
    store._undo.steps = Steps(clock)
    return store, clock


def type_letters(store: ProjectStore, words: str) -> None:
    for letter in words:
        store.splice(store.text_length, 0, letter)


def undo_all(store: ProjectStore) -> list[str]:
    texts = []
    while store.undo():
        texts.append(store.text)
    return texts


def test_typing_is_undone_word_by_word() -> None:
    store, _ = with_clock()
    type_letters(store, "Le rêve  d'Akira\nfin")
    assert undo_all(store) == ["Le rêve  d'Akira\n", "Le rêve  ", "Le ", ""]
    while store.redo():
        pass
    assert store.text == "Le rêve  d'Akira\nfin"


def test_a_pause_a_jump_a_paste_and_a_checkpoint_start_a_step() -> None:
    store, clock = with_clock()
    type_letters(store, "ab")
    clock.now += PAUSE + 0.1
    type_letters(store, "cd")
    store.splice(0, 0, "X")
    store.splice(1, 0, "a long text\nthat was pasted")
    store.splice(3, 0, "Y")
    store.checkpoint()
    store.splice(4, 0, "Z")
    texts = [text.replace("a long text\nthat was pasted", "~") for text in undo_all(store)]
    assert texts == ["Xa Ylong text\nthat was pastedabcd", "X~abcd", "Xabcd", "abcd", "ab", ""]


def test_a_run_of_backspaces_is_one_step_and_never_glued_to_typing() -> None:
    store, _ = with_clock()
    type_letters(store, "word")
    for place in (3, 2, 1):
        store.splice(place, 1, "")
    type_letters(store, "as")
    assert undo_all(store) == ["w", "word", ""]


def test_a_run_of_forward_deletes_is_one_step() -> None:
    store, _ = with_clock()
    store.splice(0, 0, "a longer text to delete from")
    for _number in range(4):
        store.splice(2, 1, "")
    assert undo_all(store)[0] == "a longer text to delete from"


def test_actions_within_one_second_are_steps_of_their_own() -> None:
    store, _ = with_clock()
    type_letters(store, "a")
    key = store.add_record(Section.CHARACTERS, name="Aki")
    type_letters(store, "b")
    store.set_meta(title="T")
    store.update_record(Section.CHARACTERS, key, name="Akira")
    store.undo()
    assert [c.name for c in store.characters()] == ["Aki"]
    store.undo()
    assert (store.meta.title, store.text) == ("", "ab")
    store.undo()
    assert store.text == "a"
    store.undo()
    assert (store.characters(), store.text) == ([], "a")
    assert undo_all(store) == [""]


def test_undo_tells_subscribers_that_it_was_undo() -> None:
    store, _ = with_clock()
    told: list[tuple[Section, Origin]] = []
    store.splice(0, 0, "x")
    store.set_meta(title="T")
    store.subscribe(None, lambda change: told.append((change.section, change.origin)))
    store.undo()
    store.undo()
    store.redo()
    assert told == [
        (Section.META, Origin.UNDO),
        (Section.SCRIPT, Origin.UNDO),
        (Section.SCRIPT, Origin.UNDO),
    ]


def test_making_and_loading_a_project_are_no_steps() -> None:
    store = ProjectStore.create(title="T")
    assert not store.can_undo
    assert not store.undo()
    again = ProjectStore.load(store.project_id, [store.snapshot()])
    assert not again.undo()
    assert again.meta.title == "T"


def test_a_new_action_ends_redo() -> None:
    store, _ = with_clock()
    store.splice(0, 0, "x")
    store.undo()
    assert store.can_redo
    store.splice(0, 0, "y")
    assert not store.redo()
    assert store.text == "y"
