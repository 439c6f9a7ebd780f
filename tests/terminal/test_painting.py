"""What is left out must not be missed: the screen after our output equals the screen after Textual's."""

from __future__ import annotations

import pyte
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.terminal.abilities import Glyphs
from tui.terminal.cells import read_cells, style_change
from tui.terminal.glyphs import encode, translation
from tui.terminal.painting import Painter

COLUMNS, ROWS = 24, 6
STYLES = [
    "",
    "1",
    "38;2;224;224;224;48;2;30;30;30",
    "38;2;224;224;224",
    "7",
    "31;44",
    "1;38;5;9;48;5;17",
    "92",
]
WORDS = ["a", "bcd", "    ", "é", "走れ", "夜", "│", "─" * 3, "…", "x" * 9, "カ", "~"]
RISKY = ["👩‍👩‍👧", "⚠️", "😀", "नि", "e\u0301", "🇯🇵", "ก็"]


class Shown:
    """A pyte screen that output is fed to."""

    def __init__(self, columns: int = COLUMNS, rows: int = ROWS) -> None:
        self.screen = pyte.Screen(columns, rows)
        self.screen.reset_mode(7, private=True)
        self._stream = pyte.Stream(self.screen)

    def feed(self, data: str) -> None:
        """Show this output."""
        self._stream.feed(data)

    def cells(self) -> list[list[object]]:
        """Every cell with its attributes."""
        screen = self.screen
        return [[screen.buffer[y][x] for x in range(screen.columns)] for y in range(screen.lines)]


@st.composite
def spans(draw: st.DrawFn, words: list[str] = WORDS) -> str:
    """A piece of a row at a random place, as Textual would paint it: never over the edge."""
    x, y = draw(st.integers(0, COLUMNS - 1)), draw(st.integers(0, ROWS - 1))
    piece, left = f"\x1b[{y + 1};{x + 1}H", COLUMNS - x
    for word in draw(st.lists(st.sampled_from(words), min_size=1, max_size=6)):
        if cell_len(word) > left:
            break
        left -= cell_len(word)
        style = draw(st.sampled_from(STYLES))
        piece += f"\x1b[{style}m{word}\x1b[0m" if style else word
    return piece


def frames(words: list[str] = WORDS) -> st.SearchStrategy[str]:
    """A frame: some pieces, then the cursor's place."""
    cursor = st.tuples(st.integers(1, ROWS), st.integers(1, COLUMNS)).map(lambda at: f"\x1b[{at[0]};{at[1]}H")
    return st.tuples(st.lists(spans(words), min_size=1, max_size=6).map("".join), cursor).map("".join)


def whole_rows(words: list[str]) -> st.SearchStrategy[str]:
    """A frame of whole rows, in which no wide glyph is ever cut in half."""
    row = st.lists(st.tuples(st.sampled_from(words), st.sampled_from(STYLES)), max_size=12)

    def build(rows: list[list[tuple[str, str]]]) -> str:
        parts = []
        for y, words_of_row in enumerate(rows, 1):
            piece, left = f"\x1b[{y};1H", COLUMNS
            for word, style in words_of_row:
                if cell_len(word) <= left:
                    left -= cell_len(word)
                    piece += f"\x1b[{style}m{word}\x1b[0m" if style else word
            parts.append(piece + " " * left)
        return "\n".join(parts) + "\x1b[2;3H"

    return st.lists(row, min_size=ROWS, max_size=ROWS).map(build)


@settings(max_examples=40)
@given(st.lists(st.tuples(whole_rows(WORDS), st.sampled_from(["paint", "busy", "forget"])), max_size=6))
def test_filtered_frames_end_in_the_same_screen(sequence: list[tuple[str, str]]) -> None:
    stock, ours, painter = Shown(), Shown(), Painter()
    for frame, then in sequence:
        stock.feed(frame)
        painter.take(frame)
        if then == "forget":  # the terminal lost its picture: everything must come again
            ours = Shown()
            painter.forget()
        if then != "busy":
            ours.feed(painter.paint())
            assert ours.cells() == stock.cells()
            assert (ours.screen.cursor.x, ours.screen.cursor.y) == (2, 1)
            assert painter.paint() == ""


NARROW = [word for word in WORDS if cell_len(word) == len(word)]


