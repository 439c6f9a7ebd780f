"""The whole way through a pty: bytes, cursor, resizing, suspension, the mouse, a slow line."""

from __future__ import annotations

import os
import random
import signal
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.patience import PATIENCE, within
from tests.terminal.conftest import Start, start_program
from tests.terminal.pty import Predicate, Terminal

CTRL_L, CTRL_O, CTRL_R, CTRL_T, CTRL_Z, CTRL_G = b"\x0c", b"\x0f", b"\x12", b"\x14", b"\x1a", b"\x07"
DOWN, PAGE_DOWN = b"\x1b[B", b"\x1b[6~"


def both(start: Start) -> tuple[Terminal, Terminal]:
    """The same app on the stock driver and on ours, at the same size."""
    stock, ours = start("stock", columns=100, rows=30), start("driver", columns=100, rows=30)
    for terminal in (stock, ours):
        terminal.wait_for("PANEL 1 :").wait_for("^o Ask")
    return stock, ours


TO_THE_TOP = b"\x1b[5~" * 3 + b"\x1b[H"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    """One app of ours for the tests that leave it as they found it, but for a word at the top."""
    kept = str(tmp_path_factory.mktemp("kept") / "kept")
    with start_program("ours", KEPT=kept) as terminal:
        yield terminal.wait_for("PANEL 1 :")


@pytest.fixture
def desk(shared: Terminal) -> Terminal:
    """The shared app with the cursor at the top."""
    return shared.send(TO_THE_TOP).wait_for("PANEL 1 :").settle()


@pytest.fixture(scope="module")
def stock() -> Iterator[Terminal]:
    """The same app on Textual's own driver, for the controls."""
    with start_program("stock", columns=120, rows=40) as terminal:
        yield terminal.wait_for("PANEL 1 :").settle()


def test_keys_in_one_piece_act_in_their_order(desk: Terminal) -> None:
    terminal = desk.send(DOWN * 4 + b"\x1b[C" * 4 + "走れ".encode() + b"\x1b[D\x1b[D!").wait_for(
        "PANE!走れL 2"
    )
    terminal.send(CTRL_O + b"for the box").wait_for("for the box")
    assert "box" not in terminal.text.replace("  for the box", "")
    terminal.send(b"\x1b").wait_for(without("for the box"))


def test_control_stock_textual_mixes_them_up(stock: Terminal) -> None:
    # each time four rows down; a busy machine may read the keys one by one, and then they are in order
    for number in range(2, 10):
        text = stock.send(DOWN * 4 + b"\x1b[H" + b"\x1b[C" * 4 + b"!").wait_for("!").settle().text
        if f"PANE!L {number}" not in text:
            return
    raise AssertionError("stock Textual kept the order each time")


def moved_from(place: tuple[int, int]) -> Predicate:
    """The cursor is somewhere else."""
    return lambda terminal: terminal.cursor != place


def without(text: str) -> Predicate:
    """The text is no longer on the screen."""
    return lambda terminal: text not in terminal.text


def wait_until_equal(stock: Terminal, ours: Terminal) -> None:
    """Wait until every cell of the two screens is the same, attributes and all."""

    def equal(ours: Terminal) -> bool:
        while stock.pump(0):
            pass
        return ours.cells() == stock.cells()

    ours.wait_for(equal)


