"""Each rule speaks where it should, and nowhere else."""

from __future__ import annotations

import pytest

from core.script.hints import Limit, Rule, Severity, Sides, Thresholds
from core.script.hints.words import weigh
from tests.hints.reading import hints_of, keeper_of, rules


def words(count: int) -> str:
    """So many words."""
    return " ".join(["word"] * count)


def page(*lines: str) -> str:
    """A page with one panel that has a picture and these lines."""
    return "\n".join(("PAGE 1", "PANEL 1", "A well.", *lines))


@pytest.mark.parametrize(
    ("count", "severity"), [(25, None), (26, Severity.HINT), (40, Severity.HINT), (41, Severity.WARN)]
)
def test_words_in_a_balloon(count: int, severity: Severity | None) -> None:
    found = [h for h in hints_of(page(f"MARA: {words(count)}")) if h.rule is Rule.BALLOON_WORDS]
    assert [hint.severity for hint in found] == ([severity] if severity else [])
    assert all(hint.sentence.startswith(f"{count} words in one balloon") for hint in found)


def test_words_of_a_speech_below_its_name_are_counted_together() -> None:
    text = page("", "MARA", words(20), words(20), "", "TOM: Yes.")
    assert (Rule.BALLOON_WORDS, 4) in rules(hints_of(text))


def test_words_in_a_panel_and_on_a_page() -> None:
    assert rules(hints_of(page(*[f"MARA: {words(12)}"] * 3))) == [(Rule.PANEL_WORDS, 1)]
    panels = [line for number in range(1, 8) for line in (f"PANEL {number}", f"MARA: {words(24)}")]
    assert rules(hints_of("\n".join(("PAGE 1", *panels[:12])))) == []
    panels += ["TOM: Nine times nine is far too many, said the old man to the well, and he laughed."] * 3
    assert (Rule.PAGE_WORDS, 0) in rules(hints_of("\n".join(("PAGE 1", *panels))))


@pytest.mark.parametrize(("count", "severity"), [(3, None), (4, Severity.HINT), (6, Severity.WARN)])
def test_balloons_in_a_panel(count: int, severity: Severity | None) -> None:
    found = hints_of(page(*["MARA: No."] * count, "SFX: DRIP", "SFX: DRIP"))
    assert [hint.severity for hint in found] == ([severity] if severity else [])


def test_one_heading_for_three_panels_has_the_room_of_three() -> None:
    text = "\n".join(("PAGE 1", "PANELS 1-3", "A well.", *["MARA: No."] * 9))
    assert hints_of(text) == []
    assert rules(hints_of(text + "\nTOM: Yes.")) == [(Rule.BALLOONS, 1)]


def test_panels_on_a_page() -> None:
    panels = "\n".join(f"PANEL {number}\nA well." for number in range(1, 9))
    assert rules(hints_of(f"PAGE 1\n{panels}")) == [(Rule.PANELS, 0)]


def test_promised_panels() -> None:
    assert hints_of("PAGE 1 (1 panel)\nPANEL 1\nA well.") == []
    (hint,) = hints_of("PAGE 1 (five panels)\nPANEL 1\nA well.")
    assert (hint.rule, hint.columns, hint.fix and hint.fix.value) == (Rule.STATED_PANELS, (8, 12), "1")
    assert hints_of("PAGE 1 (five panels)\nA page told as prose.") == [], (
        "a page without panels is a way to write"
    )


def test_an_empty_panel_but_never_a_silent_one() -> None:
    text = "PAGE 1\nPANEL 1\nA well, and nothing else.\nPANEL 2: Rain.\nPANEL 3\n\nPANEL 4\n[[which way?]]"
    assert rules(hints_of(text)) == [(Rule.EMPTY_PANEL, 4)]


def test_a_page_of_empty_panels_is_told_once() -> None:
    assert rules(hints_of("PAGE 1\nPANEL 1\n\nPANEL 2\n\nPANEL 3\n")) == [(Rule.EMPTY_PANEL, 0)]


LTR, RTL = Sides("ltr"), Sides("rtl")
INSIDE = Sides("ltr", "left")
"""Page 1 on the left, as when the inside of the cover is drawn."""


@pytest.mark.parametrize(
    ("sides", "even_is_turned_to"),
    [(LTR, True), (RTL, True), (INSIDE, False), (Sides("rtl", "right"), False), (Sides("rtl", "left"), True)],
)
def test_spreads_and_reveals_follow_the_sides(sides: Sides, even_is_turned_to: bool) -> None:
    pages = [f"PAGE {n}\nPANEL 1\nA well." for n in range(1, 4)]
    even = "\n".join((*pages, "PAGES 4-5\nA sea.", "PAGE 6\n[[reveal]]\nPANEL 1\nA well."))
    odd = "\n".join((*pages, "PAGE 4\nx", "PAGES 5-6\nA sea.", "PAGE 7\n[[reveal]]\nPANEL 1\nA well."))
    wrong = odd if even_is_turned_to else even
    right = even if even_is_turned_to else odd
    assert hints_of(right, sides=sides) == []
    assert [hint.rule for hint in hints_of(wrong, sides=sides)] == [Rule.SPREAD, Rule.REVEAL]


