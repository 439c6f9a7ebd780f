"""Pages say what the script says: panels, words, places, sides; and differ only where a record says so."""

from __future__ import annotations

import pytest

from core.assembly.book.sequence import PageKind
from core.assembly.book.writing import (
    bring_back,
    change_page,
    change_panels,
    insert_page,
    move_page,
    order_balloons,
    place_balloon,
    remove_page,
)
from core.assembly.drawing.sketch import who
from core.assembly.plan import BalloonKind, PanelStatus, Side
from core.bible import link_scene
from core.story import Section
from tests.assembly.pages.project import Project


def test_a_page_holds_what_its_script_says() -> None:
    project = Project.with_text()
    project.store.add_record(Section.CHARACTERS, name="Mara")
    project.store.add_record(Section.BACKGROUNDS, name="Kitchen")
    page = project.book.page(0)
    first, second, third = page.panels
    assert [panel.label for panel in page.panels] == ["1", "2", "3"]
    assert first.description == "Mara stands at the window, rain on the glass."
    assert first.characters == ("Mara",)
    assert [panel.background for panel in page.panels] == ["Kitchen"] * 3
    assert [(one.kind, one.speaker, one.text) for one in second.balloons] == [
        (BalloonKind.THOUGHT, "TOM", "Not again, not tonight."),
        (BalloonKind.CAPTION, "", "Ten minutes earlier."),
    ]
    assert first.balloons[0].tail is None  # she is not in the picture
    assert third.balloons[0].kind is BalloonKind.SFX
    assert [one.order for panel in page.panels for one in panel.balloons] == [1, 2, 3, 4]
    lines = project.script.lines
    assert lines[first.row] == "PANEL 1"
    assert "Not again" in lines[second.balloons[0].row]
    assert project.book.page(1).panels[0].balloons[0].kind is BalloonKind.WHISPER
    assert "keep the lamp" in project.book.page(1).panels[0].remarks
    assert project.book.page(1).panels[0].background == "Kitchen"  # the scene goes on


def test_a_speaker_called_by_another_name_is_who_stands_in_the_panel() -> None:
    project = Project.with_text()
    project.store.add_record(Section.CHARACTERS, name="Salome", aliases=["Tom"])
    panel = project.book.page(0).panels[1]
    assert panel.characters == ("Salome",)
    assert [(one.speaker, one.voices) for one in panel.balloons] == [("TOM", ("Salome",)), ("", ())]
    assert who(panel.balloons[0], panel.characters) == "Salome"  # so that the tail finds her head


@pytest.mark.parametrize(
    ("direction", "sides"),
    [
        ("ltr", [Side.RIGHT, Side.LEFT, Side.BOTH, Side.RIGHT]),
        ("rtl", [Side.LEFT, Side.RIGHT, Side.BOTH, Side.LEFT]),
        ("vertical", [Side.SINGLE] * 4),
    ],
)
def test_sides_follow_the_direction(direction: str, sides: list[Side]) -> None:
    book = Project.with_text(direction=direction).book
    assert [book.page(index).side for index in range(book.count)] == sides
    assert book.page(2).numbers == (3, 4)
    if direction == "vertical":
        assert not any(book.page(index).page_turn for index in range(book.count))
    else:
        assert [book.page(index).page_turn for index in range(4)] == [True, False, False, False]


def test_a_spread_that_does_not_fall_on_two_facing_pages_is_said() -> None:
    project = Project.with_text()
    assert "face each other" in "".join(project.book.page(2).problems)  # 3–4: a leaf is between them
    insert_page(project.book, 0, PageKind.BLANK)
    assert project.book.page(3).numbers == (4, 5)
    assert project.book.page(3).problems == ()


def test_panels_without_headings_are_one_and_several_on_a_heading_are_several() -> None:
    text = "PAGE 1 (SPLASH)\nThe city.\nMARA: Home.\n\nPAGE 2\n\nPANELS 1-3\nShe falls.\nSFX: AAH\n\n"
    text += "PAGE 3 (4 panels)\nNothing yet.\n"
    book = Project.with_text(text).book
    splash, several, stated = (book.page(index) for index in range(3))
    assert [len(page.panels) for page in (splash, several, stated)] == [1, 3, 4]
    assert splash.panels[0].balloons[0].text == "Home."
    assert [len(panel.balloons) for panel in several.panels] == [1, 0, 0]
    assert len({panel.id for panel in several.panels}) == 3
    assert not book.summary(2).differs


def test_pages_are_inserted_left_out_and_moved_each_in_one_step() -> None:
    project = Project.with_text()
    book = project.book

    def titles() -> list[str]:
        return [book.page(at).title or f"{book.row(at)}" for at in range(book.count)]

    before = titles()
    cover = insert_page(book, -1, PageKind.COVER)
    blank = insert_page(book, 1, PageKind.BLANK)
    assert [book.page(0).key, book.page(2).key] == [cover, blank]
    assert (book.page(0).numbers, book.page(0).side) == ((0,), Side.RIGHT)
    assert [book.page(at).numbers[0] for at in range(1, book.count)] == [1, 2, 3, 4, 6]
    newer = insert_page(book, 1)
    assert [book.page(at).key for at in (2, 3)] == [newer, blank]
    for _ in range(3):
        project.store.undo()
    assert titles() == before
    assert remove_page(book, 1)
    assert titles() == [before[0], *before[2:]]
    assert bring_back(book, [one.id for one in book.left_out[0].records])
    assert move_page(book, 3, 0)
    assert titles() == [before[3], *before[:3]]
    assert book.summary(0).agreed
    assert move_page(book, 0, 3)
    assert titles() == before
    assert not book.summary(3).agreed
    project.store.undo()
    project.store.undo()
    assert titles() == before


