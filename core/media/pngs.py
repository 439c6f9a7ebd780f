"""Whether a PNG's pixels are as many as its header says; decoders stop early and don't tell.

The format: https://www.w3.org/TR/png-3/
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import IO

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""Adam7: first column and row, then the steps between columns and rows."""
_PIECE = 1 << 16


def holds_what_it_says(stream: IO[bytes]) -> bool:
    """Whether the pixel data, unpacked piece by piece, is exactly as long as the header makes it."""
    if stream.read(8) != _SIGNATURE:
        return False
    header = b""
    found = 0
    unpacker = zlib.decompressobj()
    for kind, piece in _chunks(stream):
        if kind == b"IHDR" and not header:
            header = piece
        elif kind == b"IDAT":
            wanted = _expected(header)
            found += _unpacked(unpacker, piece, wanted - found)
            if found > wanted:
                return False
    return len(header) == 13 and found == _expected(header)


def _chunks(stream: IO[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Header, and pixel data in pieces; all else is passed over."""
    while len(start := stream.read(8)) == 8:
        length, kind = struct.unpack(">I4s", start)
        if kind == b"IEND":
            return
        if kind not in (b"IHDR", b"IDAT"):
            stream.seek(length + 4, 1)
            continue
        while length > 0:
            piece = stream.read(min(_PIECE, length))
            if not piece:
                return
            length -= len(piece)
            yield kind, piece
        stream.seek(4, 1)


def _unpacked(unpacker: zlib._Decompress, piece: bytes, room: int) -> int:
    """How many bytes a piece unpacks to; stops one beyond `room`."""
    found = 0
    while piece and found <= room:
        found += len(unpacker.decompress(piece, min(_PIECE * 16, room - found + 1)))
        piece = unpacker.unconsumed_tail
    return found


def _expected(header: bytes) -> int:
    """Bytes of filtered pixel data by the header; 0 for one that makes no sense."""
    if len(header) != 13:
        return 0
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", header)
    bits = _CHANNELS.get(colour, 0) * depth
    if not interlaced:
        return int(_rows(width, height, bits))
    total = 0
    for left, top, across, down in _PASSES:
        total += _rows(max(0, -(-(width - left) // across)), max(0, -(-(height - top) // down)), bits)
    return total


def _rows(width: int, height: int, bits: int) -> int:
    return height * (1 + (width * bits + 7) // 8) if width and height else 0