@pytest.mark.parametrize(
    "line",
    [
        "[[reveal: the dog]]",
        "[[Révélation]]",
        "[[めくり]]",
        "NOTE: reveal",
        "REVEAL: The dog.",
        "[[page turn reveal]]",
    ],
)
def test_the_ways_to_mark_a_reveal(line: str) -> None:
    text = f"PAGE 2\nPANEL 1\nA.\nPAGE 3\nPANEL 1\nA well.\n{line}\nPAGE 4 - REVEAL\nPANEL 1\nA."
    assert [hint.rule for hint in hints_of(text)] == [Rule.REVEAL]
    other = text.replace(line, "She reveals nothing.")
    assert hints_of(other) == []


def test_a_reveal_on_the_first_page_is_seen_first() -> None:
    assert hints_of("PAGE 1\n[[reveal]]\nPANEL 1\nA well.") == []


def test_japanese_is_measured_by_characters() -> None:
    assert weigh("「はい」と言った。") == (0, 6)
    assert weigh("Mara はい") == (1, 2)
    assert weigh("Quoi ? — Non !") == (2, 0)
    text = "ページ1\nコマ1\n井戸。\nマラ「{}」"
    assert hints_of(text.format("あ" * 62)) == []
    (hint,) = hints_of(text.format("あ" * 63))
    assert hint.sentence.startswith("63 characters in one balloon: more than 62")


def test_limits_can_be_set_and_rules_switched_off() -> None:
    text = page(f"MARA: {words(26)}")
    assert hints_of(text, limits=Thresholds(balloon_words=Limit(26, 40))) == []
    assert hints_of(text, limits=Thresholds(off=frozenset({Rule.BALLOON_WORDS}))) == []
    keeper = keeper_of(text)
    keeper.set_limits(Thresholds(off=frozenset(Rule)))
    assert keeper.advance(1000)
    assert len(keeper.hints) == 0


LONG = f"MARA: {words(30)}"


@pytest.mark.parametrize(
    ("note", "left"),
    [
        ("[[hint off: balloon-words]]", []),
        ("[[hint off]]", []),
        ("[[sans conseil]]", []),
        ("[[ヒントなし]]", []),
        ("[[hint off: words, numbers]]", []),
        ("[[hint off: balloons]]", [Rule.BALLOON_WORDS]),
        ("[[hints are nice]]", [Rule.BALLOON_WORDS]),
    ],
)
def test_a_note_hushes_its_panel_and_no_other(note: str, left: list[Rule]) -> None:
    text = f"PAGE 1\nPANEL 1\nA well.\n{note}\n{LONG}\nPANEL 2\n{LONG}"
    assert [h.rule for h in hints_of(text)] == [*left, Rule.BALLOON_WORDS]


def test_a_note_before_the_panels_hushes_the_page_and_one_before_the_pages_the_script() -> None:
    text = f"PAGE 1\n[[hint off]]\nPANEL 1\n{LONG}\nPAGE 2\nPANEL 1\n{LONG}"
    assert rules(hints_of(text)) == [(Rule.BALLOON_WORDS, 6)]
    assert hints_of(f"[[hint off: words]]\n\n{text}") == []
    assert hints_of(f"CHAPTER 1\n[[hint off: words]]\n\n{text}") == []
    assert rules(hints_of(f"PANEL 1\n[[hint off]]\n{text}")) == [(Rule.BALLOON_WORDS, 8)]


def test_hints_say_where_they_are() -> None:
    text = f"Some panels first.\n\nPAGES 2-3\nPANEL 4\n{LONG}\n{LONG}"
    assert {hint.where for hint in hints_of(text)} >= {"page 2–3, panel 4"}
    assert hints_of(f"PANEL 1\n{LONG}")[0].where == "panel 1"


def test_a_good_page_has_no_hints_in_any_language() -> None:
    for text in (
        "PAGE 1 (2 panels)\nPANEL 1\nA well.\nMARA: Who is there?\nPANEL 2\nNobody.",
        "PLANCHE UN\nCASE 1\nUn puits.\nMARA : Qui est là ?\nCASE 2\nPersonne.",
        "ページ１（２コマ）\nコマ１\n井戸。\nマラ「だれ？」\nコマ２\nだれもいない。",
    ):
        assert hints_of(text) == []


def test_margin_figures_come_near_the_limit() -> None:
    keeper = keeper_of(page(f"MARA: {words(19)}", "TOM: Yes.", "MARA: No."))
    assert [keeper.note(row) for row in range(6)] == [("1 panel · 21 w", "margin"), *[None] * 5]
    keeper = keeper_of(page(f"MARA: {words(20)}", f"TOM: {words(41)}"))
    assert keeper.note(3) == ("20", "margin")
    assert keeper.note(4) == ("41!!", "margin-over"), "past a limit can be told without colours"
    assert keeper.note(1) == ("61 w!!", "margin-over")
