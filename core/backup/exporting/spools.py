"""Lines of all sections, kept while projects are read one by one; on the disk once they are many."""

from __future__ import annotations

import contextlib
import struct
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Self

IN_MEMORY = 4 << 20
"""Bytes of one section that are kept in memory."""
_SIZE = struct.Struct(">I")


class Spool:
    """What was put in comes out in the same order, once."""

    def __init__(self, folder: Path) -> None:
        self._file: IO[bytes] = tempfile.SpooledTemporaryFile(  # noqa: SIM115
            max_size=IN_MEMORY, dir=str(folder)
        )
        self.count = 0
        self.size = 0

    def put(self, piece: bytes) -> None:
        """One piece more. Raises OSError."""
        self._file.write(_SIZE.pack(len(piece)))
        self._file.write(piece)
        self.count += 1
        self.size += len(piece)

    def take(self) -> Iterator[bytes]:
        """Everything, piece by piece; it is gone then. Raises OSError."""
        self._file.seek(0)
        while head := self._file.read(_SIZE.size):
            yield self._file.read(_SIZE.unpack(head)[0])
        self.close()

    def close(self) -> None:
        """Let go of it."""
        self._file.close()


class Spools(contextlib.ExitStack):
    """Spools by name in a private folder that goes with them, whatever happens (its files have no names)."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._spools: dict[str, Spool] = {}

    def __enter__(self) -> Self:
        return self

    def __getitem__(self, name: str) -> Spool:
        if name not in self._spools:
            self._spools[name] = spool = Spool(self._folder)
            self.callback(spool.close)
        return self._spools[name]
