"""Databases with Genko's tables on each server, copied for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.server.postgres import PostgresForTests


@pytest.fixture(params=["15", "18"])
def each_conninfo(request: pytest.FixtureRequest) -> Iterator[str]:
    """The same on the oldest and on the newest server that we serve."""
    postgres: PostgresForTests = request.getfixturevalue(f"postgres{request.param}")
    made = postgres.make_database(request.getfixturevalue(f"template{request.param}"))
    yield made
    postgres.drop_database(made)
