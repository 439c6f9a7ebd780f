"""Pieces of bytes: out of a file, and as a stream."""

from __future__ import annotations

import os
from collections.abc import Iterator
from io import RawIOBase
from typing import TYPE_CHECKING

from core.backup.archive.errors import ArchiveError

if TYPE_CHECKING:
    from typing_extensions import Buffer


def read_at(descriptor: int, count: int, start: int) -> bytes:
    """Up to so many bytes of an open file; fewer only at its end. Raises ArchiveError."""
    pieces = []
    try:
        while count > 0 and (piece := os.pread(descriptor, count, start)):
            pieces.append(piece)
            start, count = start + len(piece), count - len(piece)
    except OSError as error:
        raise ArchiveError(f"The file can't be read: {error.strerror}.") from error
    return b"".join(pieces)


class PieceStream(RawIOBase):
    """A readable stream over pieces that are made one by one; what goes wrong with one comes through."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Buffer, /) -> int:
        """Up to as many bytes as fit; 0 at the end."""
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = memoryview(piece)
        target = memoryview(buffer).cast("B")
        count = min(len(target), len(self._rest))
        target[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count
