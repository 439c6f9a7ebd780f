"""A server as a studio has one: over TCP, with passwords, set up by somebody else."""

from __future__ import annotations

import contextlib
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import make_conninfo

from core.server.embedded import cluster, find_binaries, sockets
from core.server.embedded.locks import FileLock
from core.server.embedded.processes import launch
from tests.server.embedded.waiting import until
from tests.server.postgres import plant, scratch_server

PASSWORD = "pass word%&?é"
_RULES = "local all all peer map=genko\nhost all all 127.0.0.1/32 scram-sha-256\n"
_SETTINGS = "max_connections = 8\nsuperuser_reserved_connections = 3\nfsync = off\n"
_SESSIONS = "SELECT count(*) FROM pg_stat_activity WHERE usename = 'ann'"


class Studio:
    """A PostgreSQL on 127.0.0.1 with a role `ann` (password PASSWORD) who owns the database `studio`."""

    host = "127.0.0.1"

    def __init__(self, factory: pytest.TempPathFactory) -> None:
        self._place = scratch_server(factory.mktemp("studio")).place
        data = plant(self._place, factory)
        self._folder = sockets.choose_folder(self._place)
        self._start(data)
        while self._process.returncode is not None:  # somebody else took the port in between
            self._start(data)
        self.run(sql.SQL("CREATE ROLE ann LOGIN PASSWORD {}").format(PASSWORD))
        self.run("CREATE DATABASE studio OWNER ann")
        self.conninfo = self.address()

    def _start(self, data: Path) -> None:
        self.port = _free_port()
        binaries = find_binaries()
        lock = FileLock(self._place.running_lock)
        assert lock.take()
        cluster.configure(self._place, data, binaries.major, self._folder)
        (data / "pg_hba.conf").write_text(_RULES)
        with (data / "genko.conf").open("a") as settings:
            settings.write(f"{_SETTINGS}listen_addresses = '{self.host}'\nport = {self.port}\n")
        self._process: subprocess.Popen[bytes] = launch(
            self._place, [binaries.program("postgres"), "-D", str(data)], inherit=lock.fileno()
        )
        lock.hand_over()
        self.admin = make_conninfo(host=str(self._folder), port=self.port, user="postgres", dbname="postgres")
        until(lambda: self._answers() or self._process.poll() is not None)

    def left(self) -> None:
        """Wait until all of ann's sessions have ended: the server notices a little after they were closed."""
        with psycopg.connect(self.admin, autocommit=True) as connection:
            until(lambda: connection.execute(_SESSIONS).fetchone() == (0,))

    def address(self, **changes: str | int) -> str:
        """Ann's conninfo, with some parts changed."""
        ours = make_conninfo(host=self.host, port=self.port, user="ann", dbname="studio", password=PASSWORD)
        return make_conninfo(ours, **changes)

    def run(self, statement: str | sql.Composed) -> None:
        """Do something as the superuser."""
        with psycopg.connect(self.admin, autocommit=True) as connection:
            connection.execute(statement.encode() if isinstance(statement, str) else statement)

    def stop(self) -> None:
        """End it and remove its files."""
        self._process.send_signal(signal.SIGINT)
        self._process.wait(60)
        self._place.destroy()

    def _answers(self) -> bool:
        with contextlib.suppress(psycopg.OperationalError), psycopg.connect(self.admin):
            return True
        return False


def run_studio(factory: pytest.TempPathFactory) -> Iterator[Studio]:
    """One for the session."""
    studio = Studio(factory)
    yield studio
    studio.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
