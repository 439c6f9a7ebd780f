"""Nobody but the owner gets in, whatever is loosened, and nothing of the owner's is loosened for it."""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from core.errors import ServerError
from core.server.embedded import EmbeddedServer, find_binaries
from core.server.embedded.place import Place
from core.server.embedded.sockets import choose_folder, socket_in
from tests.server.embedded.conftest import ROOT
from tests.server.postgres import PostgresForTests, plant, scratch_server

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="takes on other users, which only root can")
ASK = """
import os, sys, psycopg
os.setgroups([]); os.setgid(int(sys.argv[2])); os.setuid(int(sys.argv[1]))
print(psycopg.connect(sys.argv[3]).execute("SELECT 1").fetchone())
"""


def connect_as(user: str, conninfo: str) -> subprocess.CompletedProcess[str]:
    """Connect from a process that became another user of this machine."""
    entry = pwd.getpwnam(user)
    command = [sys.executable, "-c", ASK, str(entry.pw_uid), str(entry.pw_gid), conninfo]
    return subprocess.run(command, cwd="/", capture_output=True, text=True, timeout=60, check=False, env={})


@needs_root
def test_another_user_gets_in_neither_as_the_app_nor_as_superuser(server: EmbeddedServer) -> None:
    conninfo = server.start()
    folder = Path(str(conninfo_to_dict(conninfo)["host"]))
    assert "(1,)" in connect_as("root", conninfo).stdout  # the control: the program itself works
    assert "Permission denied" in connect_as("daemon", conninfo).stderr
    folder.chmod(0o755)
    socket_in(folder).chmod(0o777)
    try:
        for role in ("genko", "postgres"):
            refused = connect_as("daemon", f"{conninfo} user={role}").stderr
            assert "Peer authentication failed" in refused
    finally:
        folder.chmod(0o700)


@needs_root
def test_the_control_another_user_gets_in_where_peer_is_not_asked(server: EmbeddedServer) -> None:
    conninfo = server.start()
    folder = Path(str(conninfo_to_dict(conninfo)["host"]))
    (server.place.data(18) / "pg_hba.conf").write_text("local all all trust\n")
    with psycopg.connect(server.url(admin=True)) as connection:
        connection.execute("SELECT pg_reload_conf()")
    folder.chmod(0o755)
    socket_in(folder).chmod(0o777)
    try:
        assert "(1,)" in connect_as("daemon", conninfo).stdout
    finally:
        folder.chmod(0o700)
    server.release()
    assert "peer" in restarted_rules(server)


def restarted_rules(server: EmbeddedServer) -> str:
    server.start()
    return (server.place.data(18) / "pg_hba.conf").read_text()


def test_it_listens_on_no_network_and_its_files_are_closed(server: EmbeddedServer) -> None:
    place = server.place
    with psycopg.connect(server.start()) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    for path in (place.data(18), place.base / "run", place.log, place.record, place.start_lock):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


def test_the_server_does_not_run_as_root_nor_in_its_groups(server: EmbeddedServer) -> None:
    server.start()
    status = Path(f"/proc/{server.status().pid}/status")
    if not status.exists():
        pytest.skip("no /proc")
    facts = dict(line.split(":\t", 1) for line in status.read_text().splitlines() if ":\t" in line)
    assert "0" not in facts["Uid"].split() + facts["Gid"].split()
    assert not server.place.apart or facts["Groups"].split() == []


def test_the_app_role_can_do_no_harm_outside_of_its_database(postgres18: PostgresForTests) -> None:
    with psycopg.connect(postgres18.conninfo, autocommit=True) as connection:
        for statement in (
            "CREATE ROLE other",
            "CREATE DATABASE other",
            "ALTER ROLE genko SUPERUSER",
            "COPY (SELECT 1) TO PROGRAM 'true'",
            "SELECT pg_read_file('pg_hba.conf')",
            "ALTER SYSTEM SET log_statement = 'all'",
            "SET SESSION AUTHORIZATION postgres",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)
        connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
        row = connection.execute("SELECT show_trgm('ルフィ') <> '{}', lower('ÉRIC')").fetchone()
        assert row == (True, "éric")


def test_the_log_holds_no_words(server: EmbeddedServer) -> None:
    with psycopg.connect(server.start(), autocommit=True) as connection:
        connection.execute("CREATE TEMP TABLE t (word text UNIQUE CHECK (word <> 'Wherefore!'))")
        connection.execute("INSERT INTO t VALUES ('Wherefore')")
        connection.execute("DO $$ BEGIN RAISE WARNING 'Wherefore'; END $$")
        connection.execute("SET application_name = 'Wherefore'")
        for statement in (
            b"INSERT INTO t VALUES ('Wherefore')",
            b"INSERT INTO t VALUES ('Wherefore!')",
            b"SELECT 'Wherefore'::date",
            b"SELECT 'Wherefore'::json",
            b"SELECT * FROM wherefore",
        ):
            with pytest.raises(psycopg.Error):
                connection.execute(statement)
    log = server.place.log.read_text()
    assert "ready to accept connections" in log
    assert "wherefore" not in log.lower()


