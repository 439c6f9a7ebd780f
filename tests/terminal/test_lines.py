"""The whole way through a pty: bytes, cursor, resizing, suspension, the mouse, a slow line."""

from __future__ import annotations

import os
import re
import signal
import statistics
import time
from pathlib import Path

from tests.terminal.conftest import Start
from tests.terminal.pty import Terminal

CTRL_L, CTRL_O, CTRL_R, CTRL_T, CTRL_Z, CTRL_G = b"\x0c", b"\x0f", b"\x12", b"\x14", b"\x1a", b"\x07"
DOWN, PAGE_DOWN = b"\x1b[B", b"\x1b[6~"


def both(start: Start) -> tuple[Terminal, Terminal]:
    """The same app on the stock driver and on ours, at the same size."""
    stock, ours = start("stock", columns=100, rows=30), start("driver", columns=100, rows=30)
    for terminal in (stock, ours):
        terminal.wait_for("PANEL 1 :").wait_for("^o Ask")
    return stock, ours


def keys_of(data: bytes) -> list[bytes]:
    """The single keys of a piece of input."""
    return re.findall(rb"\x1b\[[0-9;]*[A-Za-z~]|[\xc0-\xff][\x80-\xbf]+|[\x00-\x7f]", data)


def test_keys_in_one_piece_act_in_their_order(start: Start) -> None:
    terminal = start("driver").wait_for("PANEL 1 :").settle()
    terminal.send(DOWN * 4 + b"\x1b[C" * 4 + "走れ".encode() + b"\x1b[D\x1b[D!").wait_for("PANE!走れL 2")
    terminal.send(CTRL_O + b"for the box").wait_for("for the box")
    assert "box" not in terminal.text.replace("  for the box", "")
    terminal.send(b"\x1b").wait_for(lambda shown: "for the box" not in shown.text)


def test_control_stock_textual_mixes_them_up(start: Start) -> None:
    terminal = start("stock").wait_for("PANEL 1 :").settle()
    terminal.send(DOWN * 4 + b"\x1b[C" * 4 + b"!").wait_for("!")
    assert "PANE!L 2" not in terminal.settle().text


def test_the_same_keys_end_in_the_same_cells(start: Start) -> None:
    stock, ours = both(start)
    steps: list[tuple[bytes, str]] = [
        (DOWN * 4 + b"\x1b[C" * 4 + "走れ".encode(), "PANE走れL 2"),
        (PAGE_DOWN * 2, "PANEL 15"),
        (CTRL_O, "or not"),
        (b"word", "word"),
        (b"\x1b", "PANEL 15"),
        (CTRL_T, "PANEL 15"),
        (b"\x1b[5~" * 3 + b"\x1b[1;2B", "PANEL 1 :"),
        (b"\r\r\r", "PANE走れL 2"),
    ]
    for keys, expected in steps:
        ours.send(keys)
        for key in keys_of(keys):  # stock Textual mixes up keys that come in one piece
            stock.send(key).settle(0.02)
        for terminal in (stock, ours):
            terminal.wait_for(expected).settle()
        ours.wait_for(lambda shown: shown.cells() == stock.cells(), 3)
    for size in ((60, 20), (120, 34)):
        for terminal in (stock, ours):
            terminal.resize(*size).wait_for("^o Ask").settle()
        ours.wait_for(lambda shown: shown.cells() == stock.cells(), 3)
    assert ours.received < stock.received / 2


def test_a_letter_and_an_idle_minute_cost_few_bytes(start: Start) -> None:
    terminal = start("ours", columns=120, rows=40, SSH_TTY="/dev/pts/9").wait_for("PANEL 1 :")
    terminal.send(DOWN * 9 + b"\x1b[C" * 5).settle()
    costs = []
    for letter in "nuit sur Tokyo":
        with terminal.counting(quiet=0.05) as counted:
            terminal.send(letter)
        costs.append(counted.received)
    assert statistics.quantiles(costs, n=20)[-1] <= 600
    with terminal.counting(quiet=0.6) as counted:
        pass
    assert counted.received == 0  # nothing blinks, nothing asks


def test_control_stock_textual_spends_kilobytes(start: Start) -> None:
    terminal = start("stock", columns=120, rows=40).wait_for("PANEL 1 :")
    with terminal.counting() as counted:
        terminal.send("x").wait_for("xPANEL")
    assert counted.received > 6000


