"""Bytes of all sections, kept while projects are read one by one; on the disk once they are many."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterable, Iterator
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self, cast

if TYPE_CHECKING:
    from typing_extensions import Buffer

IN_MEMORY = 2 << 20
"""Bytes of one section that are kept in memory."""
_CHUNK = 1 << 18


class Spool:
    """What was put in comes out in the same order, once. Its file has no name, so nothing can be left."""

    def __init__(self, folder: Path) -> None:
        self._file: IO[bytes] = tempfile.SpooledTemporaryFile(  # noqa: SIM115
            max_size=IN_MEMORY, dir=str(folder)
        )
        self.size = 0
        """Bytes in it."""

    def put(self, piece: bytes) -> None:
        """One piece more. Raises OSError."""
        self._file.write(piece)
        self.size += len(piece)

    def drop(self, size: int) -> None:
        """Take back the last bytes. Raises OSError."""
        self._file.seek(-size, 2)
        self._file.truncate()
        self.size -= size

    def streams(self, sizes: Iterable[int]) -> Iterator[IO[bytes]]:
        """Streams of these sizes, each to be read to its end before the next. Raises OSError."""
        self._file.seek(0)
        for size in sizes:
            yield cast(IO[bytes], BufferedReader(_Slice(self._file, size), _CHUNK))

    def pieces(self, sizes: Iterable[int]) -> Iterator[bytes]:
        """Everything in pieces of these sizes; it is gone then. Raises OSError."""
        self._file.seek(0)
        for size in sizes:
            yield self._file.read(size)
        self.close()

    def chunks(self) -> Iterator[bytes]:
        """Everything in chunks; it is gone then. Raises OSError."""
        self._file.seek(0)
        while chunk := self._file.read(_CHUNK):
            yield chunk
        self.close()

    def close(self) -> None:
        """Let go of it."""
        self._file.close()


class _Slice(RawIOBase):
    """The next bytes of a file."""

    def __init__(self, file: IO[bytes], size: int) -> None:
        self._file, self._left = file, size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer, /) -> int:
        target = memoryview(buffer).cast("B")
        piece = self._file.read(min(len(target), self._left))
        target[: len(piece)] = piece
        self._left -= len(piece)
        return len(piece)


class Spools(contextlib.ExitStack):
    """Spools by name, with files in a private folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._spools: dict[str, Spool] = {}

    def __enter__(self) -> Self:
        return self

    @property
    def size(self) -> int:
        """Bytes in all of them."""
        return sum(spool.size for spool in self._spools.values())

    def __getitem__(self, name: str) -> Spool:
        if name not in self._spools:
            self._spools[name] = spool = Spool(self._folder)
            self.callback(spool.close)
        return self._spools[name]
