"""Servers that a test may kill: each its own, copied from one that was made once."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.server.embedded import EmbeddedServer
from tests.server.postgres import plant, scratch_server

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder whose database is made, and removed at the end."""
    home = tmp_path_factory.mktemp("embedded") / "home"
    server = scratch_server(home)
    plant(server.place, tmp_path_factory)
    yield home
    remove(server)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that the service user can pass through, with a name that needs care."""
    outer = Path(tempfile.mkdtemp(prefix="genko-t-"))
    outer.chmod(0o711)
    yield outer
    shutil.rmtree(outer)


@pytest.fixture
def server(home: Path) -> Iterator[EmbeddedServer]:
    """A server whose database is there and which isn't running."""
    server = scratch_server(home)
    yield server
    server.release()
    server.stop()


@pytest.fixture
def cold(tmp_path: Path) -> Iterator[EmbeddedServer]:
    """A server that was never started, and so has no database."""
    server = scratch_server(tmp_path / "home")
    yield server
    remove(server)


def remove(server: EmbeddedServer) -> None:
    """Leave nothing of it."""
    server.release()
    server.stop()
    assert server.destroy()


class Client:
    """A process that uses a server, see client.py."""

    def __init__(self, server: EmbeddedServer | Path, uid: int | None = None, **options: object) -> None:
        if isinstance(server, Path):
            arguments = [str(server), "-", "-"]
        else:
            place = server.place
            parent = "-" if place.base.parent == place.home else str(place.base.parent)
            arguments = [str(place.home), parent, place.server.name if place.apart else "-"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.server.embedded.client", *arguments, *([str(uid)] if uid else [])],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
            **options,  # type: ignore[call-overload]  # user, group and the like
        )

    def answer(self) -> str:
        """What it says of its start; waits for it."""
        assert self.process.stdout is not None
        return str(self.process.stdout.readline()).strip()

    def ready(self) -> int:
        """The server's pid, once it runs."""
        word, _, rest = self.answer().partition(" ")
        assert word == "ready", rest
        return int(rest)

    def leave(self) -> None:
        """Let it give the server up, and wait until it has."""
        self.process.communicate(timeout=60)

    def kill(self) -> None:
        """kill -9."""
        self.process.kill()
        self.process.communicate(timeout=60)


@pytest.fixture
def client() -> Iterator[Callable[..., Client]]:
    """Makes clients; ends them if the test doesn't."""
    clients: list[Client] = []

    def make(server: EmbeddedServer | Path, uid: int | None = None, **options: object) -> Client:
        clients.append(Client(server, uid, **options))
        return clients[-1]

    yield make
    for each in clients:
        if each.process.poll() is None:
            each.kill()
        for stream in (each.process.stdin, each.process.stdout):
            if stream is not None:
                stream.close()


def is_alive(pid: int) -> bool:
    """Whether the process exists and is no zombie."""
    with contextlib.suppress(OSError):
        return ") Z " not in Path(f"/proc/{pid}/stat").read_text()
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, 0)
        return not Path("/proc/self").exists()
    return False
