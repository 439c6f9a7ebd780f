"""Turns the driver's errors into ours: what happened, what is safe, what to do; never a secret."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import errors

from core.errors import GenkoError, ServerError, ServerUnreachable

SAFE = "Your words are safe on this machine."
LATER = "Genko tries again by itself."

# libpq gives failures of the login no SQLSTATE, only words (English unless the server speaks otherwise).
_LOGIN: tuple[tuple[str, str, str, bool], ...] = (
    (
        r"password authentication failed|no password supplied|authentication failed|no pg_hba\.conf entry",
        "The database server refuses the login.",
        "Check the user name and the password (in .pgpass or the URL).",
        False,
    ),
    (r"role .* does not exist", "The database server knows no such user.", "Check the user name.", False),
    (
        r"database .* does not exist",
        "The database server has no such database.",
        "Check the name after the last slash of the URL.",
        False,
    ),
    (
        r"too many (clients|connections)|remaining connection slots",
        "The database server has no free connection.",
        LATER,
        True,
    ),
    (
        r"starting up|shutting down|in recovery mode|not yet accepting",
        "The database server is starting or stopping.",
        LATER,
        True,
    ),
    (
        r"could not translate host name|failed to resolve|Name or service not known|nodename nor servname",
        "The database server's name can't be found.",
        "Check the host in the URL, or the network. " + LATER,
        True,
    ),
    (r"timeout expired|timed out", "The database server does not answer.", LATER, True),
    (
        r"refused|No such file or directory",
        "No database server listens there.",
        "Check the host and the port, or start the server. " + LATER,
        True,
    ),
    (
        r"certificate|SSL|TLS",
        "The encrypted connection to the database server failed.",
        "Check sslmode.",
        False,
    ),
)


def login_error(error: psycopg.Error) -> ServerError:
    """The sentence for a failed connection attempt."""
    if isinstance(error, psycopg.ProgrammingError):
        # libpq quotes the string it can't read, and a password may be in it.
        return ServerError(
            "The database URL can't be read.",
            safe=SAFE,
            todo="It looks like postgresql://user@host:5432/database; encode special characters.",
        )
    for pattern, what, todo, temporary in _LOGIN:
        if re.search(pattern, str(error), re.IGNORECASE):
            kind = ServerUnreachable if temporary else ServerError
            return kind(what, safe=SAFE, todo=todo)
    return ServerUnreachable("The database server can't be reached.", safe=SAFE, todo=LATER)


def query_error(error: psycopg.Error) -> GenkoError:
    """The sentence for a failure after the connection stood."""
    if isinstance(error, errors.ReadOnlySqlTransaction):
        return ServerError(
            "The database server is read-only.", safe=SAFE, todo="Save again when it can be written to."
        )
    if isinstance(error, errors.InsufficientPrivilege):
        return ServerError(
            "The database server does not let this login do that.",
            safe=SAFE,
            todo="Ask whoever runs it for the right.",
        )
    if isinstance(error, errors.LockNotAvailable):
        return ServerUnreachable("Someone else's save of this project takes long.", safe=SAFE, todo=LATER)
    if isinstance(error, errors.UndefinedTable | errors.UndefinedColumn):
        return ServerError(
            "The database lacks Genko's tables, or has others.", safe=SAFE, todo="Run `genko db migrate`."
        )
    if isinstance(error, errors.DiskFull | errors.OutOfMemory | errors.IoError):
        return ServerUnreachable("The database server has no room left.", safe=SAFE, todo=LATER)
    state = error.sqlstate or ""
    if state[:2] in {"08", "40", "53", "57"} or (not state and isinstance(error, psycopg.OperationalError)):
        return ServerUnreachable("The connection to the database server broke.", safe=SAFE, todo=LATER)
    code = state or type(error).__name__
    return ServerError(f"The database server refused ({code}).", safe=SAFE, todo="See the log for details.")


@contextmanager
def translated() -> Iterator[None]:
    """Everything the driver raises inside leaves as one of ours."""
    try:
        yield
    except psycopg.Error as error:
        raise query_error(error) from error
