"""The frame around every blob in a journal, so that a row proves itself even outside its table.

Layout, big-endian: magic (4), kind (1), three zero bytes, token (8), number (8), covers (8),
of (4), length (4), digest (16), payload. The digest is BLAKE2b over everything before it and the
payload. A page scanner can therefore find and check rows in a file whose b-trees are gone.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

MAGIC = b"\x89Gnk"
_HEAD = struct.Struct(">4sB3xQQQII")
_DIGEST = 16
OVERHEAD = _HEAD.size + _DIGEST
LARGEST = 900_000_000
"""Bytes one payload may have; SQLite itself stops at a thousand million."""


class Kind(IntEnum):
    """What a payload is."""

    UPDATE = 1
    PIECE = 2
    """One piece of a snapshot; the snapshot is whole when all `of` pieces are there."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """One payload and what identifies it.

    For an update, `token` is its writer (random for each process) and `number` counts that
    writer's updates. For a piece, `token` is the snapshot, `number` the piece, `of` how many
    there are, and `covers` the highest update id the snapshot holds.
    """

    kind: Kind
    token: int
    number: int
    payload: bytes
    covers: int = 0
    of: int = 0

    @property
    def key(self) -> tuple[int, int]:
        """The same for two copies of one row, wherever they are found."""
        return self.token, self.number

    def pack(self) -> bytes:
        """The bytes that go into the row."""
        head = _HEAD.pack(MAGIC, self.kind, self.token, self.number, self.covers, self.of, len(self.payload))
        return head + _digest(head, self.payload) + self.payload


def _digest(head: bytes, payload: bytes) -> bytes:
    mark = hashlib.blake2b(head, digest_size=_DIGEST)
    mark.update(payload)
    return mark.digest()


def packed_size(start: bytes) -> int | None:
    """How many bytes the whole envelope has, told by its first `OVERHEAD` bytes; None if it's none."""
    if len(start) < _HEAD.size:
        return None
    magic, kind, _token, _number, _covers, _of, length = _HEAD.unpack_from(start)
    if magic != MAGIC or kind not in (Kind.UPDATE, Kind.PIECE) or length > LARGEST:
        return None
    return OVERHEAD + int(length)


def unpack(body: object) -> Envelope | None:
    """Read a row's bytes; None if a single bit of them is wrong."""
    if not isinstance(body, bytes) or packed_size(body) != len(body):
        return None
    _magic, kind, token, number, covers, of, _length = _HEAD.unpack_from(body)
    head, digest, payload = body[: _HEAD.size], body[_HEAD.size : OVERHEAD], body[OVERHEAD:]
    if body[5:8] != b"\0\0\0" or _digest(head, payload) != digest:
        return None
    return Envelope(Kind(kind), token, number, payload, covers, of)


def split_snapshot(snapshot: bytes, token: int, covers: int, piece_size: int) -> list[Envelope]:
    """Cut a snapshot into pieces of at most `piece_size` bytes."""
    cuts = range(0, max(len(snapshot), 1), piece_size)
    return [
        Envelope(Kind.PIECE, token, number, snapshot[at : at + piece_size], covers, len(cuts))
        for number, at in enumerate(cuts)
    ]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A whole snapshot and the highest update id that it holds."""

    token: int
    covers: int
    payload: bytes


def newest_snapshot(pieces: Iterable[Envelope]) -> Snapshot | None:
    """The whole snapshot that holds most; one with a missing piece doesn't count."""
    found: dict[int, dict[int, Envelope]] = {}
    for piece in pieces:
        found.setdefault(piece.token, {})[piece.number] = piece
    whole = [
        parts
        for parts in found.values()
        if 0 in parts and len(parts) == parts[0].of and max(parts) == len(parts) - 1
    ]
    if not whole:
        return None
    best = max(whole, key=lambda parts: parts[0].covers)
    payload = b"".join(best[number].payload for number in range(len(best)))
    return Snapshot(best[0].token, best[0].covers, payload)
