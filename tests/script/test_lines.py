"""The line buffer is the same text as a plain string, whatever is done to it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.script import blocks
from core.script.lines import LineBuffer

CHARACTERS = st.sampled_from("ab \n\n\r\f\x85\u2028é語😀")
TEXTS = st.text(CHARACTERS, max_size=60)
EDITS = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 40), TEXTS), max_size=12)


def place_of(text: str, offset: int) -> tuple[int, int]:
    before = text[:offset]
    return before.count("\n"), offset - (before.rfind("\n") + 1)


def assert_same(buffer: LineBuffer, text: str) -> None:
    rows = text.split("\n")
    assert buffer.text() == text
    assert buffer.length == len(text)
    assert len(buffer) == len(rows)
    assert list(buffer) == rows
    for offset in {0, len(text) // 3, len(text) // 2, len(text)}:
        row, column = place_of(text, offset)
        assert buffer.location(offset) == (row, column)
        assert buffer.offset(row, column) == offset
        assert buffer[row] == rows[row]
        assert buffer.rows(row, row + 3) == rows[row : row + 3]
        assert buffer.slice(offset // 2, offset) == text[offset // 2 : offset]


@settings(max_examples=150, deadline=None)
@given(text=st.text(CHARACTERS, max_size=400), edits=EDITS, block=st.sampled_from([2, 4, 8]))
def test_any_edits_give_the_text_a_string_would_give(
    text: str, edits: list[tuple[int, int, str]], block: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocks, "BLOCK", block)  # small blocks, so that short texts split and join them
        buffer = LineBuffer(text)
        assert_same(buffer, text)
        for at, size, inserted in edits:
            offset = at % (len(text) + 1)
            deleted = min(size, len(text) - offset)
            before = text.split("\n")
            text = text[:offset] + inserted + text[offset + deleted :]
            row, removed, added = buffer.splice(offset, deleted, inserted)
            assert_same(buffer, text)
            after = text.split("\n")
            assert before[:row] == after[:row]
            assert before[row + removed :] == after[row + added :]
            assert len(after) - len(before) == added - removed


@pytest.mark.parametrize("offset", [-1, 4])
def test_an_offset_outside_the_text_is_refused(offset: int) -> None:
    buffer = LineBuffer("abc")
    with pytest.raises(IndexError):
        buffer.location(offset)
    with pytest.raises(IndexError):
        buffer.splice(offset, 0, "x")
    with pytest.raises(IndexError):
        buffer.splice(2, 2, "")
    assert buffer.text() == "abc"


def test_only_a_line_feed_breaks_a_line() -> None:
    text = "a\rb\x0bc\x0cd\x1ce\x85f\u2028g\u2029h"
    assert len(LineBuffer(text)) == 1


def test_one_line_of_five_megabytes_opens_and_takes_a_key() -> None:
    buffer = LineBuffer("x" * 5_000_000)
    buffer.splice(2_500_000, 0, "\n")
    assert (len(buffer), buffer.location(2_500_001)) == (2, (1, 0))


def test_a_key_costs_the_same_in_a_hundred_thousand_lines() -> None:
    def cost(rows: int) -> float:
        buffer = LineBuffer("\n".join(["a line of ordinary length"] * rows))
        best = 1.0
        for turn in range(200):
            offset = (turn * 7919) % buffer.length
            started = time.perf_counter()
            buffer.splice(offset, 0, "x" if turn % 2 else "\n")
            best = min(best, time.perf_counter() - started)
        return best

    # A plain string would need 300 times as long; blocks need a few times at most.
    assert cost(100_000) < 12 * cost(300)
