"""Turns the driver's errors into ours: what happened, what is safe, what to do; never a secret."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg import errors

from core.errors import GenkoError, ServerError, ServerUnreachable
from core.server.login import LATER, SAFE


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
    if (error.sqlstate or "").startswith("42") and _is_of_the_queue(error):
        return ServerError(
            "The database server does not let this login have anything made.",
            safe=SAFE,
            todo="Ask whoever runs it for rights in the schema genko_queue: docs/database.md lists them.",
        )
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


def _is_of_the_queue(error: psycopg.Error) -> bool:
    """Whether something of the queue's was not found: what a login may not use is not even looked into."""
    return "procrastinate_" in (error.diag.message_primary or "")


@contextmanager
def translated() -> Iterator[None]:
    """Everything the driver raises inside leaves as one of ours."""
    try:
        yield
    except psycopg.Error as error:
        raise query_error(error) from error
