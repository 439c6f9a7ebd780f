"""A worker's connections: how each is set up, and what their errors are to us."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from procrastinate import PsycopgConnector
from procrastinate.exceptions import ProcrastinateException

from core.errors import ServerError
from core.jobs.ending import AT_ONCE
from core.server import connection as connections
from core.server.faults import query_error, translated

_SEARCH = "SELECT set_config('search_path', current_setting('search_path') || ', genko_queue', false)"


def pool_of(address: str) -> PsycopgConnector:
    """For procrastinate, signs of life and answers: one connection more than answers with files take."""
    return PsycopgConnector(
        conninfo="",
        kwargs=connections.parameters(address),
        configure=_configure,
        min_size=1,
        max_size=AT_ONCE + 1,
        timeout=10.0,
    )


async def fresh_link(address: str) -> psycopg.AsyncConnection[Any]:
    """One beside the pool. Raises psycopg.OperationalError."""
    try:
        given = connections.parameters(address)
    except ServerError as error:
        raise psycopg.OperationalError from error
    link = await psycopg.AsyncConnection.connect(**given)
    await _configure(link)
    return link


@contextmanager
def all_translated() -> Iterator[None]:
    """What procrastinate makes of the driver's errors leaves as one of ours, too."""
    try:
        with translated():
            yield
    except ProcrastinateException as error:
        cause = error.__cause__
        raise query_error(
            cause if isinstance(cause, psycopg.Error) else psycopg.OperationalError()
        ) from error


async def _configure(link: psycopg.AsyncConnection[Any]) -> None:
    """Each statement is a transaction of its own, and procrastinate finds its tables."""
    await link.set_autocommit(True)
    await link.execute(_SEARCH)
