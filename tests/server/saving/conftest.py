"""Databases with Genko's tables: made once for each server, then copied for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from core.server import Server, ServerSettings
from tests.server.postgres import PostgresForTests


def _template(postgres: PostgresForTests) -> str:
    conninfo = postgres.make_database()
    Server(ServerSettings(url=conninfo)).start()
    return postgres.name_of(conninfo)


@pytest.fixture(scope="session")
def template18(postgres18: PostgresForTests) -> str:
    """The name of a database with the tables, on 18."""
    return _template(postgres18)


@pytest.fixture(scope="session")
def template15(postgres15: PostgresForTests) -> str:
    """The name of a database with the tables, on 15."""
    return _template(postgres15)


@pytest.fixture
def conninfo(postgres18: PostgresForTests, template18: str) -> Iterator[str]:
    """The conninfo of a fresh database with the tables, on 18."""
    made = postgres18.make_database(template18)
    yield made
    postgres18.drop_database(made)


@pytest.fixture(params=["15", "18"])
def each_conninfo(request: pytest.FixtureRequest) -> Iterator[str]:
    """The same on the oldest and on the newest server that we serve."""
    postgres: PostgresForTests = request.getfixturevalue(f"postgres{request.param}")
    made = postgres.make_database(request.getfixturevalue(f"template{request.param}"))
    yield made
    postgres.drop_database(made)
