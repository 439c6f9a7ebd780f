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


def test_an_edit_there_and_an_edit_of_another_program_are_both_kept(
    desk: Desk, editor: Path, terminal: Terminal
) -> None:
    write_editor(editor, WAITS + 'sed -i "s/Run, now/Run, Aya/" "$1"')
    terminal.send(LEADER + SCRIPT_KEY).wait_for("editing rain.txt")
    assert not shows_app(terminal)  # the terminal is the editor's
    desk.write("KEN : Stop.")
    go(editor)
    terminal.wait_for("MIKA : Run, Aya.").wait_for("KEN : Stop.")
    assert shows_app(terminal)
    terminal.send("<after").wait_for("<after")
    terminal.send("\x1a\x1a")  # the typing, then all that the editor did
    terminal.wait_for("MIKA : Run, now.").wait_for("KEN : Stop.")
    assert not list((desk.home / "state" / "editor").iterdir())


def test_a_page_alone_is_lent(desk: Desk, editor: Path, terminal: Terminal) -> None:
    write_editor(editor, WAITS + 'sed -i "s/MIKA/AYA/" "$1"')
    terminal.send(LEADER + PAGE).wait_for("editing page-1.txt")
    go(editor)
    terminal.wait_for("AYA : Run, now.")
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


def test_ctrl_c_and_ctrl_z_are_the_editors(desk: Desk, editor: Path, terminal: Terminal) -> None:
    write_editor(editor, "trap 'echo caught' INT; " + WAITS)
    terminal.send(LEADER + SCRIPT_KEY).wait_for("editing rain.txt")
    terminal.send("\x03").wait_for("caught")
    assert terminal.process.poll() is None
    go(editor)
    terminal.wait_for("was changed").send("<on").wait_for("<on")


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