@settings(max_examples=40)
@given(st.lists(st.tuples(frames(NARROW), st.booleans()), max_size=10))
def test_pieces_in_any_place_end_in_the_same_screen(sequence: list[tuple[str, bool]]) -> None:
    stock, ours, painter = Shown(), Shown(), Painter()
    for frame, at_once in sequence:
        stock.feed(frame)
        painter.take(frame)
        if at_once:
            ours.feed(painter.paint())
    ours.feed(painter.paint())
    assert ours.cells() == stock.cells()


@settings(max_examples=40)
@given(st.lists(frames([*WORDS, *RISKY]), min_size=1, max_size=8))
def test_after_any_frames_nothing_is_left_to_send(sequence: list[str]) -> None:
    painter = Painter()
    for frame in sequence:
        painter.take(frame)
        painter.paint()
        painter.take(frame)
        assert painter.paint() == ""


@settings(max_examples=40)
@given(st.lists(whole_rows([*WORDS, *RISKY]), min_size=1, max_size=4))
def test_letters_after_a_doubtful_glyph_stand_in_their_own_column(sequence: list[str]) -> None:
    """pyte counts some emoji otherwise than Textual, as real terminals do: the rest must not shift."""
    ours, painter = Shown(), Painter()
    for frame in sequence:
        painter.take(frame)
        ours.feed(painter.paint())
    for y, piece in enumerate(sequence[-1].split("\n")):
        cells = read_cells(piece.partition("H")[2].partition("\x1b[2;3H")[0])
        for x, cell in enumerate(cells):
            if cell.text.isascii() and cell.text.strip():
                assert ours.screen.buffer[y][x].data == cell.text


def test_a_letter_costs_a_letter() -> None:
    painter = Painter()
    row = "\x1b[38;2;224;224;224;48;2;30;30;30m{}\x1b[0m"
    painter.take("\x1b[3;1H" + row.format("x" * 100) + "\x1b[3;5H")
    painter.paint()
    painter.take("\x1b[3;1H" + row.format("xxxxy" + "x" * 95) + "\x1b[3;6H")
    painted = painter.paint()
    assert len(painted) < 60
    assert painted.count("y") == 1


def test_text_cannot_steer_the_terminal() -> None:
    painter = Painter()
    painter.take("\x1b[1;1Hsafe\x1b[2J\x1bPq\x07\x9b31m \x1b]0;owned\x07\x1b[1;1H")
    painted = painter.paint()
    assert "\x1b[2J" not in painted
    assert not {"\x07", "\x9b"} & set(painted)
    assert "\x1bP" not in painted
    assert "\x1b]" not in painted


def test_links_survive() -> None:
    painter = Painter()
    painter.take(
        "\x1b[1;1H\x1b]8;id=7;https://example.org\x1b\\\x1b[4mhere\x1b[0m\x1b]8;;\x1b\\ now\x1b[1;1H"
    )
    painted = painter.paint()
    assert painted.count("https://example.org") == 1
    assert (
        painted.index("\x1b]8;id=7")
        < painted.index("here")
        < painted.index("\x1b]8;;")
        < painted.index("now")
    )


@settings(max_examples=40)
@given(st.sampled_from(STYLES), st.sampled_from(STYLES))
def test_a_change_of_style_ends_in_that_style(before: str, after: str) -> None:
    def pen(*sequences: str) -> object:
        shown = Shown()
        for sequence in sequences:
            shown.feed(sequence)
        shown.feed("\x1b[1;1Hx")
        return shown.screen.buffer[0][0]

    start = f"\x1b[{before}m" if before else ""
    assert pen(start, style_change(before, after)) == pen(f"\x1b[{after}m" if after else "")


@pytest.mark.parametrize("glyphs", [Glyphs.ASCII, Glyphs.CONSOLE])
def test_poor_fonts_get_signs_of_the_same_width(glyphs: Glyphs) -> None:
    table = translation(glyphs)
    assert table is not None
    for original, sign in table.items():
        assert cell_len(sign) == cell_len(chr(original)) == 1, chr(original)
        assert glyphs is Glyphs.CONSOLE or sign.isascii()
    assert "走れ…é".translate(table) == "走れ…é"


def test_an_8_bit_terminal_gets_its_own_letters_in_their_columns() -> None:
    assert encode("é走ő…", "latin-1") == b"\xe9??o."
    assert encode("\udce9", "utf-8") == b"?"
