"""Pictures in a real pty: what is sent draws the picture, and nothing is asked that would eat a key."""

from __future__ import annotations

import base64
import fcntl
import io
import re
import struct
import sys
import termios
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PIL import Image

from screens.widgets.quiet_images import load
from tests.media.viewing import COLUMNS, ROWS
from tests.terminal.conftest import ROOT
from tests.terminal.pty import Terminal, plain_environment

CELL = (10, 20)
QUESTIONS = (b"\x1b[16t", b"\x1b[14t", b"a=q", b"\x1b[c", b"\x1b[>c", b"\x1b[18t")
SIXEL = re.compile(rb"\x1b\[(\d+);(\d+)H\x1bP[0-9;]*q.*?\x1b\\", re.DOTALL)
View = Callable[..., Terminal]


@pytest.fixture
def view(tmp_path: Path) -> Iterator[View]:
    """Show a picture, red above and blue below, 240 × 160 pixels: 24 × 8 cells."""
    image = Image.new("RGB", (COLUMNS * CELL[0], ROWS * CELL[1]), "red")
    image.paste("blue", (0, ROWS * CELL[1] // 2, *image.size))
    image.save(tmp_path / "one.png")
    with ExitStack() as stack:

        def begin(**env: str) -> Terminal:
            command = [sys.executable, "-m", "tests.media.viewing", str(tmp_path / "one.png"), str(tmp_path)]
            terminal = stack.enter_context(
                Terminal(command, env=plain_environment(PYTHONWARNINGS="error", **env), cwd=ROOT)
            )
            size = struct.pack("HHHH", 24, 80, 80 * CELL[0], 24 * CELL[1])
            fcntl.ioctl(terminal.master, termios.TIOCSWINSZ, size)
            return terminal

        yield begin


def test_half_blocks_are_drawn_in_their_colours_and_no_key_is_lost_to_a_question(view: View) -> None:
    terminal = view(GENKO_PICTURES="blocks").wait_for("ready")
    keys = "every key counts while the picture comes"
    for key in keys:
        terminal.send(key).pump(0.01)
    terminal.wait_for("▀" * COLUMNS).wait_for(keys)
    cells = terminal.cells()
    for y in range(1, 1 + ROWS):
        for x in range(COLUMNS):
            for colour in (cells[y][x].fg, cells[y][x].bg):
                red, blue = int(colour[:2], 16), int(colour[4:], 16)
                assert red > 200 > 60 > blue if y <= ROWS // 2 else blue > 200 > 60 > red
    assert not [question for question in QUESTIONS if question in terminal.raw]


def test_the_library_left_to_itself_does_ask(tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import textual_image.widget"]
    with Terminal(command, env=plain_environment(), cwd=ROOT) as terminal:
        terminal.wait_exit()
        assert [question for question in QUESTIONS if question in terminal.raw]


def test_kittys_protocol_gets_the_picture_and_a_placeholder_for_each_of_its_cells(view: View) -> None:
    terminal = view(GENKO_PICTURES="kitty", TERM="xterm-kitty").wait_for("\U0010eeee")
    terminal.settle()
    sent = bytes(terminal.raw)
    messages = re.findall(rb"\x1b_G([^;\x1b]*);?([^\x1b]*)\x1b\\", sent)
    assert sent.index(b"\x1b_G") < sent.index("\U0010eeee".encode())
    keys = [dict(part.split(b"=") for part in head.split(b",")) for head, _ in messages]
    number = int(keys[0][b"i"])
    data = b"".join(body for head, body in messages if b"m=" in head)
    with Image.open(io.BytesIO(base64.b64decode(data))) as image:
        assert image.size == (COLUMNS * CELL[0], ROWS * CELL[1])
        assert image.getpixel((0, 0)) == (255, 0, 0)
    placed = next(one for one in keys if one.get(b"a") == b"p")
    assert (placed[b"c"], placed[b"r"], placed[b"U"]) == (b"%d" % COLUMNS, b"%d" % ROWS, b"1")
    marks = [chr(mark) for mark in load("tgp", CELL)._NUMBER_TO_DIACRITIC]
    cells = terminal.cells()
    for y in range(ROWS):
        for x in range(COLUMNS):
            cell = cells[1 + y][x]
            assert cell.data == f"\U0010eeee{marks[y]}{marks[x]}{marks[number >> 24]}"
            assert cell.fg == f"{number & 0xFFFFFF:06x}"
    assert not [question for question in QUESTIONS if question in sent]
    terminal.send("\x18").wait_for_bytes(b"\x1b_Ga=d,d=I,i=%d" % number)
    terminal.wait_for(lambda shown: "\U0010eeee" not in shown.text)


@pytest.mark.soak
def test_a_sixel_lies_over_its_cells_again_after_something_else_did(view: View) -> None:
    terminal = view(GENKO_PICTURES="sixel").wait_for(lambda shown: bool(SIXEL.search(shown.raw)))
    terminal.settle()
    assert [match.groups() for match in SIXEL.finditer(terminal.raw)] == [(b"2", b"1")]
    terminal.send("typing beside it").wait_for("typing beside it").settle()
    assert len(SIXEL.findall(terminal.raw)) == 1
    terminal.send("\x0f").wait_for("a box").settle()
    assert len(SIXEL.findall(terminal.raw)) == 1  # what is hidden in part is not sent
    terminal.send("\x1b").wait_for(lambda shown: len(SIXEL.findall(shown.raw)) == 2).settle()
    terminal.send("\x04").wait_for(lambda shown: len(SIXEL.findall(shown.raw)) == 3).settle()
    assert [match.groups() for match in SIXEL.finditer(terminal.raw)] == [
        (b"2", b"1"),
        (b"2", b"1"),
        (b"3", b"1"),
    ]
    assert "\U0010f000" not in terminal.raw.decode()
    assert not [question for question in QUESTIONS if question in terminal.raw]


@pytest.mark.soak
@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"GENKO_PICTURES": "off"}])
def test_without_colours_or_pictures_its_name_and_size_are_said(view: View, env: dict[str, str]) -> None:
    terminal = view(**env).wait_for("one.png, 240 × 160")
    assert "▀" not in terminal.text
