"""Real PostgreSQL servers for tests: the embedded server itself, shared by the workers of one run."""

from __future__ import annotations

import contextlib
import itertools
import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from core.errors import ServerError
from core.server import Server, ServerSettings
from core.server.embedded import EmbeddedServer

SYSTEM_15 = Path("/usr/lib/postgresql/15/bin")
SCRATCH = Path(f"/tmp/genko-tests-{os.geteuid()}")
_numbers = itertools.count()


def scratch_server(home: Path, binaries: Path | None = None) -> EmbeddedServer:
    """A server for the data folder `home` that leaves nothing in /var/lib when root runs the tests.

    pytest's own folders are closed to the service user, so root's are in /tmp beside them.
    """
    return EmbeddedServer(
        home,
        binaries,
        parent=SCRATCH if os.geteuid() == 0 else None,
        service_user="nobody" if os.geteuid() == 0 else None,
    )


class PostgresForTests:
    """A running server with as many databases as a test wants."""

    def __init__(self, embedded: EmbeddedServer) -> None:
        self.embedded = embedded
        self.conninfo = embedded.start()
        self.admin = embedded.url(admin=True)
        with psycopg.connect(self.admin, autocommit=True) as connection:
            self.major = connection.info.server_version // 10_000
            # Tests kill programs, not the machine: the disk need not be waited for.
            connection.execute("ALTER SYSTEM SET fsync = off")
            connection.execute("SELECT pg_reload_conf()")

    def make_database(self, template: str | None = None) -> str:
        """Create a database owned by the app role, a copy of `template` if given; its conninfo (app role)."""
        name = f"t{os.getpid()}_{next(_numbers)}"
        statement = sql.SQL("CREATE DATABASE {} OWNER genko TEMPLATE {}").format(
            sql.Identifier(name), sql.Identifier(template or "template0")
        )
        self._run(statement)
        return self.conninfo_of(name)

    def template(self) -> str:
        """The name of a database with Genko's tables, made by the first of the run's workers that asks.

        Making them costs a second, a copy of them a few milliseconds.
        """
        name = "with_tables"
        with psycopg.connect(self.admin, autocommit=True) as connection:
            connection.execute("SELECT pg_advisory_lock(1)")  # until the connection ends
            if connection.execute("SELECT FROM pg_database WHERE datname = %s", (name,)).rowcount == 0:
                made = self.make_database()
                Server(ServerSettings(url=made)).start()
                renaming = sql.SQL("ALTER DATABASE {} RENAME TO {}")
                connection.execute(renaming.format(*map(sql.Identifier, (self.name_of(made), name))))
        return name

    def drop_database(self, conninfo: str) -> None:
        """Drop a database made here, cutting connections that are still open."""
        name = self.name_of(conninfo)
        self._run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def conninfo_of(self, database: str, *, admin: bool = False) -> str:
        """The conninfo of a database by its name, as the app role or as the superuser."""
        return make_conninfo(self.conninfo, dbname=database, **({"user": "postgres"} if admin else {}))

    @staticmethod
    def name_of(conninfo: str) -> str:
        """The database's name in a conninfo, to be used as a template."""
        return str(psycopg.conninfo.conninfo_to_dict(conninfo)["dbname"])

    def _run(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.admin, autocommit=True) as connection:
            connection.execute(statement)


def run_shared(
    factory: pytest.TempPathFactory, name: str, binaries: Path | None
) -> Iterator[PostgresForTests]:
    """Start (or join) the run's server `name`; the last worker to finish stops and removes it."""
    base = factory.getbasetemp()
    run = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    try:
        server = PostgresForTests(scratch_server(run / name, binaries))
    except ServerError as error:
        pytest.fail(f"{name}: {error}")
    try:
        yield server
    finally:
        server.embedded.destroy()
        with contextlib.suppress(OSError):
            SCRATCH.rmdir()
