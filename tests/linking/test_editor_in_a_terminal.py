"""The real program lends the real terminal to a scripted editor and goes on where it was."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.workspace import open_store
from tests.faults.desk import Desk
from tests.terminal.pty import Terminal

LEADER, PAGE, SCRIPT_KEY = "\x0c", "7", "8"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture
def editor(tmp_path: Path) -> Path:
    """A place for the scripted editor; waits until `go` is there."""
    return tmp_path / "editor.sh"


def write_editor(editor: Path, body: str) -> str:
    editor.write_text(f"#!/bin/sh\n{body}\n")
    editor.chmod(0o755)
    return str(editor)


WAITS = 'echo "editing $(basename "$1")"; while [ ! -e "$0.go" ]; do sleep 0.02; done; '


@pytest.fixture
def terminal(desk: Desk, editor: Path) -> Iterator[Terminal]:
    with desk.open(EDITOR=str(editor), VISUAL="") as terminal:
        yield terminal


def shows_app(terminal: Terminal) -> bool:
    return terminal.alternate


def go(editor: Path) -> None:
    Path(f"{editor}.go").touch()


def test_a_script_and_a_page_are_lent_with_their_signals_and_come_back_merged(
    desk: Desk, editor: Path, terminal: Terminal
) -> None:
    """An edit there and another program's are both kept; Ctrl+C is the editor's; a page is lent alone."""
    write_editor(editor, "trap 'echo caught' INT; " + WAITS + 'sed -i "s/Run, now/Run, Aya/" "$1"')
    terminal.send(LEADER + SCRIPT_KEY).wait_for("editing rain.txt")
    assert not shows_app(terminal)  # the terminal is the editor's
    terminal.send("\x03").wait_for("caught")
    assert terminal.process.poll() is None
    desk.write("KEN : Stop.")
    go(editor)
    terminal.wait_for("MIKA : Run, Aya.").wait_for("KEN : Stop.")
    assert shows_app(terminal)
    terminal.send("<after").wait_for("<after")
    terminal.send("\x1a\x1a")  # the typing, then all that the editor did
    terminal.wait_for("MIKA : Run, now.").wait_for("KEN : Stop.")
    assert not list((desk.home / "state" / "editor").iterdir())
    write_editor(editor, 'echo "editing $(basename "$1")" >> "$0.log"; sed -i "s/MIKA/AYA/" "$1"')
    terminal.send(LEADER + PAGE).wait_for("AYA : Run, now.")
    assert Path(f"{editor}.log").read_text() == "editing page-1.txt\n"
    terminal.kill()
    assert "AYA : Run, now." in desk.text()


def test_an_editor_that_is_killed_is_said_and_its_words_are_kept(
    desk: Desk, editor: Path, terminal: Terminal
) -> None:
    write_editor(editor, WAITS + 'echo "AYA : Stop." >> "$1"; stty raw -echo; kill -9 $$')
    terminal.send(LEADER + SCRIPT_KEY).wait_for("editing rain.txt")
    go(editor)
    terminal.wait_for("ended by signal 9")
    terminal.send("<typed").wait_for("<typed")
    (kept,) = (desk.home / "state" / "editor").glob("*/rain.txt")
    assert "AYA : Stop." in kept.read_text()
    assert "AYA" not in desk.text()
    terminal.kill()
    with desk.open() as again:
        again.wait_for("did not come back")


def test_a_signal_to_end_while_the_editor_has_the_terminal_ends_in_order(
    desk: Desk, editor: Path, terminal: Terminal
) -> None:
    terminal.send("<typed").wait_for("<typed")
    write_editor(editor, WAITS)
    terminal.send(LEADER + SCRIPT_KEY).wait_for("editing rain.txt")
    os.kill(terminal.process.pid, signal.SIGTERM)
    assert terminal.wait_exit() == 143
    go(editor)
    assert "<typed" in open_store(desk.shelf, desk.shelf.entry(desk.project_id)).text
    assert desk.errors() == ""
