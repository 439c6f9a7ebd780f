"""An older version of a whole project: told in words, brought back with bible and pages, and undone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from core.assembly.book.writing import change_page, change_panels, insert_page
from core.server import SavedVersion
from core.story import RECORD_SECTIONS, ProjectStore, Section, state_at
from screens.comparing import VersionText, changed_records, compare_with, difference_text
from tests.assembly.pages.project import Project

SHA = "ab" * 32
COLOURS = dict.fromkeys(("quiet", "success", "error", "kind-page"), "white")


def everything(store: ProjectStore) -> dict[str, Any]:
    """All that is written in records, without when they were put into the trash."""
    return {section.value: store.raw_records(section) for section in RECORD_SECTIONS}


def begun() -> tuple[Project, dict[str, str]]:
    """A project with a bible, a picture and a book, as it was saved."""
    made = Project.with_text()
    store = made.store
    ids = {
        "Mara": store.add_record(Section.CHARACTERS, name="Mara", notes="brave", pictures=[SHA]),
        "Tom": store.add_record(Section.CHARACTERS, name="Tom"),
        "Roof": store.add_record(Section.BACKGROUNDS, name="Roof", kind="exterior"),
    }
    ids["Rain"] = store.add_record(Section.SCENES, title="Rain", characters=[ids["Mara"], ids["Tom"]])
    change_panels(made.book, 0, {made.panel(0, 0): {"notes": "low angle", "picture": SHA, "status": "inks"}})
    change_page(made.book, 1, layout="1 | 1")
    made.book.settle()
    return made.other(), ids


def changed(project: Project, ids: dict[str, str]) -> None:
    """Everything is written over, trashed, deleted, made anew."""
    store = project.store
    store.update_record(Section.CHARACTERS, ids["Mara"], notes="afraid", role="villain", pictures=[])
    store.delete_record(Section.CHARACTERS, ids["Tom"])
    store.update_records(Section.BACKGROUNDS, [ids["Roof"]], trashed_at="2026-01-01T00:00:00+00:00")
    store.update_record(Section.SCENES, ids["Rain"], characters=[])
    store.add_record(Section.CHARACTERS, name="New", notes="written since")
    change_panels(project.book, 0, {project.panel(0, 0): {"notes": None, "picture": None, "status": "done"}})
    change_page(project.book, 1, layout="1 / 1")
    insert_page(project.book, 0, title="Map")
    project.replace("PANEL 1\n(Mara stands", "PANEL 1\n(Somebody stands")
    store.checkpoint()


def version_of(project: Project) -> VersionText:
    state = state_at([project.store.snapshot()], project.store.frontier)
    now = datetime.now(UTC)
    saved = SavedVersion(1, uuid4(), "anna", now, "", project.store.frontier, 5, 90, 100, 5, 9)
    return VersionText(saved, state.text, state.records)


def test_a_restored_version_has_bible_pages_and_pictures_again_and_undo_takes_it_back() -> None:
    project, ids = begun()
    then, before, shown = version_of(project), everything(project.store), project.notes()
    changed(project, ids)
    after, text = everything(project.store), project.store.text
    then.restore_all(project.store)
    project.book.settle()
    living = everything(project.store)
    for section, records in before.items():
        assert {key: living[section][key] for key in records} == records, section
    (new,) = project.store.trashed(Section.CHARACTERS)
    assert new.notes == "written since"
    assert project.store.text == then.text
    assert project.notes() == shown == {"1.1": "low angle"}
    assert project.book.page(0).panels[0].picture == SHA
    assert project.store.undo()
    assert (everything(project.store), project.store.text) == (after, text)


def test_control_a_version_that_brings_back_only_the_script_leaves_the_bible_as_it_is() -> None:
    project, ids = begun()
    then = version_of(project)
    changed(project, ids)
    after = everything(project.store)
    then.restore(project.store)
    assert (project.store.text, everything(project.store)) == (then.text, after)


def test_what_another_machine_wrote_meanwhile_stays_beside_a_restored_version() -> None:
    project, ids = begun()
    other = project.other()
    then = version_of(project)
    changed(project, ids)
    other.store.update_record(Section.CHARACTERS, ids["Mara"], goals="the sea")
    made = other.store.add_record(Section.CHARACTERS, name="Theirs")
    then.restore_all(project.store)
    project.exchange(other)
    people = {one.id: one for one in project.store.characters()}
    assert (people[ids["Mara"]].goals, people[ids["Mara"]].notes) == ("the sea", "brave")
    assert made in people
    assert everything(project.store) == everything(other.store)


def test_what_differs_in_records_is_told_in_words() -> None:
    project, ids = begun()
    then = version_of(project)
    assert changed_records(then, project.store.snapshot(), project.store.frontier) == []
    changed(project, ids)
    found = dict(changed_records(then, project.store.snapshot(), project.store.frontier))
    assert found["Characters"] == ["Mara: notes, pictures, role", "Tom: deleted", "New: new"]
    assert found["Backgrounds"] == ["Roof: put into the trash"]
    assert found["Scenes"] == ["Rain: characters"]
    assert found["Pages of the book"][0].startswith("page 1: ")
    assert "notes of panels" in found["Pages of the book"][0]
    told = str(found)
    for stored in ("trashedAt", "panel:", "fingerprint", *ids.values()):
        assert stored not in told
    parts = compare_with(then, project.store.text)
    shown = str(
        difference_text(then.version.saved_at, parts, COLOURS, unfold=False, records=[*found.items()])
    )
    assert "Mara: notes, pictures, role" in shown


def test_control_a_comparison_of_scripts_alone_says_that_nothing_has_changed() -> None:
    project, ids = begun()
    then = version_of(project)
    project.store.update_record(Section.CHARACTERS, ids["Mara"], notes="afraid")
    parts = compare_with(then, project.store.text)
    records = changed_records(then, project.store.snapshot(), project.store.frontier)
    alone, whole = (
        str(difference_text(then.version.saved_at, parts, COLOURS, unfold=False, records=known))
        for known in ([], records)
    )
    assert "nothing has changed" in alone
    assert "nothing has changed" not in whole
    assert "Mara: notes" in whole
