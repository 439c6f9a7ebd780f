"""An import is taken back, at once or days later; what was written since stays."""

from __future__ import annotations

import pytest

from core.backup.importing import ImportRefusedError, plan_undo
from core.backup.importing.reading.states import state_of
from core.backup.plan import Action, Choice, Decisions, Outcome
from core.story import ProjectStore, Section
from screens.backup.importing.undoing import undo_sentence
from tests.backup.importing.desk import SCRIPT, Desk, content_of, foreign, given, item


@pytest.fixture
def ours(desk: Desk) -> ProjectStore:
    """A project on the shelf."""
    entry = desk.shelf.create(title="A storm", text=SCRIPT)
    with desk.shelf.edited(entry.project_id) as store:
        store.add_record(Section.CHARACTERS, name="Akira", notes="He waits.", tags=["a"])
        store.add_record(Section.CHARACTERS, name="Mika")
    return desk.open(entry.project_id)


def theirs_of(ours: ProjectStore) -> ProjectStore:
    """What another machine made of it."""
    theirs = ProjectStore.load(ours.project_id, [ours.snapshot()])
    theirs.replace_text(SCRIPT.replace("The door.", "The red door.") + "\n\nPAGE 4\n\nThe end.")
    akira = theirs.characters()[0]
    theirs.update_record(Section.CHARACTERS, akira.id, age="40", tags=["a", "b"], notes="He waits. Long.")
    theirs.add_record(Section.CHARACTERS, name="Kenji")
    theirs.set_meta(title="A storm at sea")
    theirs.set_mark("word", "Akira", True)
    return theirs


def readable(store: ProjectStore) -> tuple[object, ...]:
    """All that can be read of a project, in order."""
    state = state_of(store)
    rows = [(section.value, list(state.raw(section).items())) for section in state.records]
    return state.text, rows, state.meta


def test_taken_back_at_once_all_is_as_before(desk: Desk, ours: ProjectStore) -> None:
    before = readable(desk.open(ours.project_id))
    report = desk.bring(given(content_of(theirs_of(ours))))
    assert readable(desk.open(ours.project_id)) != before
    undone = desk.undo(report)
    assert readable(desk.open(ours.project_id)) == before
    assert undone.undo_of == report.import_id
    assert len(desk.backed_up) == 2


def test_what_was_written_since_stays_and_is_named(desk: Desk, ours: ProjectStore) -> None:
    report = desk.bring(given(content_of(theirs_of(ours))))
    with desk.shelf.edited(ours.project_id) as store:
        store.replace_text(
            store.text.replace("Rain on", "Snow on")
            .replace("red door", "blue door")
            .replace("light.", "dark.")
        )
        store.update_record(Section.CHARACTERS, store.characters()[2].id, role="a friend")
        store.update_record(Section.CHARACTERS, store.characters()[0].id, age="41", role="hero")
    here = readable(desk.open(ours.project_id))
    plan = plan_undo(desk.shelf, report.import_id)
    assert readable(desk.open(ours.project_id)) == here, "looking changes nothing"
    undone = desk.undo(report)
    assert plan.projects == undone.projects
    assert (plan.words_before, plan.words_after) == (undone.words_before, undone.words_after)
    said = undo_sentence(report, plan)
    assert "Edited since, and staying: “PAGE 2”" in said
    assert "staying" not in undo_sentence(report)
    now = desk.open(ours.project_id)
    wanted = (
        SCRIPT.replace("Rain on", "Snow on").replace("The door.", "The blue door.").replace("light", "dark")
    )
    assert now.text == wanted
    assert [(one.name, one.age, one.tags) for one in now.characters()] == [
        ("Akira", "41", ("a",)),
        ("Mika", "", ()),
        ("Kenji", "", ()),
    ]
    stayed = {one.title: one.detail for one in undone.projects[0].items if one.outcome is Outcome.SAME}
    assert stayed == {
        "PAGE 2": "edited since; it stays",
        "Kenji": "edited since; it stays",
        "Akira": "age: edited since; it stays",
    }


def test_the_undoing_is_taken_back_as_well(desk: Desk, ours: ProjectStore) -> None:
    report = desk.bring(given(content_of(theirs_of(ours))))
    brought = readable(desk.open(ours.project_id))
    undone = desk.undo(report)
    with pytest.raises(ImportRefusedError):
        desk.undo(report)
    desk.undo(undone)
    assert readable(desk.open(ours.project_id)) == brought
    desk.undo(report)
    assert desk.open(ours.project_id).text == SCRIPT


def test_a_project_that_an_import_made_goes_to_the_trash_and_comes_back(desk: Desk) -> None:
    report = desk.bring(given(foreign(), system="hublib"))
    plan = plan_undo(desk.shelf, report.import_id)
    assert desk.shelf.list(trashed=True) == []
    undone = desk.undo(report)
    assert plan.projects == undone.projects
    assert [entry.title for entry in desk.shelf.list(trashed=True)] == ["A storm"]
    assert item(undone, "A storm").detail == "goes to the trash; Restore brings it back"
    desk.undo(undone)
    assert [entry.title for entry in desk.shelf.list()] == ["A storm"]
    (entry,) = desk.shelf.list()
    with desk.shelf.edited(entry.project_id) as store:
        store.splice(0, 0, "Many words of mine.\n")
    assert "written in it since" in item(desk.undo(report), "A storm").detail
    desk.shelf.restore(entry.project_id)
    assert "Many words of mine." in desk.open(entry.project_id).text


def test_an_older_state_is_brought_back_and_that_is_taken_back(desk: Desk, ours: ProjectStore) -> None:
    old = content_of(ours)
    with desk.shelf.edited(ours.project_id) as store:
        store.replace_text(SCRIPT.replace("The door.", "The red door.") + "\n\nPAGE 4\n\nThe end.")
        store.delete_record(Section.CHARACTERS, store.characters()[1].id)
        store.add_record(Section.CHARACTERS, name="Kenji")
    before = readable(desk.open(ours.project_id))
    decisions = Decisions({old.key: Action.RESTORE})
    report = desk.bring(given(old), decisions)
    now = desk.open(ours.project_id)
    assert (now.text, [one.name for one in now.characters()]) == (SCRIPT, ["Akira", "Mika"])
    assert [
        raw.get("name") for raw in now.raw_records(Section.CHARACTERS).values() if raw.get("trashedAt")
    ] == ["Kenji"]
    desk.undo(report)
    assert readable(desk.open(ours.project_id)) == before


def test_a_choice_is_taken_back(desk: Desk, ours: ProjectStore) -> None:
    theirs = ProjectStore.load(ours.project_id, [ours.snapshot()])
    theirs.replace_text(SCRIPT.replace("It is open.", "It had been open."))
    with desk.shelf.edited(ours.project_id) as store:
        store.replace_text(SCRIPT.replace("It is open.", "It was closed."))
    before = readable(desk.open(ours.project_id))
    report = desk.bring(given(content_of(theirs)), Decisions(all_conflicts=Choice.THEIRS))
    desk.undo(report)
    assert readable(desk.open(ours.project_id)) == before
