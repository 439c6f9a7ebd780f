"""Makes pictures, good and hostile."""

from __future__ import annotations

import random
import struct
import zlib
from pathlib import Path

from PIL import Image


def noise(path: Path, width: int = 60, height: int = 40, seed: int = 0, **options: object) -> Path:
    """A picture that no packer makes small; its kind is that of the suffix."""
    pixels = random.Random(seed).randbytes(width * height * 3)
    Image.frombytes("RGB", (width, height), pixels).save(path, **options)  # type: ignore[arg-type]
    return path


def chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk of a PNG with its right checksum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, rows: int | None = None, *, level: int = 6) -> bytes:
    """A grey PNG whose header says width and height; it holds `rows` rows."""
    rows = height if rows is None else rows
    packer = zlib.compressobj(level)
    row = bytes(width + 1)
    data = b"".join(packer.compress(row) for _ in range(rows)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
