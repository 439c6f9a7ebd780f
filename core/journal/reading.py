"""Follows what other processes append to the same file."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import suppress
from functools import partial

from core.errors import JournalError
from core.journal.contents import Contents, read_contents, read_newest_pieces, read_rows
from core.journal.envelope import Envelope, Kind
from core.journal.file import JournalFile
from core.journal.notebook import Notebook
from core.journal.notes import read_notes
from core.journal.schema import is_busy
from core.journal.writer import Writer


class Follower:
    """Reads rows above the highest id seen, with a connection of its own; reading never waits for writing."""

    def __init__(
        self, file: JournalFile, writer: Writer, contents: Contents, token: int, notebook: Notebook
    ) -> None:
        self._file, self._writer, self._token, self._notebook = file, writer, token, notebook
        self._lock = threading.Lock()
        self._connection: sqlite3.Connection | None = None
        self._serial = file.serial
        self._version = -1
        self._seen = max([contents.highest, *contents.updates])
        """All rows up to this id are known here, or were written here."""
        self._own: dict[int, int] = {}
        """The ids of own rows above it, by their number."""

    def poll(self) -> list[bytes]:
        """What others appended since the last call."""
        if not self._file.shared:
            return []
        with self._lock:
            try:
                return self._read_news()
            except (sqlite3.Error, OSError) as error:
                self._drop()
                if isinstance(error, OSError) or not is_busy(error):
                    self._writer.submit(_check)  # If the file is broken, the writer mends it.
                return []

    def _read_news(self) -> list[bytes]:
        connection = self._open()
        if connection is None:
            return []
        (version,) = connection.execute("PRAGMA data_version").fetchone()
        if version == self._version:
            return []
        connection.execute("BEGIN")
        try:
            news = Contents()
            read_rows(connection, Kind.UPDATE, self._seen, news)
            self._fill_gap(connection, news)
            complete = self._notebook.take_over(partial(read_notes, connection))
        finally:
            with suppress(sqlite3.Error):
                connection.execute("COMMIT")
        self._version = version if complete else -1
        foreign = [row for _, row in sorted(news.updates.items()) if row.token != self._token]
        snapshot = news.newest_snapshot()
        self._seen = max([self._seen, snapshot.covers if snapshot else 0, *news.updates])
        for number in [number for number, id_ in list(self._own.items()) if id_ <= self._seen]:
            self._own.pop(number, None)
        return ([snapshot.payload] if snapshot else []) + [row.payload for row in foreign]

    def _fill_gap(self, connection: sqlite3.Connection, news: Contents) -> None:
        """Others' rows that were compacted away before they were seen here stand in the snapshot."""
        row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'updates'").fetchone()
        end = min(news.updates, default=(row[0] if row else 0) + 1)
        own = set(self._own.values())
        if all(id_ in own for id_ in range(self._seen + 1, end)):
            return
        read_newest_pieces(connection, news)
        snapshot = news.newest_snapshot()
        if snapshot is not None and snapshot.covers <= self._seen:
            news.pieces.clear()

    def insert(self, row: Envelope, connection: sqlite3.Connection) -> None:
        """Write one update of this process (in the writer's thread), and remember its id as our own."""
        cursor = connection.execute("INSERT INTO updates (body) VALUES (?)", (row.pack(),))
        self._own[row.number] = cursor.lastrowid or 0

    def _open(self) -> sqlite3.Connection | None:
        """The connection to the file that stands at the path; None while the writer has to see to that."""
        if self._file.connection is None or self._file.has_moved():
            self._drop()
            if not self._writer.waiting:
                self._writer.submit(lambda connection: None)
            return None
        if self._serial != self._file.serial:
            self._drop()
            self._serial, self._seen = self._file.serial, 0
            self._own.clear()
        if self._connection is None:
            self._connection = self._file.reader()
            self._version = -1
        return self._connection

    def read_all(self) -> list[bytes]:
        """Everything that makes up the document. Raises JournalError, sqlite3.Error."""
        for _ in range(2):
            with self._lock:
                connection = self._open()
                if connection is not None:
                    return read_contents(connection).needed()[0]
            self._writer.submit(lambda connection: None).wait(5.0)  # The file is being put back.
        raise JournalError("The project's file is not there just now.", todo="Try again.")

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            self._drop()

    def _drop(self) -> None:
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.close()
        self._connection = None


def _check(connection: sqlite3.Connection) -> None:
    read_contents(connection, everything=True, in_transaction=True)
