"""Compares the database's schema with this program's, and has it brought up to date if it is behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from enum import Enum
from pathlib import Path
from uuid import UUID

import psycopg
from psycopg import errors

from core.errors import GenkoError, ServerError
from core.server.connection import Connection
from core.server.faults import query_error, translated
from core.server.login import SAFE

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006")
"""The migrations this program knows, oldest first (a test compares them with the files)."""
HEAD = REVISIONS[-1]
PATIENCE = 600
"""Seconds a migration may take, waiting for another program's included."""


class SchemaState(Enum):
    """Where a database's schema stands, seen from this program."""

    MISSING = "missing"
    BEHIND = "behind"
    CURRENT = "current"
    NEWER = "newer"


def state(connection: Connection) -> SchemaState:
    """One query; no alembic."""
    try:
        row = connection.execute("SELECT version_num FROM genko_schema").fetchone()
    except errors.UndefinedTable:
        return SchemaState.MISSING
    except psycopg.Error as error:
        raise query_error(error) from error
    if row is None:
        return SchemaState.MISSING
    if row[0] == HEAD:
        return SchemaState.CURRENT
    return SchemaState.BEHIND if row[0] in REVISIONS else SchemaState.NEWER


def refuse_newer() -> ServerError:
    """The sentence for a schema made by a later Genko."""
    return ServerError(
        "The database was made for a newer Genko than this one.",
        safe=SAFE,
        todo="Update Genko on this machine; nothing was changed on the server.",
    )


def bring_up_to_date(connection: Connection, conninfo: str) -> bool:
    """Migrate if the schema is missing or behind; True if it was.

    Raises ServerError for a newer schema, and for a login that may not change it.
    """
    found = state(connection)
    if found is SchemaState.CURRENT:
        return False
    if found is SchemaState.NEWER:
        raise refuse_newer()
    migrate(conninfo)
    return True


def migrate(conninfo: str, revision: str = "head") -> None:
    """Run the migrations in a process of their own: alembic never enters this one.

    Two programs doing so at once is safe. Raises ServerError.
    """
    root = str(Path(__file__).resolve().parents[2])
    paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
    # The conninfo may hold a password: the environment is private to the user, an argument is not.
    environment = os.environ | {
        "GENKO_MIGRATE_CONNINFO": conninfo,
        "PGCLIENTENCODING": "UTF8",
        "PYTHONPATH": os.pathsep.join(paths),
    }
    command = [sys.executable, "-P", "-m", "core.server.migrations", revision]
    try:
        done = subprocess.run(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ServerError("Changing the database's tables takes too long.", safe=SAFE) from error
    if done.returncode:
        raise migration_error(done.returncode, done.stdout)


def migration_error(status: int, output: bytes) -> GenkoError:
    """The sentence for a migration that did not go through."""
    try:
        report = json.loads(output)
    except ValueError:
        report = {}
    code, message = report.get("sqlstate"), report.get("message", f"exit status {status}")
    if code == errors.InsufficientPrivilege.sqlstate:
        return ServerError(
            "The database lacks Genko's current tables, and this login may not make them.",
            safe=SAFE,
            todo="Ask the database's owner to run `genko db migrate`.",
        )
    if code == errors.ReadOnlySqlTransaction.sqlstate:
        return ServerError(
            "The database lacks Genko's current tables, and it is read-only.",
            safe=SAFE,
            todo="Run `genko db migrate` when it can be written to.",
        )
    return ServerError(f"The database's tables could not be brought up to date: {message}.", safe=SAFE)


def server_id(connection: Connection) -> UUID:
    """The identity of the database. Raises ServerError when it has none (a schema half copied)."""
    with translated():
        row = connection.execute("SELECT server_id FROM server_identity").fetchone()
    if row is None:
        raise ServerError("The database has Genko's tables but no identity.", safe=SAFE)
    return UUID(str(row[0]))
