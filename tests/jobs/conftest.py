"""A server with the tables, and a connection of whoever wants something made."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from core.server import Server, ServerSettings
from core.server.connection import Connection
from tests.server.conftest import conninfo, postgres15, postgres18, template15, template18

__all__ = ["conninfo", "postgres15", "postgres18", "template15", "template18"]


@pytest.fixture
def server(conninfo: str) -> Iterator[Server]:
    """A server with the tables."""
    made = Server(ServerSettings(url=conninfo))
    yield made
    made.close()


@pytest.fixture
def link(server: Server) -> Iterator[Connection]:
    """A connection to it."""
    with server.connect() as connection:
        yield connection
