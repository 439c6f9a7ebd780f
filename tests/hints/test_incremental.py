"""Hints that were kept through edits are those of a keeper that has just begun."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.script import Script, parse
from core.script.hints import HintKeeper, Rule, Sides, Thresholds
from tests.hints.reading import keeper_of

LINES = [
    "",
    "",
    "CHAPTER 1: Down",
    "PAGE 1",
    "PAGE 2 (3 panels)",
    "PAGES 3-4",
    "PAGES 4-5",
    "PAGE 012",
    "PAGE #",
    "PAGE 5 - REVEAL",
    "PANEL 1: A well.",
    "PANEL 2",
    "PANEL 2",
    "PANEL 3",
    "P1C2",
    "MARTHA: Who is there?",
    "MARTHA: Who is there?",
    "MARTHA: Who is there?",
    "MARTHA (off): " + "word " * 26,
    "MATRHA: Nobody.",
    "MARTHE: Nobody.",
    "TOM & MARTHA: We.",
    "Tom: Yes.",
    "「はい」",
    "マルタ「" + "あ" * 70 + "」",
    "[[reveal]]",
    "[[hint off: words]]",
    "[[hint off]]",
    "A rope hangs down.",
    "\\PAGE 9",
]
TEXTS = st.lists(st.sampled_from(LINES), max_size=16).map("\n".join)
EDITS = st.lists(
    st.tuples(
        st.integers(0, 10**6), st.integers(0, 30), st.one_of(TEXTS, st.sampled_from(["\n", ":", "A", " "]))
    ),
    max_size=8,
)


def ends_in_the_hints_of_a_fresh_look(
    text: str, edits: list[tuple[int, int, str]], lazy: int, names: tuple[str, ...]
) -> None:
    script = Script(text, names=names).complete()
    keeper = HintKeeper(script)
    for at, size, inserted in edits:
        offset = at % (len(text) + 1)
        deleted = min(size, len(text) - offset)
        text = text[:offset] + inserted + text[offset + deleted :]
        script.splice(offset, deleted, inserted)
        if lazy == 0:
            script.complete()
            while not keeper.advance(1000):
                pass
        elif lazy == 1:
            keeper.advance(0)
        keeper.note(offset % len(script.lines))  # a look at a row that was not read yet changes nothing
    script.complete()
    while not keeper.advance(1000):
        pass
    fresh = keeper_of(text, names=names)
    assert list(keeper.hints) == list(fresh.hints)
    rows = range(len(script.lines))
    assert [keeper.note(row) for row in rows] == [fresh.note(row) for row in rows]
    assert [keeper.at(row) for row in rows] == [fresh.at(row) for row in rows]


@example(text="PAGE 5 - REVEAL", edits=[(0, 0, ""), (6, 0, "\n")], lazy=0, names=())
@settings(max_examples=80, deadline=None)
@given(text=TEXTS, edits=EDITS, lazy=st.integers(0, 2), names=st.sampled_from([(), ("tom",), ("martha",)]))
def test_any_edits_end_in_the_hints_of_a_fresh_look(
    text: str, edits: list[tuple[int, int, str]], lazy: int, names: tuple[str, ...]
) -> None:
    ends_in_the_hints_of_a_fresh_look(text, edits, lazy, names)


@pytest.mark.soak
@settings(max_examples=3000, deadline=None)
@given(text=TEXTS, edits=EDITS, lazy=st.integers(0, 2), names=st.sampled_from([(), ("tom",), ("martha",)]))
def test_any_edits_for_long(
    text: str, edits: list[tuple[int, int, str]], lazy: int, names: tuple[str, ...]
) -> None:
    ends_in_the_hints_of_a_fresh_look(text, edits, lazy, names)


@settings(max_examples=40, deadline=None)
@given(text=TEXTS)
def test_settings_that_change_end_in_the_hints_of_a_fresh_look(text: str) -> None:
    keeper = keeper_of(text)
    limits, sides = Thresholds(off=frozenset({Rule.BALLOONS, Rule.SPREAD})), Sides("ltr", "left")
    keeper.set_limits(limits)
    keeper.set_sides(sides)
    keeper.set_known(frozenset({"MATRHA"}))
    while not keeper.advance(1000):
        pass
    fresh = HintKeeper(parse(text), limits, sides=sides)
    fresh.set_known(frozenset({"MATRHA"}))
    while not fresh.advance(1000):
        pass
    assert list(keeper.hints) == list(fresh.hints)


def test_an_edit_reads_its_own_page_and_no_other() -> None:
    """Control of the promise that costs follow the edit: the other pages' memory is the same object."""
    text = "\n".join(f"PAGE {n}\nPANEL 1\nMARA: One.\n" for n in range(1, 41))
    keeper = keeper_of(text)
    before = dict(keeper._units)
    script = keeper._script
    script.splice(text.index("One.", 200), 0, "Two. ")
    while not keeper.advance(1000):
        pass
    changed = [key for key, unit in keeper._units.items() if unit is not before[key]]
    assert len(changed) == 1


def test_a_slice_of_no_time_does_little() -> None:
    text = "\n".join(f"PAGE {n}\nPANEL 1\nMARA: One.\n" for n in range(1, 201))
    keeper = HintKeeper(parse(text))
    slices = 1
    while not keeper.advance(0):
        slices += 1
    assert slices > 200, "each page is a place to pause"
    assert keeper.advance(0), "and nothing is left to do"


def test_a_long_page_is_read_with_pauses() -> None:
    text = "PAGE 1\nPANEL 1\n" + "A well.\n" * 3000
    keeper = HintKeeper(parse(text))
    slices = 1
    while not keeper.advance(0):
        slices += 1
    assert slices > 20


def test_an_edit_in_the_middle_of_a_look_is_no_trouble() -> None:
    text = "\n".join(f"PAGE {n}\nPANEL 1\nMARA: One.\n" for n in range(1, 31))
    script = parse(text)
    keeper = HintKeeper(script)
    for step in range(40):
        keeper.advance(0)
        script.splice(0, 3 if step % 7 == 6 else 0, "PAGE 3\nPANEL 2\n" if step % 3 else "x\n")
        script.complete()
    while not keeper.advance(1000):
        pass
    assert list(keeper.hints) == list(keeper_of(script.lines.text()).hints)
