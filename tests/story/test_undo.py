"""Undo takes back what I did, in sensible steps, and nothing of anybody else's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.story import Origin, ProjectStore, Section
from core.story.steps import PAUSE, Steps
from tests.story.acting import ACTIONS, ANYTHING, WORDS, Action, state

STEPS = st.lists(st.one_of(ACTIONS, ACTIONS, st.sampled_from(["undo", "undo", "redo"])), min_size=6, max_size=20)


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


@settings(max_examples=120, deadline=None)
@given(STEPS)
def test_undo_and_redo_follow_a_stack_of_states(steps: list[Any]) -> None:
    run_against_model(steps)


@pytest.mark.soak
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
