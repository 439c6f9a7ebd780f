"""A project with its document comes to one that is here, or to none."""

from __future__ import annotations

import pytest

from core.backup.importing import PlanChangedError
from core.backup.plan import Action, Choice, Decisions, Outcome
from core.story import ProjectStore, Section
from tests.backup.importing.desk import SCRIPT, Desk, content_of, given, item, outcomes


@pytest.fixture
def ours(desk: Desk) -> ProjectStore:
    """A project on the shelf."""
    entry = desk.shelf.create(title="A storm", text=SCRIPT)
    with desk.shelf.edited(entry.project_id) as store:
        store.add_record(Section.CHARACTERS, name="Akira", notes="He waits.")
    return desk.open(entry.project_id)


def other(store: ProjectStore) -> ProjectStore:
    """The same project on another machine."""
    return ProjectStore.load(store.project_id, [store.snapshot()])


def test_a_project_that_is_not_here_comes_with_its_id_and_history(desk: Desk, ours: ProjectStore) -> None:
    elsewhere = Desk(desk.home / "elsewhere")
    report = elsewhere.bring(given(content_of(ours)))
    assert report.projects[0].action is Action.CREATE
    came = elsewhere.open(ours.project_id)
    assert (came.text, came.raw_records(Section.CHARACTERS)) == (
        ours.text,
        ours.raw_records(Section.CHARACTERS),
    )
    assert came.version == ours.version
    assert not elsewhere.backed_up, "there was nothing to lose"


def test_what_only_they_wrote_comes_and_what_we_wrote_stays(desk: Desk, ours: ProjectStore) -> None:
    theirs = other(ours)
    theirs.replace_text(SCRIPT.replace("The door.", "The door, far away.") + "\n\nPAGE 4\n\nThe end.")
    theirs.update_record(Section.CHARACTERS, ours.characters()[0].id, age="40")
    with desk.shelf.edited(ours.project_id) as store:
        store.replace_text(SCRIPT.replace("Rain on", "Snow on"))
    report = desk.bring(given(content_of(theirs)))
    assert outcomes(desk.plan)["PAGE 2"] is Outcome.UPDATE
    assert outcomes(desk.plan)["PAGE 4"] is Outcome.CREATE
    assert outcomes(desk.plan)["PAGE 1"] is Outcome.SAME
    assert outcomes(desk.plan)["Akira"] is Outcome.UPDATE
    assert desk.backed_up == [(ours.project_id,)]
    assert report.projects[0].items == desk.plan.projects[0].items
    now = desk.open(ours.project_id)
    wanted = SCRIPT.replace("The door.", "The door, far away.").replace("Rain on", "Snow on")
    assert now.text == f"{wanted}\n\nPAGE 4\n\nThe end."
    assert now.characters()[0].age == "40"


def test_the_same_file_ten_times_changes_nothing(desk: Desk, ours: ProjectStore) -> None:
    theirs = other(ours)
    theirs.replace_text(SCRIPT + "\n\nPAGE 4\n\nThe end.")
    source = given(content_of(theirs))
    desk.bring(source)
    before = desk.open(ours.project_id)
    for _ in range(9):
        report = desk.bring(source)
        assert report.projects[0].action is Action.SAME
        assert desk.plan.changes == 0
    assert desk.open(ours.project_id).version == before.version


def test_a_page_that_they_took_out_stays_and_keeps_its_place(desk: Desk, ours: ProjectStore) -> None:
    theirs = other(ours)
    cut = SCRIPT[: SCRIPT.index("PAGE 2")] + SCRIPT[SCRIPT.index("PAGE 3") :]
    theirs.replace_text(cut + "\nMore.")
    theirs.delete_record(Section.CHARACTERS, ours.characters()[0].id)
    desk.bring(given(content_of(theirs)))
    assert outcomes(desk.plan)["PAGE 2"] is Outcome.MISSING_HERE
    now = desk.open(ours.project_id)
    assert now.text == SCRIPT + "\nMore."
    assert [one.name for one in now.characters()] == ["Akira"]


