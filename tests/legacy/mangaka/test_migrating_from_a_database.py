"""The migration out of the old app's database, and with Genko's own server."""

from __future__ import annotations

import gzip
import json
import re
import stat
from pathlib import Path

import psycopg
import pytest

from core.backup.migrating.known import came_in, read_migration
from core.errors import GenkoError
from core.server import Server, ServerSettings
from core.story.history import text_at
from core.workspace import Shelf
from core.workspace.files import open_store
from tests.legacy.mangaka import samples
from tests.legacy.mangaka.database import fill, reader_login
from tests.legacy.mangaka.migrations import KEY, TEXT, bring, count, flat, look, text_of, write
from tests.legacy.mangaka.samples import OTHER, USER, row_id, script_row
from tests.legacy.mangaka.test_sources import url_of
from tests.server.conftest import conninfo, database18, postgres18, template18  # noqa: F401 fixtures
from tests.server.postgres import PostgresForTests


def test_a_database_is_copied_aside_brought_in_and_never_changed(
    shelf: Shelf,
    postgres18: PostgresForTests,  # noqa: F811
    database18: str,  # noqa: F811
) -> None:
    fill(database18, samples.tables())
    url = url_of(database18)
    done = bring(shelf, url)
    assert done.copy is not None
    assert done.copy.in_database
    assert done.copy.rows == 6
    assert look(shelf, url).complete
    with psycopg.connect(database18) as connection:
        name = done.copy.where
        same = connection.execute(
            f"SELECT count(*) FROM (TABLE manga_scripts EXCEPT TABLE {name}) x"  # noqa: S608
        ).fetchone()
        assert same == (0,)
        closed = connection.execute(
            "SELECT relrowsecurity FROM pg_class WHERE oid = %s::regclass", (name,)
        ).fetchone()
        assert closed == (True,)
        # The old app is still in use.
        connection.execute(
            "UPDATE manga_scripts SET script_data = %s, updated_at = now(), version = version + 1"
            " WHERE id = %s AND set_config('request.jwt.claim.sub', %s, true) <> ''",
            (json.dumps(flat(TEXT)), row_id(5), USER),
        )
    again = bring(shelf, url)
    assert again.copy == done.copy  # copied once
    assert again.actions == {"merge": 1, "same": 1}
    # Pages that the old app has no more stay: an import deletes nothing.
    assert text_of(shelf, f"{OTHER}/{USER}").endswith(TEXT)
    final = look(shelf, url)
    assert final.complete, final.misses
    assert "password" not in (shelf.paths.data / "migrations" / "mangaka.json").read_text()
    _ = postgres18


def test_where_no_table_may_be_made_the_copy_is_a_private_file(
    shelf: Shelf,
    postgres18: PostgresForTests,  # noqa: F811
    database18: str,  # noqa: F811
) -> None:
    fill(database18, samples.tables())
    with psycopg.connect(database18, autocommit=True) as connection:
        connection.execute("ALTER TABLE manga_scripts DISABLE ROW LEVEL SECURITY")
    url = url_of(reader_login(postgres18, database18, "only_a_reader"))
    done = bring(shelf, url)
    assert done.copy is not None
    assert not done.copy.in_database
    copy = Path(done.copy.where)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    rows = [json.loads(line) for line in gzip.decompress(copy.read_bytes()).splitlines()]
    assert sum(row["table"] == "manga_scripts" for row in rows) == 6
    assert samples.D["script"]["content"] in json.dumps(rows).encode().decode("unicode_escape")
    assert look(shelf, url).complete


def test_hidden_rows_stop_a_run_unless_it_is_partial(
    shelf: Shelf,
    postgres18: PostgresForTests,  # noqa: F811
    database18: str,  # noqa: F811
) -> None:
    fill(database18, samples.tables())
    url = url_of(reader_login(postgres18, database18, "sees_little"))
    assert not count(url).sound
    with pytest.raises(GenkoError, match="row-level security"):
        bring(shelf, url)
    assert shelf.list() == []
    assert read_migration(shelf.paths).copies == ()
    assert bring(shelf, url, partial=True).problems


def test_other_rows_are_versions_on_the_server_and_still_found_after_the_save(
    shelf: Shelf,
    tmp_path: Path,
    conninfo: str,  # noqa: F811
) -> None:
    server = Server(ServerSettings(url=conninfo))
    rows = [script_row(samples.C, 1), script_row(samples.D, 2), script_row(flat(TEXT), 3)]
    dump = write(tmp_path / "dump.json", rows)
    bring(shelf, dump, server=server)
    project = came_in(shelf)[KEY].project_id
    versions = server.versions(project)
    labels = "\n".join(version.message for version in versions)
    for row in (row_id(1), row_id(2)):
        assert re.search(rf"^“Rain”, .* \({row} of manga_scripts\)", labels, re.MULTILINE)
    blobs = [open_store(shelf, shelf.entry(project)).updates_since(None)]
    texts = [text_at(blobs, version.frontier) for version in versions]
    assert samples.C["content"] in texts
    assert samples.D["script"]["content"] in texts
    assert look(shelf, dump).complete
    # A row that came later, older than the head, is a version as well, and so is what the head said before.
    later = [*rows, script_row(samples.B, 4, day=1)]
    later[2] = script_row(flat(TEXT.replace("Two.", "Two and a half.")), 3, day=20)
    dump = write(tmp_path / "dump.json", later)
    bring(shelf, dump, server=server)
    versions = server.versions(project)
    blobs = [open_store(shelf, shelf.entry(project)).updates_since(None)]
    texts = [text_at(blobs, version.frontier) for version in versions]
    assert samples.B["content"] in texts
    assert text_of(shelf) == TEXT.replace("Two.", "Two and a half.")
    assert look(shelf, dump).complete
