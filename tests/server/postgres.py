"""Real PostgreSQL servers for tests: the embedded server itself, shared by the workers of one run."""

from __future__ import annotations

import itertools
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from core.errors import ServerError
from core.server import Server, ServerSettings
from core.server.embedded import EmbeddedServer
from core.server.embedded.locks import FileLock
from core.server.embedded.place import Place
from core.server.embedded.server import _left_running
from tests.patience import PATIENCE
from tests.scratch import SCRATCH

SYSTEM_15 = Path("/usr/lib/postgresql/15/bin")
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


def folder_of_run(factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run share."""
    base = factory.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


def plant(place: Place, factory: pytest.TempPathFactory) -> Path:
    """Put a new database there as the first start would make it, a copy of one made once in this run.

    Making one takes seconds of writing through to the disk, a copy a tenth of one. Gives PGDATA.
    """
    run = folder_of_run(factory)
    made, lock = run / "made18", FileLock(run / "made18.lock")
    assert lock.wait(PATIENCE)
    try:
        if not made.exists():
            _make(run, made)
    finally:
        lock.free()
    place.prepare()
    data = place.data(18)
    subprocess.run(["cp", "-a", made, data], check=True)
    if place.apart:
        subprocess.run(["chown", "-R", f"{place.server.uid}:{place.server.gid}", data], check=True)
    return data


def _make(run: Path, made: Path) -> None:
    server = scratch_server(run / "making")
    server.start()
    server.release()
    copy = run / "made18-copy"
    subprocess.run(["cp", "-a", server.place.data(18), copy], check=True)
    copy.rename(made)
    assert server.destroy()


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
            # Nothing here grows old; and who cuts all connections of a database may not cut a vacuum's.
            connection.execute("ALTER SYSTEM SET autovacuum = off")
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
    try:
        server = PostgresForTests(scratch_server(folder_of_run(factory) / name, binaries))
    except ServerError as error:
        pytest.fail(f"{name}: {error}")
    try:
        yield server
    finally:
        server.embedded.destroy()
        for child in _left_running:  # other workers use it: only the last of them sees its end
            child.returncode = 0
