"""The layout language: one writing, many readings, and errors that say where and why."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.assembly.layouts.layout import MAX_DEPTH, MAX_PANELS, Group, Layout, LayoutError, Leaf, parse_layout
from tests.assembly.layouts.strategies import LAYOUTS


@given(LAYOUTS)
@settings(max_examples=40, deadline=None, derandomize=True)
def test_what_is_written_reads_back_to_the_same(layout: Layout) -> None:
    text = str(layout)
    assert parse_layout(text) == layout
    assert str(parse_layout(text)) == text


def test_the_round_trip_sees_a_lost_size() -> None:
    """A control: two layouts that differ only in a size are not the same."""
    assert parse_layout("1 / 1.001") != parse_layout("1 / 1")


@pytest.mark.parametrize(
    ("loose", "canonical"),
    [
        (" 1/1|1 /1 ", "1 / 1 | 1 / 1"),
        ("１／１｜２", "1 / 1 | 2"),
        ("1\n1 | 1\n\n1\n", "1 / 1 | 1 / 1"),
        ("1\n/ 1\n| 2", "1 / 1 | 2"),
        ("((1)) / [1 | 1]", "1 / 1 | 1"),
        ("rows(2, columns(1, 1), panel)", "2 / 1 | 1 / 1"),
        ("splash", "1 bleed"),
        ("Spread: splash", "spread: 1 bleed"),
        ("spread", "spread: 1 bleed"),
        ("2(1 | 1) bleed / 1", "2(1 bleed | 1 bleed) / 1"),
        ("FULL-BLEED / frameless", "1 bleed / 1 borderless"),
        ("grid 2x3", "1 | 1 / 1 | 1 / 1 | 1"),
        ("tiers 1 3 2", "1 / 1 | 1 | 1 / 1 | 1"),
        ("1,5 / 1", "1.5 / 1"),
        (".5 / 1.500", "0.5 / 1.5"),
        ("1 {inset 30% x 20% at 65% 75%}", "1 {30x20 at 65,75}"),
        ("(1 / 2) / 1", "(1 / 2) / 1"),
        ("3(1 / 1)", "3(1 / 1)"),
    ],
)
def test_other_writings_are_understood(loose: str, canonical: str) -> None:
    assert str(parse_layout(loose)) == canonical


@pytest.mark.parametrize(
    ("text", "column", "says"),
    [
        ("", 1, "empty"),
        ("1 /", 4, "ends where a panel"),
        ("/ 1", 1, "no panel before"),
        ("1 | | 1", 5, "no panel before"),
        ("1 1", 3, "missing between"),
        ("1 / (1 | 1", 5, "never closed"),
        ("1 | 1)", 6, "never opened"),
        ("1 / ()", 6, "close where a panel"),
        ("1 bled", 3, "none that layouts know"),
        ("1 / -1", 5, "negative"),
        ("1 / 0", 5, "too small"),
        ("9999999", 1, "too large"),
        ("2(3(1 | 1))", 1, "two sizes"),
        ("1 {30x20 at 80,0}", 4, "leaves its panel"),
        ("1 {30x20 at 0,0; 30x20 at 10,10}", 18, "overlaps"),
        ("1 {30 at 0,0}", 7, "height"),
        ("(1 | 1) {30x20 at 0,0}", 9, "on a panel"),
        ("grid 2", 7, "number of rows"),
        ("rows 1", 6, "parenthesis has to open"),
        ("1 / ?", 5, "means nothing"),
        ("¹ | 1", 1, "none that layouts know"),
    ],
)
def test_nonsense_is_refused_at_its_place(text: str, column: int, says: str) -> None:
    with pytest.raises(LayoutError) as caught:
        parse_layout(text)
    assert caught.value.column == column
    assert says in caught.value.reason
    assert caught.value.right


def test_a_near_word_is_suggested() -> None:
    with pytest.raises(LayoutError, match="Perhaps bleed is meant"):
        parse_layout("1 bleet")


def test_layouts_are_bounded() -> None:
    assert parse_layout("grid 50x100").count == MAX_PANELS
    assert parse_layout(" / ".join(["1"] * MAX_PANELS)).count == MAX_PANELS
    for text in ("grid 50x101", " / ".join(["1"] * (MAX_PANELS + 1)), "grid 9999999999x9", "1 " * 200_000):
        with pytest.raises(LayoutError):
            parse_layout(text)
    deep = "(1 | " * MAX_DEPTH + "1" + ")" * MAX_DEPTH
    assert parse_layout(deep).count == MAX_DEPTH + 1
    for text in ("(1 | 1 / " * 40 + "1" + ")" * 40, "(" * 100_000, "(1 | " * (MAX_DEPTH + 1) + "1"):
        with pytest.raises(LayoutError, match="deep in each other"):
            parse_layout(text)


@given(st.text(alphabet="1.25 ()/|{};x,:atgridspleborows\n?", max_size=60))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_any_text_is_a_layout_or_a_layout_error(text: str) -> None:
    layout, column = _read(text)
    if layout is None:
        assert 1 <= column <= len(text) + 1
    else:
        assert parse_layout(str(layout)) == layout


def _read(text: str) -> tuple[Layout | None, int]:
    try:
        return parse_layout(text), 0
    except LayoutError as error:
        return None, error.column


def test_an_error_never_quotes_what_was_written() -> None:
    with pytest.raises(LayoutError) as caught:
        parse_layout("1 | Akira dies here")
    assert "akira" not in str(caught.value).casefold()


def test_a_group_of_one_is_no_group() -> None:
    assert parse_layout("((((1 | 1))))").root == Group(False, (Leaf(), Leaf()))
