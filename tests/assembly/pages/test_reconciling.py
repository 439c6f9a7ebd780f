"""Book and script are brought into step by commands that are one step each and throw nothing away."""

from __future__ import annotations

import pytest

from core.assembly.book.differences import Differs
from core.assembly.book.reconciling import (
    ReconcileError,
    adopt,
    book_differences,
    keep_difference,
    match_script,
    move_facts,
    show_again,
)
from core.assembly.book.sequence import Origin
from core.assembly.book.writing import change_page, change_panels, move_page
from core.story import Section
from tests.assembly.pages.project import Project


def kinds(project: Project, index: int, *, agreed: bool = False) -> list[Differs]:
    """How a page differs without (or with) somebody having agreed to it."""
    return [one.kind for one in project.book.checked(index).differences if one.agreed == agreed]


def test_panels_without_a_cell_and_cells_without_a_panel_are_said() -> None:
    project = Project.with_text()
    change_page(project.book, 0, layout="1 / 1")
    assert kinds(project, 0) == [Differs.MISSING]
    assert project.book.page(0).problems[0] == "No place for panel 3 of the script."
    assert project.book.summary(0).differs
    change_page(project.book, 0, layout="1 / 1 / 1 / 1")
    assert kinds(project, 0) == [Differs.CELLS]
    assert project.book.page(0).panels[3].id == "cell:4"
    panels = [panel.id for panel in project.book.page(0).panels]
    change_page(project.book, 0, layout="", panel_order=[panels[2], panels[0]])
    assert kinds(project, 0) == [Differs.ORDER]
    assert [panel.label for panel in project.book.page(0).panels] == ["3", "1", "2"]
    assert "3, 1, 2" in project.book.page(0).problems[0]


def test_a_heading_that_promises_other_panels_is_said() -> None:
    project = Project.with_text("PAGE 1 (5 panels)\n\nPANEL 1\nA.\n\nPANEL 2\nB.\n")
    assert kinds(project, 0) == [Differs.STATED]
    assert match_script(project.book, [0]) == 0  # that is for the script


def test_a_page_is_made_as_the_script_has_it_in_one_step() -> None:
    project = Project.with_text()
    panels = [panel.id for panel in project.book.page(0).panels]
    change_page(project.book, 0, layout="1 / 1", panel_order=[panels[2]])
    change_page(project.book, 1, layout="1")
    move_page(project.book, 3, 0)
    differing = {index for index, one in book_differences(project.book) if not one.agreed}
    assert differing == {1, 2}
    assert match_script(project.book) == 2
    assert [index for index, one in book_differences(project.book) if not one.agreed] == []
    assert project.book.summary(0).agreed  # the page was moved on purpose
    project.store.undo()
    assert {index for index, one in book_differences(project.book) if not one.agreed} == {1, 2}
    assert match_script(project.book, [0]) == 1  # who names a page means all of it
    assert not any(slot.moved for slot in project.book.slots)


def test_a_difference_that_is_kept_is_shown_again_when_it_is_another_one() -> None:
    project = Project.with_text()
    change_page(project.book, 0, layout="1 / 1 / 1 / 1")
    assert keep_difference(project.book, 0) == 1
    assert kinds(project, 0) == []
    assert kinds(project, 0, agreed=True) == [Differs.CELLS]
    assert project.book.page(0).problems == ()
    assert match_script(project.book) == 0
    project.replace("rubs his eyes.", "rubs his eyes, and goes on for long.")
    assert kinds(project, 0) == []
    project.paste("PANEL 4\nMore.\n\nPANEL 5\nStill more.\n\n", "PAGE 2")
    assert kinds(project, 0) == [Differs.MISSING]
    project.store.undo()
    project.book.settle()
    assert kinds(project, 0) == []
    assert show_again(project.book, 0)
    assert kinds(project, 0) == [Differs.CELLS]


def test_facts_move_to_another_panel_and_none_is_lost() -> None:
    project = Project.with_text()
    one, two = project.panel(0, 0), project.panel(1, 0)
    change_panels(
        project.book, 0, {one: {"notes": "rain", "status": "inks", "characters": ["Mara"], "picture": "ab"}}
    )
    change_panels(project.book, 1, {two: {"notes": "glass", "characters": ["Tom"], "picture": "cd"}})
    assert move_facts(project.book, (0, one), (1, two)) == ("picture",)
    panel = project.book.page(1).panels[0]
    assert (panel.notes, panel.status.value, panel.picture) == ("glass\nrain", "inks", "cd")
    assert panel.characters == ("Tom", "Mara")
    assert project.book.page(0).panels[0].picture == "ab"
    project.store.undo()
    assert project.notes() == {"1.1": "rain", "2.1": "glass"}
    with pytest.raises(ReconcileError, match="Nothing was changed"):
        move_facts(project.book, (2, project.panel(2, 0)), (0, one))


def test_a_page_that_left_the_script_is_given_to_one_that_is_in_it() -> None:
    project = Project.with_text()
    change_panels(project.book, 1, {project.panel(1, 0): {"notes": "glass"}})
    change_panels(project.book, 1, {project.panel(1, 1): {"notes": "cat"}})
    project.cut("PAGE 2", "PAGES 3-4")
    project.paste("PAGE 2\n\nPANEL 1\nWholly new words here.\n\nPANEL 2\nOthers there.\n\n", "PAGES 3-4")
    gone = next(at for at, slot in enumerate(project.book.slots) if slot.origin is Origin.GONE)
    home = next(at for at in range(project.book.count) if "Wholly" in str(project.book.page(at).panels[:1]))
    assert adopt(project.book, gone, home) == 2
    assert project.notes() == {"2.1": "glass", "2.2": "cat"}
    assert all(slot.origin is Origin.SCRIPT for slot in project.book.slots)
    project.store.undo()
    assert any(slot.origin is Origin.GONE for slot in project.book.slots)


def test_a_page_that_is_gone_goes_to_the_trash_but_not_what_is_known_of_living_panels() -> None:
    project = Project.with_text()
    change_panels(project.book, 1, {project.panel(1, 0): {"notes": "glass"}})
    change_panels(project.book, 1, {project.panel(1, 1): {"notes": "cat"}})
    words = project.cut("PANEL 2\nA cat", "PAGES 3-4")
    project.paste(words, "PAGE 5")
    assert project.notes() == {"2.1": "glass", "3.2": "cat"} or "cat" in project.notes().values()
    project.cut("PAGE 2", "PAGES 3-4")
    gone = next(at for at, slot in enumerate(project.book.slots) if slot.origin is Origin.GONE)
    assert match_script(project.book, [gone]) == 1
    assert list(project.notes().values()) == ["cat"]
    trashed = project.store.trashed(Section.ASSEMBLY)
    assert len(trashed) == 1
    assert "glass" in str(trashed[0].extra)
    project.store.undo()
    assert sorted(project.notes().values()) == ["cat", "glass"]
