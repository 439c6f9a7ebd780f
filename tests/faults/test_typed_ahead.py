"""What is typed while a project opens belongs to its script; the list still shown takes none of it."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.faults.desk import Desk
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
