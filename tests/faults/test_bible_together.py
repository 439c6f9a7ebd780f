"""Two machines on one bible: they merge, trash, edit, move and undo the same records; nobody loses words."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.bible import Cast, SceneNames, merge_characters, plan_merge
from core.script import Script
from core.story import ProjectStore, Section, TextEdit
from core.story.records import Character

PEOPLE, SCENES = Section.CHARACTERS, Section.SCENES
Merge = Callable[[ProjectStore, str, str], None]


def merge(store: ProjectStore, keep: str, gone: str) -> None:
    merge_characters(store, Script(store.text), keep, gone)


def merge_without_last_word(store: ProjectStore, keep: str, gone: str) -> None:
    """The control: nothing is said of the one who stays."""
    plan = plan_merge(store, Script(store.text), keep, gone)
    changes = [
        (section, key, {name: value for name, value in fields.items() if value != "" and name != "merged"})
        for section, key, fields in plan.changes
    ]
    store.write_together(changes)


def on_two_machines(store: ProjectStore) -> tuple[ProjectStore, ProjectStore]:
    blobs = [store.snapshot()]
    return ProjectStore.load(store.project_id, blobs), ProjectStore.load(store.project_id, blobs)


def exchange(one: ProjectStore, two: ProjectStore) -> None:
    mine, theirs = one.updates_since(two.version), two.updates_since(one.version)
    one.receive([theirs] if theirs else [])
    two.receive([mine] if mine else [])
    assert one.raw_records(PEOPLE) == two.raw_records(PEOPLE)
    assert one.raw_records(SCENES) == two.raw_records(SCENES)


def project() -> tuple[ProjectStore, list[str], list[str]]:
    """Three who may be one, each with a note and in a scene, and one who knows them all."""
    store = ProjectStore.create(title="Rain")
    ids = [store.add_record(PEOPLE, name=name, notes=f"of {name}") for name in ("Mika", "Micha", "Michel")]
    scenes = [store.add_record(SCENES, title=str(at), characters=[who]) for at, who in enumerate(ids)]
    scenes.append(store.add_record(SCENES, title="all", characters=ids))
    store.add_record(PEOPLE, name="Jo", relationships={who: f"friend {at}" for at, who in enumerate(ids)})
    return store, ids, scenes


def opposed(merging: Merge, ahead: int) -> tuple[ProjectStore, list[str]]:
    """Both merge the same two, each into the other; one has typed more before."""
    store, ids, _ = project()
    here, there = on_two_machines(store)
    for _ in range(ahead):
        here.splice(0, 0, "x")
    merging(here, ids[0], ids[1])
    merging(there, ids[1], ids[0])
    exchange(here, there)
    return here, ids


@pytest.mark.parametrize("ahead", [0, 1, 7])
def test_two_who_are_merged_in_opposite_directions_never_both_go(ahead: int) -> None:
    store, ids = opposed(merge, ahead)
    living = {one.id: one for one in store.characters()}
    assert living.keys() & set(ids[:2])
    for record in (one for one in living.values() if one.id in ids[:2]):
        assert "of Mika" in record.notes
        assert "of Micha" in record.notes
    named = SceneNames(store)
    for scene in store.scenes():
        assert all(one.record is not None for one in named.people(scene)), scene.title
    assert [len(named.people(scene)) for scene in store.scenes()][:3] == [1, 1, 1]
    jo = next(one for one in living.values() if one.name == "Jo")
    cast = Cast(store.characters())
    assert all(cast.meant(who) for who in jo.relationships)
    assert {word for said in jo.relationships.values() for word in said.split(", ")} == {
        "friend 0",
        "friend 1",
        "friend 2",
    }


def test_control_without_the_last_word_both_are_in_the_trash() -> None:
    store, ids = opposed(merge_without_last_word, 0)
    assert {one.id for one in store.trashed(PEOPLE)} == set(ids[:2])


@settings(max_examples=30, deadline=None)
@given(
    st.lists(
        st.tuples(st.booleans(), st.sampled_from([(0, 1), (1, 0), (1, 2), (2, 1), (0, 2), (2, 0)])),
        min_size=2,
        max_size=4,
    )
)
def test_whoever_merges_whatever_somebody_stays_and_every_note_is_somewhere(
    merges: list[tuple[bool, tuple[int, int]]],
) -> None:
    store, ids, _ = project()
    machines = on_two_machines(store)
    for first, (keep, gone) in merges:
        machine = machines[first]
        there = {one.id for one in machine.characters()}
        if {ids[keep], ids[gone]} <= there:
            merge(machine, ids[keep], ids[gone])
    exchange(*machines)
    assert {one.id for one in store.characters()} & set(ids)
    everybody = [*store.characters(), *store.trashed(PEOPLE)]
    for name in ("Mika", "Micha", "Michel"):
        assert any(isinstance(one, Character) and f"of {name}" in one.notes for one in everybody)


def test_a_merge_that_is_taken_back_leaves_what_the_other_machine_wrote_meanwhile() -> None:
    store, ids, _ = project()
    here, there = on_two_machines(store)
    before = [dataclasses.replace(one, extra={}) for one in here.characters()]
    merge(here, ids[0], ids[1])
    exchange(here, there)
    there.edit_prose(PEOPLE, ids[0], "notes", [TextEdit(0, 0, "Note: ")])
    there.update_record(PEOPLE, ids[0], role="hero")
    exchange(here, there)
    assert here.undo()
    exchange(here, there)
    after = [one for one in there.characters() if isinstance(one, Character)]
    assert [one.name for one in after] == [one.name for one in before]
    assert (after[0].notes, after[0].role) == ("Note: of Mika", "hero")
    assert here.redo()
    exchange(here, there)
    assert [one.name for one in there.characters()] == ["Mika", "Michel", "Jo"]


def test_one_trashes_or_deletes_what_the_other_edits_and_both_move_it() -> None:
    store, ids, _ = project()
    here, there = on_two_machines(store)
    here.update_records(PEOPLE, [ids[0]], trashed_at="2026-01-01T00:00:00+00:00")
    there.edit_prose(PEOPLE, ids[0], "notes", [TextEdit(0, 0, "More ")])
    here.delete_record(PEOPLE, ids[1])
    there.update_record(PEOPLE, ids[1], role="hero")
    here.move_records(PEOPLE, [ids[2], ids[1]], 0)
    there.move_records(PEOPLE, [ids[1], ids[2]], 9)
    exchange(here, there)
    assert sorted(one.name for one in here.characters()) == ["Jo", "Micha", "Michel"]
    (trashed,) = here.trashed(PEOPLE)
    assert (trashed.id, trashed.notes) == (ids[0], "More of Mika")
    assert sorted(here.order(PEOPLE)) == sorted(set(here.order(PEOPLE)))
    for machine in (here, there):
        while machine.undo():
            pass
        exchange(here, there)
    assert {one.id for one in here.characters()} >= set(ids)
    assert sorted(here.order(PEOPLE)) == sorted(set(here.order(PEOPLE)))


def test_a_scene_keeps_whom_another_machine_deleted_by_name() -> None:
    store, ids, scenes = project()
    here, there = on_two_machines(store)
    there.delete_record(PEOPLE, ids[0])
    here.edit_prose(SCENES, scenes[3], "notes", [TextEdit(0, 0, "Rain. ")])
    exchange(here, there)
    scene = next(one for one in here.scenes() if one.id == scenes[3])
    told = SceneNames(here).people(scene)
    assert [one.name for one in told] == ["Mika", "Micha", "Michel"]
    assert "deleted" in told[0].sentence
    assert there.undo()
    exchange(here, there)
    assert not any(one.sentence for one in SceneNames(here).people(scene))
