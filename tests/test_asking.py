"""A question to another process leaves nothing open, whenever it is stopped."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from core import asking
from tests.patience import PATIENCE


class Stopped(Exception):
    """Nobody wants the answer any more."""


def test_a_process_that_ends_just_before_it_is_stopped_leaves_no_pipe(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    begun: list[subprocess.Popen[bytes]] = []

    class Remembered(subprocess.Popen[bytes]):
        def __init__(self, *arguments: Any, **more: Any) -> None:
            super().__init__(*arguments, **more)
            begun.append(self)

    def end_and_stop() -> None:
        gate.write_bytes(b"")  # waits until the process reads
        begun[0].wait(PATIENCE)
        raise Stopped

    monkeypatch.setattr(subprocess, "Popen", Remembered)
    with pytest.raises(Stopped):
        asking.ask_process([sys.executable, "-c", f"open({str(gate)!r}).read()"], b"", end_and_stop)
    assert begun[0].stdout is not None
    assert begun[0].stdout.closed
