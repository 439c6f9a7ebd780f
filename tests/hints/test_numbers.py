"""Numbers that are wrong are told; renumbering mends them in the writer's own spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.script import parse
from core.script.hints import Rule
from core.script.renumbering import Scope, renumber
from core.script.spelled import NumberText, spell_like
from tests.hints.reading import applied, hints_of

NUMBERS = (Rule.PAGE_NUMBERS, Rule.PANEL_NUMBERS)


def told(text: str) -> list[tuple[int, str]]:
    """The hints on numbers: row, and the first words of the sentence."""
    return [(h.row, h.sentence.split(":")[0]) for h in hints_of(text) if h.rule in NUMBERS]


def pages(*headings: str) -> str:
    """Pages that are told as prose."""
    return "\n\n".join(f"{heading}\nA well." for heading in headings)


@pytest.mark.parametrize(
    ("headings", "wanted"),
    [
        (("PAGE 1", "PAGE 2", "PAGE 3"), []),
        (("PAGE 5", "PAGE 6"), []),
        (("PAGE 1", "PAGES 2-3", "PAGE 4"), []),
        (("PAGE 1", "DOUBLE-PAGE SPREAD 2", "PAGE 4"), None),
        (("PAGE 1", "PAGE", "PAGE #", "PAGE 4"), []),
        (("PAGE 1", "PAGE 2", "PAGE 4", "PAGE 5"), [(6, "Page 4 comes after 2")]),
        (("PAGE 1", "PAGE 2", "PAGE 2", "PAGE 3"), [(6, "There is a page 2 already")]),
        (("PAGE 4", "PAGE 5", "PAGE 3", "PAGE 4"), [(6, "Page 3 comes after 5")]),
        (("PAGE 1", "PAGE 9", "PAGE 3"), [(3, "Page 9 comes after 1")]),
        (("PAGE 1", "PAGE 012", "PAGE 13"), []),
        (("PAGE 01", "PAGE 02", "PAGE 03", "PAGE 05"), [(9, "Page 5 comes after 3")]),
        (("PLANCHE UN", "PLANCHE TROIS"), [(3, "Page 3 comes after 1")]),
        (("ページ１", "ページ３"), [(3, "Page 3 comes after 1")]),
    ],
)
def test_pages(headings: tuple[str, ...], wanted: list[tuple[int, str]] | None) -> None:
    found = told(pages(*headings))
    if wanted is not None:
        assert [row for row, _ in found] == [row for row, _ in wanted]
        assert all(
            sentence.startswith(start) for (_, sentence), (_, start) in zip(found, wanted, strict=True)
        )


def test_pages_by_chapter_or_through_the_book() -> None:
    one, two = pages("PAGE 1", "PAGE 2"), pages("PAGE 3", "PAGE 4")
    assert told(f"CHAPTER 1\n{one}\nCHAPTER 2\n{one}\nCHAPTER 3\n{one}") == []
    assert told(f"CHAPTER 1\n{one}\nCHAPTER 2\n{two}") == []
    assert [row for row, _ in told(f"CHAPTER 1\n{one}\nCHAPTER 2\n{one}\n{pages('PAGE 4')}")] == [12]
    assert [row for row, _ in told(f"{one}\n{one}")] == [5], "no chapter, no beginning anew"


def panels(*numbers: str) -> str:
    return "\n".join(f"PANEL {number}\nA well." for number in numbers)


def test_panels_by_page_or_through_the_book() -> None:
    assert told(f"PAGE 1\n{panels('1', '2')}\nPAGE 2\n{panels('1', '2')}") == []
    assert told(f"PAGE 1\n{panels('1', '2')}\nPAGE 2\n{panels('3', '4')}\nPAGE 3\n{panels('5', '6')}") == []
    assert [row for row, _ in told(f"PAGE 1\n{panels('1', '3')}\nPAGE 2\n{panels('1', '2')}")] == [3]
    assert [row for row, _ in told(f"PAGE 1\n{panels('1', '2', '2a', '3')}\nPAGE 2\n{panels('1')}")] == []
    through = f"PAGE 1\n{panels('1', '2')}\nPAGE 2\n{panels('3', '4')}\nPAGE 3\n{panels('5', '7')}"
    assert [row for row, _ in told(through)] == [13]


RENUMBERED = {
    "digits": ("PAGE 1\nPAGE 4\nPAGE 5", "PAGE 1\nPAGE 2\nPAGE 3"),
    "words": ("PAGE TWELVE\nPAGE TWELVE", "PAGE TWELVE\nPAGE THIRTEEN"),
    "small words": ("Page one\n\nPage three (two panels)", "Page one\n\nPage two (two panels)"),
    "words two languages share": ("PLANCHE CINQ\nPLANCHE CINQ", "PLANCHE CINQ\nPLANCHE SIX"),
    "french again": ("PLANCHE SEPT\nPLANCHE SIX", "PLANCHE SEPT\nPLANCHE HUIT"),
    "full width": ("ページ１\nページ１１", "ページ１\nページ２"),
    "kanji": ("第一ページ\n第十二ページ", "第一ページ\n第二ページ"),
    "circled": ("PAGE 1\n①\nA.\n③\nB.\n④\nC.", "PAGE 1\n①\nA.\n②\nB.\n③\nC."),
    "roman": ("PAGE I\nPAGE IV", "PAGE I\nPAGE II"),
    "spreads": ("PAGE 1\nPAGES 4-5\nPAGE 6", "PAGE 1\nPAGES 2-3\nPAGE 4"),
    "spreads in words": ("PAGE 1\nPAGES SIX AND SEVEN", "PAGE 1\nPAGES TWO AND THREE"),
    "forced stay": ("PAGE 1\nPAGE 012\nPAGE 4", "PAGE 1\nPAGE 012\nPAGE 13"),
    "zeros as a style": ("PAGE 01\nPAGE 02\nPAGE 03\nPAGE 07", "PAGE 01\nPAGE 02\nPAGE 03\nPAGE 04"),
    "automatic stay": ("PAGE 1\nPAGE #\nPAGE 7", "PAGE 1\nPAGE #\nPAGE 3"),
    "letters become numbers": ("PAGE 1\nPANEL 1\nPANEL 1a\nPANEL 2", "PAGE 1\nPANEL 1\nPANEL 2\nPANEL 3"),
    "page and panel": ("P1C1\nA.\nP1C3\nB.\nP3C1\nC.", "P1C1\nA.\nP1C2\nB.\nP2C1\nC."),
    "page.panel": ("PAGE 1\nPAGE 3\n3.1\nA.\n3.4\nB.", "PAGE 1\nPAGE 2\n2.1\nA.\n2.2\nB."),
    "chapters": (
        "CHAPTER 1\nPAGE 1\nPAGE 2\nCHAPTER 2\nPAGE 1\nPAGE 3",
        "CHAPTER 1\nPAGE 1\nPAGE 2\nCHAPTER 2\nPAGE 1\nPAGE 2",
    ),
    "decorated": ("## **PAGE 1** – Dusk\n## **PAGE 3** – Dawn", "## **PAGE 1** – Dusk\n## **PAGE 2** – Dawn"),
}


@pytest.mark.parametrize("name", RENUMBERED)
def test_renumbering_keeps_the_writers_spelling(name: str) -> None:
    text, wanted = RENUMBERED[name]
    result = renumber(parse(text))
    assert applied(text, result.edits) == wanted
    assert renumber(parse(wanted)).changed == 0


def test_automatic_marks_become_numbers_on_wish() -> None:
    text = "PAGE 1\nPanel\nA.\n\nPanel\nB.\nPAGE #\nPAGE :\nコマ\nC.\n"
    result = renumber(parse(text), Scope(fill=True))
    assert applied(text, result.edits) == "PAGE 1\nPanel 1\nA.\n\nPanel 2\nB.\nPAGE 2\nPAGE 3 :\nコマ 1\nC.\n"


def test_renumbering_from_a_number_of_ones_own() -> None:
    text = "PAGE 3\nPAGE 4\nPAGE 9"
    assert applied(text, renumber(parse(text)).edits) == "PAGE 3\nPAGE 4\nPAGE 5"
    assert applied(text, renumber(parse(text), Scope(start=1)).edits) == "PAGE 1\nPAGE 2\nPAGE 3"


def test_what_cannot_be_spelled_is_left_and_said() -> None:
    text = "PAGE 1\n" + "\n".join(f"{chr(0x2460 + n)}\nA." for n in [*range(20), 18])
    result = renumber(parse(text))
    assert (result.changed, result.left) == (0, 1)


HEADINGS = st.sampled_from(
    ["PAGE 1", "PAGE 2", "PAGE 7", "PAGES 4-5", "PAGE", "PAGE #", "PANEL 1", "PANEL 3", "Panel", "①", "③",
     "3.2", "PAGE TWO", "ページ４", "コマ２", "PANELS 2-3", "CHAPTER 2", "A well.", "", "PANEL 2a",
     "PAGE 3, Panel 2", "P2C3", "PAGE 012", "PLANCHE SIX"]
)  # fmt: skip


@given(st.lists(HEADINGS, max_size=14).map("\n".join))
def test_renumbering_is_done_once_and_leaves_no_hint_on_numbers(text: str) -> None:
    script = parse(text)
    result = renumber(script, Scope(start=1))
    after = applied(text, result.edits)
    assert [line.kind for line in map(script.line, range(len(script.lines)))] == [
        line.kind for line in map(parse(after).line, range(len(script.lines)))
    ]
    assert renumber(parse(after)).changed == 0
    if not (result.left or result.kept):
        assert told(after) == []


@given(
    st.integers(1, 89),
    st.sampled_from(["3", "03", "12", "３", "Ⅲ3", "III", "THREE", "Trois", "三", "二三", "n°4", "#7"]),
)
def test_a_number_is_read_as_it_was_spelled(value: int, old: str) -> None:
    from core.script.numbers import numbers_of

    text = NumberText(old).spelled(value)
    assert text is not None
    narrow = text.translate(str.maketrans("０１２３４５６７８９Ⅲ", "0123456789 "))
    assert numbers_of(narrow.strip(), None) == (value,)


def test_spelling_keeps_the_case_and_the_language() -> None:
    assert spell_like("Twelve", 22) == "Twenty-two"
    assert spell_like("SIX", 8, "fr") == "HUIT"
    assert spell_like("SIX", 8, "en") == "EIGHT"
    assert spell_like("⑳", 21) is None


def test_automatic_numbers_follow_the_way_the_script_counts() -> None:
    chapters = "CHAPTER 1\nPAGE 1\nA.\n\nPAGE\nB.\nCHAPTER 2\nPAGE {}\nA.\n\nPAGE\nB.\nCHAPTER 3\n\nPAGE\nC."
    anew, through = parse(chapters.format(1)), parse(chapters.format(3))
    assert [page.numbers[0] for page in anew.pages] == [1, 2, 1, 2, 1]
    assert [page.numbers[0] for page in through.pages] == [1, 2, 3, 4, 5]
    for script in (anew, through):
        filled = parse(applied(script.lines.text(), renumber(script, Scope(fill=True)).edits))
        assert [page.numbers for page in filled.pages] == [page.numbers for page in script.pages]
