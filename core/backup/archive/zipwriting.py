"""Writes a ZIP forwards only, to a file or a pipe."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from core.backup.archive.zipform import (
    DEFLATED,
    LARGEST_MEMBER,
    STORED,
    Entry,
    central_header,
    descriptor,
    end_record,
    local_header,
)

PIECE = 1 << 18
_LEVEL = 6
_DENSE = 100
"""Unpacked to packed bytes from which on some are stored as they are: a reader that fears bombs draws
its line at twice that, and a script of one word over and over must be readable too."""
_PLAIN = 1 << 13


class ZipStream:
    """Members one after another. Raises whatever `send` raises, which takes the bytes in order."""

    def __init__(self, send: Callable[[bytes], object], wrote: Callable[[int], None]) -> None:
        self._take, self._wrote = send, wrote
        self._entries: list[Entry] = []
        self._buffer = bytearray()
        self._open = False
        self._stamp = _dos_stamp(datetime.now(UTC))
        self.size = 0

    @contextmanager
    def member(self, name: str, *, packed: bool) -> Iterator[MemberStream]:
        """A stream for the data of the next member."""
        if self._open:
            raise ValueError("a member is open")
        raw = name.encode()
        method = DEFLATED if packed else STORED
        offset, self._open = self.size, True
        self._put(local_header(raw, method, self._stamp))
        member = MemberStream(self._put, packed=packed)
        yield member
        member.end()
        entry = Entry(raw, method, self._stamp, member.crc, member.packed, member.size, offset)
        self._put(descriptor(entry))
        self._entries.append(entry)
        self._open = False

    def end(self) -> None:
        """Write the table of members; nothing may follow."""
        offset = self.size
        for entry in self._entries:
            self._put(central_header(entry))
        self._put(end_record(len(self._entries), self.size - offset, offset))
        self._send()

    def _put(self, data: bytes) -> None:
        self.size += len(data)
        self._buffer += data
        if len(self._buffer) >= PIECE:
            self._send()

    def _send(self) -> None:
        data = bytes(self._buffer)
        self._buffer.clear()
        self._take(data)
        self._wrote(self.size)


class MemberStream:
    """The data of one member: counted, hashed and packed on its way."""

    def __init__(self, put: Callable[[bytes], None], *, packed: bool) -> None:
        self._out = put
        self._pack = packed
        self._packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -15)
        self._buffer = bytearray()
        self._digest = hashlib.sha256()
        self.crc = self.packed = self.size = 0

    @property
    def sha256(self) -> str:
        """Of the unpacked bytes, in hex."""
        return self._digest.hexdigest()

    def write(self, data: bytes) -> None:
        """More of it."""
        self._buffer += data
        while len(self._buffer) >= PIECE:
            piece = bytes(self._buffer[:PIECE])
            del self._buffer[:PIECE]
            self._send(piece)

    def end(self) -> None:
        """All was given."""
        self._send(bytes(self._buffer))
        if self._pack:
            self._put(self._packer.flush())

    def _send(self, data: bytes) -> None:
        if self.size + len(data) > LARGEST_MEMBER:
            raise ValueError("a member of 4 GB")
        self.crc = zlib.crc32(data, self.crc)
        self._digest.update(data)
        self._put(self._packed(data) if self._pack else data)
        self.size += len(data)

    def _packed(self, data: bytes) -> bytes:
        if self._is_dense():
            # A full flush ends on a whole byte and lets nothing refer back, so another packer can go on.
            self._put(self._packer.flush(zlib.Z_FULL_FLUSH))
        if self._is_dense():
            plain = zlib.compressobj(0, zlib.DEFLATED, -15)
            self._put(plain.compress(data[:_PLAIN]) + plain.flush(zlib.Z_FULL_FLUSH))
            data = data[_PLAIN:]
        return self._packer.compress(data)

    def _is_dense(self) -> bool:
        return self.size > _DENSE * self.packed + PIECE

    def _put(self, data: bytes) -> None:
        self.packed += len(data)
        self._out(data)


def _dos_stamp(at: datetime) -> tuple[int, int]:
    """Time and date as ZIP has them, in steps of two seconds."""
    date = (max(0, min(at.year - 1980, 127)) << 9) | (at.month << 5) | at.day
    return (at.hour << 11) | (at.minute << 5) | (at.second // 2), date
