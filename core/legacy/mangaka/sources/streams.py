"""A file as a stream of bytes or text, unpacked on the way, in as little memory as its longest row."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

from core.errors import IncomingError
from core.legacy.mangaka.sources import MOST_OF_A_ROW, Tally
from core.legacy.packed import MOST_TIMES, is_packed
from core.legacy.values import ForeignError

_BUFFER = 1 << 20
_FREE = 1 << 20


class _Counted(io.RawIOBase):
    """Passes bytes on, tells how many of the file were read, and stops a bomb."""

    def __init__(self, inner: BinaryIO, file: BinaryIO, size: int, tally: Tally) -> None:
        self._inner, self._file, self._size, self._tally = inner, file, size, tally
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, target: memoryview) -> int:  # type: ignore[override]
        try:
            data = self._inner.read(len(target))
        except (gzip.BadGzipFile, EOFError, OSError) as error:
            raise ForeignError("The file can't be read to its end.", safe="Nothing was changed.") from error
        target[: len(data)] = data
        self._given += len(data)
        if self._given > max(_FREE, MOST_TIMES * self._size):
            raise ForeignError("The file unpacks to far too much.", safe="Nothing was changed.")
        self._tally.tell(self._file.tell())
        return len(data)


@contextmanager
def opened(path: Path, tally: Tally) -> Iterator[io.BufferedReader]:
    """The bytes of a file, gzip taken off. Raises IncomingError, and ForeignError while it is read."""
    try:
        with path.open("rb") as file:
            size = path.stat().st_size
            packed = is_packed(file.read(2))
            file.seek(0)
            if packed:
                with gzip.GzipFile(fileobj=file) as inner:
                    yield io.BufferedReader(_Counted(inner, file, size, tally), _BUFFER)  # type: ignore[arg-type]
            else:
                yield io.BufferedReader(_Counted(file, file, size, tally), _BUFFER)
    except OSError as error:
        raise IncomingError(f"{path} can't be read: {error.strerror or error}.") from error


@contextmanager
def opened_text(path: Path, tally: Tally, newline: str | None = "") -> Iterator[io.TextIOWrapper]:
    """The same as text in UTF-8, a byte order mark passed over. ForeignError for what is no UTF-8."""
    with opened(path, tally) as stream:
        try:
            yield io.TextIOWrapper(stream, "utf-8-sig", newline=newline)
        except UnicodeDecodeError as error:
            raise ForeignError(
                "The file is not text in UTF-8.",
                safe="Nothing was changed.",
                todo="Export it again in UTF-8 (in psql: \\encoding UTF8).",
            ) from error


def lines_of(stream: IO[bytes]) -> Iterator[bytes]:
    """Lines with their ends. Raises ForeignError for one that is too long."""
    while line := stream.readline(MOST_OF_A_ROW + 1):
        if len(line) > MOST_OF_A_ROW:
            raise ForeignError(
                f"A line of the file is longer than {MOST_OF_A_ROW // 1_000_000} MB.",
                safe="Nothing was changed.",
            )
        yield line
