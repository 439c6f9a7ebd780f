"""Names: slips are found, people who are only alike are left alone."""

from __future__ import annotations

import pytest

from core.script.hints import Action, Hint, Rule
from tests.hints.reading import hints_of, keeper_of


def scene(*names: str) -> str:
    """A page in which these speak, one balloon a panel."""
    panels = [f"PANEL {at}\n{name}: Yes." for at, name in enumerate(names, 1)]
    pages = [panels[at : at + 5] for at in range(0, len(panels), 5)]
    return "\n".join(line for number, page in enumerate(pages, 1) for line in (f"PAGE {number}", *page))


def about_names(text: str, names: tuple[str, ...] = ()) -> list[Hint]:
    wanted = (Rule.MISSPELT_SPEAKER, Rule.UNKNOWN_SPEAKER)
    return [hint for hint in hints_of(text, names=names) if hint.rule in wanted]


def test_a_slip_of_a_name_that_is_used_often() -> None:
    (hint,) = about_names(scene(*["AKIRA"] * 3, "AKRIA"))
    assert hint.sentence.startswith("Did you mean AKIRA?")
    assert [fix.action for fix in hint.fixes] == [Action.RENAME, Action.KNOW, Action.ESCAPE]
    assert about_names(scene(*["AKIRA"] * 2, "AKRIA")) == [], "two uses make no name"


def test_two_slips_are_mended_together() -> None:
    (hint,) = about_names(scene(*["AKIRA"] * 6, "AKRIA", "AKRIA"))
    assert [fix.action for fix in hint.fixes] == [
        Action.RENAME_ALL,
        Action.RENAME,
        Action.KNOW,
        Action.ESCAPE,
    ]


def test_a_slip_of_a_name_of_the_bible_however_often_it_is_made() -> None:
    (hint,) = about_names(scene(*["AKRIA"] * 4), names=("Akira",))
    assert hint.rule is Rule.MISSPELT_SPEAKER
    assert hint.fixes[0].value == "AKIRA", "in the case of the slip"


@pytest.mark.parametrize(
    ("known", "other"),
    [
        ("GUARD 1", "GUARD 2"),
        ("GUARD", "GUARDS"),
        ("TOM", "TIM"),
        ("LANA", "DANA"),
        ("ALIEN A", "ALIEN B"),
        ("小林", "小森"),
        ("田中太郎", "田中次郎"),
        ("アキラ", "アキオ"),
        ("MARTHA", "MARGOT"),
    ],
)
def test_people_who_are_only_alike(known: str, other: str) -> None:
    assert about_names(scene(*[known] * 3, other)) == []


@pytest.mark.parametrize(
    ("known", "slip"),
    [("ÉLISE", "ELISE"), ("CLEOPATRA", "KLEOPATRA"), ("ショウタロウ", "ショウタロー"), ("MARTHA", "MATHA")],
)
def test_slips(known: str, slip: str) -> None:
    (hint,) = about_names(scene(*[known] * 3, slip))
    assert hint.fixes[0].value == known


def test_nobody_is_unknown_until_there_is_a_bible() -> None:
    text = scene("MARA", "ZED", "ALL", "MARA & TOM", "MARA 2", "MARA ET TOM")
    assert about_names(text) == []
    (hint,) = about_names(text, names=("Mara", "Tom"))
    assert (hint.rule, hint.where) == (Rule.UNKNOWN_SPEAKER, "page 1, panel 2")
    assert hint.sentence.startswith("ZED ")
    assert about_names(scene("MARA", *["ZED"] * 3), names=("Mara",)) == [], "used often is known"


def test_a_name_that_the_writer_vouches_for() -> None:
    keeper = keeper_of(scene(*["AKIRA"] * 3, "AKRIA", "ZED"), names=("Akira",))
    assert len(keeper.hints) == 2
    keeper.set_known(frozenset({"Akria", "Zed"}))
    assert keeper.advance(1000)
    assert len(keeper.hints) == 0


def test_a_word_for_a_crowd_is_no_unknown_person() -> None:
    assert about_names(scene("MARA", "EVERYONE", "LA FOULE", "全員"), names=("Mara",)) == []
