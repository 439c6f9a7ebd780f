"""Whatever is edited wherever, and however it is exchanged, all replicas end as the same document."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.story import ProjectStore, Replica, Section, Version, apply_edits
from tests.story.acting import ANYTHING, Action, state

REPLICAS = st.integers(2, 4)
SCRIPT = st.lists(st.tuples(st.integers(0, 3), ANYTHING, st.integers(0, 3)), min_size=4, max_size=20)


def interleave(count: int, script: list[tuple[int, Action, int]], seed: int) -> list[ProjectStore]:
    """Let replicas act; now and then one of them gets everything of another; exchange at the end."""
    first = ProjectStore.create(title="T")
    first.splice(0, 0, "PAGE 1 :\nwords here\n")
    stores = [first] + [ProjectStore.load(first.project_id, [first.snapshot()]) for _ in range(count - 1)]
    sent: list[bytes] = []
    journaled: list[Version] = [store.version for store in stores]
    for who, action, other in script:
        store = stores[who % count]
        action(store)
        sent.append(store.updates_since(journaled[who % count]))
        journaled[who % count] = store.version
        if other % count != who % count and other:
            store.receive([stores[other % count].updates_since(store.version)])
            sent.append(store.updates_since(journaled[who % count]))
            journaled[who % count] = store.version
    for number, store in enumerate(stores):
        # Each blob in an order of its own, some twice: whatever waits is applied in the end.
        blobs = [*sent, *sent[:3]]
        random.Random(seed + number).shuffle(blobs)
        half = len(blobs) // 2
        store.receive(blobs[:half])
        assert store.receive(blobs[half:]).complete
    return stores


@settings(max_examples=60, deadline=None)
@given(REPLICAS, SCRIPT, st.integers(0, 99))
def test_any_interleaving_ends_in_the_same_document(
    count: int, script: list[tuple[int, Action, int]], seed: int
) -> None:
    stores = interleave(count, script, seed)
    expected = state(stores[0])
    assert all(state(store) == expected for store in stores[1:])
    replica = Replica([stores[0].updates_since(None)])
    assert replica.text == stores[0].text
    assert replica.records(Section.SCENES) == stores[0].scenes()


@pytest.mark.soak
@settings(max_examples=3000, deadline=None)
@given(REPLICAS, SCRIPT, st.integers(0, 99))
def test_any_interleaving_ends_in_the_same_document_for_long(
    count: int, script: list[tuple[int, Action, int]], seed: int
) -> None:
    stores = interleave(count, script, seed)
    assert all(state(store) == state(stores[0]) for store in stores[1:])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.booleans(), ANYTHING, st.booleans()), min_size=4, max_size=20))
def test_edits_of_the_feed_give_the_new_text(script: list[tuple[bool, Action, bool]]) -> None:
    mine = ProjectStore.create()
    theirs = ProjectStore.load(mine.project_id, [mine.snapshot()])
    shown = [""]

    def follow(edits: tuple) -> None:  # type: ignore[type-arg]
        shown[0] = apply_edits(shown[0], edits)

    mine.subscribe(Section.SCRIPT, lambda change: follow(change.edits))
    for my_turn, action, sync in script:
        action(mine if my_turn else theirs)
        if sync:
            mine.receive([theirs.updates_since(mine.version)])
            theirs.receive([mine.updates_since(theirs.version)])
        assert shown[0] == mine.text


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.booleans(), ANYTHING), min_size=4, max_size=16))
def test_the_feed_names_every_section_and_record_that_changed(script: list[tuple[bool, Action]]) -> None:
    mine = ProjectStore.create()
    theirs = ProjectStore.load(mine.project_id, [mine.snapshot()])
    told: dict[Section, set[str]] = {}
    mine.subscribe(None, lambda change: told.setdefault(change.section, set()).update(change.records))
    for my_turn, action in script:
        before = state(mine)
        told.clear()
        action(mine if my_turn else theirs)
        if not my_turn:
            mine.receive([theirs.updates_since(mine.version)])
        after = state(mine)
        for section in (Section.CHARACTERS, Section.BACKGROUNDS, Section.SCENES, Section.ASSEMBLY):
            old = {record.id: record for record in before[section.value]}
            new = {record.id: record for record in after[section.value]}
            changed = {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
            assert changed <= told.get(section, set())
            assert list(old) == list(new) or section in told
        assert before["meta"] == after["meta"] or Section.META in told