def test_a_linked_scene_says_where_its_pages_play_and_a_writer_knows_better() -> None:
    project = Project.with_text()
    store, book = project.store, project.book
    mark = [f"{page.heading} {page.mark}" for page in (book.script_page(at) for at in range(4))]
    pier = store.add_record(Section.BACKGROUNDS, name="Pier")
    store.add_record(Section.SCENES, background=pier, first_page=mark[2], last_page=mark[2])
    where = [[panel.background for panel in book.page(at).panels] for at in range(3)]
    assert where == [["KITCHEN"] * 3, ["KITCHEN"] * 2, ["Pier"] * 2]
    change_panels(book, 2, {project.panel(2, 0): {"background": "The sky"}})
    assert [panel.background for panel in book.page(2).panels] == ["The sky", "Pier"]
    words = project.cut("PAGES 3-4", "PAGE 5")
    project.paste(words)
    assert [panel.background for panel in book.page(book.count - 1).panels] == ["The sky", "Pier"]


def test_two_pages_that_follow_each_other_both_stay_in_the_book() -> None:
    project = Project.with_text()
    one = insert_page(project.book, 0, title="one")
    two = insert_page(project.book, 0, title="two")
    for follower, leader in ((one, two), (two, one)):  # as two machines may have said at the same time
        project.store.update_record(Section.ASSEMBLY, follower, after=leader)
    keys = [project.book.page(at).key for at in range(project.book.count)]
    assert sorted(keys.count(key) for key in (one, two)) == [1, 1]


def test_a_balloon_keeps_its_place_when_words_before_it_come_and_go() -> None:
    project = Project.with_text()
    book, panel = project.book, project.panel(0, 1)
    place_balloon(book, 0, panel, 2, {"x": 0.5, "y": 0.6, "w": 0.4, "h": 0.3})
    caption = book.page(0).panels[1].balloons[1]
    assert caption.placed
    project.replace("TOM (thinks)", "MARA: Tom?\nTOM (thinks)")
    after = book.page(0).panels[1].balloons
    assert [one.placed for one in after] == [False, False, True]
    assert after[2].box == caption.box
    project.replace("MARA: Tom?\n", "")
    project.replace("TOM (thinks): Not again, not tonight.\n", "")
    assert [(one.text, one.placed) for one in book.page(0).panels[1].balloons] == [
        ("Ten minutes earlier.", True)
    ]


def test_the_order_of_balloons_is_the_writers() -> None:
    project = Project.with_text()
    book, panel = project.book, project.panel(0, 1)
    assert order_balloons(book, 0, panel, [2, 1])
    assert [one.number for one in book.page(0).panels[1].balloons] == [2, 1]
    place_balloon(book, 0, panel, 1, {"x": 0.1, "y": 0.1, "w": 0.4, "h": 0.3})
    assert [one.number for one in book.page(0).panels[1].balloons] == [2, 1]
    assert order_balloons(book, 0, panel, [1, 2])
    assert [one.number for one in book.page(0).panels[1].balloons] == [1, 2]


def test_what_makes_no_sense_in_a_record_is_passed_over() -> None:
    project = Project.with_text()
    panel = project.panel(0, 0)
    change_page(project.book, 0, layout="1 | nonsense", kind="cover", number=-5)
    record = project.book.page(0).key
    odd: dict[str, object] = {
        "status": ["inks"],
        "characters": "Mara",
        "balloon:1": {"x": "a", "y": None, "w": 1e300, "h": -1, "order": True},
        "balloon:x": 3,
        "words": "no list",
    }
    project.store.update_record(
        Section.ASSEMBLY, record, **{f"panel:{panel}:{name}": value for name, value in odd.items()}
    )
    project.store.update_record(Section.ASSEMBLY, record, **{"panel:": 1, "panel:x": 2, "panel:a:b:": 3})
    page = project.book.page(0)
    assert page.panels[0].status is PanelStatus.SCRIPT
    assert not page.panels[0].balloons[0].placed
    assert "column 5" in page.problems[0]
    change_panels(project.book, 0, {panel: {"status": "inks"}})
    assert project.book.page(0).panels[0].status is PanelStatus.INKS


def test_places_whose_names_differ_by_an_accent_are_two_here_as_in_the_bible() -> None:
    text = "PAGE 1\n\nINT. CAFÉ - DAY\n\nPANEL 1\nCups.\n\nPAGE 2\n\nINT. CAFE - DAY\n\nPANEL 1\nRain.\n"
    project = Project.with_text(text)
    for name in ("Cafe", "Café"):
        project.store.add_record(Section.BACKGROUNDS, name=name)
    assert [project.book.page(at).panels[0].background for at in (0, 1)] == ["Café", "Cafe"]


def test_a_scene_of_an_older_program_names_its_place_by_the_id_it_had_there() -> None:
    project = Project.with_text("PAGE 1\n\nPANEL 1\nCups.\n")
    project.store.put_raw(Section.BACKGROUNDS, "b" * 8, {"id": "bg-17", "name": "Kitchen"})
    scene = project.store.add_record(Section.SCENES, title="One", background="bg-17")
    link_scene(project.store, project.script, scene, 0, 0)
    assert project.book.page(0).panels[0].background == "Kitchen"
