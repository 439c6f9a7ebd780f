"""The command line in this process, on folders of its own, and as a program of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from core.paths import Paths
from core.server.embedded import EmbeddedServer
from core.workspace import Shelf
from tests.server.postgres import plant
from tui.cli.parser import run_command


@dataclass(frozen=True)
class Ended:
    """What a command left behind."""

    status: int
    out: str
    err: str

    def json(self) -> Any:
        """Its answer to a program."""
        return json.loads(self.out)


Genko = Callable[..., Ended]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty GENKO_HOME, and no server's address in the environment."""
    folder = tmp_path / "home"
    for name in [name for name in os.environ if name.startswith(("PG", "GENKO_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("GENKO_HOME", str(folder))
    return folder


@pytest.fixture
def shelf(home: Path) -> Shelf:
    """The shelf that the commands see."""
    return Shelf(Paths.from_environment())


@pytest.fixture
def genko(home: Path, capfd: pytest.CaptureFixture[str]) -> Genko:
    """Run a command line; never ends the test's own process."""

    def call(*arguments: str | Path) -> Ended:
        capfd.readouterr()
        try:
            status = run_command([str(argument) for argument in arguments])
        except SystemExit as ended:
            status = ended.code if isinstance(ended.code, int) else 1
        caught = capfd.readouterr()
        return Ended(status, caught.out, caught.err)

    return call


@pytest.fixture
def program(home: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """The real program in a process of its own."""

    def call(*arguments: str | Path) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "tui", *map(str, arguments)]
        return subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, check=False)

    return call


@pytest.fixture
def embedded(home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedServer]:
    """The embedded server of this home, its data folder made, removed afterwards with its data."""
    server = EmbeddedServer(Paths.from_environment().data)
    plant(server.place, tmp_path_factory)
    yield server
    server.stop()
    server.destroy()
