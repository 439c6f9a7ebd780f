"""Copies the scripts' table aside before anything else: in its own database if that is allowed, else here."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import psycopg
from psycopg import errors, sql

from core.atomic import whole_file
from core.backup.migrating.known import Copy, migrations_folder
from core.errors import GenkoError
from core.legacy.mangaka.reading import Staged
from core.legacy.mangaka.rows import ASIDE, SCRIPTS
from core.legacy.mangaka.sources.database import Table, connected, tables_of
from core.paths import Paths, private_folder
from core.server.connection import Connection

_REVOKE = """
SELECT DISTINCT a.grantee::regrole::text FROM pg_class c, aclexplode(c.relacl) a
WHERE c.oid = %s::regclass AND a.grantee <> 0 AND a.grantee <> c.relowner
"""


def copy_aside(source: str, conninfo: str | None, found: Staged, paths: Paths) -> Copy:
    """Make the copy. `conninfo`: the database, None for a file, which is its own copy. Raises GenkoError."""
    if conninfo is None:
        return Copy(source, source, in_database=False, rows=len(found.staging), why="the file is the copy")
    try:
        with connected(conninfo, read_only=False) as connection:
            return _in_database(source, connection)
    except (psycopg.Error, GenkoError) as error:
        why = _why(error.__cause__ if isinstance(error, GenkoError) else error)
    return Copy(source, str(_in_file(found, paths)), in_database=False, rows=len(found.staging), why=why)


def _in_database(source: str, connection: Connection) -> Copy:
    """A table beside it, closed to everybody else: what is in `public` may be open to the web."""
    with connection.transaction():
        connection.execute("SET LOCAL lock_timeout = '10s'")
        connection.execute("SET LOCAL statement_timeout = 0")
        table = next(one for one in tables_of(connection) if one.name == SCRIPTS)
        copy = Table(table.schema, f"{ASIDE}{datetime.now(UTC):%Y%m%d_%H%M%S}", 0)
        name = copy.identifier.as_string(connection)
        connection.execute(sql.SQL("CREATE TABLE {} AS TABLE {}").format(copy.identifier, table.identifier))
        connection.execute(sql.SQL("ALTER TABLE {} ENABLE ROW LEVEL SECURITY").format(copy.identifier))
        connection.execute(sql.SQL("REVOKE ALL ON {} FROM PUBLIC").format(copy.identifier))
        for (role,) in connection.execute(_REVOKE, (name,)).fetchall():
            connection.execute(sql.SQL("REVOKE ALL ON {} FROM {}").format(copy.identifier, sql.SQL(role)))
        counted = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(copy.identifier)).fetchone()
    return Copy(source, f"{copy.schema}.{copy.name}", in_database=True, rows=counted[0] if counted else 0)


def _why(error: BaseException | None) -> str:
    if isinstance(error, errors.InsufficientPrivilege):
        return "the login may not make a table there"
    if isinstance(error, errors.ReadOnlySqlTransaction):
        return "that database is read-only"
    if isinstance(error, errors.DiskFull):
        return "that database has no room left"
    return "that database did not allow it"


def _in_file(found: Staged, paths: Paths) -> Path:
    """All rows as lines of JSON, packed, for nobody else's eyes."""
    folder = migrations_folder(paths)
    path = folder / f"mangaka-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.jsonl.gz"
    try:
        private_folder(folder)
        with whole_file(path, 0o600) as stream, gzip.GzipFile("", "wb", 6, stream, 0) as packed:
            for table, body in found.staging.bodies():
                row = {"table": table, "row": json.loads(body)}
                packed.write(f"{json.dumps(row)}\n".encode())
    except OSError as error:
        raise GenkoError(
            f"The table can't be copied aside: {folder} ({error.strerror or error}).",
            safe="Nothing was changed, there or here.",
            todo="Make room, or make it writable.",
        ) from error
    return path
