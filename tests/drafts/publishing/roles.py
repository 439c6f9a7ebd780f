"""A studio's database: its tables belong to one login, and others may use them."""

from __future__ import annotations

import contextlib

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from tests.drafts.publishing.packs import ask
from tests.server.embedded.waiting import until
from tests.server.postgres import PostgresForTests

OWNER, BOB, READER = "genko_test_owner", "genko_test_bob", "genko_test_reader"
USE = "SELECT, INSERT, UPDATE, DELETE"


class Logins:
    """Three: who owns the tables, who may use them, who may only read what is published."""

    def __init__(self, postgres: PostgresForTests, conninfo: str) -> None:
        self.admin = postgres.conninfo_of(postgres.name_of(conninfo), admin=True)
        for name in (OWNER, BOB, READER):
            self.run(
                "DO $$ BEGIN CREATE ROLE {} LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$",
                name,
            )
        let_in(postgres)
        self.owner, self.bob, self.reader = (
            make_conninfo(self.admin, user=name) for name in (OWNER, BOB, READER)
        )
        until(self._is_let_in)

    def _is_let_in(self) -> bool:
        with contextlib.suppress(psycopg.OperationalError), psycopg.connect(self.reader):
            return True
        return False

    def run(self, statement: str, *names: str) -> None:
        """As the superuser."""
        with psycopg.connect(self.admin, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def hand_over(self) -> None:
        """The tables to their owner, with the right to use them for the second, and to read for the third."""
        self.run("GRANT CREATE ON SCHEMA public TO {}", OWNER)
        kinds = "SELECT relname, relkind FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        for name, kind in ask(self.admin, f"{kinds} AND relkind IN ('r', 'v')"):
            what = "VIEW" if kind == "v" else "TABLE"
            self.run(f"ALTER {what} {{}} OWNER TO {{}}", name, OWNER)
        self.run("ALTER FUNCTION genko_named_media(bytea[]) OWNER TO {}", OWNER)
        self.run(f"GRANT {USE} ON ALL TABLES IN SCHEMA public TO {{}}", BOB)
        shown = [name for (name,) in ask(self.admin, PUBLISHED)]
        self.run(f"GRANT SELECT ON {', '.join(shown)} TO {{}}", READER)


def let_in(postgres: PostgresForTests) -> None:
    """These logins are the system's user that runs the tests."""
    place = postgres.embedded.place
    file = place.data(postgres.major) / "pg_ident.conf"
    known = file.read_text()
    user = known.split()[1]
    lines = [f"genko {user} {name}\n" for name in (OWNER, BOB, READER)]
    if lines[-1] not in known:
        with file.open("a") as stream:
            stream.writelines(lines)
    ask(postgres.admin, "SELECT pg_reload_conf()")


PUBLISHED = """
SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
AND (relname = 'univers' OR relname LIKE 'univers\\_%')
"""
EVERY_TABLE = """
SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
AND (relname LIKE 'univers%' OR relname IN
     ('projects', 'updates', 'versions', 'pages', 'records', 'media', 'imports'))
"""
