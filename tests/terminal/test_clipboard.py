"""A copy says only what is true: it arrives, or what to change is named."""

from __future__ import annotations

import base64
import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminal.conftest import ROOT, Start
from tests.terminal.pty import Terminal, plain_environment
from tui.terminal.clipboard import CopyPlan, CopyWay, copy_report, copy_sequence, is_too_long, run_copy

COPIED = base64.b64encode("走れ word".encode())
CTRL_Y = b"\x19"
needs_tmux = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed here")


def tool(folder: Path, name: str, body: str) -> Path:
    """A small program in `folder`."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_a_plain_terminal_gets_osc_52(start: Start) -> None:
    terminal = start("ours").wait_for("PANEL 1 :")
    terminal.send(CTRL_Y).wait_for_bytes(b"\x1b]52;c;" + COPIED)


def test_terminals_that_drop_copies_are_known() -> None:
    for env in ({"VTE_VERSION": "7002"}, {"TERM_PROGRAM": "Apple_Terminal"}, {"TERM": "linux"}):
        plan = copy_report({"TERM": "xterm-256color", "PATH": "/nowhere", **env})
        assert plan.way is CopyWay.INSIDE
        assert plan.reaches is False
        assert plan.advice
        assert copy_sequence(plan, "x") == ""
    assert copy_report({"TERM": "xterm-256color", "VTE_VERSION": "7800"}).reaches is None
    assert copy_report({"TERM": "xterm-kitty"}) == CopyPlan(CopyWay.TERMINAL, True)
    assert copy_report({"TERM": "xterm-256color"}) == CopyPlan(CopyWay.TERMINAL, None)


def test_a_tool_of_this_machine_helps_but_not_over_ssh(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    tool(tmp_path / "bin", "wl-copy", f"cat > {taken}")
    path = f"{tmp_path}/bin:{os.environ['PATH']}"
    env = {"TERM": "xterm-256color", "VTE_VERSION": "7002", "WAYLAND_DISPLAY": "w", "PATH": path}
    plan = copy_report(env)
    assert (plan.way, plan.reaches) == (CopyWay.TOOL, True)
    assert run_copy(plan, "走れ", env)
    assert taken.read_text(encoding="utf-8") == "走れ"
    assert copy_report({**env, "SSH_TTY": "/dev/pts/1"}).way is CopyWay.INSIDE


def test_gnu_screen_gets_it_in_small_strings() -> None:
    plan = copy_report({"TERM": "screen", "STY": "1.pts"})
    sequence = copy_sequence(plan, "word " * 500)
    pieces = sequence.split("\x1bP")[1:]
    assert all(piece.endswith("\x1b\\") and len(piece) < 256 for piece in pieces)
    whole = "".join(piece.removesuffix("\x1b\\") for piece in pieces)
    assert whole == copy_sequence(CopyPlan(CopyWay.TERMINAL, None), "word " * 500)


def test_a_tmux_out_of_sight_is_not_promised() -> None:
    plan = copy_report({"TERM": "tmux-256color"})
    assert plan.reaches is None
    assert "set-clipboard on" in plan.advice


def test_an_old_tmux_names_its_setting(tmp_path: Path) -> None:
    answers = 'case "$1" in -V) echo tmux 2.9;; show-options) echo external;; *) exit 1;; esac'
    tool(tmp_path / "bin", "tmux", answers)
    env = {"TERM": "screen", "TMUX": "/tmp/x,1,0", "PATH": f"{tmp_path}/bin:{os.environ['PATH']}"}
    plan = copy_report(env)
    assert plan.reaches is False
    assert "set-clipboard on" in plan.advice
    tool(tmp_path / "bin", "tmux", answers.replace("external", "on"))
    assert copy_report(env) == CopyPlan(CopyWay.TERMINAL, None)


def test_a_tmux_that_hangs_or_is_gone_blocks_nothing(tmp_path: Path) -> None:
    plan = copy_report({"TERM": "screen", "TMUX": "/nowhere,1,0", "PATH": str(tmp_path)})
    assert plan.reaches is False
    assert not run_copy(CopyPlan(CopyWay.TMUX, True, command=("/nowhere/tmux",)), "x", {})


def test_long_copies() -> None:
    assert not is_too_long("x" * 50_000)
    assert is_too_long("走" * 30_000)


@contextlib.contextmanager
def in_tmux(tmp_path: Path, name: str, settings: str) -> Iterator[Terminal]:
    """A program within a tmux of its own, seen from the terminal that tmux runs in."""
    config = tmp_path / "tmux.conf"
    config.write_text(settings, encoding="utf-8")
    environment = plain_environment(KEPT=str(tmp_path / "kept"), TMUX_TMPDIR=str(tmp_path))
    inner = f"cd {ROOT} && exec {sys.executable} -m tests.terminal.programs {name}"
    tmux = ["tmux", "-f", str(config), "-L", "genko-test"]
    try:
        with Terminal([*tmux, "new-session", inner], env=environment, columns=90, rows=25) as terminal:
            yield terminal
    finally:  # the server is a daemon, and outlives its terminal
        subprocess.run([*tmux, "kill-server"], env=environment, capture_output=True, check=False)


@needs_tmux
def test_a_copy_gets_through_a_real_tmux(tmp_path: Path) -> None:
    with in_tmux(tmp_path, "ours", "set -s set-clipboard external\n") as terminal:
        terminal.wait_for("PANEL 1 :")
        terminal.send(CTRL_Y).wait_for_bytes(COPIED)
        terminal.send("a").wait_for("aPANEL 1 :")
        assert "Copied within" not in terminal.text


@needs_tmux
def test_a_tmux_whose_terminal_takes_no_copies_names_the_setting(tmp_path: Path) -> None:
    with in_tmux(
        tmp_path, "ours", "set -s terminal-features ''\nset -s terminal-overrides '*:Ms@'\n"
    ) as terminal:
        terminal.wait_for("PANEL 1 :")
        terminal.send(CTRL_Y).wait_for("Copied within Genko only").wait_for("terminal-features")


@needs_tmux
def test_control_stock_textual_is_dropped_by_tmux(tmp_path: Path) -> None:
    with in_tmux(tmp_path, "stock", "set -s set-clipboard external\n") as terminal:
        terminal.wait_for("PANEL 1 :")
        terminal.send(CTRL_Y).send("a").wait_for("aPANEL 1 :").settle()
        assert COPIED not in terminal.raw
