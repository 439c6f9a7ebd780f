"""The connection is cut or the program is told to go: everything is kept, and it ends, in silence."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from tests.patience import PATIENCE, within
from tests.terminal.conftest import Start
from tests.terminal.pty import Terminal


def processor_seconds(terminal: Terminal) -> float:
    """User and system time the program has used so far (Linux)."""
    stat = Path(f"/proc/{terminal.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(stat[11]) + int(stat[12])) / 100


def test_a_cut_connection_keeps_the_word_under_way(start: Start, tmp_path: Path) -> None:
    errors = tmp_path / "stderr"
    terminal = start("ours", stderr=errors).wait_for("PANEL 1 :")
    terminal.send("half a wo").wait_for("half a woPANEL")
    terminal.hang_up()
    assert terminal.wait_exit() == 129
    assert (tmp_path / "kept").read_text(encoding="utf-8").startswith("HANGUP half a wo")
    assert errors.read_text(encoding="utf-8") == ""  # no traceback


def test_keys_that_had_arrived_are_kept_too(start: Start, tmp_path: Path) -> None:
    # The program gives them two seconds, which a busy machine needs for less: here as long as it takes.
    terminal = start("ours", LAST_KEYS=f"{PATIENCE}", SHUTDOWN_SECONDS=f"{PATIENCE}")
    terminal.wait_for("PANEL 1 :").settle()
    terminal.send(b"\x1b[C\x1b[D" * 100 + b"last").wait_for("key right")  # it will be busy with them
    terminal.hang_up()
    assert terminal.wait_exit() == 129
    assert "HANGUP last" in (tmp_path / "kept").read_text(encoding="utf-8")


def test_control_stock_textual_keeps_nothing(start: Start, tmp_path: Path) -> None:
    terminal = start("stock").wait_for("PANEL 1 :")
    terminal.send("half a wo").wait_for("half a woPANEL")
    terminal.hang_up()
    assert terminal.wait_exit() == -signal.SIGHUP
    assert not (tmp_path / "kept").exists()


def test_a_connection_cut_while_painting_does_not_hang(start: Start, tmp_path: Path) -> None:
    terminal = start("ours", columns=200, rows=60).wait_for("PANEL 1 :")
    for _ in range(3):
        terminal.send(b"\x14\x1b[6~")  # every cell changes, and nobody reads: the writer is stuck
    terminal.hang_up()
    assert terminal.wait_exit() == 129
    assert (tmp_path / "kept").exists()


def test_a_terminal_that_takes_no_more_does_not_hold_the_end(start: Start, tmp_path: Path) -> None:
    terminal = start("ours", columns=200, rows=60).wait_for("PANEL 1 :").settle()
    os.write(
        terminal.master, b"\x14\x1b[6~" * 3
    )  # and nobody reads: Ctrl+S on an old terminal, a sleeping laptop
    time.sleep(0.4)
    terminal.signal(signal.SIGTERM)
    assert terminal.process.wait(60) == 143
    assert (tmp_path / "kept").exists()


@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGTERM, 143), pytest.param(signal.SIGINT, 130, marks=pytest.mark.soak)]
)
def test_a_signal_ends_it_in_order_and_gives_the_screen_back(
    start: Start, tmp_path: Path, number: signal.Signals, status: int
) -> None:
    terminal = start("ours").wait_for("PANEL 1 :")
    terminal.send("words").wait_for("wordsPANEL")
    terminal.signal(number)
    assert terminal.wait_exit() == status
    assert "words" in (tmp_path / "kept").read_text(encoding="utf-8")
    assert not terminal.alternate
    assert terminal.cursor_shown
    assert not terminal.mouse


def test_an_end_that_gets_stuck_is_quiet_and_cut_short(start: Start, tmp_path: Path) -> None:
    def hang_up() -> float:
        terminal = start("ours", STUCK="1", SHUTDOWN_SECONDS="1.2").wait_for("PANEL 1 :").settle()
        began = time.monotonic()
        terminal.hang_up()
        time.sleep(0.2)
        before = processor_seconds(terminal)
        time.sleep(0.7)  # a busy loop on the dead terminal would use all of it
        assert processor_seconds(terminal) - before < 0.3
        assert terminal.wait_exit() == 129
        took = time.monotonic() - began
        assert took > 1.0
        assert (tmp_path / "kept").read_text(encoding="utf-8") == "least HANGUP"
        return took

    assert within(5, hang_up, tries=3)


def test_even_a_stuck_screen_ends_when_the_connection_is_cut(start: Start, tmp_path: Path) -> None:
    terminal = start("ours", SHUTDOWN_SECONDS="0.3").wait_for("PANEL 1 :").settle()
    terminal.send(b"\x1b[24~").settle()
    terminal.hang_up()
    assert terminal.wait_exit() == 129
    assert (tmp_path / "kept").read_text(encoding="utf-8") == "least HANGUP"


def test_the_driver_alone_ends_an_app_without_hooks(start: Start) -> None:
    terminal = start("driver").wait_for("PANEL 1 :")
    terminal.hang_up()
    assert terminal.wait_exit() == 129
