"""Cells and wrapping: what is drawn is as wide as counted, and no word or character is lost."""

from __future__ import annotations

import sys
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len, get_character_cell_size

from screens.widgets.editor import cells
from screens.widgets.editor.cells import drawn, is_plain, line_cells, wrap_line

ODD = "a é\t日本、「」。👨‍👩‍👧🇯🇵❤️e\u0301\x0c\x85\u2028\u200b\u202e\u00ad\u3000x "
LINES = st.text(st.sampled_from(ODD) | st.characters(exclude_characters="\n", codec="utf-8"), max_size=60)
WIDTHS = st.integers(8, 40)


def test_every_character_called_plain_is_one_cell() -> None:
    """The quick path must never be taken for a character of another width."""
    plain = [chr(code) for code in range(sys.maxunicode + 1) if is_plain(chr(code))]
    assert len(plain) > 500
    assert all(get_character_cell_size(character) == 1 for character in plain)
    assert drawn("".join(plain)) == "".join(plain)


@given(LINES)
def test_a_line_is_drawn_as_wide_as_it_is_counted(line: str) -> None:
    columns, positions = line_cells(line)
    widths = [b - a for a, b in pairwise(positions)]
    for start, end, width in zip(columns, columns[1:], widths, strict=False):
        piece = line[start:end]
        if piece != "\t":
            assert cell_len(drawn(piece)) == width
    assert columns[0] == 0
    assert columns[-1] == len(line)


@given(LINES)
def test_nothing_that_steers_a_terminal_is_drawn(line: str) -> None:
    shown = drawn(line)
    assert all(ord(character) >= 32 and not 0x7F <= ord(character) < 0xA0 for character in shown)
    assert not set(shown) & set("\u202e\u2066\u2028")


@given(LINES, WIDTHS)
def test_wrapped_rows_fit_and_together_are_the_line(line: str, width: int) -> None:
    cuts = wrap_line(line, width)
    measured = line_cells(line)
    assert list(cuts) == sorted(set(cuts))
    assert all(0 < cut < len(line) and measured.snap(cut) == cut for cut in cuts)
    bounds = (0, *cuts, len(line))
    for start, end in pairwise(bounds):
        visible = len(line[start:end].rstrip(" \t"))
        used = measured.cell(start + visible) - measured.cell(start)
        assert used <= width or measured.after(start) >= start + visible


@given(st.text("ab éœ…-’ ", max_size=80), WIDTHS)
def test_the_quick_way_of_wrapping_is_the_measured_one(line: str, width: int) -> None:
    assert is_plain(line)
    assert cells._wrap_plain(line, width) == cells._wrap_measured(line, width)


def test_words_stay_whole_and_japanese_marks_stay_with_their_word() -> None:
    assert [*wrap_line("one two three", 8)] == [8]
    assert [*wrap_line("abcdefghijkl", 8)] == [8]
    assert [*wrap_line("word        and", 8)] == [12]
    line = "あいうえ。かきくけこ"
    assert line[wrap_line(line, 8)[0]] != "。"
    assert "「" not in {line[cut - 1] for line in ["あいう「えお」"] for cut in wrap_line(line, 8)}


@pytest.mark.parametrize(
    ("line", "stops"),
    [
        ("abc", [0, 1, 2, 3]),
        ("e\u0301a", [0, 2, 3]),
        ("👨‍👩‍👧x", [0, 5, 6]),
        ("🇯🇵🇫🇷", [0, 2, 4]),
        ("❤️!", [0, 2, 3]),
        ("日\t本", [0, 1, 2, 3]),
        ("a\x0cb\u2028", [0, 1, 2, 3, 4]),
    ],
)
def test_the_cursor_stops_between_visible_characters(line: str, stops: list[int]) -> None:
    measured = line_cells(line)
    assert list(measured.columns) == stops
    walked = [0]
    while walked[-1] < len(line):
        walked.append(measured.after(walked[-1]))
    assert walked == stops
    while walked[-1] > 0:
        assert measured.before(walked.pop()) == walked[-1]


def test_cells_and_columns_are_each_others_inverse() -> None:
    measured = line_cells("a\t日本 e\u0301")
    assert [measured.cell(column) for column in range(8)] == [0, 1, 4, 6, 8, 9, 9, 10]
    assert [measured.column(cell) for cell in (0, 1, 3, 4, 5, 6, 9, 10, 99)] == [0, 1, 1, 2, 2, 3, 5, 7, 7]