@pytest.mark.parametrize(
    ("choice", "wanted"),
    [
        (None, "MIKA: It was closed."),
        (Choice.OURS, "MIKA: It was closed."),
        (Choice.THEIRS, "MIKA: It had been open."),
        (Choice.BOTH, "MIKA: It was closed.\nMIKA: It had been open."),
    ],
)
def test_one_line_written_on_both_sides_is_the_writers_to_choose(
    desk: Desk, ours: ProjectStore, choice: Choice | None, wanted: str
) -> None:
    theirs = other(ours)
    theirs.replace_text(SCRIPT.replace("It is open.", "It had been open."))
    with desk.shelf.edited(ours.project_id) as store:
        store.replace_text(SCRIPT.replace("It is open.", "It was closed."))
    desk.bring(given(content_of(theirs)), Decisions(all_conflicts=choice))
    conflict = item(desk.plan, "PAGE 2")
    assert conflict.outcome is Outcome.CONFLICT
    assert conflict.theirs == "MIKA: It had been open.\n"
    assert desk.open(ours.project_id).text == SCRIPT.replace("MIKA: It is open.", wanted)


def test_a_preview_of_what_has_changed_since_is_refused(desk: Desk, ours: ProjectStore) -> None:
    theirs = other(ours)
    theirs.replace_text(SCRIPT.replace("It is open.", "It had been open."))
    source = given(content_of(theirs))
    plan = desk.look(source)
    with desk.shelf.edited(ours.project_id) as store:
        store.replace_text(SCRIPT.replace("It is open.", "It was closed."))
    with pytest.raises(PlanChangedError):
        desk.do(source, plan)
    assert "It was closed." in desk.open(ours.project_id).text
    assert not desk.backed_up


def test_documents_without_a_common_past_are_never_woven_into_one(desk: Desk, ours: ProjectStore) -> None:
    """Somebody typed the same script anew under the same id: merged by its letters, all would stand twice."""
    stranger = ProjectStore.create(ours.project_id, title="A storm")
    stranger.replace_text(SCRIPT.replace("It is open.", "It had been open."))
    desk.bring(given(content_of(stranger)))
    assert outcomes(desk.plan)["PAGE 1"] is Outcome.SAME
    assert outcomes(desk.plan)["PAGE 2"] is Outcome.CONFLICT
    assert desk.open(ours.project_id).text == SCRIPT
    assert desk.bring(given(content_of(stranger))).projects[0].action is Action.SAME
    merged = ProjectStore.load(ours.project_id, [ours.snapshot(), stranger.snapshot()])
    assert merged.text.count("PAGE 1") == 2, "the control: what merging the documents would do"


def test_a_part_of_a_project_comes_under_an_id_of_its_own_and_the_rest_later(
    desk: Desk, ours: ProjectStore
) -> None:
    elsewhere = Desk(desk.home / "elsewhere")
    source = given(content_of(ours))
    some = Decisions(sections=("characters",))
    first = elsewhere.bring(source, some)
    made = elsewhere.open(first.projects[0].project_id)
    assert (made.text, [one.name for one in made.characters()]) == ("", ["Akira"])
    assert made.project_id != ours.project_id
    assert elsewhere.bring(source, some).projects[0].action is Action.SAME
    elsewhere.bring(source)
    assert elsewhere.open(made.project_id).text == SCRIPT
    assert len(elsewhere.shelf.list()) == 1


def test_only_the_sections_that_were_chosen_come_into_a_project_that_is_here(
    desk: Desk, ours: ProjectStore
) -> None:
    theirs = other(ours)
    theirs.replace_text(SCRIPT.replace("The door.", "The red door."))
    theirs.update_record(Section.CHARACTERS, ours.characters()[0].id, age="40")
    source = given(content_of(theirs))
    desk.bring(source, Decisions(sections=("characters",)))
    now = desk.open(ours.project_id)
    assert (now.text, now.characters()[0].age) == (SCRIPT, "40")
    desk.bring(source)
    assert desk.open(ours.project_id).text == SCRIPT.replace("The door.", "The red door.")
