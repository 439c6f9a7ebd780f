"""The live book is what would be made from nothing, and an edit costs the page it touches."""

from __future__ import annotations

import random

import pytest

from core.assembly.book.sequence import PageKind
from core.assembly.book.writing import change_page, change_panels, insert_page, move_page, remove_page
from core.assembly.plan import Side
from core.story import Section
from tests.assembly.pages.project import SCRIPT, Project

PIECES = (
    "\nPAGE 9\n\nPANEL 1\nSomebody new comes in.\n",
    "\nPANEL 7\nA hand on the door.\nMARA: Who is there?\n",
    "PAGE ",
    "\n",
    "TOM: ",
    "INT. CELLAR - DAY\n",
    "x",
    "CHAPTER 2\n",
)


def edit(project: Project, dice: random.Random) -> None:
    """Anything that a writer may do."""
    text, book = project.store.text, project.book
    what = dice.randrange(9)
    if what < 3:
        project.store.splice(dice.randrange(len(text) + 1), 0, dice.choice(PIECES))
    elif what < 5 and text:
        at = dice.randrange(len(text))
        project.store.splice(at, min(dice.choice((1, 3, 40)), len(text) - at), "")
    elif book.advance(100) and book.count:
        index = dice.randrange(book.count)
        panels = book.page(index).panels
        if what == 5 and panels:
            change_panels(book, index, {dice.choice(panels).id: {"notes": f"note {dice.random()}"}})
        elif what == 6:
            change_page(book, index, layout=dice.choice(("1 | 1 / 1", "1", "")))
        elif what == 7:
            dice.choice((lambda: insert_page(book, index, PageKind.PAGE), lambda: remove_page(book, index)))()
        else:
            move_page(book, index, dice.randrange(book.count))
    if dice.random() < 0.2:
        project.store.undo()


def same(project: Project) -> None:
    """Both books are the same, page by page."""
    project.book.settle()
    anew = project.anew()
    source = project.book.source()
    assert [page.heading for page in anew.source.pages] == [page.heading for page in source.pages]
    again = type(anew)(source)
    assert project.book.count == again.count
    for index in range(again.count):
        assert project.book.page(index) == again.page(index)


def run(seed: int, steps: int) -> None:
    dice = random.Random(seed)
    project = Project.with_text()
    for _ in range(steps):
        edit(project, dice)
        if dice.random() < 0.4:
            project.book.advance(dice.choice((0.01, 1)))
            if project.book.count:
                project.book.summary(dice.randrange(project.book.count))
    same(project)


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_edited_it_is_the_book_made_anew(seed: int) -> None:
    run(seed, 25)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 400))
def test_whatever_is_edited_it_is_the_book_made_anew_for_long(seed: int) -> None:
    run(seed, 80)


def test_an_edit_makes_one_page_anew() -> None:
    project = Project.with_text(SCRIPT * 4)
    book = project.book
    before = [book.checked(index) for index in range(book.count)]
    project.replace("rubs his eyes", "rubs both eyes")
    after = [book.checked(index) for index in range(book.count)]
    assert [old is new for old, new in zip(before, after, strict=True)].count(False) == 1
    change_panels(book, 5, {after[5].plan.panels[0].id: {"status": "inks"}})
    last = [book.checked(index) for index in range(book.count)]
    assert [old is new for old, new in zip(after, last, strict=True)].count(False) == 1
    project.store.add_record(Section.CHARACTERS, name="Mara")  # the control: this concerns all pages
    assert not any(old is book.checked(index) for index, old in enumerate(last))


def test_places_are_known_before_all_pages_have_been_read() -> None:
    project = Project.with_text(SCRIPT * 12)
    project.store.replace_text(project.store.text + "\nPAGE 99\n\nPANEL 1\nThe end.\n")
    fresh = type(project.book)(project.store, project.script)
    assert fresh.count == 0
    while not fresh.advance(0.001):
        pass
    assert not fresh.settled
    project.book.settle()
    summaries = [fresh.summary(index) for index in range(fresh.count)]
    assert summaries == [project.book.summary(index) for index in range(project.book.count)]
    assert fresh.page(0) == project.book.page(0)
    assert fresh.at_row(fresh.row(7)) == 7
    assert fresh.index_of(fresh.page(3).key) == 3


@pytest.mark.parametrize("count", [1_000, pytest.param(5_000, marks=pytest.mark.soak)])
def test_thousands_of_panels_on_a_page_are_all_there(count: int) -> None:
    numbers = range(1, count + 1)
    panels = "".join(f"PANEL {number}\nStep.\nTOM: {number}\n\n" for number in numbers)
    project = Project.with_text(f"PAGE 1\n\n{panels}PAGE 2\n\nPANEL 1\nThe end.\n")
    page = project.book.page(0)
    assert [panel.label for panel in page.panels] == [str(number) for number in numbers]
    assert page.panels[-1].balloons[0].text == str(count)
    assert page.problems == (f"{count:,} panels are many for a page.",)
    assert len(project.book.page(1).panels) == 1


def test_a_page_looked_at_again_later_is_of_the_bible_as_it_is_then() -> None:
    project = Project.with_text()
    mara = project.store.add_record(Section.CHARACTERS, name="Mara", aliases=["MARA"])
    for turn in range(40):  # what is thrown away leaves its place in memory to what comes after it
        name = f"Mara {turn}"
        project.store.update_record(Section.CHARACTERS, mara, name=name, aliases=["Mara"])
        panels = project.book.page(turn % 2).panels
        assert name in {one for panel in panels for one in panel.characters}


@pytest.mark.parametrize("written", ["spread: 1 | 1", " SPREAD : 1|1", "\uff33pread 1", "spread: 1 |"])
def test_a_layout_for_two_pages_takes_two_however_it_is_spelled(written: str) -> None:
    project = Project.with_text()
    change_page(project.book, 1, layout=written)
    page = project.book.settle().page(1)
    assert (page.numbers, page.side) == ((2, 3), Side.BOTH)
    assert page.width == 2 * page.format.width
    change_page(project.book, 1, layout="1")
    assert project.book.settle().page(1).numbers == (2,)
