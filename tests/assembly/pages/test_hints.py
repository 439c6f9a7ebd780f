"""Hints say what a letterer or an editor would; and say nothing of a page that is as it should be."""

from __future__ import annotations

from core.assembly.book.hints import MOST, About
from core.assembly.book.progress import next_status
from core.assembly.book.writing import change_page, change_panels, place_balloon
from core.assembly.plan import PanelStatus
from tests.assembly.pages.project import Project


def about(project: Project, index: int) -> list[About]:
    """What the hints on a page are about."""
    return [hint.about for hint in project.book.checked(index).hints]


def test_a_page_as_it_should_be_has_no_hints() -> None:
    project = Project.with_text()
    assert about(project, 0) == []
    assert project.book.page(0).problems == ()


def test_balloons_that_overlap_don_t_fit_or_lie_elsewhere_are_said() -> None:
    project = Project.with_text()
    book, panel = project.book, project.panel(0, 1)
    place_balloon(book, 0, panel, 1, {"x": 0.1, "y": 0.1, "w": 0.5, "h": 0.5})
    assert About.OVERLAP not in about(project, 0)
    place_balloon(book, 0, panel, 2, {"x": 0.15, "y": 0.3, "w": 0.5, "h": 0.5})
    assert About.OVERLAP in about(project, 0)
    place_balloon(book, 0, panel, 2, {"x": 0.1, "y": 0.7, "w": 0.02, "h": 0.02})
    assert about(project, 0) == [About.OVERFULL]
    place_balloon(book, 0, panel, 2, {"x": 1.2, "y": 0.7, "w": 0.5, "h": 0.25})
    assert About.OUTSIDE in about(project, 0)
    place_balloon(book, 0, panel, 2, None)
    place_balloon(book, 0, panel, 1, None)
    assert about(project, 0) == []


def test_a_balloon_that_is_seen_before_the_one_it_answers_is_said() -> None:
    for direction, left, hinted in (("ltr", 0.02, True), ("rtl", 0.02, False), ("rtl", 0.55, True)):
        project = Project.with_text(direction=direction)
        panel = project.panel(0, 1)
        place_balloon(project.book, 0, panel, 2, {"x": left, "y": 0.3, "w": 0.43, "h": 0.3})
        place_balloon(project.book, 0, panel, 1, {"x": 0.57 - left, "y": 0.3, "w": 0.43, "h": 0.3})
        assert (About.READING_ORDER in about(project, 0)) is hinted, (direction, left)


def test_pages_too_full_splashes_that_share_and_panels_without_words_are_said() -> None:
    many = "".join(f"PANEL {number}\nA step.\n\n" for number in range(1, 13))
    text = f"PAGE 1\n\n{many}PAGE 2 (SPLASH)\n\nPANEL 1\nThe city.\n\nPANEL 2\nMARA: Home.\n"
    project = Project.with_text(text)
    assert about(project, 0) == [About.PANELS]
    assert about(project, 1) == [About.SPLASH, About.DESCRIPTION]
    assert "Panel 2 has no description." in project.book.page(1).problems
    project.replace("The city.", "TOM: Look.")
    assert "Panels 1 and 2 have no description." in project.book.page(1).problems


def test_hints_on_a_page_beyond_all_measure_are_bounded() -> None:
    lines = "".join(f"PANEL {number}\nTOM: {'word ' * 30}\n\n" for number in range(1, 120))
    project = Project.with_text(f"PAGE 1\n\n{lines}")
    assert len(project.book.checked(0).hints) == MOST


def test_progress_counts_panels_by_how_far_they_are() -> None:
    project = Project.with_text()
    book = project.book
    assert book.progress(0) == (0.0, 0.0)
    change_panels(book, 0, {panel.id: {"status": "done"} for panel in book.page(0).panels})
    assert book.progress(0)[0] == 1.0
    assert book.progress(3)[0] is None
    assert book.progress(1) == (0.0, 3 / 7)
    assert book.summary(0).status is PanelStatus.DONE
    change_panels(book, 0, {project.panel(0, 1): {"status": "inks"}})
    assert book.summary(0).status is PanelStatus.INKS
    assert book.book_progress().reached(PanelStatus.INKS) == 3
    assert book.book_progress().reached(PanelStatus.DONE) == 2
    assert next_status(PanelStatus.INKS) is PanelStatus.LETTERS
    assert next_status(PanelStatus.DONE) is PanelStatus.DONE
    assert next_status(PanelStatus.SCRIPT, -1) is PanelStatus.SCRIPT
    change_page(book, 0, left_out=True)
    assert book.progress(0) == (0.0, 0.0)
