"""Rows of MagikSwipe's tables out of its Postgres: read-only, all of one moment, no password shown."""

from __future__ import annotations

from psycopg import IsolationLevel, errors, sql

from core.content import Fate, RowFate
from core.errors import ServerError
from core.legacy.magikswipe.finding import TABLES
from core.legacy.magikswipe.rows import Tables
from core.legacy.magikswipe.sqlite_worker import MOST_OUT, MOST_ROWS
from core.legacy.mangaka.sources.database import connected
from core.legacy.values import ForeignError, loads, mapping
from core.server.connection import Connection
from core.work import Work

_SECONDS = 120
_FIND = """
SELECT n.nspname, array_agg(c.relname::text ORDER BY c.relname)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'f') AND c.relname = ANY(%s)
  AND n.nspname NOT IN ('pg_catalog', 'information_schema')
GROUP BY n.nspname ORDER BY n.nspname <> 'public', n.nspname
"""


def rows_of_database(conninfo: str, where: str, *, work: Work) -> Tables:
    """The tables of the schema that has the universes. Raises ServerError, ForeignError, StoppedError.

    What the login may not see is told in the notes.
    """
    tables = Tables()
    room = MOST_OUT
    with connected(conninfo) as connection:
        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        with connection.transaction():
            connection.execute(sql.SQL("SET LOCAL statement_timeout = {}").format(f"{_SECONDS}s"))
            schema, names = _schema(connection)
            for name in names:
                work.step("Reading the database", 0, 0)
                room = _read(connection, sql.Identifier(schema, name), name, where, tables, room)
    return tables


def _schema(connection: Connection) -> tuple[str, list[str]]:
    for schema, names in connection.execute(_FIND, (sorted(TABLES),)):
        if "univers" in names and "univers_assets" in names:
            return schema, names
    raise ServerError(
        "There are no tables of MagikSwipe in this database, or the login may not see them.",
        safe="Nothing was changed, there or here.",
        todo="Check the name of the database.",
    )


def _read(
    connection: Connection, table: sql.Identifier, name: str, where: str, tables: Tables, room: int
) -> int:
    """The rows of one table; gives how many bytes there is still room for."""
    query = sql.SQL("SELECT row_to_json(t)::text FROM {} t LIMIT {}").format(table, MOST_ROWS + 1)
    active = sql.SQL("SELECT row_security_active({}::regclass)").format(table.as_string(connection))
    rows: list[dict[str, object]] = []
    try:
        with connection.transaction():
            if (connection.execute(active).fetchone() or (False,))[0]:
                tables.notes.append(f"The login sees only those rows of {name} that its policies show.")
            for (line,) in connection.execute(query):
                room -= len(line)
                if room < 0 or len(rows) >= MOST_ROWS:
                    raise ForeignError(f"{name} has more rows than are read.", safe="Nothing was changed.")
                rows.append(dict(mapping(loads(line))))
    except errors.InsufficientPrivilege:
        tables.fates.append(RowFate(f"{where}:{name}", Fate.REFUSED, why="The login may not read it."))
    tables.add(name, rows)
    return room
