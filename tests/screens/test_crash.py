"""A fault of the program ends in one sentence; nothing of the writer's is printed or logged."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.faults.desk import Desk

BROKEN = """
from screens import workspace
def fail(self):
    words = self.session.store.text
    raise RuntimeError(words)
workspace.WorkspaceScreen.action_find = fail
from tui.__main__ import main
main()
"""


def test_a_fault_prints_no_words_and_says_where_to_look(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    with desk.open([sys.executable, "-c", BROKEN]) as terminal:
        terminal.send("<kept")
        terminal.wait_for("<kept")
        terminal.send("\x06")
        assert terminal.wait_exit(20) == 1
        assert not terminal.alternate
    printed = (desk.home / "stderr").read_text()
    assert printed.count("\n") == 1
    assert "fault of its own" in printed
    log = desk.home / "logs" / "genko.log"
    assert log.stat().st_mode & 0o777 == 0o600
    logged = log.read_text()
    assert "RuntimeError" in logged
    assert " fail" in logged
    assert "MIKA" not in printed + logged
    assert desk.typed() == "kept"
