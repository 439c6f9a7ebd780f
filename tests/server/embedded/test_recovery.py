"""Whatever is killed, at whatever moment, the next start has a server with all that was committed."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from core.errors import ServerError
from core.server.embedded import EmbeddedServer, cluster, find_binaries
from core.server.embedded.processes import StartCancelledError, processes_in
from core.server.embedded.records import Record, read_record, write_record
from core.server.embedded.sockets import socket_in
from tests.patience import within
from tests.server.embedded.conftest import Client, is_alive
from tests.server.embedded.waiting import until
from tests.server.postgres import scratch_server

Clients = Callable[..., Client]


def write_word(conninfo: str, word: str) -> None:
    with psycopg.connect(conninfo) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS words (word text)")
        connection.execute("INSERT INTO words VALUES (%s)", [word])


def read_words(conninfo: str) -> list[str]:
    with psycopg.connect(conninfo) as connection:
        return [str(row[0]) for row in connection.execute("SELECT word FROM words ORDER BY word")]


def kill(pid: int) -> None:
    """kill -9, until it is done: a process that is dying still looks alive."""
    os.kill(pid, signal.SIGKILL)
    until(lambda: not is_alive(pid))


def running_pid(server: EmbeddedServer) -> int:
    pid = server.status().pid
    assert pid
    return pid


def test_a_killed_postmaster_is_replaced_under_a_living_app(server: EmbeddedServer) -> None:
    conninfo = server.start()
    with psycopg.connect(conninfo) as connection:
        connection.execute("DROP TABLE IF EXISTS words")
    write_word(conninfo, "kept")

    def replace() -> float:
        pid = running_pid(server)
        with psycopg.connect(conninfo) as connection:
            kill(pid)
            began = time.monotonic()
            assert read_words(server.start()) == ["kept"]
            took = time.monotonic() - began
            with pytest.raises(psycopg.OperationalError):
                connection.execute("SELECT 1")
        assert running_pid(server) != pid
        assert server.status().clients == 1
        return took

    assert within(10, replace, tries=3)


def test_another_app_brings_a_killed_postmaster_back_too(server: EmbeddedServer, client: Clients) -> None:
    user = client(server)
    pid = user.ready()
    kill(pid)
    other = client(server)
    again = other.ready()
    assert again != pid
    assert server.status().clients == 2
    other.leave()
    assert is_alive(again)
    user.leave()
    assert not is_alive(again)


def test_app_and_postmaster_killed_together(server: EmbeddedServer, client: Clients) -> None:
    user = client(server)
    pid = user.ready()
    kill(pid)
    user.kill()
    assert (server.place.data(18) / "postmaster.pid").exists()
    server.start()
    assert running_pid(server) != pid


@pytest.mark.parametrize("victim", ["app", pytest.param("initdb", marks=pytest.mark.soak)])
def test_a_kill_during_initdb_leaves_nothing_behind(
    cold: EmbeddedServer, client: Clients, victim: str
) -> None:
    user = client(cold)
    base = cold.place.base
    until(lambda: any(base.glob(".init-*/global")))
    assert not cold.place.majors()
    if victim == "app":
        user.kill()
    else:
        os.kill(initdb_of(user), signal.SIGKILL)
        assert "can't be made" in user.answer()
    with psycopg.connect(cold.start()) as connection:
        assert connection.info.server_version >= 180000
    assert not list(base.glob(".init-*"))
    assert cold.place.majors() == {18}


def initdb_of(user: Client) -> int:
    found = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(user.process.pid)], capture_output=True, text=True, check=True
    )
    return int(found.stdout.split()[0])


def test_a_full_disk_during_initdb_leaves_nothing_behind(cold: EmbeddedServer, client: Clients) -> None:
    user = client(cold, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000)))
    answer = user.answer()
    assert answer.startswith("error The embedded database can't be made")
    assert "this machine" in answer
    assert not list(cold.place.base.glob(".init-*"))
    assert not cold.place.majors()
    cold.start()


def given_up(server: EmbeddedServer) -> float:
    """Give a first start up in the middle of making the database; the seconds that took."""
    failures: list[ServerError] = []

    def start() -> None:
        try:
            server.start()
        except ServerError as error:
            failures.append(error)

    thread = threading.Thread(target=start)
    thread.start()
    until(lambda: any(server.place.base.glob(".init-*/global")))
    began = time.monotonic()
    server.release()
    thread.join(60)
    took = time.monotonic() - began
    assert [type(error) for error in failures] == [StartCancelledError]
    assert not list(server.place.base.glob(".init-*"))
    return took


def test_a_start_can_be_given_up(cold: EmbeddedServer) -> None:
    assert within(2, lambda: given_up(cold))
    cold.start()


@pytest.mark.parametrize("owner", ["a program", "nobody any more"])
def test_a_stale_pid_file_is_not_believed(server: EmbeddedServer, owner: str) -> None:
    with subprocess.Popen(["sleep", "60"]) as other:
        if owner != "a program":
            other.kill()
            other.wait()
        pretend_to_run(server, other.pid)
        assert not server.status().running
        server.start()
        assert running_pid(server) != other.pid
        server.release()
        if owner == "a program":
            assert other.poll() is None
            other.kill()


def pretend_to_run(server: EmbeddedServer, pid: int) -> None:
    """Leave the files of a running server, naming a process that isn't it, from another machine's boot."""
    place = server.place
    data, folder = place.data(18), place.base / "run"
    if not folder.exists():  # no test has started it before this one
        folder.mkdir(mode=0o700)
        os.chown(folder, place.server.uid, place.server.gid)
    lines = [pid, data, 1700000000, 5432, folder, "", "  123456         7", "ready   "]
    text = "\n".join(map(str, lines)) + "\n"
    for path in (data / "postmaster.pid", Path(f"{socket_in(folder)}.lock")):
        path.write_text(text)
        os.chown(path, place.server.uid, place.server.gid)
    write_record(place.record, Record(str(folder), 18, "18.6", pid, "another machine", "another boot"))


def test_the_record_says_machine_and_boot(server: EmbeddedServer) -> None:
    server.start()
    record = read_record(server.place.record)
    assert record is not None
    assert record.current
    assert record.pid == running_pid(server)
    assert not replace(record, boot="another").current
    assert not replace(record, host="another").current


@pytest.mark.parametrize("damage", [b"", b"{", b"[1]", b"\xff\xfe", b'{"socket_folder": 3}'])
def test_a_damaged_record_is_no_obstacle(server: EmbeddedServer, damage: bytes) -> None:
    server.place.record.write_bytes(damage)
    assert not server.status().running
    server.start()
    assert server.status().running


def test_a_server_whose_socket_was_removed_is_replaced(server: EmbeddedServer, client: Clients) -> None:
    pid = client(server).ready()
    socket = server.status().socket
    assert socket is not None
    socket.unlink()
    server.start()
    assert not is_alive(pid)
    assert running_pid(server) != pid


def test_a_server_that_somebody_started_by_hand_is_joined_and_left_alone(server: EmbeddedServer) -> None:
    place = server.place
    server.start()
    server.release()
    process = subprocess.Popen(
        [find_binaries().program("postgres"), "-D", str(place.data(18))],
        cwd=place.base,
        env={"LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        user=place.server.uid if place.apart else None,
        group=place.server.gid if place.apart else None,
        extra_groups=[] if place.apart else None,
    )
    try:
        until(lambda: server.status().pid == process.pid)
        until(lambda: "ready" in (place.data(18) / "postmaster.pid").read_text())
        server.start()
        assert running_pid(server) == process.pid
        server.release()
        assert is_alive(process.pid)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def test_somebody_who_stands_in_the_data_folder_is_no_server(server: EmbeddedServer) -> None:
    with subprocess.Popen(["sleep", "60"], cwd=server.place.data(18)) as other:
        pretend_to_run(server, other.pid)
        server.start()
        assert running_pid(server) != other.pid
        server.release()
        server.start()
        assert server.stop()
        assert other.poll() is None
        other.kill()


@pytest.mark.soak
def test_a_folder_that_was_removed_under_a_living_app_is_made_anew(
    cold: EmbeddedServer, client: Clients
) -> None:
    cold.start()
    assert scratch_server(cold.place.home).stop()
    shutil.rmtree(cold.place.base)
    cold.start()
    other = client(cold)
    other.ready()
    assert cold.status().clients == 2
    cold.release()
    other.leave()
    assert not cold.status().running


def test_what_the_system_refuses_is_said(cold: EmbeddedServer) -> None:
    cold.place.prepare()
    cold.place.start_lock.mkdir()
    with pytest.raises(ServerError, match=r"can't be started or stopped: Is a directory .*start\.lock"):
        cold.start()
    cold.place.start_lock.rmdir()


def test_a_locale_that_is_missing_is_passed_over(
    cold: EmbeddedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = list(cluster.locales(18))
    absent = ["--lc-ctype=xx_YY.UTF-8"]
    monkeypatch.setattr(cluster, "locales", lambda major: [absent])
    with pytest.raises(ServerError, match=r"can't be made: .*locale"):
        cold.start()
    assert not cold.place.majors()
    monkeypatch.setattr(cluster, "locales", lambda major: [absent, *real])
    cold.start()


def test_without_proc_the_postmaster_is_known_by_its_command(server: EmbeddedServer, tmp_path: Path) -> None:
    server.start()
    data = server.place.data(18)
    assert processes_in(data, proc=tmp_path) == [running_pid(server)]
    server.stop()
    with subprocess.Popen(["sleep", "60"]) as other:
        pretend_to_run(server, other.pid)
        assert processes_in(data, proc=tmp_path) == []
        other.kill()


def test_no_zombie_is_left(server: EmbeddedServer) -> None:
    for _ in range(3):
        server.start()
        pid = running_pid(server)
        server.release()
        assert not Path(f"/proc/{pid}").exists()


def test_nothing_is_left_running(server: EmbeddedServer) -> None:
    server.start()
    data = server.place.data(18)
    assert running_pid(server) in processes_in(data)
    server.release()
    assert processes_in(data) == []


@pytest.mark.soak
def test_kills_at_any_moment(cold: EmbeddedServer, client: Clients) -> None:
    """App, postmaster or both, at 60 moments of start, life and end: what was committed is there."""
    words: list[str] = []
    for round_ in range(60):
        user = client(cold)
        if round_ % 3 == 0:
            time.sleep(0.01 * round_)
        elif round_ % 3 == 1:
            kill(user.ready())
        user.kill()
        words.append(f"{round_:02}")
        write_word(cold.start(), words[-1])
        assert read_words(cold.start()) == words
        if round_ % 2:
            cold.release()
