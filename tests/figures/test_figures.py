"""The figures of a script are those that one counts by hand, and agree with the parser's own sums."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from core.script import Script, parse
from core.script.figures import Figures, FiguresMaker, Words, as_json, figures, sparkline
from core.script.places import place_name
from tests.figures.scripts import ENGLISH, FRENCH, JAPANESE


def of(text: str) -> Figures:
    """The figures of a text."""
    return figures(parse(text))


def test_speakers_are_counted_by_hand() -> None:
    mara, joss = of(ENGLISH).speakers
    assert (mara.name, mara.balloons, mara.size.words, mara.pages, mara.panels) == ("MARA", 3, 15, 2, 3)
    assert (mara.first.label, mara.last.label, mara.longest.size.words) == ("1.1", "2–3.2", 8)
    assert (joss.name, joss.balloons, joss.size.words, joss.pages, joss.panels) == ("JOSS", 2, 6, 2, 2)


def test_signs_that_stand_apart_are_no_lettered_words() -> None:
    text = "PLANCHE 1\n\nCASE 1\n\nMARA\n« Qui est là ? »\nMoi !\n"
    found = of(text)
    assert found.pages[0].size.words == found.lettered.words == parse(text).statistics().lettered_words == 4


def test_pages_and_panels_are_counted_by_hand() -> None:
    found = of(ENGLISH)
    assert [
        (page.at.label, page.count, page.panels, page.balloons, page.captions, page.sfx)
        for page in found.pages
    ] == [
        ("1", 1, 3, 3, 1, 1),
        ("2–3", 2, 2, 2, 0, 0),
        ("4", 1, 1, 0, 0, 0),
    ]
    assert [(panel.at.label, panel.size.words) for panel in found.panels()] == [
        ("1.1", 9), ("1.2", 11), ("1.3", 1), ("2–3.1", 0), ("2–3.2", 2), ("4.1", 0),
    ]  # fmt: skip


def test_a_place_is_one_at_any_time_of_day_and_lasts_until_the_next() -> None:
    harbour, cabin = of(ENGLISH).places
    assert (harbour.name, harbour.scenes, harbour.pages, harbour.first.label) == ("HARBOUR", 2, 3, "1")
    assert (cabin.name, cabin.scenes, cabin.pages) == ("CABIN", 1, 1)


def test_a_chapter_ends_a_place() -> None:
    text = "PAGE 1\nINT. CABIN\nPANEL 1\n\nCHAPTER 2\n\nPAGE 2\nPANEL 1\n"
    assert of(text).places[0].pages == 1
    assert of(text.replace("CHAPTER 2\n", "")).places[0].pages == 2  # the control


def test_japanese_is_counted_by_its_characters() -> None:
    found = of(JAPANESE)
    assert found.mostly_cjk
    assert not of(FRENCH).mostly_cjk
    assert {one.name: (one.balloons, one.size.cjk) for one in found.speakers} == {
        "譲": (2, 4),
        "真奈": (1, 9),
    }
    assert [(place.name, place.scenes, place.pages) for place in found.places] == [("港・桟橋", 2, 2)]
    assert found.longest[0].speaker == "真奈"


def test_lengths_of_both_ways_of_writing_can_be_compared() -> None:
    assert Words(1, 20).weight == Words(10, 0).weight


def test_the_times_of_day_are_no_part_of_a_place() -> None:
    names = {
        "KITCHEN - NIGHT": "KITCHEN",
        "KITCHEN, EARLY MORNING": "KITCHEN",
        "CUISINE – NUIT": "CUISINE",
        "屋上（夜）": "屋上",
        "駅前・朝": "駅前",
        "NIGHT CLUB": "NIGHT CLUB",
        "JOHN'S FLAT - BEDROOM": "JOHN'S FLAT - BEDROOM",
        "Night": "Night",
    }
    assert {title: place_name(title) for title in names} == names


def test_the_old_names_stay_in_the_json_and_the_lists_come_after_them() -> None:
    found = as_json(of(ENGLISH))
    assert list(found)[:6] == ["pages", "panels", "chapters", "words", "characters", "dialogues"]
    assert (found["pages"], found["panels"], found["chapters"], found["dialogues"]) == (4, 6, 1, 5)
    assert found["speakers"][0]["first"] == {"at": "1.1", "line": 10}
    assert found["per_page"][1]["page"] == "2–3"
    assert found["longest"][0]["text"] == "You never told me it would be cold."


def test_an_empty_script_has_figures() -> None:
    found = of("")
    assert (found.speakers, found.pages, found.places, found.longest) == ([], [], [], [])
    assert as_json(found)["pages"] == 0


def test_counting_in_slices_begins_anew_when_the_script_changes() -> None:
    script = Script(ENGLISH * 60)
    maker = FiguresMaker(script)
    slices = 0
    while not maker.advance(0.5):
        slices += 1
        if slices == 3:
            script.splice(0, 0, ENGLISH)
    assert slices > 3
    assert as_json(maker.figures) == as_json(of(ENGLISH * 61))


LINES = (
    *(
        "PAGE 1",
        "PAGE",
        "PAGES 4-5",
        "PLANCHE 3 :",
        "2ページ",
        "PANEL 1",
        "PANELS 2-4",
        "CASE 2 :",
        "1コマ目",
    ),
    *("CHAPTER 2: Rain", "SCENE 3", "INT. KITCHEN - DAY", "〇港（夜）", "MARA: Who is there?", "MARA"),
    *("Joss (off): No.", "真奈「寒い」", "Not now, later.", "(A door.)", "CAPTION: Then.", "SFX: BANG"),
    *("SIGN: Exit", "[[ask]]", "", ""),
)


@settings(max_examples=150, deadline=None)
@given(rows=st.lists(st.sampled_from(LINES), max_size=30))
def test_what_is_told_of_parts_adds_up_to_what_is_told_of_the_whole(rows: list[str]) -> None:
    script = parse("\n".join(rows))
    found, totals = figures(script), script.statistics()
    assert found.totals == totals
    assert sum(page.count for page in found.pages) == totals.pages
    assert sum(panel.count for panel in found.panels()) == totals.panels
    assert found.lettered.words == totals.lettered_words
    assert sum(one.balloons for one in found.speakers) == totals.dialogues
    assert {one.name: one.balloons for one in found.speakers} == script.speakers()
    assert sum(place.scenes for place in found.places) == sum(row.startswith(("INT.", "〇")) for row in rows)


def test_a_sparkline_is_as_long_as_its_values_or_its_room() -> None:
    assert sparkline([1, 2, 4, 8], 20) == "▁▂▄█"
    assert sparkline([0, 5], 20) == "·█"
    assert len(sparkline(list(range(3000)), 70)) == 70
    assert sparkline(list(range(3000)), 8) == "▁▂▃▄▅▆▇█"
    assert sparkline([], 8) == sparkline([3], 0) == ""


@given(values=st.lists(st.integers(0, 500), min_size=1, max_size=300), width=st.integers(1, 100))
def test_no_value_falls_out_of_a_sparkline(values: list[int], width: int) -> None:
    line = sparkline(values, width)
    assert len(line) == min(len(values), width)
    assert ("·" in line) <= (0 in values)
