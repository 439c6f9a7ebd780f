"""What is typed while a project or a field opens belongs there; the list still shown takes none of it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from core.workspace import open_store
from tests.faults.desk import Desk, typed_in
from tests.terminal.pty import Terminal


def test_a_project_begun_and_written_in_one_go(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    command = [sys.executable, "-m", "tui"]
    with Terminal(command, columns=100, env=desk.environment(), stderr=desk.home / "stderr") as terminal:
        terminal.wait_for("Rain")
        terminal.send("n")
        terminal.wait_for("Title of the new project")
        terminal.send("Dusk\rxdr: in the list these would trash, duplicate, rename\r\x0eA street.")
        terminal.wait_for("A street.")
        shown = "\n".join(terminal.screen.display)
    assert "xdr: in the list" in shown
    assert shown.index("xdr:") < shown.index("PANEL 1") < shown.index("A street.")
    assert sorted(entry.title for entry in desk.shelf.list()) == ["Dusk", "Rain"]


@pytest.mark.soak
def test_letters_typed_ahead_of_a_field_are_there_in_their_order(tmp_path: Path) -> None:
    for number in range(12):
        desk = Desk(tmp_path / str(number))
        with desk.open() as terminal:
            terminal.send("\x1bOR").wait_for("No characters yet")
            terminal.send("n<abcdefgh").wait_for(lambda screen: typed_in(screen.text) == "abcdefgh")
            terminal.send("\rone, two\x1b").wait_for("one, two")
            terminal.kill()
        store = open_store(desk.shelf, desk.shelf.entry(desk.project_id))
        assert [(one.name, one.aliases) for one in store.characters()] == [("<abcdefgh", ("one", "two"))]
