"""A database of the program before drafts: what is in it stays, and is known for what it is."""

from __future__ import annotations

import psycopg
import pytest

from core.server import schema
from tests.server.conftest import database18

__all__ = ["database18"]

OLD = """
INSERT INTO projects (project_id, title, meta) VALUES
    (gen_random_uuid(), 'Rain', '{"language": "en"}'), (gen_random_uuid(), 'Jungle', '{"kind": "draft"}')
"""


@pytest.mark.soak
def test_projects_of_an_older_database_are_projects(database18: str) -> None:
    schema.migrate(database18, "0003")
    with psycopg.connect(database18, autocommit=True) as link:
        link.execute(OLD)
        view = "SELECT title, document FROM unified_documents ORDER BY title"
        before = link.execute(view).fetchall()
        schema.migrate(database18, "0004")
        kinds = link.execute("SELECT title, kind FROM projects ORDER BY title").fetchall()
        assert kinds == [("Jungle", "draft"), ("Rain", "project")]
        assert [row[0] for row in before] == ["Jungle", "Rain"]
        assert [row[0] for row in link.execute(view)] == ["Rain"]
        after = link.execute("SELECT document - 'metadata' FROM unified_documents").fetchall()
        assert after == [({key: value for key, value in before[1][1].items() if key != "metadata"},)]
        with pytest.raises(psycopg.errors.CheckViolation):
            link.execute("INSERT INTO projects (project_id, kind) VALUES (gen_random_uuid(), 'canvas')")
