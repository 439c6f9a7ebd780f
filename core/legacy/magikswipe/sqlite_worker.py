"""The process that opens somebody's SQLite file: read-only, with limits, and only what is asked for.

It reads one JSON request from its standard input and answers with lines of JSON: the rows of each table, and
last `{"done": true}`. A file made to do harm can end this process and nothing else.
"""

from __future__ import annotations

import json
import resource
import sqlite3
import sys
import time
from typing import Any
from urllib.parse import quote

MEMORY = 768 << 20
SECONDS = 60
MOST_ROWS = 200_000
MOST_OUT = 128_000_000
"""Bytes of all answers."""
_LONGEST_VALUE = 4_000_000
_CHUNK = 500
_ALLOWED = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ)


def main() -> None:
    """Answer one request: `{"path", "tables"}`."""
    request = json.loads(sys.stdin.buffer.read())
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    out = _Out()
    try:
        connection = _opened(request["path"])
        names = sorted(
            name
            for name, made in connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
            if name in request["tables"] and not made.lower().startswith("create virtual")
        )
    except (sqlite3.Error, AttributeError):  # a table that nobody made
        out.say({"error": "It is damaged, or no database that SQLite can read."})
        return
    for name in names:
        _send(connection, name, out)
    out.say({"done": True})


_TABLES = (
    "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'create virtual%' ORDER BY name"
)


def _opened(path: str) -> sqlite3.Connection:
    # immutable: neither a lock nor a journal beside it is touched, whatever state it is in.
    connection = sqlite3.connect(f"file:{quote(path)}?mode=ro&immutable=1", uri=True, isolation_level=None)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute("PRAGMA mmap_size = 0")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
    connection.setlimit(sqlite3.SQLITE_LIMIT_COLUMN, 200)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    connection.setlimit(sqlite3.SQLITE_LIMIT_EXPR_DEPTH, 50)
    connection.setlimit(sqlite3.SQLITE_LIMIT_VDBE_OP, 50_000)
    connection.text_factory = lambda data: data.decode("utf-8", "replace").replace("\0", "\ufffd")
    deadline = time.monotonic() + SECONDS
    connection.set_progress_handler(lambda: int(time.monotonic() > deadline), 10_000)
    # No function, no pragma, no other file: a column of the file may be an expression of its maker's.
    connection.set_authorizer(
        lambda action, *_: sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY
    )
    return connection


class _Out:
    def __init__(self) -> None:
        self._room = MOST_OUT

    def say(self, answer: dict[str, Any]) -> bool:
        """Whether there was room for it."""
        line = json.dumps(answer).encode() + b"\n"
        self._room -= len(line)
        if self._room > 0:
            sys.stdout.buffer.write(line)
            sys.stdout.buffer.flush()
        return self._room > 0


def _send(connection: sqlite3.Connection, table: str, out: _Out) -> None:
    """The rows of a table, some at a time; what was read before a fault counts."""
    sent = 0
    try:
        cursor = connection.execute(f'SELECT * FROM "{table}" LIMIT {MOST_ROWS + 1}')  # noqa: S608 - our own names
        columns = [column[0] for column in cursor.description]
        while rows := cursor.fetchmany(_CHUNK):
            sent += len(rows)
            answer = [dict(zip(columns, map(_plain, row), strict=True)) for row in rows]
            if sent > MOST_ROWS or not out.say({"table": table, "rows": answer}):
                out.say({"table": table, "error": f"It has more than {MOST_ROWS:,} rows."})
                return
    except (sqlite3.Error, MemoryError):
        out.say({"table": table, "error": f"It is damaged after {sent:,} rows."})


def _plain(value: Any) -> Any:
    """A value as JSON has it; bytes are nothing that any of the tables holds."""
    if isinstance(value, bytes):
        return None
    return value if not isinstance(value, float) or value - value == 0 else None
