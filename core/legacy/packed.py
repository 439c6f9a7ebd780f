"""gzip taken off, as far as a limit allows."""

from __future__ import annotations

import zlib

from core.legacy.values import ForeignError

MOST_TIMES = 200
"""How many times larger than packed something may be, once it is larger than a megabyte."""
_FREE = 1 << 20
_PIECE = 1 << 18


def is_packed(data: bytes) -> bool:
    """Whether this begins as gzip does."""
    return data.startswith(b"\x1f\x8b")


def unpacked(data: bytes, most: int) -> bytes:
    """What is in a gzip file; several parts one after another are one.

    ForeignError if it is damaged, goes on with something else, or is larger than `most` bytes or than
    MOST_TIMES its packed size.
    """
    pieces: list[bytes] = []
    size = 0
    rest = data
    while rest:
        part = zlib.decompressobj(wbits=31)
        pending = rest
        while not part.eof:
            piece = _piece(part, pending)
            pieces.append(piece)
            size += len(piece)
            if size > most or size > max(_FREE, MOST_TIMES * len(data)):
                raise _refusal(f"it unpacks to more than {size / 1e6:,.0f} MB")
            if not piece and not part.unconsumed_tail and not part.eof:
                raise _refusal("its end is missing")
            pending = part.unconsumed_tail
        rest = part.unused_data
    return b"".join(pieces)


def beginning(data: bytes, most: int) -> bytes:
    """The first bytes of what is in a gzip file, of which only the beginning may be given; b"" if damaged."""
    try:
        return zlib.decompressobj(wbits=31).decompress(data, most)
    except zlib.error:
        return b""


def _piece(part: zlib._Decompress, data: bytes) -> bytes:
    try:
        return part.decompress(data, _PIECE)
    except zlib.error as error:
        raise _refusal("it is damaged") from error


def _refusal(why: str) -> ForeignError:
    return ForeignError(f"The gzip file can't be unpacked: {why}.", safe="Nothing was read.")
