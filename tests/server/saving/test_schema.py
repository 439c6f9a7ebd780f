"""Attacks the schema: two programs at once, newer programs, no rights, rows that must not change."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from core.errors import ServerError
from core.server import Server, ServerIdentity, ServerSettings, migrations, schema
from tests.server.postgres import PostgresForTests
from tests.server.saving.machines import Machine, rows

TABLES = ("genko_schema", "server_identity", "projects", "updates", "versions", "pages", "records", "media")


def test_two_programs_that_start_at_once_make_the_tables_once(database18: str) -> None:
    found: list[ServerIdentity] = []
    threads = [
        threading.Thread(target=lambda: found.append(Server(ServerSettings(url=database18)).start()))
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({identity.server_id for identity in found}) == 1
    assert len(found) == 2
    with Machine.first(database18, saved=True) as akira:
        assert akira.text_on_server() == akira.store.text


def test_the_tables_are_as_the_classes_describe_them(each_conninfo: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from sqlalchemy import create_engine, pool

    from core.server import job_tables, published_assets, published_tables
    from core.server.tables import Project

    loaded = (job_tables, published_assets, published_tables)
    assert len({module.SQLModel for module in loaded}) == 1, "their tables are known"
    engine = create_engine(
        "postgresql+psycopg://", creator=lambda: psycopg.connect(each_conninfo), poolclass=pool.NullPool
    )
    with engine.connect() as connection:
        options = {"compare_server_default": True, "compare_type": True, "version_table": "genko_schema"}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Project.metadata) == []


def test_two_databases_are_two_servers(conninfo: str, postgres15: PostgresForTests, template15: str) -> None:
    first = Server(ServerSettings(url=conninfo)).start()
    assert Server(ServerSettings(url=conninfo)).start() == first
    other = Server(ServerSettings(url=postgres15.conninfo_of(template15))).start()
    assert other.server_id != first.server_id
    assert (first.version, other.version) == (18, 15)


def test_every_table_view_and_column_says_what_it_is(each_conninfo: str) -> None:
    query = """
        SELECT c.relname, a.attname FROM pg_class c
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum >= 0 AND NOT a.attisdropped
        LEFT JOIN pg_description d ON d.objoid = c.oid AND d.objsubid = a.attnum
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v') AND d.description IS NULL
        UNION
        SELECT c.relname, '' FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'v')
        AND obj_description(c.oid, 'pg_class') IS NULL
    """
    assert rows(each_conninfo, query) == []


@pytest.mark.parametrize("table", ["updates", "versions"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET author = 'x'", "DELETE FROM {}", "TRUNCATE {}"])
def test_history_can_only_grow(conninfo: str, table: str, statement: str) -> None:
    with Machine.first(conninfo, saved=True) as akira, pytest.raises(psycopg.IntegrityError):
        akira.rows(statement.format(table))


def test_a_project_goes_with_everything_it_has_or_not_at_all(conninfo: str) -> None:
    with Machine.first(conninfo, saved=True) as akira:
        akira.saver.close()
        akira.rows("DELETE FROM projects WHERE project_id = %s")
        counts = "SELECT (SELECT count(*) FROM updates) + (SELECT count(*) FROM versions)"
        assert rows(conninfo, counts) == [(0,)]


def test_bytes_that_do_not_fit_their_checksum_are_refused_at_the_door(conninfo: str) -> None:
    with Machine.first(conninfo, saved=True) as akira, pytest.raises(psycopg.IntegrityError):
        akira.rows(
            "INSERT INTO updates (project_id, save_id, covers, sha256, blob)"
            " SELECT project_id, gen_random_uuid(), covers, sha256, blob || 'x' FROM updates"
        )


def test_two_pages_can_not_stand_in_one_place(conninfo: str) -> None:
    with Machine.first(conninfo, saved=True) as akira, pytest.raises(psycopg.IntegrityError):
        akira.rows("UPDATE pages SET position = 1")


def test_updated_at_is_kept_by_the_server(conninfo: str) -> None:
    query = "SELECT updated_at FROM pages WHERE page_key = 'front'"
    with Machine.first(conninfo, saved=True) as akira:
        before = akira.rows(query)
        akira.rows("UPDATE pages SET content = '{}' WHERE page_key = 'front'")
        assert akira.rows(query) > before


def test_a_newer_schema_is_refused_in_a_clear_sentence_and_left_alone(conninfo: str) -> None:
    rows(conninfo, "UPDATE genko_schema SET version_num = '9999'")
    with pytest.raises(ServerError, match="newer Genko"):
        Server(ServerSettings(url=conninfo)).start()
    assert rows(conninfo, "SELECT version_num FROM genko_schema") == [("9999",)]


def test_who_may_not_make_tables_is_told_whom_to_ask(postgres18: PostgresForTests, database18: str) -> None:
    admin = postgres18.conninfo_of(postgres18.name_of(database18), admin=True)
    rows(admin, "DO $$ BEGIN CREATE ROLE guest; EXCEPTION WHEN duplicate_object THEN NULL; END $$")
    rows(admin, "GRANT guest TO genko")
    guest = make_conninfo(database18, options="-c role=guest")
    with pytest.raises(ServerError, match="genko db migrate"):
        Server(ServerSettings(url=guest)).start()
    assert rows(database18, "SELECT count(*) FROM pg_class WHERE relname = 'projects'") == [(0,)]


def test_a_current_schema_costs_no_alembic_and_no_sqlalchemy(conninfo: str) -> None:
    program = """
import sys
from core.server import Saver, Server, ServerSettings
heavy = ("psycopg", "sqlalchemy", "sqlmodel", "alembic")
assert not [name for name in heavy if name in sys.modules], "import core.server"
Server(ServerSettings(url=sys.argv[1])).start()
assert [name for name in heavy if name in sys.modules] == ["psycopg"], "start"
"""
    done = subprocess.run(
        [sys.executable, "-c", program, conninfo], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_the_program_knows_all_its_migrations() -> None:
    folder = Path(migrations.__file__).parent / "versions"
    numbers = sorted(path.name[1:5] for path in folder.glob("s[0-9]*.py"))
    assert tuple(numbers) == schema.REVISIONS


def test_a_failed_migration_leaves_nothing_half_made(postgres18: PostgresForTests, database18: str) -> None:
    rows(database18, "CREATE TABLE pages (mine text)")  # in the way of one of the later statements
    with pytest.raises(ServerError, match="could not be brought up to date"):
        Server(ServerSettings(url=database18)).start()
    names = "SELECT count(*) FROM pg_class WHERE relname = ANY(%s)"
    assert rows(database18, names, list(TABLES)) == [(1,)]
