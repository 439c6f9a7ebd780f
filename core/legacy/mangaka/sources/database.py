"""Rows out of the app's own database: read-only, all of one moment, and no password ever shown."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import errors, sql

from core.errors import ServerError
from core.legacy.copied import copied_values
from core.legacy.mangaka.rows import BACKUPS, SCRIPTS, TABLES, Row, decoded_row, loads
from core.legacy.mangaka.sources import MOST_OF_A_ROW, Tally
from core.legacy.values import ForeignError
from core.server import address
from core.server.connection import Connection, parameters
from core.server.faults import query_error
from core.server.login import login_error

VARIABLE = "GENKO_MANGAKA_URL"
"""Names the database where a command line would show the password to others of the machine."""
_SAFE = "Nothing was changed, there or here."
_FIND = """
SELECT n.nspname, c.relname, pg_total_relation_size(c.oid)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'f') AND (c.relname = ANY(%s) OR c.relname LIKE %s)
  AND n.nspname NOT IN ('pg_catalog', 'information_schema')
ORDER BY n.nspname <> 'public', n.nspname, c.relname
"""


@dataclass(frozen=True, slots=True)
class Table:
    """One of the app's tables."""

    schema: str
    name: str
    size: int

    @property
    def identifier(self) -> sql.Identifier:
        """For statements."""
        return sql.Identifier(self.schema, self.name)


def conninfo_of(text: str) -> str:
    """The address as libpq reads it. Raises ServerError, which never quotes it."""
    return address.find_address(text, {}).conninfo


def described(conninfo: str) -> str:
    """Where that is, for a person; no password."""
    return address.describe(conninfo)


@contextmanager
def connected(conninfo: str, *, read_only: bool = True) -> Iterator[Connection]:
    """A connection to somebody else's database. Raises ServerUnreachable, ServerError."""
    given = parameters(conninfo)
    try:
        connection: Connection = psycopg.connect(autocommit=True, prepare_threshold=None, **given)
    except psycopg.ProgrammingError as error:
        raise login_error(error, "") from None
    except (psycopg.Error, UnicodeError) as error:
        raise login_error(error, address.describe(conninfo)) from error
    with connection:
        connection.read_only = read_only
        with said():
            yield connection


@contextmanager
def said() -> Iterator[None]:
    """What the driver raises leaves as one of ours, without what the server wrote."""
    try:
        yield
    except psycopg.Error as error:
        known = query_error(error)
        raise type(known)(known.what, safe=_SAFE, todo="Try again, or use a dump.") from error


def tables_of(connection: Connection) -> list[Table]:
    """The app's tables, in the schema where its scripts are. Raises ServerError if there are none."""
    found = [Table(*row) for row in connection.execute(_FIND, (list(TABLES), BACKUPS[0] + "%"))]
    home = next((table.schema for table in found if table.name == SCRIPTS), None)
    if home is None:
        raise ServerError(
            f"There is no table {SCRIPTS} in this database, or the login may not see it.",
            safe=_SAFE,
            todo="Check the name of the database.",
        )
    return [table for table in found if table.schema == home]


def rows_of_database(conninfo: str, tally: Tally) -> Iterator[Row]:
    """All rows of the app's tables as of one moment; what the login may not see is a problem of the tally."""
    with connected(conninfo) as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        with connection.transaction():
            connection.execute("SET LOCAL statement_timeout = 0")
            connection.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            for table in tables_of(connection):
                yield from _rows(connection, table, tally)


def _rows(connection: Connection, table: Table, tally: Tally) -> Iterator[Row]:
    """One table's. A login that policies hide rows from is told so: to it, the table is only smaller."""
    hidden = _hidden(connection, table)
    if hidden:
        tally.problems.append(hidden)
    query = sql.SQL("COPY (SELECT row_to_json(t) FROM {} t) TO STDOUT").format(table.identifier)
    number = done = 0
    try:
        with connection.transaction(), connection.cursor() as cursor, cursor.copy(query) as copy:
            for line in _lines(copy):
                number += 1
                done += len(line)
                tally.tell(done)
                yield _row(table.name, number, line)
    except errors.InsufficientPrivilege:
        tally.problems.append(f"The login may not read {table.name}.")
    except (psycopg.InternalError, psycopg.DataError, psycopg.ProgrammingError) as error:
        # A policy that calls what only the service has, or a page of the disk that has gone bad.
        tally.problems.append(f"{table.name} could be read only up to row {number:,} ({error.sqlstate}).")


def _lines(copy: Any) -> Iterator[bytes]:
    """The lines of a COPY: each piece is one, but for what a pooler cuts."""
    rest = b""
    for piece in copy:
        rest += piece
        if not rest.endswith(b"\n"):
            continue
        yield from rest.splitlines(keepends=True)
        rest = b""


def _row(table: str, number: int, line: bytes) -> Row:
    try:
        text = copied_values(line)[0] or ""
        if len(text) > MOST_OF_A_ROW:
            raise ForeignError("It is too large.")
        return decoded_row(table, number, loads(text))
    except (ForeignError, UnicodeDecodeError) as error:
        why = error.what if isinstance(error, ForeignError) else "It is not text in UTF-8."
        return Row(table, number, {}, [why], line.decode("utf-8", "replace"))


def _hidden(connection: Connection, table: Table) -> str:
    """A sentence if the login sees only some rows of a table; else empty."""
    query = sql.SQL("SELECT row_security_active({}::regclass)")
    name = sql.Literal(table.identifier.as_string(connection))
    active = connection.execute(query.format(name)).fetchone()
    if not active or not active[0]:
        return ""
    return (
        f"The login sees only those rows of {table.name} that the table's policies show it"
        " (row-level security)."
    )
