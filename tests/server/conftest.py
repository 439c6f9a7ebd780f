"""Servers and databases for tests: `postgres18`, `postgres15`, and a fresh database for one test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.server.postgres import SYSTEM_15, PostgresForTests, run_shared
from tests.server.studio import Studio, run_studio


@pytest.fixture(scope="session")
def postgres18(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresForTests]:
    """The embedded PostgreSQL 18, running for the whole session."""
    yield from run_shared(tmp_path_factory, "server18", None)


@pytest.fixture(scope="session")
def postgres15(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresForTests]:
    """PostgreSQL 15, the oldest that Genko serves, if this machine has it."""
    if not (SYSTEM_15 / "postgres").exists():
        pytest.skip(f"no PostgreSQL 15 in {SYSTEM_15}")
    yield from run_shared(tmp_path_factory, "server15", SYSTEM_15)


@pytest.fixture(scope="session")
def template18(postgres18: PostgresForTests) -> str:
    """The name of a database with the tables, on 18."""
    return postgres18.template()


@pytest.fixture(scope="session")
def template15(postgres15: PostgresForTests) -> str:
    """The name of a database with the tables, on 15."""
    return postgres15.template()


@pytest.fixture
def conninfo(postgres18: PostgresForTests, template18: str) -> Iterator[str]:
    """The conninfo of a fresh database with the tables, on 18; dropped afterwards."""
    made = postgres18.make_database(template18)
    yield made
    postgres18.drop_database(made)


@pytest.fixture
def database18(postgres18: PostgresForTests) -> Iterator[str]:
    """The conninfo of an empty database on 18, dropped afterwards."""
    conninfo = postgres18.make_database()
    yield conninfo
    postgres18.drop_database(conninfo)


@pytest.fixture
def database15(postgres15: PostgresForTests) -> Iterator[str]:
    """The conninfo of an empty database on 15, dropped afterwards."""
    conninfo = postgres15.make_database()
    yield conninfo
    postgres15.drop_database(conninfo)


@pytest.fixture(scope="session")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """Somebody else's server, over TCP with a password."""
    yield from run_studio(tmp_path_factory)