def test_what_is_committed_is_on_the_disk(server: EmbeddedServer) -> None:
    with psycopg.connect(server.start()) as connection:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            assert connection.execute("SELECT current_setting(%s)", [name]).fetchone() == ("on",)


@needs_root
def test_somebody_else_on_our_socket_is_not_trusted(server: EmbeddedServer) -> None:
    server.start()
    server.release()
    path = server.place.base / "run" / ".s.PGSQL.5432"
    held = server.place.running_lock
    with socket.socket(socket.AF_UNIX) as intruder, held.open() as lock:
        intruder.bind(str(path))
        intruder.listen()
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(ServerError, match=r"Another user \(id 0\) listens"):
            server.start()
        with pytest.raises(ServerError, match="isn't running"):
            server.url()
    path.unlink()


@pytest.fixture
def long_home() -> Iterator[Path]:
    """A data folder whose socket would not fit into a socket's address."""
    folder = Path(tempfile.mkdtemp(prefix="genko-long-")) / ("x" * 90)
    folder.mkdir()
    folder.chmod(0o711)
    folder.parent.chmod(0o711)
    yield folder
    shutil.rmtree(folder.parent)


def place_in(folder: Path) -> Place:
    place = scratch_server(folder).place
    base = folder / "base"
    return Place(place.home, base, place.user, place.server)


def test_a_long_path_gets_a_short_private_folder(
    long_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    server = EmbeddedServer(
        long_home, parent=long_home, service_user=scratch_server(long_home).place.server.name
    )
    plant(server.place, tmp_path_factory)
    try:
        conninfo = server.start()
        folder = Path(str(conninfo_to_dict(conninfo)["host"]))
        assert not folder.is_relative_to(long_home)
        facts = folder.lstat()
        assert stat.S_IMODE(facts.st_mode) == 0o700
        assert facts.st_uid == server.place.server.uid
        with psycopg.connect(server.url()) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    finally:
        server.release()
        assert server.destroy()
    assert not folder.exists()


@pytest.mark.parametrize("trick", ["symlink", "other owner", "open", "file"])
def test_a_squatted_socket_folder_is_refused(long_home: Path, tmp_path: Path, trick: str) -> None:
    if trick == "other owner" and os.geteuid() != 0:
        pytest.skip("takes on another user")
    place = place_in(long_home)
    folder = choose_folder(place, environment={})
    assert choose_folder(place, environment={}) == folder  # the control: our own is taken again
    folder.rmdir()
    if trick == "symlink":
        folder.symlink_to(tmp_path)
    elif trick == "file":
        folder.touch()
    else:
        folder.mkdir(mode=0o700)
        os.chown(folder, *((1, 1) if trick == "other owner" else (place.server.uid, place.server.gid)))
        folder.chmod(0o700 if trick == "other owner" else 0o777)
    try:
        with pytest.raises(ServerError, match="no safe folder"):
            choose_folder(place, environment={})
    finally:
        folder.rmdir() if folder.is_dir() and not folder.is_symlink() else folder.unlink()


@needs_root
def test_root_opens_no_folder_of_its_own(tmp_path: Path) -> None:
    """Programs and data folder in a closed home: the programs are copied, and no mode is changed."""
    binaries = find_binaries()
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    site = binaries.folder.parents[2]
    names = [binaries.folder.parents[1].name, f"{binaries.folder.parents[1].name}.libs"]
    if not (site / names[1]).is_dir():
        pytest.skip("the wheel isn't installed")
    for name in names:
        subprocess.run(["cp", "-al", site / name, closed / name], check=True)
    before = modes(closed)
    server = EmbeddedServer(
        closed / "home",
        closed / names[0] / "pginstall" / "bin",
        parent=scratch_server(tmp_path).place.base.parent,
        service_user="nobody",
    )
    try:
        with psycopg.connect(server.start()) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        assert len(list(server.place.base.glob("programs-*"))) == 1
        assert modes(closed) == before
        again = EmbeddedServer(server.place.home, closed / names[0] / "pginstall" / "bin")
        assert again.place.base != server.place.base
    finally:
        server.release()
        assert server.destroy()


def modes(folder: Path) -> dict[Path, tuple[int, int]]:
    return {
        path: (path.lstat().st_mode, path.lstat().st_uid)
        for path in (*folder.rglob("*"), folder, *folder.parents)
        if ROOT not in path.parents
    }
