"""Attacks saving with a server that refuses or has gone bad, and with words that it can't hold."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import loro
import pytest
from psycopg.conninfo import make_conninfo

from core.errors import DocumentError, ServerError, ServerUnreachable
from core.server import DamagedUpdates, SavePackage
from core.story import ProjectStore
from tests.server.postgres import PostgresForTests
from tests.server.saving.machines import UPDATES, VERSIONS, Machine, rows

FLIP = """
ALTER TABLE updates DISABLE TRIGGER USER;
ALTER TABLE updates DROP CONSTRAINT updates_sha256_fits;
UPDATE updates SET blob = set_bit(blob, 300, 1 - get_bit(blob, 300)) WHERE update_id = {}
"""


def test_a_read_only_server_says_so_and_the_save_goes_through_later(conninfo: str) -> None:
    with Machine.first(conninfo, saved=True) as akira:
        akira.saver.close()
        name = rows(conninfo, "SELECT current_database()")[0][0]
        rows(conninfo, f"ALTER DATABASE {name} SET default_transaction_read_only = on")
        akira.store.splice(0, 0, "x")
        package = akira.package()
        with Machine(conninfo, akira.store, [akira.store.snapshot()]) as again:
            with pytest.raises(ServerError, match="read-only") as refusal:
                again.save(package)
            assert not isinstance(refusal.value, ServerUnreachable)
            assert again.server.load(akira.store.project_id).blobs
            writable = make_conninfo(conninfo, options="-c default_transaction_read_only=off")
            rows(writable, f"ALTER DATABASE {name} RESET default_transaction_read_only")
            again.saver.close()
            assert again.save(package).number == 2


def test_a_flipped_bit_is_named_and_the_rest_is_readable(postgres18: PostgresForTests, conninfo: str) -> None:
    with Machine.first(conninfo, saved=True) as akira:
        akira.store.splice(0, 0, "abîmé ")
        akira.save()
        akira.store.splice(akira.store.text_length, 0, "la suite")
        akira.save()
        damaged = akira.rows(UPDATES + " ORDER BY update_id")[1][0]
        rows(postgres18.conninfo_of(postgres18.name_of(conninfo), admin=True), FLIP.format(damaged))
        with pytest.raises(DamagedUpdates, match=f"#{damaged}") as found:
            akira.server.load(akira.store.project_id)
        assert found.value.update_ids == (damaged,)
        readable = ProjectStore.load(akira.store.project_id, found.value.received.blobs)
        assert "Akira dort" in readable.text
        assert "abîmé" not in readable.text


def test_damage_is_mended_by_whoever_still_has_the_words(postgres18: PostgresForTests, conninfo: str) -> None:
    with Machine.first(conninfo, saved=True) as akira:
        with Machine.fetching(conninfo, akira.store.project_id) as ryo:
            akira.store.splice(0, 0, "abîmé ")
            akira.save()
            damaged = akira.rows(UPDATES + " ORDER BY update_id")[1][0]
            rows(postgres18.conninfo_of(postgres18.name_of(conninfo), admin=True), FLIP.format(damaged))
            ryo.store.splice(ryo.store.text_length, 0, "Ryo écrit quand même")
            result = ryo.save()
            assert result.damaged == (damaged,)
            assert "quand même" in ryo.text_on_server()
            akira.save()
            assert not akira.is_dirty()
        received = akira.server.load(akira.store.project_id)  # the damaged one is needed no more
        whole = ProjectStore.load(akira.store.project_id, received.blobs)
        assert whole.text == akira.store.text == akira.text_on_server()
        assert "abîmé" in whole.text
        assert "quand même" in whole.text


def test_a_package_damaged_on_its_way_is_not_sent(conninfo: str) -> None:
    with Machine.first(conninfo, saved=True) as akira:
        akira.store.splice(0, 0, "x")
        package = akira.package()
        broken = replace(package, blob=package.blob[:-1] + bytes([package.blob[-1] ^ 1]))
        with pytest.raises(DocumentError, match="checksum"):
            akira.save(broken)
        garbage = replace(package, blob=b"garbage", sha256=hashlib.sha256(b"garbage").digest())
        with pytest.raises(DocumentError, match="damaged"):
            akira.save(garbage)
        assert akira.rows(VERSIONS) == [(1,)]
        akira.save(package)


def test_words_that_build_on_something_nobody_has_are_refused(conninfo: str) -> None:
    with Machine.first(conninfo, saved=True) as akira:
        akira.store.splice(0, 0, "manque ")
        between = akira.store.version
        akira.store.splice(0, 0, "suite ")
        package = replace(akira.package(), blob=akira.store.updates_since(between))
        package = replace(package, sha256=hashlib.sha256(package.blob).digest())
        with pytest.raises(DocumentError, match="builds on words"):
            akira.save(package)
        assert akira.rows(VERSIONS) == [(1,)]


def test_what_postgres_can_not_hold_is_refused_before_the_sql(conninfo: str) -> None:
    with Machine.first(conninfo, saved=True) as akira:
        # Another program's document: our own store filters at its door.
        foreign = loro.LoroDoc()  # type: ignore[no-untyped-call]
        foreign.import_(akira.store.snapshot())
        foreign.get_text("script").insert(30, "a\0b\nPAGE 7 :\n")
        foreign.commit()
        blob = foreign.export(loro.ExportMode.Snapshot())
        package = akira.package()
        package = SavePackage.of(package.save_id, package.version, package.frontier, blob)
        with pytest.raises(DocumentError, match="no database can store"):
            akira.save(package)
        assert akira.rows(VERSIONS) == [(1,)]
        foreign.get_text("script").delete(31, 1)
        foreign.commit()
        akira.store.receive([foreign.export(loro.ExportMode.Snapshot())])
        akira.save()
        assert "ab\nPAGE 7" in akira.text_on_server()
        assert akira.text_on_server() == akira.store.text


def test_a_message_or_title_can_not_stop_a_save(conninfo: str) -> None:
    with Machine.first(conninfo) as akira:
        akira.save(akira.package("nul \0 et \ud800"))
        (version,) = akira.server.versions(akira.store.project_id)
        assert version.message == "nul � et �"


def test_no_free_connection_is_worth_trying_again(postgres18: PostgresForTests, conninfo: str) -> None:
    name = postgres18.name_of(conninfo)
    with Machine.first(conninfo, saved=True) as akira:
        akira.saver.close()
        admin = postgres18.conninfo_of("postgres", admin=True)
        rows(admin, f"ALTER DATABASE {name} CONNECTION LIMIT 0")
        with pytest.raises(ServerUnreachable):
            akira.save()
        rows(admin, f"ALTER DATABASE {name} CONNECTION LIMIT -1")
        assert akira.save().number == 2


def test_an_error_never_quotes_words_or_passwords(conninfo: str) -> None:
    with Machine.first(conninfo, saved=True) as akira:
        akira.rows("ALTER TABLE pages ADD CONSTRAINT short CHECK (length(text) < 200)")
        akira.store.splice(0, 0, "secret " * 100)
        with pytest.raises(ServerError) as refusal:
            akira.save()
        assert "secret" not in str(refusal.value)
