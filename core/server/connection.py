"""Opens connections to the server, set up the way saving needs them."""

from __future__ import annotations

import os
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from core.errors import ServerError
from core.server import address
from core.server.faults import translated
from core.server.login import SAFE, login_error

Connection = psycopg.Connection[tuple[Any, ...]]

OLDEST = 15
"""The oldest major version of PostgreSQL we serve."""

_SESSION = """
SELECT set_config('lock_timeout', '15s', false),
       set_config('idle_in_transaction_session_timeout', '60s', false)
"""


def connect(conninfo: str) -> Connection:
    """Connect to `conninfo` (a URL or key=value string; "" leaves all to libpq's own variables).

    Autocommit: transactions are begun by name. Raises ServerUnreachable or ServerError.
    """
    given = parameters(conninfo)
    try:
        connection = psycopg.connect(autocommit=True, **given)
    except psycopg.ProgrammingError as error:
        # Its text may quote a password.
        raise login_error(error, "") from None
    except (psycopg.Error, UnicodeError) as error:
        # The name of a host may be none at all, which Python's resolver finds before libpq does.
        raise login_error(error, address.describe(conninfo)) from error
    try:
        require_version(connection)
        with translated():
            connection.execute(_SESSION)
    except BaseException:
        connection.close()
        raise
    return connection


def parameters(conninfo: str) -> dict[str, Any]:
    """What to connect with: the caller's word first, then ours where libpq's variables say nothing."""
    try:
        given = dict(conninfo_to_dict(conninfo))
    except (psycopg.Error, UnicodeError) as error:
        raise login_error(psycopg.ProgrammingError(type(error).__name__), "") from None
    given.setdefault("fallback_application_name", "genko")
    given["client_encoding"] = "utf8"
    if "PGCONNECT_TIMEOUT" not in os.environ:
        given.setdefault("connect_timeout", "10")
    # A server that vanished without a word is noticed after about half a minute, not after hours.
    given.setdefault("keepalives_idle", "15")
    given.setdefault("keepalives_interval", "5")
    given.setdefault("keepalives_count", "3")
    given.setdefault("tcp_user_timeout", "30000")
    return given


def require_version(connection: Connection) -> int:
    """The server's major version. Raises ServerError if it is too old for us."""
    major = connection.info.server_version // 10000
    if major < OLDEST:
        raise ServerError(
            f"The database server is PostgreSQL {major}; Genko needs {OLDEST} or later.",
            safe=SAFE,
            todo="Ask for a newer server, or write without one.",
        )
    return major


def describe(connection: Connection) -> str:
    """Where the connection goes, for a person: user, host, port and database; no password."""
    info = connection.info
    host = info.host or "localhost"
    if host.startswith("/"):
        return f"{info.user}@{host} {info.dbname}"
    return f"{info.user}@{host}:{info.port}/{info.dbname}"
