"""Attacks the server as the rest of Genko sees it: found, started, shared, let go of."""

from __future__ import annotations

import os
import signal
import traceback
from pathlib import Path

import psycopg
import pytest

from core.errors import ServerError, ServerUnreachable
from core.server import SavePackage, Server, ServerSettings
from core.server.embedded import EmbeddedServer
from core.story import ProjectStore
from tests.server.embedded.waiting import until
from tests.server.postgres import plant, scratch_server
from tests.server.saving.machines import SCRIPT, rows


@pytest.fixture(autouse=True)
def no_server_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the shell of whoever runs the tests says about servers does not count."""
    for name in ("GENKO_DATABASE_URL", "PGHOST", "PGHOSTADDR", "PGSERVICE"):
        monkeypatch.delenv(name, raising=False)


def save(server: Server, store: ProjectStore) -> None:
    """One save by a Saver of its own."""
    saver = server.saver(store.project_id, [])
    blob = store.updates_since(None)
    saver.save(SavePackage.of(store.project_id, store.version, store.frontier, blob))
    saver.close()


def test_with_no_settings_it_is_the_embedded_one_until_the_last_one_lets_go(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    embedded = scratch_server(tmp_path / "home")
    plant(embedded.place, tmp_path_factory)
    server = Server(ServerSettings(home=tmp_path / "home"), embedded)
    try:
        identity = server.start()
        assert identity.embedded
        assert identity.version == 18
        assert rows(server.url(), "SELECT rolsuper FROM pg_roles WHERE rolname = session_user") == [(False,)]
        store = ProjectStore.create(title="Seul")
        store.splice(0, 0, SCRIPT)
        save(server, store)
        assert server.projects()[0].title == "Seul"
        killed_and_started_again(server, embedded)
        assert server.start() == identity
        assert ProjectStore.load(store.project_id, server.load(store.project_id).blobs).text == SCRIPT
        server.close()
        assert not embedded.status().running
        with pytest.raises(ServerUnreachable):  # as a save that takes longer than the app would
            server.connect()
        assert not embedded.status().running
    finally:
        embedded.destroy()


def killed_and_started_again(server: Server, embedded: EmbeddedServer) -> None:
    """A killed server is an error worth trying again; start() then brings it back."""
    pid = embedded.status().pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    until(lambda: not embedded.status().running)
    server.start()


def test_the_environment_names_the_server_before_the_settings(
    conninfo: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GENKO_DATABASE_URL", conninfo)
    server = Server(ServerSettings(url="postgresql://nobody@127.0.0.1:1/nothing"))
    assert not server.start().embedded
    with server.connect() as connection:
        assert connection.info.dbname == str(psycopg.conninfo.conninfo_to_dict(conninfo)["dbname"])


def test_a_bad_address_is_one_sentence_without_the_password() -> None:
    for url in (
        "postgresql://u:hunter2@127.0.0.1:1/db",
        "hunter2 is = no url",
        "host=127.0.0.1 port=1 password=hunter2",
    ):
        with pytest.raises(ServerError) as refusal:
            Server(ServerSettings(url=url)).start()
        assert "hunter2" not in "".join(traceback.format_exception(refusal.value))
