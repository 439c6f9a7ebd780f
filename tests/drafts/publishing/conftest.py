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


@pytest.fixture(params=["15", "18"])
def each(request: pytest.FixtureRequest) -> Iterator[tuple[PostgresForTests, str]]:
    """A server, and the conninfo of a fresh database on it."""
    postgres: PostgresForTests = request.getfixturevalue(f"postgres{request.param}")
    made = postgres.make_database(request.getfixturevalue(f"template{request.param}"))
    yield postgres, made
    postgres.drop_database(made)


@pytest.fixture
def maker(tmp_path: Path, conninfo: str) -> Maker:  # noqa: F811 a fixture
    """Somebody with a draft of two assets."""
    return Maker.at(tmp_path, conninfo)
