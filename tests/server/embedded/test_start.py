"""The embedded server starts unasked, serves only its owner, and ends with its last user."""

from __future__ import annotations

import psycopg

from tests.server.postgres import PostgresForTests


def test_it_is_postgres_18_and_the_app_is_no_superuser(postgres18: PostgresForTests) -> None:
    assert postgres18.major == 18
    with psycopg.connect(postgres18.conninfo) as connection:
        row = connection.execute(
            "SELECT session_user::text, rolsuper, rolcreaterole, rolcreatedb FROM pg_roles"
            " WHERE rolname = session_user"
        ).fetchone()
    assert row == ("genko", False, False, False)


def test_15_works_the_same(postgres15: PostgresForTests, database15: str) -> None:
    assert postgres15.major == 15
    with psycopg.connect(database15) as connection:
        connection.execute("CREATE TABLE words (word text)")
