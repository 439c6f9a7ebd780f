"""The bytes of a ZIP as we write it, each field of them: the reader makes them again and compares.

Every member has its sizes behind it (a data descriptor), so that a pipe can be written to; members
follow each other without a gap, and nothing is before the first or behind the end record.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

STORED, DEFLATED = 0, 8
LARGEST_MEMBER = 0xFFFFFFFE
LOCAL = struct.Struct("<4s5H3I2H")
DESCRIPTOR = struct.Struct("<4s3I")
CENTRAL = struct.Struct("<4s6H3I5H2I")
END = struct.Struct("<4s4H2IH")
END64 = struct.Struct("<4sQ2H2I4Q")
LOCATOR = struct.Struct("<4sIQI")
OFFSET64 = struct.Struct("<2HQ")
_ALL16, _ALL32 = 0xFFFF, 0xFFFFFFFF
_FLAGS = 0x0808
"""Sizes stand behind the data; names are UTF-8."""
_UNIX = 3 << 8
_MODE = 0o100644 << 16
"""A plain file: never a link, a folder or a device."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One member."""

    name: bytes
    method: int
    stamp: tuple[int, int]
    """DOS time and date."""
    crc: int
    packed: int
    size: int
    offset: int
    """Where its local header begins."""

    @property
    def start(self) -> int:
        """Where its data begins."""
        return self.offset + LOCAL.size + len(self.name)

    @property
    def end(self) -> int:
        """Where the next one begins."""
        return self.start + self.packed + DESCRIPTOR.size


def local_header(name: bytes, method: int, stamp: tuple[int, int]) -> bytes:
    """What stands before a member's data."""
    return LOCAL.pack(b"PK\x03\x04", 20, _FLAGS, method, *stamp, 0, 0, 0, len(name), 0) + name


def descriptor(entry: Entry) -> bytes:
    """What stands behind a member's data."""
    return DESCRIPTOR.pack(b"PK\x07\x08", entry.crc, entry.packed, entry.size)


def central_header(entry: Entry) -> bytes:
    """A member's line of the table at the end."""
    far = entry.offset >= _ALL32
    version = 45 if far else 20
    extra = OFFSET64.pack(1, 8, entry.offset) if far else b""
    fixed = CENTRAL.pack(
        *(b"PK\x01\x02", _UNIX | version, version, _FLAGS, entry.method, *entry.stamp),
        *(entry.crc, entry.packed, entry.size, len(entry.name), len(extra), 0, 0, 0, _MODE),
        _ALL32 if far else entry.offset,
    )
    return fixed + entry.name + extra


def end_record(count: int, size: int, offset: int) -> bytes:
    """The last bytes: how many members there are, and where the table of `size` bytes is."""
    if count < _ALL16 and size < _ALL32 and offset < _ALL32:
        return END.pack(b"PK\x05\x06", 0, 0, count, count, size, offset, 0)
    whole = END64.pack(b"PK\x06\x06", END64.size - 12, _UNIX | 45, 45, 0, 0, count, count, size, offset)
    locator = LOCATOR.pack(b"PK\x06\x07", 0, offset + size, 1)
    return whole + locator + END.pack(b"PK\x05\x06", 0, 0, _ALL16, _ALL16, _ALL32, _ALL32, 0)
