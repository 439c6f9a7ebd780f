"""The assembly has a scene on the very pages that the bible says: there is one rule for both."""

from __future__ import annotations

from core.assembly.book import BookMaker
from core.assembly.plan import PagePlan
from core.bible import scene_pages
from core.script import Script
from core.story import Section
from tests.assembly.pages.project import Project


def place_of_scene(project: Project, first: str, last: str) -> list[list[int]]:
    """On which pages of the book the scene's place is: as the bible says, the live book and the made one."""
    store, book = project.store, project.book
    pier = store.add_record(Section.BACKGROUNDS, name="Pier")
    scene_id = store.add_record(Section.SCENES, background=pier, first_page=first, last_page=last)
    (scene,) = (one for one in store.scenes() if one.id == scene_id)
    span = scene_pages(store, Script(store.text).complete(), scene).pages
    maker = BookMaker(book.source())

    def shown(one: PagePlan) -> bool:
        return any(panel.background == "Pier" for panel in one.panels)

    drawn = [[at for at in range(book.count) if shown(page(at))] for page in (book.page, maker.page)]
    store.delete_record(Section.SCENES, scene_id)
    store.delete_record(Section.BACKGROUNDS, pier)
    return [list(span or ()), *drawn]


def project_of(pages: int) -> Project:
    return Project.with_text(
        "".join(
            f"PAGE {number}\nPANEL 1\n" + " ".join(f"w{number}x{word}" for word in range(12)) + "\n\n"
            for number in range(1, pages + 1)
        )
    )


def test_from_its_first_to_its_last_page_however_they_are_named() -> None:
    project = project_of(5)
    marks = [f"{page.heading} {page.mark}" for page in (project.book.script_page(at) for at in range(5))]
    for first, last, where in (
        (marks[1], marks[3], [1, 2, 3]),
        (marks[3], marks[1], [1, 2, 3]),  # its ends have changed places
        (marks[2], "", [2]),
        ("", marks[2], [2]),
        (marks[2], "gone", [2]),
        ("gone", marks[2], [2]),
        ("gone", "gone too", []),
        ("", "", []),
    ):
        assert place_of_scene(project, first, last) == [where] * 3


def test_a_page_that_was_cut_pasted_and_written_in_is_its_page_still() -> None:
    project = project_of(5)
    page = project.book.script_page(1)
    mark = f"{page.heading} {page.mark}"
    words = project.cut("PAGE 2", "PAGE 3")
    project.paste(words.replace("w2x11", "w2x11 and more"))
    assert place_of_scene(project, mark, mark) == [[4]] * 3
