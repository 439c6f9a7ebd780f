"""Timelines in one line at any width; names from cues; several new records as one step."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.story import ProjectStore, Section
from screens.bible.views.dossier import Jump, said_lines
from screens.bible.views.strangers import add_alias, add_characters, bible_name
from screens.bible.views.timeline import bar, ticks, wrapped

COUNTS = st.lists(st.integers(0, 9), min_size=1, max_size=400)


@given(COUNTS, st.integers(1, 200))
def test_a_timeline_is_one_line_within_its_width_and_tells_nothing_from_little(
    counts: list[int], width: int
) -> None:
    drawn = bar(counts, width)
    assert 0 < len(drawn) <= width
    assert "\n" not in drawn
    assert ("·" not in drawn) or (0 in counts)
    assert bool(set(drawn) - set("· ")) == any(counts)
    if len(counts) <= width:  # every page has its own block
        cells = min(4, width // len(counts))
        blocks = [drawn[at * cells] for at in range(len(counts))]
        assert [block != "·" for block in blocks] == [count > 0 for count in counts]


@given(st.integers(1, 400), st.integers(12, 200), st.integers(1, 900))
def test_the_numbers_under_a_timeline_stand_under_their_pages(pages: int, width: int, first: int) -> None:
    numbers = range(first, first + pages)
    written = ticks(numbers, width)
    assert len(written) <= width
    found = [int(word) for word in written.split()]
    assert found == sorted(set(found))
    assert found[0] == first
    cells = min(4, width // pages)
    for number in found[:-1]:
        at = (number - first) * cells if cells else (number - first) * width // pages
        assert written[at:].startswith(str(number))
    assert len(written) < 12 or pages < 2 or found[-1] == numbers[-1]


def test_names_that_do_not_fit_are_counted() -> None:
    names = [f"Person {at} {at}" for at in range(40)]
    lines = wrapped(names, 30, 2)
    assert len(lines) == 2
    assert all(len(line) <= 30 for line in lines)
    shown = sum(line.count("Person") for line in lines)
    assert lines[-1].endswith(f"{40 - shown} more")
    assert wrapped(names[:2], 30, 2) == ["Person 0 0 · Person 1 1"]


def test_a_line_that_is_said_twice_is_two_places() -> None:
    from core.bible import Line

    said = [Line(row, "1", "1", "I know.", "AKIRA", unseen=False) for row in (4, 9)]
    first, second = (line.value for line in said_lines(said))
    assert first != second
    moved = said_lines([one._replace(row=one.row + 3) for one in said])
    assert [line.value for line in moved] == [first, second]  # wherever they are by now
    assert isinstance(moved[1].value, Jump)
    assert moved[1].value.row == 12


@pytest.mark.parametrize(
    ("cue", "name"),
    [
        ("OLD WOMAN", "Old Woman"),
        ("JEAN-LUC", "Jean-Luc"),
        ("O'BRIEN", "O'Brien"),
        ("ÉMILE", "Émile"),
        ("McDuff", "McDuff"),
        ("DJ", "DJ"),
        ("アキラ", "アキラ"),
    ],
)
def test_a_cue_in_capitals_becomes_a_name(cue: str, name: str) -> None:
    assert bible_name(cue) == name


def test_all_who_are_added_are_one_step_and_nobody_is_added_twice() -> None:
    store = ProjectStore.create()
    store.add_record(Section.CHARACTERS, name="Hana", aliases=["The Girl"])
    assert len(add_characters(store, ["KENJI", "HANA", "THE GIRL", "JUN"])) == 2
    assert [one.name for one in store.characters()] == ["Hana", "Kenji", "Jun"]
    store.undo()
    assert [one.name for one in store.characters()] == ["Hana"]
    store.redo()
    assert [one.name for one in store.characters()] == ["Hana", "Kenji", "Jun"]


def test_an_alias_is_given_once() -> None:
    store = ProjectStore.create()
    hana = store.add_record(Section.CHARACTERS, name="Hana")
    for name in ("THE GIRL", "the girl", "HANA"):
        add_alias(store, hana, name)
    assert store.characters()[0].aliases == ("The Girl",)
    add_alias(store, "nobody", "X")  # deleted meanwhile: nothing happens
