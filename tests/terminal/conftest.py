"""Fixtures that start the test programs in a pty."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.terminal.pty import Terminal, plain_environment

ROOT = Path(__file__).parents[2]
Start = Callable[..., Terminal]


def start_program(
    name: str, *, columns: int = 80, rows: int = 24, stderr: Path | None = None, **env: str
) -> Terminal:
    """One of tests/terminal/programs.py in a new terminal."""
    return Terminal(
        [sys.executable, "-m", "tests.terminal.programs", name],
        columns=columns,
        rows=rows,
        env=plain_environment(**env),
        cwd=ROOT,
        stderr=stderr,
    )


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start programs that end with the test; KEPT names the file they save to."""
    with ExitStack() as stack:

        def begin(
            name: str, *, columns: int = 80, rows: int = 24, stderr: Path | None = None, **env: str
        ) -> Terminal:
            env.setdefault("KEPT", str(tmp_path / "kept"))
            return stack.enter_context(start_program(name, columns=columns, rows=rows, stderr=stderr, **env))

        yield begin
