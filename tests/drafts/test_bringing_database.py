"""Old universes of a Postgres that still runs: the same drafts as from its dump."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from core.backup.work import Work
from core.drafts import Drafts
from core.drafts.bringing import Coming, bring, look, look_at_database
from core.drafts.themes import themes
from core.errors import ServerError
from core.paths import Paths
from tests.drafts import old_universes as old
from tests.legacy import universes
from tests.server.conftest import database18, postgres18  # noqa: F401 fixtures

SHIPPED = themes(Paths(*[Path("/nowhere")] * 4))


def fill(conninfo: str, schema: str = "public") -> None:
    """The old tables with the rows of the samples."""
    with psycopg.connect(conninfo) as connection:
        for table, rows in universes.rows_of_tables().items():
            columns = universes.COLUMNS[table].replace("BOOLEAN", "INTEGER")
            connection.execute(f"CREATE TABLE {schema}.{table} ({columns})")
            for row in rows:
                names, marks = ", ".join(row), ", ".join(["%s"] * len(row))
                query = f"INSERT INTO {schema}.{table} ({names}) VALUES ({marks})"  # noqa: S608
                connection.execute(query, list(row.values()))


def seen(address: str, media: Path | None, drafts: Drafts) -> Coming:
    with look_at_database(address, media, drafts, SHIPPED, work=Work()) as coming:
        return coming


def test_a_database_gives_the_same_drafts_as_its_dump(tmp_path: Path, database18: str) -> None:  # noqa: F811
    drafts = Drafts(Paths(*(tmp_path / "home" / name for name in ("data", "config", "logs", "state"))))
    source = old.make("dump of Postgres and bucket", tmp_path)
    with pytest.raises(ServerError, match="no tables of MagikSwipe"):
        seen(database18, None, drafts)
    fill(database18)
    with look(source, drafts, SHIPPED, work=Work()) as dumped:
        ids = [pack.draft_id for pack in dumped.packs]
    coming = seen(database18, source, drafts)
    assert [pack.draft_id for pack in coming.packs] == ids
    assert coming.packs[0].form == "Postgres and bucket"
    done = bring(coming, drafts, SHIPPED, work=Work())
    assert [one.entry is not None for one in done] == [True, True]
    assert all(pack.there for pack in seen(database18, source, drafts).packs)
    without = seen(database18, None, drafts).packs[0]
    assert "Its folder of pictures is not here." in without.warnings
    assert without.is_new  # without its media it is not the same


def test_a_password_is_never_shown(tmp_path: Path) -> None:
    drafts = Drafts(Paths(*[tmp_path] * 4))
    with pytest.raises(ServerError) as error:
        seen("postgresql://someone:tops3cret@127.0.0.1:1/none", None, drafts)
    assert "tops3cret" not in str(error.value)