def test_the_same_keys_end_in_the_same_cells(start: Start) -> None:
    stock, ours = both(start)
    steps: list[tuple[bytes, str, str]] = [  # keys, what is then on the screen, what no longer is
        ("走れ、".encode(), "走れ、PANEL 1", ""),
        (DOWN * 4 + b"\x1b[C" * 4, "PANEL 2", ""),
        (PAGE_DOWN * 2, "PANEL 15", ""),
        (CTRL_O, "or not", ""),
        (b"word", "  word", "or not"),
        (b"\x1b", "PANEL 15", "  word"),
        (CTRL_T, "PANEL 15", ""),
        (b"\x1b[5~" * 3 + b"\x1b[1;2B", "PANEL 1 :", ""),
        (b"\r\r\r", "PANEL 2", ""),
    ]
    for keys, shown, gone in steps:
        ours.send(keys)
        stock.send(keys)
        for terminal in (stock, ours):
            terminal.wait_for(shown)
            if gone:
                terminal.wait_for(without(gone))
        wait_until_equal(stock, ours)
    for size in ((60, 20), (120, 34)):
        for terminal in (stock, ours):
            terminal.resize(*size).wait_for("^o Ask")
        wait_until_equal(stock, ours)
    assert ours.received < stock.received / 2


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(4))
def test_any_keys_end_in_the_same_cells(start: Start, seed: int) -> None:
    dice = random.Random(seed)
    keys = [DOWN, b"\x1b[A", b"\x1b[C", b"\x1b[D", PAGE_DOWN, b"\x1b[5~", CTRL_O, b"\x1b", CTRL_T, b"\r",
            b"\x7f", b"x", "é".encode(), "走".encode(), b"\x1b[1;2B", b"\x1b[H", b"\x1b[F"]  # fmt: skip
    stock, ours = (
        start("stock", columns=90, rows=28, WIDE="1"),
        start("driver", columns=90, rows=28, WIDE="1"),
    )
    for terminal in (stock, ours):
        terminal.wait_for("PANEL 1 :").wait_for("^o Ask").settle()
    for step in range(120):
        key = dice.choice(keys)
        for terminal in (stock, ours):
            terminal.send(key).settle(0.12)
        wait_until_equal(stock, ours)
        if step % 40 == 39:
            size = dice.randint(50, 120), dice.randint(15, 40)
            for terminal in (stock, ours):
                terminal.resize(*size).settle(0.2)
            wait_until_equal(stock, ours)


def test_a_letter_and_an_idle_minute_cost_few_bytes(start: Start) -> None:
    terminal = start("ours", columns=120, rows=40, SSH_TTY="/dev/pts/9").wait_for("PANEL 1 :")
    terminal.send(DOWN * 9 + b"\x1b[C" * 5).settle()

    def bytes_of_a_letter() -> float:
        costs = []
        for letter in "nuit ici à":
            with terminal.counting(quiet=0.05) as counted:
                terminal.send(letter).wait_for(moved_from(terminal.cursor))
            costs.append(counted.received)
        return statistics.quantiles(costs, n=20)[-1]

    assert within(600, bytes_of_a_letter, tries=3)  # two letters may meet in one count
    with terminal.counting(quiet=0.6) as counted:
        pass
    assert counted.received == 0  # nothing blinks, nothing asks


def test_control_stock_textual_spends_kilobytes(stock: Terminal) -> None:
    stock.send(b"\x1b[H")
    with stock.counting() as counted:
        stock.send("Ω").wait_for("Ω")
    assert counted.received > 6000


def test_the_hardware_cursor_is_where_the_text_cursor_is(desk: Terminal) -> None:
    assert desk.cursor_shown
    assert desk.cursor_shape == 6  # a steady bar: it does not turn the drawn cursor around
    x, y = desk.cursor
    assert "PANEL 1 :" in desk.screen.display[y][x:]
    desk.send(DOWN + b"\x1b[C\x1b[C").wait_for(lambda shown: shown.cursor == (x + 2, y + 1))
    desk.send(CTRL_O).wait_for("or not").settle()
    desk.send("走").wait_for("走  ").settle()
    x, y = desk.cursor
    assert desk.screen.display[y][: x - 1].rstrip().endswith("走")
    desk.send(b"\x1b").wait_for(without("▊  走"))
    desk.send(b"\x10").wait_for("Search").wait_for(lambda shown: shown.cursor_shown)  # the palette's field
    desk.send(b"\x1b").wait_for(without("Search"))


def test_the_mouse_is_switched_off_and_on_while_running(desk: Terminal) -> None:
    desk.wait_for(lambda shown: shown.mouse)
    desk.send(CTRL_R).wait_for(lambda shown: not shown.mouse)
    desk.send(CTRL_R).wait_for(lambda shown: shown.mouse)


