"""Names are matched as scripts write them, and nobody is silently taken for somebody else."""

from __future__ import annotations

import warnings
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.bible import Alike, Cast, present_in
from core.bible.naming import plain_name
from core.script import parse
from core.script.manuscript import manuscript
from tests.bible.people import cast, person


@pytest.mark.parametrize(
    ("bible", "written", "meant"),
    [
        ("Élodie", "ÉLODIE", "Élodie"),
        ("Élodie", "ELODIE", "Élodie"),
        ("Mara", "Maro", None),
        ("Elodie", "E\u0301LODIE", "Elodie"),
        ("Akira", "ＡＫＩＲＡ", "Akira"),
        ("O'Brien", "O’BRIEN", "O'Brien"),
        ("Old Tom", "OLD  TOM", "Old Tom"),
        ("Old Tom", "TOM", None),
        ("小林", "小林", "小林"),
        ("Guard", "GUARD 2", None),
    ],
)
def test_a_cue_finds_its_character(bible: str, written: str, meant: str | None) -> None:
    found = cast(bible, "Somebody Else").find(written)
    assert (found.name if found else None) == meant


def test_an_alias_is_the_same_person_and_a_name_goes_before_an_alias() -> None:
    people = Cast([person("Mara", "The Captain", "Bo"), person("Bo")])
    assert [people.find(name).name for name in ("the captain", "BO", "bo")] == ["Mara", "Bo", "Bo"]  # type: ignore[union-attr]


def test_names_that_differ_by_an_accent_are_two_people_each_with_its_own_spelling() -> None:
    people = cast("Élodie", "Elodie")
    assert [people.find(name).name for name in ("ÉLODIE", "ELODIE", "elodie", "Élodie")] == [  # type: ignore[union-attr]
        *("Élodie", "Elodie", "Elodie", "Élodie")
    ]
    (double,) = people.doubles()
    assert (double.first_name, double.second_name, double.alike) == ("Élodie", "Elodie", Alike.ACCENT)
    assert "accents" in double.sentence


def test_names_that_differ_by_case_are_hinted_and_found_as_written() -> None:
    people = Cast([person("akira"), person("Akira", "Kid"), person("Ken", "KID")])
    found = {name: people.find(name) for name in ("Akira", "AKIRA", "akira")}
    first, second, _ = people.characters
    assert found == {"Akira": second, "AKIRA": first, "akira": first}
    assert [(one.first_name, one.second_name, one.alike) for one in people.doubles()] == [
        ("akira", "Akira", Alike.CASE),
        ("Kid", "KID", Alike.CASE),
    ]
    assert not cast("Akira", "Akio").doubles()


def test_many_records_of_one_name_are_hinted_each_once() -> None:
    people = Cast([replace(person(f"{number}"), name="Ann") for number in range(300)])
    found = people.doubles()
    assert [one.alike for one in found] == [Alike.SAME] * 299
    assert {one.first.id for one in found} == {people.characters[0].id}


def test_several_speakers_are_found_one_by_one_and_a_crowd_is_nobody() -> None:
    people = cast("Mara", "ジャン・ピエール")
    names = {
        "MARA & TOM": ["Mara", "TOM"],
        "MARA/TOM": ["Mara", "TOM"],
        "TOM & BO": ["TOM", "BO"],
        "TOM/BO": ["TOM", "BO"],
        "ジャン・ピエール": ["ジャン・ピエール"],
        "アン・リン": ["アン・リン"],
        "ALL": [],
        "MARA AND ALL": ["Mara"],
        "MARA & mara": ["Mara"],
    }
    assert {written: [one.name for one in people.speakers(written)] for written in names} == names


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Mara waits. Rose, too.", ["Mara", "Rose"]),
        ("A rose for Mara's mother.", ["Mara"]),
        ("MARA and ROSE.", ["Mara", "Rose"]),
        ("Marathon. Tamara.", []),
        ("Elodie, then Mara, then Élodie.", ["Élodie", "Mara"]),
        ("小林が立つ。大小林はいない。", ["小林"]),
        ("小林先生と、さくらは笑う。", ["小林", "さくら"]),
        ("さくらんぼ。プリンター。", []),
        ("リンが来る。", ["リン"]),
    ],
)
def test_who_is_named_in_a_description(text: str, named: list[str]) -> None:
    people = cast("Mara", "Rose", "Élodie", "小林", "さくら", "リン")
    assert [one.name for one in people.in_words(text)] == named


def test_a_cast_of_hostile_names_finds_what_can_be_found() -> None:
    people = cast("(.*", "[a-z", "x" * 100_000, "", "  ", "Mara\\", "a|b")
    assert [one.name for one in people.in_words("Here is (.* and a|B and Mara\\.")] == [
        "(.*",
        "a|b",
        "Mara\\",
    ]
    assert people.find("") is None
    assert people.find("X" * 100_000) is not None


def test_who_is_in_the_picture() -> None:
    text = """PAGE 1
PANEL 1: Mara at the door.
Rose behind her.
TOM (off): Who is it?
ROSE (radio): Over.
BO: Me.
ALL: Oh.
"""
    panel = manuscript(parse(text)).pages[0].panels[0]
    assert present_in(panel, cast("Mara", "Rose", "Tom")) == ("Mara", "Rose", "BO")


NAMES = st.text("aéÉ ß小さカ'’.-&[]^|~(\\*İſｋ\u0301\n:?", max_size=8)


@settings(max_examples=150, deadline=None)
@given(names=st.lists(NAMES, max_size=6), text=NAMES, written=NAMES)
def test_any_names_are_looked_up_in_any_text(names: list[str], text: str, written: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        people = cast(*dict.fromkeys(names))
        whole = f"{text} {written} {' '.join(names)}"
        assert {one.id for one in people.in_words(whole)} <= {one.id for one in people.characters}
        people.speakers(written)
        people.doubles()
    for one in people.characters:
        if one.name.strip():
            found = people.find(one.name)
            assert found is not None
            # either itself, or somebody whose name is stored otherwise but written the same
            assert found is one or any(one in (double.first, double.second) for double in people.doubles())


@settings(max_examples=100, deadline=None)
@given(st.text("abcdeéèïñABÉ", min_size=2, max_size=10))
def test_whatever_the_capitals_and_accents_a_name_alone_is_found(name: str) -> None:
    people = cast(name)
    for written in (name, name.upper(), name.lower(), plain_name(name), plain_name(name).upper()):
        assert people.find(written) is people.characters[0]
        assert people.in_words(f"({written} waits.)") or written == written.lower() != name
    assert people.find(name + "x") is None
