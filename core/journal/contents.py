"""Everything a journal file holds, and which of it is needed to have all words."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field

from core.journal.envelope import Envelope, Kind, Snapshot, newest_snapshot, unpack
from core.journal.notes import Notes, read_notes


@dataclass
class Contents:
    """The rows of one journal that could be read."""

    updates: dict[int, Envelope] = field(default_factory=dict)
    """By id."""
    pieces: dict[int, Envelope] = field(default_factory=dict)
    notes: Notes = field(default_factory=Notes)
    highest: int = 0
    """The highest update id ever given, as far as is known."""
    damaged: int = 0
    """Rows that are there but wrong."""
    _newest: tuple[frozenset[int], Snapshot | None] | None = None

    def newest_snapshot(self) -> Snapshot | None:
        """The whole snapshot that holds most."""
        key = frozenset(self.pieces)
        if self._newest is None or self._newest[0] != key:
            self._newest = key, newest_snapshot(self.pieces.values())
        return self._newest[1]

    def needed(self) -> tuple[list[bytes], int]:
        """The blobs that make up the document, and how many there should be (a snapshot is one)."""
        snapshot = self.newest_snapshot()
        floor = snapshot.covers if snapshot else 0
        highest = max([self.highest, *self.updates])
        ids = sorted(id_ for id_ in self.updates if id_ > floor)
        # A row that was written again after a failed sync stands there twice.
        rows = {self.updates[id_].key: self.updates[id_] for id_ in ids}
        blobs = [row.payload for row in rows.values()]
        if snapshot:
            blobs.insert(0, snapshot.payload)
        # Ids have no gaps: they are given out in transactions, and deleted only below a snapshot.
        total = max(highest - floor, len(ids)) - (len(ids) - len(rows))
        return blobs, total + (1 if snapshot else 0)

    def as_updates(self) -> list[Envelope]:
        """The rows that make up the document, for another file, where ids are others."""
        snapshot = self.newest_snapshot()
        floor = snapshot.covers if snapshot else 0
        rows = [row for id_, row in sorted(self.updates.items()) if id_ > floor]
        if snapshot:
            rows.insert(0, Envelope(Kind.UPDATE, snapshot.token, 0, snapshot.payload))
        return rows

    def since_snapshot(self) -> tuple[int, int]:
        """How many updates the newest snapshot does not hold, and their bytes."""
        snapshot = self.newest_snapshot()
        floor = snapshot.covers if snapshot else 0
        sizes = [len(row.payload) for id_, row in self.updates.items() if id_ > floor]
        return len(sizes), sum(sizes)

    def is_whole(self) -> bool:
        """Nothing that should be there is missing or wrong."""
        blobs, total = self.needed()
        return not self.damaged and not self.notes.damaged and len(blobs) == total


def read_contents(
    connection: sqlite3.Connection, *, everything: bool = False, in_transaction: bool = False
) -> Contents:
    """Read and check the rows in one transaction, those below the newest snapshot only if asked for.

    Raises sqlite3.Error when a table can't be read.
    """
    if in_transaction:
        return _read(connection, everything)
    connection.execute("BEGIN")
    try:
        return _read(connection, everything)
    finally:
        connection.execute("COMMIT")


def _read(connection: sqlite3.Connection, everything: bool) -> Contents:
    contents = Contents()
    if everything:
        read_rows(connection, Kind.PIECE, 0, contents)
    else:
        read_newest_pieces(connection, contents)
    snapshot = contents.newest_snapshot()
    floor = snapshot.covers if snapshot and not everything else 0
    read_rows(connection, Kind.UPDATE, floor, contents)
    for (seq,) in connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'updates'"):
        contents.highest = int(seq)
    contents.notes = read_notes(connection)
    return contents


def read_newest_pieces(connection: sqlite3.Connection, contents: Contents) -> None:
    """Read pieces from the end until a snapshot is whole; the one before it is only there for bad days."""
    left: dict[int, int] = {}
    for id_, body in connection.execute("SELECT id, body FROM pieces ORDER BY id DESC"):
        piece = unpack(body)
        if piece is None or piece.kind is not Kind.PIECE:
            contents.damaged += 1
            continue
        contents.pieces[id_] = piece
        left[piece.token] = left.get(piece.token, piece.of) - 1
        if left[piece.token] == 0:
            return


def read_rows(connection: sqlite3.Connection, kind: Kind, above: int, contents: Contents) -> None:
    """Read and check one table's rows with an id above `above` into `contents`."""
    table, target = ("updates", contents.updates) if kind is Kind.UPDATE else ("pieces", contents.pieces)
    sql = f"SELECT id, body FROM {table} WHERE id > ? ORDER BY id"  # noqa: S608
    for id_, body in connection.execute(sql, (above,)):
        envelope = unpack(body)
        if envelope is None or envelope.kind is not kind:
            contents.damaged += 1
        else:
            target[id_] = envelope