def stat_of(terminal: Terminal) -> list[str]:
    """The fields of /proc/PID/stat from the state on (Linux)."""
    stat = Path(f"/proc/{terminal.process.pid}/stat").read_text(encoding="ascii")
    return stat.rpartition(")")[2].split()


def stopped(terminal: Terminal) -> bool:
    """Whether the program is stopped (Linux)."""
    return stat_of(terminal)[0] == "T"


def test_a_stopped_program_leaves_the_screen_and_comes_back_whole(desk: Terminal) -> None:
    desk.send(CTRL_Z).wait_for(lambda shown: stopped(shown) and not shown.alternate)
    assert desk.cursor_shown
    assert not desk.modes[1003]
    desk.screen.reset()  # the shell wrote all over it
    desk.signal(signal.SIGCONT)
    desk.wait_for("PANEL 1 :").wait_for("^o Ask")
    assert desk.modes[1049]
    assert desk.mouse
    desk.send("back").wait_for("back")


def test_a_program_that_was_frozen_comes_back_whole(desk: Terminal) -> None:
    desk.signal(signal.SIGSTOP)  # no chance to leave the screen in order
    desk.wait_for(stopped)
    desk.screen.reset()
    desk.signal(signal.SIGCONT)
    desk.wait_for("PANEL 1 :").wait_for("^o Ask").send("thaw").wait_for("thaw")


def test_a_lent_terminal_comes_back_whole(desk: Terminal) -> None:
    desk.send(CTRL_G).wait_for("a shell here")
    assert not desk.alternate
    desk.screen.reset()
    desk.send(b"\n").wait_for("PANEL 1 :").wait_for("^o Ask")
    desk.send("home").wait_for("home")


def test_what_others_wrote_is_painted_over_on_demand(desk: Terminal) -> None:
    desk.screen.erase_in_display(2)
    desk.send("Q").wait_for("Q").settle()
    assert "PANEL 3" not in desk.text
    desk.send(CTRL_L).wait_for("PANEL 1 :").wait_for("PANEL 3")


def test_a_storm_of_sizes_ends_in_the_right_picture(desk: Terminal) -> None:
    for step in range(60):
        desk.resize(60 + step % 50, 15 + step % 20)
        desk.pump(0)
    desk.resize(80, 24).settle()
    desk.screen.erase_in_display(2)  # a terminal that lost its picture although the size is as before
    desk.resize(80, 25).resize(80, 24)
    desk.wait_for("PANEL 1 :").wait_for("^o Ask")
    assert desk.text.count("PANEL 1 :") == 1


def wait_until_idle(terminal: Terminal) -> None:
    """Wait, without reading anything, until the program uses no more processor time."""
    used, end = "", time.monotonic() + PATIENCE
    while used != (now := "".join(stat_of(terminal)[11:13])):
        assert time.monotonic() < end
        used = now
        time.sleep(0.15)  # the thing waited for is that nothing happens


def page_up_and_down_unread(terminal: Terminal) -> None:
    """Turn twenty pages while nobody reads what is painted: the line is full after the first."""
    for key in (PAGE_DOWN, b"\x1b[5~") * 10:
        os.write(terminal.master, key)
        time.sleep(0.04)  # time for a frame
    wait_until_idle(terminal)


def test_a_slow_line_never_has_more_than_a_frame_under_way(desk: Terminal) -> None:
    before = desk.received
    page_up_and_down_unread(desk)
    desk.send("Ж").wait_for("Ж").settle()  # it answers at once: nothing old is under way
    assert desk.received - before < 40_000


@pytest.mark.soak
def test_control_stock_textual_sends_every_frame(stock: Terminal) -> None:
    for _ in range(5):  # a starved program misses frames
        before = stock.received
        page_up_and_down_unread(stock)
        stock.settle()
        if stock.received - before > 120_000:
            break
    assert stock.received - before > 120_000
