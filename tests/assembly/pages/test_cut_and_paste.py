"""What is known of pages and panels goes with them wherever they are pasted, and to nobody else."""

from __future__ import annotations

import pytest

from core.assembly.book.differences import Differs
from core.assembly.book.sequence import Origin
from core.assembly.book.writing import change_page, change_panels, insert_page
from tests.assembly.pages.project import Project


@pytest.fixture
def project() -> Project:
    """A project with something known of each panel of page 2, and of one of page 1."""
    made = Project.with_text()
    change_panels(made.book, 1, {made.panel(1, 0): {"notes": "glass", "status": "inks"}})
    change_panels(made.book, 1, {made.panel(1, 1): {"notes": "cat"}})
    change_panels(made.book, 0, {made.panel(0, 2): {"notes": "lamp"}})
    change_page(made.book, 1, layout="2 / 1")
    return made


def test_a_page_that_is_cut_and_pasted_keeps_what_is_known_of_it(project: Project) -> None:
    words = project.cut("PAGE 2", "PAGES 3-4")
    assert project.book.slots[1].origin is Origin.GONE  # while it is nowhere it is shown as gone
    assert [panel.notes for panel in project.book.page(1).panels] == ["glass", "cat"]
    project.paste(words, "PAGE 5")
    assert project.notes() == {"1.3": "lamp", "4.1": "glass", "4.2": "cat"}
    assert project.book.page(2).layout == "2 / 1"
    assert not any(slot.origin is Origin.GONE for slot in project.book.slots)
    again = project.anew()
    assert [again.page(at).layout for at in range(again.count)] == [
        project.book.page(at).layout for at in range(project.book.count)
    ]


def test_another_machine_finds_the_pasted_page_as_well(project: Project) -> None:
    other = project.other()
    words = project.cut("PAGE 2", "PAGES 3-4")
    project.paste(words, "PAGE 5")
    project.exchange(other)
    assert other.notes() == project.notes() == {"1.3": "lamp", "4.1": "glass", "4.2": "cat"}
    change_panels(other.book, 2, {other.panel(2, 0): {"notes": "shards"}})
    project.exchange(other)
    assert project.notes()["4.1"] == "shards"


def test_a_heading_that_is_typed_anew_is_the_same_page(project: Project) -> None:
    project.replace("PAGE 2", "")
    project.replace("\n\n\n\nPANEL 1\nBroken", "\n\nPage 2 - Glass\n\nPANEL 1\nBroken")
    assert project.notes() == {"1.3": "lamp", "2.1": "glass", "2.2": "cat"}
    assert project.book.page(1).layout == "2 / 1"


def test_a_panel_goes_with_what_is_known_of_it_to_another_page(project: Project) -> None:
    words = project.cut("PANEL 3", "PAGE 2")
    project.paste(words, "PAGES 3-4")
    assert project.notes() == {"2.1": "glass", "2.2": "cat"}  # the layout has two cells
    change_page(project.book, 1, layout="")
    assert project.notes() == {"2.1": "glass", "2.2": "cat", "2.3": "lamp"}
    project.replace("PAGE 2", "")  # page 1 takes the panels of page 2 in
    assert set(project.notes().values()) >= {"glass", "cat", "lamp"}


def test_a_page_heading_put_between_panels_takes_them_along(project: Project) -> None:
    project.replace("PANEL 3\nThe lamp", "PAGE 1b\n\nPANEL 3\nThe lamp")
    assert project.notes()["2.3"] == "lamp"
    change_panels(project.book, 1, {project.panel(1, 0): {"notes": "broken lamp"}})
    assert project.notes()["2.3"] == "broken lamp"
    project.replace("PAGE 1b\n\n", "")
    assert project.notes()["1.3"] == "broken lamp"


def test_what_is_known_of_a_deleted_panel_is_not_given_to_its_neighbours(project: Project) -> None:
    project.replace("The lamp falls from the shelf.", "The lamp falls from the shelf, very slowly indeed.")
    text = "PANEL 4\nThe lamp falls from the shelf, very slowly now.\n\n"
    project.paste(text, "PAGE 2")
    project.cut("PANEL 3", "PANEL 4")
    assert "lamp" not in project.notes().values()
    found = [one for one in project.book.checked(0).differences if one.kind is Differs.LOST]
    assert len(found) == 1
    assert len(found[0].panels) == 1
    # the control: had the like panel not been there before, it would be taken for the same one
    control = Project.with_text()
    change_panels(control.book, 0, {control.panel(0, 2): {"notes": "lamp"}})
    control.cut("PANEL 3", "PAGE 2")
    control.paste("PANEL 3\nThe lamp falls from the shelf, slowly.\nSFX: CRASH\n\n", "PAGE 2")
    assert control.notes() == {"1.3": "lamp"}


def test_a_deleted_page_leaves_what_is_known_of_it_in_its_place(project: Project) -> None:
    insert_page(project.book, 0)
    change_panels(project.book, 2, {project.panel(2, 1): {"status": "inks"}})
    project.cut("PAGE 2", "PAGES 3-4")
    slots = [slot.origin for slot in project.book.slots]
    assert slots == [Origin.SCRIPT, Origin.INSERTED, Origin.GONE, Origin.SCRIPT, Origin.SCRIPT]
    project.store.undo()
    project.book.settle()
    assert project.notes() == {"1.3": "lamp", "3.1": "glass", "3.2": "cat"}


def test_a_page_of_which_nothing_is_known_leaves_nothing(project: Project) -> None:
    change_page(project.book, 2, layout="spread: 1 / 1")
    project.cut("PAGES 3-4", "PAGE 5")
    assert all(slot.origin is Origin.SCRIPT for slot in project.book.slots)


def test_a_note_on_a_pasted_panel_leaves_it_what_it_had_before(project: Project) -> None:
    change_panels(project.book, 1, {project.panel(1, 0): {"status": "inks"}})
    project.paste(project.cut("PAGE 2", "PAGES 3-4"), "PAGE 5")
    where = next(at for at in range(project.book.count) if "Broken" in str(project.book.page(at).panels))
    change_panels(project.book, where, {project.panel(where, 0): {"notes": "sharp"}})
    panel = project.book.page(where).panels[0]
    assert (panel.status.value, panel.notes) == ("inks", "sharp")
    assert not project.book.checked(where).differences
    project.store.undo()
    assert project.book.page(where).panels[0].status.value == "inks"


def test_a_panel_without_a_cell_is_one_difference(project: Project) -> None:
    first, second, third = (project.panel(0, at) for at in range(3))
    change_page(project.book, 0, layout="1 / 1", panel_order=[first, third])
    assert [one.kind for one in project.book.checked(0).differences] == [Differs.MISSING]
    change_page(project.book, 0, layout="1 / 1 / 1", panel_order=[second, first, third])
    assert [one.kind for one in project.book.checked(0).differences] == [Differs.ORDER]
