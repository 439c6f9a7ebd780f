"""What every refusal of a command must be: one line, no traceback, an honest status."""

from __future__ import annotations

from tests.cli.conftest import Ended


def one_sentence(ended: Ended, status: int = 1) -> str:
    """The refusal's line, after checking that it is one; nothing may stand on stdout."""
    assert ended.status == status, ended
    assert ended.out == ""
    assert ended.err.startswith("genko: ")
    assert ended.err.count("\n") == 1, ended.err
    assert "Traceback" not in ended.err
    assert len(ended.err) < 700, ended.err
    return ended.err
