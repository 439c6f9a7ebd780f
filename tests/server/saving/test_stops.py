"""Attacks a save with a server that is stopped or killed in the middle of it."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from core.errors import ServerUnreachable
from core.server import Server, ServerSettings
from tests.server.embedded.waiting import until
from tests.server.postgres import PostgresForTests, plant, scratch_server
from tests.server.saving.machines import VERSIONS, Machine, rows

WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"


@pytest.fixture
def own(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresForTests]:
    """A server that this test may stop."""
    embedded = scratch_server(tmp_path / "own")
    plant(embedded.place, tmp_path_factory)
    server = PostgresForTests(embedded)
    yield server
    server.embedded.destroy()


@pytest.mark.parametrize("how", ["stopped", pytest.param("killed", marks=pytest.mark.soak)])
def test_a_server_that_goes_away_during_a_save_has_it_once_when_it_is_back(
    own: PostgresForTests, how: str
) -> None:
    conninfo = own.make_database()
    Server(ServerSettings(url=conninfo)).start()
    with Machine.first(conninfo, saved=True) as akira, closing(psycopg.connect(conninfo)) as other:
        other.execute("SELECT FROM projects FOR UPDATE")
        akira.store.splice(0, 0, "pendant l'arrêt ")
        package = akira.package()
        failed: list[ServerUnreachable] = []

        def save() -> None:
            try:
                akira.saver.save(package)
            except ServerUnreachable as error:
                failed.append(error)

        saving = threading.Thread(target=save)
        saving.start()
        until(lambda: rows(conninfo, WAITING) == [(1,)])
        if how == "stopped":
            own.embedded.stop()
        else:
            pid = own.embedded.status().pid
            assert pid is not None
            os.kill(pid, signal.SIGKILL)
        saving.join(60)
        assert len(failed) == 1
        own.embedded.start()
        akira.save(package)
        assert akira.rows(VERSIONS) == [(1,), (2,)]
        assert akira.text_on_server() == akira.store.text
        assert not akira.is_dirty()
