"""SQLite connections whose every complaint is a sqlite3.Error.

A damaged file puts its own bytes into SQLite's messages; where those are no UTF-8, Python raises
UnicodeDecodeError instead of the error that was meant.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any, TypeVar

Result = TypeVar("Result")


def _said_in_sqlites_way(call: Callable[[], Result]) -> Result:
    try:
        return call()
    except UnicodeDecodeError as error:
        raise sqlite3.DatabaseError("The file holds what is no text.") from error


class _Cursor(sqlite3.Cursor):
    def execute(self, sql: str, parameters: Any = (), /) -> _Cursor:
        _said_in_sqlites_way(lambda: super(_Cursor, self).execute(sql, parameters))
        return self

    def __next__(self) -> Any:
        return _said_in_sqlites_way(super().__next__)

    def fetchone(self) -> Any:
        return _said_in_sqlites_way(super().fetchone)

    def fetchall(self) -> list[Any]:
        return _said_in_sqlites_way(super().fetchall)


class Connection(sqlite3.Connection):
    """For `sqlite3.connect(…, factory=Connection)`."""

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        """As sqlite3's."""
        return self.cursor(_Cursor).execute(sql, parameters)


def connect_for_reading(uri: str, timeout: float = 5.0) -> sqlite3.Connection:
    """A connection by URI (see schema.address) that waits `timeout` seconds for a lock."""
    return sqlite3.connect(uri, uri=True, isolation_level=None, timeout=timeout, factory=Connection)
