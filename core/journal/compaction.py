"""Folds many updates into one snapshot, in steps so small that no append has to wait for them."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial

from core.errors import GenkoError
from core.journal.contents import Contents, read_contents
from core.journal.envelope import split_snapshot
from core.journal.file import JournalFile
from core.journal.notes import read_lease, write_fact
from core.journal.records import Ticket
from core.journal.writer import Declined, Run, Writer

PIECE = 128 << 10
"""Bytes of a snapshot written in one transaction."""
ROWS = 200
"""Rows deleted in one transaction."""
LARGE = 2 << 20
"""Bytes of updates that are folded however few they are: of a snapshot only what is read is unpacked."""
LEASE = "~compacting"
_LEASE_NS = 120 * 10**9

Merge = Callable[[list[bytes]], bytes]


def worth_it(updates: int, size: int) -> bool:
    """Whether so many updates, of `size` bytes together, make opening slower than it need be."""
    return updates >= 1000 or (updates >= 50 and size >= 1 << 20) or size >= LARGE


class Compaction:
    """One run. Killed at any moment it leaves a file in which nothing is missing.

    The new snapshot counts only once its last piece is there. Only then go the rows of the
    generation before the last: the newest snapshot and its updates are kept until the next run,
    so that a damaged spot in the new snapshot loses no words either.
    """

    def __init__(self, file: JournalFile, writer: Writer, stop: threading.Event) -> None:
        self._file, self._writer, self._stop = file, writer, stop
        self._name = f"{os.getpid()}-{os.urandom(4).hex()}"

    def run(self, merge: Merge) -> bool:
        """Compact now; False if it was left undone (nothing is lost by that).

        `merge` gets the blobs in order and returns one blob that holds them all; it raises a
        GenkoError if it can't take them all in.
        """
        if not self._step(self._take_lease):
            return False
        try:
            with closing(self._file.reader()) as reader:
                contents = read_contents(reader)
                pieces = [int(id_) for (id_,) in reader.execute("SELECT id FROM pieces")]
            blobs, total = contents.needed()
            if len(blobs) != total or contents.damaged or len(blobs) < 2:
                return False
            snapshot = merge(blobs)
            return bool(snapshot) and self._replace(contents, pieces, snapshot)
        except (GenkoError, sqlite3.Error, OSError):
            return False
        finally:
            self._step(self._give_lease_back)

    def _replace(self, contents: Contents, there: list[int], snapshot: bytes) -> bool:
        before = contents.newest_snapshot()
        covers = max(contents.updates)
        pieces = split_snapshot(snapshot, int.from_bytes(os.urandom(8), "big"), covers, PIECE)
        for piece in pieces:
            if not self._step(partial(_insert_piece, piece.pack())):
                return False
        if before is None:
            return True
        kept = {id_ for id_, piece in contents.pieces.items() if piece.token == before.token}
        old = [id_ for id_ in there if id_ not in kept]
        for at in range(0, len(old), 8):
            if not self._step(partial(_delete_pieces, old[at : at + 8])):
                return False
        left = [before.covers]
        while left[0] >= 0:
            if not self._step(partial(_delete_updates, left)):
                return False
        return True

    def _step(self, run: Run) -> bool:
        if self._stop.is_set():
            return False
        ticket: Ticket = self._writer.submit(run, background=True)
        while not ticket.wait(0.1):
            if ticket.done or self._stop.is_set():
                return False
        return True

    def _take_lease(self, connection: sqlite3.Connection) -> None:
        lease = read_lease(connection, LEASE)
        if lease is not None and lease[1] + _LEASE_NS > time.time_ns():
            raise Declined("Another process compacts.")
        write_fact(connection, LEASE, self._name)

    def _give_lease_back(self, connection: sqlite3.Connection) -> None:
        write_fact(connection, LEASE, None)


def _insert_piece(body: bytes, connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO pieces (body) VALUES (?)", (body,))


def _delete_pieces(ids: list[int], connection: sqlite3.Connection) -> None:
    connection.executemany("DELETE FROM pieces WHERE id = ?", [(id_,) for id_ in ids])


def _delete_updates(left: list[int], connection: sqlite3.Connection) -> None:
    """Delete the lowest rows up to `left[0]`; sets it to -1 when there are no more."""
    sql = "DELETE FROM updates WHERE id IN (SELECT id FROM updates WHERE id <= ? ORDER BY id LIMIT ?)"
    if connection.execute(sql, (left[0], ROWS)).rowcount < ROWS:
        left[0] = -1
