"""Makers, and a database of each version that Genko serves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import genko, home  # noqa: F401 fixtures
from tests.drafts.publishing.packs import Maker
from tests.server.conftest import (  # noqa: F401 fixtures
    conninfo,
    postgres15,
    postgres18,
    template15,
    template18,
)
from tests.server.postgres import PostgresForTests


def _database(request: pytest.FixtureRequest) -> Iterator[tuple[PostgresForTests, str]]:
    postgres: PostgresForTests = request.getfixturevalue(f"postgres{request.param}")
    made = postgres.make_database(request.getfixturevalue(f"template{request.param}"))
    yield postgres, made
    postgres.drop_database(made)


@pytest.fixture(params=["15", "18"])
def each(request: pytest.FixtureRequest) -> Iterator[tuple[PostgresForTests, str]]:
    """A server, and the conninfo of a fresh database on it."""
    yield from _database(request)


@pytest.fixture(params=[pytest.param("15", marks=pytest.mark.soak), "18"])
def newest(request: pytest.FixtureRequest) -> Iterator[tuple[PostgresForTests, str]]:
    """The same on the newest; soak has the oldest, too."""
    yield from _database(request)


@pytest.fixture
def maker(tmp_path: Path, conninfo: str) -> Maker:  # noqa: F811 a fixture
    """Somebody with a draft of two assets."""
    return Maker.at(tmp_path, conninfo)
