"""Several Genko processes share one server, and the last one out stops it."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections.abc import Callable

import psycopg
import pytest

from core.errors import ServerError
from core.server.embedded import EmbeddedServer, find_binaries
from tests.server.embedded.conftest import Client, is_alive
from tests.server.embedded.waiting import until

Clients = Callable[..., Client]


def test_four_first_starts_at_once_make_one_server(cold: EmbeddedServer, client: Clients) -> None:
    four = [client(cold) for _ in range(4)]
    pids = {each.ready() for each in four}
    assert len(pids) == 1
    assert cold.status().clients == 4
    assert not list(cold.place.base.glob(".init-*"))
    for each in four:
        each.leave()
    assert not is_alive(pids.pop())


def test_the_last_one_out_stops_it(server: EmbeddedServer, client: Clients) -> None:
    first, second = client(server), client(server)
    pid = first.ready()
    assert second.ready() == pid
    first.leave()
    assert is_alive(pid)
    assert server.status().clients == 1
    second.leave()
    assert not is_alive(pid)
    assert not server.status().running


def test_who_started_it_may_leave_first(server: EmbeddedServer, client: Clients) -> None:
    server.start()
    other = client(server)
    pid = other.ready()
    server.release()
    assert is_alive(pid)
    other.leave()
    until(lambda: not is_alive(pid))


def test_a_killed_app_counts_no_more(server: EmbeddedServer, client: Clients) -> None:
    killed, living = client(server), client(server)
    pid = killed.ready()
    living.ready()
    killed.kill()
    assert server.status().clients == 1
    living.leave()
    assert not is_alive(pid)


def test_a_server_left_by_a_killed_app_is_joined_and_then_stopped(
    server: EmbeddedServer, client: Clients
) -> None:
    killed = client(server)
    pid = killed.ready()
    killed.kill()
    assert is_alive(pid)
    assert server.status().clients == 0
    server.start()
    assert server.status().pid == pid
    server.release()
    assert not is_alive(pid)


def test_what_the_terminal_sends_does_not_reach_it(server: EmbeddedServer, client: Clients) -> None:
    user = client(server, start_new_session=True)
    pid = user.ready()
    for number in (signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):
        with contextlib.suppress(ProcessLookupError):  # the program itself ends with one of them
            os.killpg(user.process.pid, number)
    user.process.wait(60)
    assert is_alive(pid)
    server.start()
    assert server.status().pid == pid


def test_starting_again_is_harmless(server: EmbeddedServer) -> None:
    first = server.start()
    pid = server.status().pid
    assert server.start() == first
    assert server.status().pid == pid
    assert server.status().clients == 1
    server.release()
    server.release()
    assert not server.status().running
    server.start()
    assert server.status().running


def test_it_can_be_left_running_for_the_next_program(server: EmbeddedServer, client: Clients) -> None:
    server.start()
    pid = server.status().pid
    server.leave_running()
    server.release()
    assert server.status().clients == 0
    user = client(server)
    assert user.ready() == pid
    user.leave()
    assert not server.status().running


def test_psql_gets_in_with_the_url(server: EmbeddedServer) -> None:
    server.start()
    psql = find_binaries().program("psql")
    done = subprocess.run(
        [psql, "-XAtc", "SELECT current_user", server.url()], capture_output=True, text=True, check=True
    )
    assert done.stdout == "genko\n"


def test_stop_stops_it_whoever_uses_it(server: EmbeddedServer, client: Clients) -> None:
    user = client(server)
    pid = user.ready()
    assert server.stop()
    assert not is_alive(pid)
    assert not server.stop()


def test_it_is_not_removed_while_somebody_uses_it(server: EmbeddedServer, client: Clients) -> None:
    user = client(server)
    user.ready()
    assert not server.destroy()
    assert server.status().running


def test_the_url_is_for_psql_and_only_while_it_runs(server: EmbeddedServer) -> None:
    with pytest.raises(ServerError):
        server.url()
    server.start()
    with psycopg.connect(server.url()) as connection:
        row = connection.execute("SELECT current_user::text, current_database()::text").fetchone()
    assert row == ("genko", "genko")


def test_status_tells_what_is_there(server: EmbeddedServer) -> None:
    server.start()
    status = server.status()
    assert status.version.startswith("18.")
    assert status.socket is not None
    assert status.socket.is_socket()
    assert 30_000_000 < status.data_bytes < 200_000_000
    assert status.data == server.place.data(18)


def test_the_environment_of_another_server_does_not_mislead(
    server: EmbeddedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {
        "PGPORT": "1",
        "PGUSER": "someone",
        "PGDATABASE": "other",
        "PGOPTIONS": "-c nonsense=1",
        "PGSSLMODE": "require",
        "PGDATA": "/nowhere",
        "PGCHANNELBINDING": "require",
        "LC_ALL": "xx_YY",
    }.items():
        monkeypatch.setenv(name, value)
    with psycopg.connect(server.start()) as connection:
        assert connection.info.dbname == "genko"
