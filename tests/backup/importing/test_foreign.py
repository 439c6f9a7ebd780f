"""Data without a document of ours: made into projects, merged with them, again and again."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from core.backup.importing.reading.coming import came_before
from core.backup.importing.reading.states import PagePart, state_of, states_at
from core.backup.plan import Action, Choice, Decisions, Outcome
from core.content import Content
from core.story import Section
from tests.backup.importing.desk import SCRIPT, Desk, foreign, given, item, outcomes

PEOPLE: dict[Section, dict[str, dict[str, object]]] = {
    Section.CHARACTERS: {
        "c1": {"name": "Akira", "role": "hero", "relationships": {"c2": "sister"}},
        "c2": {"name": "Mika", "description": "c1 is her brother."},
    },
    Section.SCENES: {"s1": {"title": "The door", "characters": ["c1", "c2"]}},
}


def test_it_becomes_a_project_whose_records_name_each_other_by_ids_of_ours(desk: Desk) -> None:
    report = desk.bring(given(foreign(SCRIPT, PEOPLE), system="hublib"))
    assert report.projects[0].action is Action.CREATE
    store = desk.open(report.projects[0].project_id)
    akira, mika = store.characters()
    assert (store.text, store.meta.title) == (SCRIPT, "A storm")
    assert str(UUID(akira.id)) == akira.id
    assert akira.relationships == {mika.id: "sister"}
    assert store.scenes()[0].characters == (akira.id, mika.id)
    assert mika.description == "c1 is her brother.", "prose is never rewritten"


def test_ten_imports_of_the_same_change_nothing(desk: Desk) -> None:
    source = given(foreign(SCRIPT, PEOPLE), system="hublib")
    first = desk.bring(source)
    before = desk.open(first.projects[0].project_id)
    for _ in range(9):
        assert desk.bring(source).projects[0].action is Action.SAME
    assert desk.open(before.project_id).version == before.version
    assert len(desk.shelf.list()) == 1


def test_what_changed_there_comes_and_what_changed_here_stays(desk: Desk) -> None:
    first = desk.bring(given(foreign(SCRIPT, PEOPLE), system="hublib"))
    project = UUID(first.projects[0].project_id)
    with desk.shelf.edited(project) as store:
        store.replace_text(SCRIPT.replace("Rain on", "Snow on"))
        store.update_record(Section.CHARACTERS, store.characters()[0].id, role="villain")
    later: dict[Section, dict[str, dict[str, object]]] = {**PEOPLE}
    later |= {Section.CHARACTERS: {**PEOPLE[Section.CHARACTERS], "c3": {"name": "Kenji"}}}
    text = SCRIPT.replace("It is open.", "It had been open.")
    desk.bring(given(foreign(text, later), system="hublib"))
    assert outcomes(desk.plan)["PAGE 2"] is Outcome.UPDATE
    now = desk.open(project)
    assert now.text == SCRIPT.replace("Rain on", "Snow on").replace("It is open.", "It had been open.")
    assert [(one.name, one.role) for one in now.characters()] == [
        ("Akira", "villain"),
        ("Mika", ""),
        ("Kenji", ""),
    ]
    again = desk.bring(given(foreign(text, later), system="hublib"))
    assert again.projects[0].action is Action.SAME


def test_the_older_of_two_exports_brings_nothing_back(desk: Desk) -> None:
    older, newer = foreign(SCRIPT), foreign(SCRIPT.replace("The door.", "The red door."))
    first = desk.bring(given(older, system="hublib"))
    desk.bring(given(newer, system="hublib"))
    again = desk.bring(given(older, system="hublib"))
    assert again.projects[0].action is Action.SAME
    assert desk.open(first.projects[0].project_id).text == newer.script


@pytest.mark.parametrize(
    ("choice", "line"),
    [
        (None, "MIKA: It was closed."),
        (Choice.THEIRS, "MIKA: It had been open."),
        (Choice.BOTH, "MIKA: It was closed.\nMIKA: It had been open."),
    ],
)
def test_without_a_common_past_what_differs_is_the_writers_to_choose(
    desk: Desk, choice: Choice | None, line: str
) -> None:
    """Theirs is a point of the history all the same, letter by letter."""
    entry = desk.shelf.create(title="A storm", text=SCRIPT.replace("It is open.", "It was closed."))
    before = [page.key for page in _pages(desk, entry.project_id)]
    theirs = foreign(SCRIPT.replace("It is open.", "It had been open."))
    source = given(_of(theirs, entry.project_id))
    desk.bring(source, Decisions(all_conflicts=choice))
    assert item(desk.plan, "PAGE 2").outcome is Outcome.CONFLICT
    assert outcomes(desk.plan)["PAGE 1"] is Outcome.SAME
    now = desk.open(entry.project_id)
    assert now.text == SCRIPT.replace("MIKA: It is open.", line)
    assert [page.key for page in _pages(desk, entry.project_id)] == before
    came = came_before(now, "genko", source.contents[0])
    assert states_at([now.snapshot()], [came[0].point])[0].text == theirs.script


def _pages(desk: Desk, project_id: UUID) -> tuple[PagePart, ...]:
    return state_of(desk.open(project_id)).pages


def _of(content: Content, project_id: UUID) -> Content:
    return replace(content, project_id=project_id)