def test_the_hardware_cursor_is_where_the_text_cursor_is(start: Start) -> None:
    terminal = start("ours").wait_for("PANEL 1 :").settle()
    assert terminal.cursor_shown
    assert terminal.cursor_shape == 6  # a steady bar: it does not turn the drawn cursor around
    x, y = terminal.cursor
    assert terminal.screen.display[y][x:].startswith("PANEL 1 :")
    terminal.send(DOWN + b"\x1b[C\x1b[C").wait_for(lambda shown: shown.cursor == (x + 2, y + 1))
    terminal.send(CTRL_O).wait_for("or not").settle()
    terminal.send("走").wait_for("走").settle()
    x, y = terminal.cursor
    assert terminal.screen.display[y][: x - 1].rstrip().endswith("走")
    terminal.send(b"\x1b").wait_for(lambda shown: "▊  走" not in shown.text)
    terminal.send(b"\x10").wait_for("Search")  # the palette has a field as well
    assert terminal.wait_for(lambda shown: shown.cursor_shown)


def test_the_mouse_is_switched_off_and_on_while_running(start: Start) -> None:
    terminal = start("ours").wait_for("PANEL 1 :")
    terminal.wait_for(lambda shown: shown.mouse)
    terminal.send(CTRL_R).wait_for(lambda shown: not shown.mouse)
    terminal.send(CTRL_R).wait_for(lambda shown: shown.mouse)


def stat_of(terminal: Terminal) -> list[str]:
    """The fields of /proc/PID/stat from the state on (Linux)."""
    stat = Path(f"/proc/{terminal.process.pid}/stat").read_text(encoding="ascii")
    return stat.rpartition(")")[2].split()


def stopped(terminal: Terminal) -> bool:
    """Whether the program is stopped (Linux)."""
    return stat_of(terminal)[0] == "T"


def test_a_stopped_program_leaves_the_screen_and_comes_back_whole(start: Start) -> None:
    terminal = start("ours").wait_for("PANEL 1 :").settle()
    terminal.send(CTRL_Z).wait_for(lambda shown: stopped(shown) and not shown.alternate)
    assert terminal.cursor_shown
    assert not terminal.modes[1003]
    terminal.screen.reset()  # the shell wrote all over it
    terminal.signal(signal.SIGCONT)
    terminal.wait_for("PANEL 1 :").wait_for("^o Ask")
    assert terminal.modes[1049]
    assert terminal.mouse
    terminal.send("back").wait_for("backPANEL 1")


def test_a_lent_terminal_comes_back_whole(start: Start) -> None:
    terminal = start("ours").wait_for("PANEL 1 :").settle()
    terminal.send(CTRL_G).wait_for("a shell here")
    assert not terminal.alternate
    terminal.screen.reset()
    terminal.send(b"\n").wait_for("PANEL 1 :").wait_for("^o Ask")
    terminal.send("back").wait_for("backPANEL 1")


def test_what_others_wrote_is_painted_over_on_demand(start: Start) -> None:
    terminal = start("ours").wait_for("PANEL 1 :").settle()
    terminal.screen.erase_in_display(2)
    terminal.send("a").settle()
    assert "PANEL 2" not in terminal.text
    terminal.send(CTRL_L).wait_for("aPANEL 1 :").wait_for("PANEL 2")


def test_a_storm_of_sizes_ends_in_the_right_picture(start: Start) -> None:
    terminal = start("ours").wait_for("PANEL 1 :").settle()
    for step in range(60):
        terminal.resize(60 + step % 50, 15 + step % 20)
        terminal.pump(0)
    terminal.resize(80, 24).settle(0.3)
    terminal.screen.erase_in_display(2)  # a terminal that lost its picture although the size is as before
    terminal.resize(80, 25).resize(80, 24)
    terminal.wait_for("PANEL 1 :").wait_for("^o Ask")
    assert terminal.text.count("PANEL 1 :") == 1


def wait_until_idle(terminal: Terminal) -> None:
    """Wait, without reading anything, until the program uses no more processor time."""
    used, end = "", time.monotonic() + 15
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


def test_a_slow_line_never_has_more_than_a_frame_under_way(start: Start) -> None:
    terminal = start("ours", columns=120, rows=40).wait_for("PANEL 1 :").settle()
    before = terminal.received
    page_up_and_down_unread(terminal)
    terminal.send("z").wait_for("zPANEL 1").settle()
    assert terminal.received - before < 60_000


def test_control_stock_textual_sends_every_frame(start: Start) -> None:
    terminal = start("stock", columns=120, rows=40).wait_for("PANEL 1 :").settle()
    before = terminal.received
    page_up_and_down_unread(terminal)
    terminal.send("z").wait_for("z").settle()
    assert terminal.received - before > 120_000
