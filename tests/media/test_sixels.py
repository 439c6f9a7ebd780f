"""Attacks on pictures over cells: whatever is painted when, a whole picture in sight is all there."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from tui.terminal.painting import Painter

COLUMNS, ROWS = 12, 8
_TOKEN = re.compile(r"\x1b\[(\d+);(\d+)H|\x1b\[(\d+)C|\x1b\[[0-9;]*m|<(\d+):(\d+)x(\d+)>|(.)", re.DOTALL)


class Layers:
    """What a sixel terminal shows: in each cell the piece of a picture, or what was written over it."""

    def __init__(self) -> None:
        self.cells: dict[tuple[int, int], object] = {}

    def feed(self, data: str) -> None:
        """Moves, text, and pictures, which stand here as `<number:columns x rows>`."""
        y = x = 0
        for match in _TOKEN.finditer(data):
            row, column, right, number, columns, rows, text = match.groups()
            if row:
                y, x = int(row) - 1, int(column) - 1
            elif right:
                x += int(right)
            elif number:
                for dy in range(int(rows)):
                    for dx in range(int(columns)):
                        self.cells[y + dy, x + dx] = (int(number), dy, dx)
            elif text:
                self.cells[y, x] = text
                x += 1


def frame(rows: list[str]) -> str:
    """All rows, as Textual sends them."""
    return "".join(f"\x1b[{y + 1};1H{row}" for y, row in enumerate(rows))


Placed = tuple[int, int, int]
"""Which picture, row, column."""
SIZES = ((4, 3), (5, 2))
placings = st.lists(
    st.tuples(st.integers(0, 1), st.integers(0, ROWS - 2), st.integers(0, COLUMNS - 3)), max_size=2
)
words = st.lists(
    st.tuples(st.integers(0, ROWS - 1), st.integers(0, COLUMNS - 2), st.sampled_from("ab ")), max_size=3
)


def picture_of(placed: list[Placed], over: list[tuple[int, int, str]], signs: list[str]) -> list[str]:
    """The rows with pictures in their places and words over them."""
    rows = [["."] * COLUMNS for _ in range(ROWS)]
    for number, top, left in placed:
        columns, height = SIZES[number]
        for y in range(top, min(top + height, ROWS)):
            for x in range(left, min(left + columns, COLUMNS)):
                rows[y][x] = signs[number]
    for y, x, letter in over:
        rows[y][x] = letter
    return ["".join(row) for row in rows]


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(placings, words, st.booleans()), min_size=1, max_size=6))
def test_after_every_frame_whole_pictures_are_whole_and_words_are_words(
    frames: list[tuple[list[Placed], list[tuple[int, int, str]], bool]],
) -> None:
    painter, layers = Painter(), Layers()
    signs = [
        painter.sixels.keep(f"<{n}:{columns}x{rows}>", columns, rows)
        for n, (columns, rows) in enumerate(SIZES)
    ]
    for placed, over, lost in frames:
        if lost:
            painter.forget()
            layers.cells.clear()
        rows = picture_of(placed, over, signs)
        painter.take(frame(rows))
        layers.feed(painter.paint())
        for number, sign in enumerate(signs):
            columns, height = SIZES[number]
            where = [(y, x) for y, row in enumerate(rows) for x, text in enumerate(row) if text == sign]
            if not where:
                continue
            top, left = where[0]
            if where == [(top + y, left + x) for y in range(height) for x in range(columns)]:
                shown = [layers.cells.get(at) for at in where]
                assert shown == [(number, y, x) for y in range(height) for x in range(columns)]
        for y, row in enumerate(rows):
            for x, text in enumerate(row):
                assert text in signs or layers.cells[y, x] == text


def test_a_picture_that_is_let_go_is_blanks() -> None:
    painter, layers = Painter(), Layers()
    sign = painter.sixels.keep("<7:2x1>", 2, 1)
    painter.take(frame([sign * 2 + "."]))
    layers.feed(painter.paint())
    assert layers.cells[0, 1] == (7, 0, 1)
    painter.sixels.drop(sign)
    painter.take(frame([". ."]))
    layers.feed(painter.paint())
    assert [layers.cells[0, x] for x in range(3)] == [".", " ", "."]
