"""Attacks the promise that a server restored from an older dump gets every later word with the next save."""

from __future__ import annotations

import subprocess
from collections.abc import Callable

import pytest

from core.server.embedded import find_binaries
from core.story import ProjectStore, covers
from tests.server.postgres import PostgresForTests
from tests.server.saving.machines import UPDATES, VERSIONS, Machine, rows

Restore = Callable[[], None]
DISABLE = "ALTER TABLE updates DISABLE TRIGGER USER; ALTER TABLE versions DISABLE TRIGGER USER"


def dump(postgres: PostgresForTests, conninfo: str) -> Restore:
    """Copy the database as it is now; the function given puts it back, as a dump and its restore do."""
    name = postgres.name_of(conninfo)
    rows(
        postgres.conninfo_of("postgres", admin=True),
        f"CREATE DATABASE {name}_old OWNER genko TEMPLATE {name}",
    )

    def restore() -> None:
        postgres.drop_database(conninfo)
        admin = postgres.conninfo_of("postgres", admin=True)
        rows(admin, f"ALTER DATABASE {name}_old RENAME TO {name}")

    return restore


def test_every_later_word_comes_back_with_the_next_save(postgres18: PostgresForTests, conninfo: str) -> None:
    with Machine.first(conninfo, saved=True) as akira:
        akira.saver.close()
        restore = dump(postgres18, conninfo)
        for turn in range(3):
            akira.store.splice(0, 0, f"plus tard {turn}\n")
            akira.save()
        whole = akira.store.version
        restore()
        assert "plus tard" not in akira.text_on_server()
        held = akira.server.load(akira.store.project_id).held
        assert not covers(held, whole), "control: the restored server must really lack words"
        result = akira.save()  # nothing was typed since: the package is empty
        assert covers(result.acknowledged, whole)
        assert akira.text_on_server() == akira.store.text
        fresh = akira.server.load(akira.store.project_id)
        assert ProjectStore.load(akira.store.project_id, fresh.blobs).text == akira.store.text


def test_saved_is_said_only_of_what_was_read_back(postgres18: PostgresForTests, conninfo: str) -> None:
    with Machine.first(conninfo, saved=True) as akira:
        akira.saver.close()
        restore = dump(postgres18, conninfo)
        akira.store.splice(0, 0, "après ")
        akira.save()
        restore()
        akira.acknowledged = akira.server.load(akira.store.project_id).held
        assert akira.is_dirty()
        akira.save()
        assert not akira.is_dirty()


def test_words_of_a_second_machine_survive_a_restore_that_forgot_them(
    postgres18: PostgresForTests, conninfo: str
) -> None:
    with (
        Machine.first(conninfo, saved=True) as akira,
        Machine.fetching(conninfo, akira.store.project_id) as ryo,
    ):
        akira.saver.close()
        restore = dump(postgres18, conninfo)
        ryo.store.splice(0, 0, "Ryo était là\n")
        ryo.save()
        akira.save()
        restore()
        akira.store.splice(0, 0, "Akira aussi\n")
        akira.save()
        assert "Ryo était là" in akira.text_on_server()
        ryo.save()
        assert ryo.store.text == akira.store.text == ryo.text_on_server()


def test_a_project_row_that_claims_more_than_its_updates_is_not_believed(
    postgres18: PostgresForTests, conninfo: str
) -> None:
    with Machine.first(conninfo, saved=True) as akira:
        akira.store.splice(0, 0, "perdu ? ")
        akira.save()
        admin = postgres18.conninfo_of(postgres18.name_of(conninfo), admin=True)
        rows(admin, DISABLE)
        rows(admin, "DELETE FROM updates WHERE update_id = (SELECT max(update_id) FROM updates)")
        akira.saver.close()
        with Machine(conninfo, akira.store, [akira.store.snapshot()]) as again:
            again.save()
        received = akira.server.load(akira.store.project_id)
        assert ProjectStore.load(akira.store.project_id, received.blobs).text == akira.store.text


def test_a_save_whose_operations_were_lost_is_repaired_under_its_own_id(
    postgres18: PostgresForTests, conninfo: str
) -> None:
    with Machine.first(conninfo, saved=True) as akira:
        akira.store.splice(0, 0, "perdu ? ")
        package = akira.package()
        akira.save(package)
        admin = postgres18.conninfo_of(postgres18.name_of(conninfo), admin=True)
        rows(admin, DISABLE)
        rows(admin, "DELETE FROM updates WHERE update_id = (SELECT max(update_id) FROM updates)")
        rows(admin, "ALTER TABLE updates ENABLE TRIGGER USER")
        akira.saver.close()
        with Machine(conninfo, akira.store, [akira.store.snapshot()]) as again:
            assert again.save(package).number == 2
            assert again.rows(VERSIONS) == [(1,), (2,)]
            assert len(again.rows(UPDATES)) == 2


@pytest.mark.parametrize("major", [15, 18])
def test_pg_dump_and_restore_bring_everything_to_another_server(
    major: int, request: pytest.FixtureRequest
) -> None:
    postgres: PostgresForTests = request.getfixturevalue(f"postgres{major}")
    source = postgres.make_database(request.getfixturevalue(f"template{major}"))
    target = postgres.make_database()
    found = find_binaries(None) if major == 18 else None
    folder = found.folder if found else "/usr/lib/postgresql/15/bin"
    with Machine.first(source, saved=True) as akira:
        akira.store.splice(0, 0, "encore ")
        akira.save()
        dumped = subprocess.run([f"{folder}/pg_dump", "-Fc", "-d", source], capture_output=True, check=True)
        command = [f"{folder}/pg_restore", "--exit-on-error", "--no-owner", "-d", target]
        subprocess.run(command, input=dumped.stdout, capture_output=True, check=True)
        with Machine(target, akira.store, [akira.store.snapshot()]) as there:
            assert there.server.start().server_id == akira.server.start().server_id
            there.store.splice(0, 0, "là-bas ")
            assert there.save().number == 3
            assert there.text_on_server() == there.store.text
    postgres.drop_database(source)
    postgres.drop_database(target)
