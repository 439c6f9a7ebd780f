"""A shelf in a folder of its own, sessions that are closed afterwards, a server of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import UUID

import pytest

from core.paths import Paths
from core.server import Server, ServerSettings
from core.workspace import ProjectSession, Shelf
from core.workspace.saving import Inbox
from tests.server.conftest import conninfo, postgres18, template18

__all__ = ["conninfo", "postgres18", "template18"]

OpenSession = Callable[..., tuple[ProjectSession, Inbox]]


def paths_in(folder: Path) -> Paths:
    """All of a user's folders under `folder`."""
    return Paths(folder / "data", folder / "config", folder / "logs", folder / "state")


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """An empty shelf."""
    return Shelf(paths_in(tmp_path))


@pytest.fixture
def other_shelf(tmp_path: Path) -> Shelf:
    """The shelf of a second machine."""
    return Shelf(paths_in(tmp_path / "other"))


@pytest.fixture
def open_session() -> Iterator[OpenSession]:
    """Open projects; each session has an inbox that stands for the UI's loop."""
    sessions: list[ProjectSession] = []

    def opened(shelf: Shelf, project_id: UUID, server: Server | None = None) -> tuple[ProjectSession, Inbox]:
        inbox = Inbox()
        session = ProjectSession.open(shelf, project_id, on_ui=inbox.put, server=server)
        sessions.append(session)
        return session, inbox

    yield opened
    for session in sessions:
        session.close()


@pytest.fixture
def server(conninfo: str, tmp_path: Path) -> Iterator[Server]:
    """A server with the tables and no project."""
    server = Server(ServerSettings(url=conninfo, home=tmp_path / "server"))
    yield server
    server.close()
