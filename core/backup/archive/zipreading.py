"""Reads a ZIP of ours without trusting a byte of it: what its writer would not have written is refused."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator

from core.backup.archive.errors import ArchiveDamaged, ArchiveError, NotAnArchive, damaged
from core.backup.archive.limits import Limits
from core.backup.archive.streams import read_at
from core.backup.archive.zipform import (
    CENTRAL,
    DEFLATED,
    DESCRIPTOR,
    END,
    END64,
    LOCATOR,
    OFFSET64,
    STORED,
    Entry,
    central_header,
    descriptor,
    end_record,
    local_header,
)

PIECE = 1 << 18
_ALL16, _ALL32 = 0xFFFF, 0xFFFFFFFF


class ZipFileReader:
    """An open ZIP: its members in the order in which they lie in the file."""

    def __init__(self, descriptor_: int, size: int, limits: Limits) -> None:
        self._file, self.size, self._limits = descriptor_, size, limits
        self.table_offset = 0
        self.entries: dict[str, Entry] = {}
        self._read_table()

    def raw(self, start: int, count: int) -> bytes:
        """Exactly these bytes of the file. Raises ArchiveDamaged when it has become shorter."""
        found = read_at(self._file, count, start)
        if len(found) < count:
            raise ArchiveDamaged("The file ends too early.", todo="Copy it again from where it came from.")
        return found

    def data(self, name: str, saw: Callable[[bytes], None] | None = None) -> Iterator[bytes]:
        """The unpacked bytes of a member, in pieces; `saw` is given the raw ones, headers too.

        Raises ArchiveDamaged, at the end at the latest.
        """
        entry = self.entries[name]
        head = local_header(entry.name, entry.method, entry.stamp)
        found = self.raw(entry.offset, len(head))
        if saw:
            saw(found)
        if found != head:
            raise damaged(name, "its header does not fit the table at the end")
        unpack = _stored if entry.method == STORED else _inflated
        crc = size = 0
        for piece in unpack(self._packed(entry, saw), name):
            size += len(piece)
            if size > entry.size:
                raise damaged(name, "it is longer than it says")
            crc = zlib.crc32(piece, crc)
            yield piece
        tail = self.raw(entry.end - DESCRIPTOR.size, DESCRIPTOR.size)
        if saw:
            saw(tail)
        if size != entry.size or crc != entry.crc or tail != descriptor(entry):
            raise damaged(name, "its checksum does not fit")

    def _packed(self, entry: Entry, saw: Callable[[bytes], None] | None) -> Iterator[bytes]:
        for start in range(entry.start, entry.start + entry.packed, PIECE):
            piece = self.raw(start, min(PIECE, entry.start + entry.packed - start))
            if saw:
                saw(piece)
            yield piece

    def _read_table(self) -> None:
        count, size, offset = self._read_end()
        if count > self._limits.members or size > count * (CENTRAL.size + 512):
            raise ArchiveDamaged(f"The archive says that it has {count:,} members; that can't be.")
        table = memoryview(self.raw(offset, size))
        expected = 0
        for _ in range(count):
            entry, length = _entry_at(table)
            if entry.offset != expected:
                raise ArchiveDamaged("Members of the archive overlap, or have gaps between them.")
            name = _checked_name(entry.name)
            if name in self.entries:
                raise damaged(name, "it is there twice")
            self.entries[name] = entry
            if entry.size > max(self._limits.ratio_from, self._limits.ratio * entry.packed):
                raise damaged(name, f"it would unpack to more than {self._limits.ratio} times its size")
            expected = entry.end
            table = table[length:]
        if table or expected != offset:
            raise ArchiveDamaged("The table at the archive's end does not fit the archive.")
        self.table_offset = offset

    def _read_end(self) -> tuple[int, int, int]:
        """How many members, and size and place of their table."""
        tail = self.raw(max(0, self.size - END.size), min(self.size, END.size))
        if len(tail) < END.size or tail[:4] != b"PK\x05\x06":
            raise self._no_end()
        _, _, _, _, count, size, offset, _ = END.unpack(tail)
        length = END.size
        if (count, size, offset) == (_ALL16, _ALL32, _ALL32):
            length += END64.size + LOCATOR.size
            if self.size < length:
                raise self._no_end()
            count, size, offset = END64.unpack(self.raw(self.size - length, END64.size))[-3:]
        if offset + size + length != self.size:
            raise ArchiveDamaged("Something was put before, behind or into the archive, or cut out of it.")
        if self.raw(self.size - length, length) != end_record(count, size, offset):
            raise self._no_end()
        return count, size, offset

    def _no_end(self) -> ArchiveError:
        start = self.raw(0, min(4, self.size))
        if start != b"PK\x03\x04":
            return NotAnArchive("This is no backup of Genko's.")
        return ArchiveDamaged(
            "The end of the archive is missing: it was not written or copied to its end.",
            todo="Copy it again from where it came from.",
        )


def _entry_at(table: memoryview) -> tuple[Entry, int]:
    """The first member of the rest of the table, and the length of its line."""
    if len(table) < CENTRAL.size:
        raise ArchiveDamaged("The table at the archive's end is cut off.")
    fields = CENTRAL.unpack(table[: CENTRAL.size])
    method, time, date, crc, packed, size, name_length, extra_length = fields[4:12]
    name = bytes(table[CENTRAL.size : CENTRAL.size + name_length])
    offset, length = fields[16], CENTRAL.size + name_length + extra_length
    if extra_length == OFFSET64.size and len(table) >= length:
        offset = OFFSET64.unpack(table[length - OFFSET64.size : length])[2]
    entry = Entry(name, method, (time, date), crc, packed, size, offset)
    if method not in (STORED, DEFLATED) or central_header(entry) != table[:length]:
        raise ArchiveDamaged("A member of the archive is of a kind that Genko does not write.")
    return entry, length


def _checked_name(raw: bytes) -> str:
    try:
        name = raw.decode()
    except UnicodeDecodeError as error:
        raise ArchiveDamaged("The name of a member is not UTF-8.") from error
    parts = name.split("/")
    odd = any(part in ("", ".", "..") for part in parts) or len(parts) > 4
    if odd or any(ord(c) < 32 or c in '\\:*?"<>|\x7f' for c in name):
        raise ArchiveDamaged("A member has a name that could lead out of the archive.")
    return name


def _stored(packed: Iterator[bytes], name: str) -> Iterator[bytes]:
    return packed


def _inflated(packed: Iterator[bytes], name: str) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(-15)
    try:
        for piece in packed:
            if unpacker.eof:
                raise damaged(name, "there is something behind its end")
            full = True
            while (piece or full) and not unpacker.eof:
                made = unpacker.decompress(piece, PIECE)
                if made:
                    yield made
                # With all input taken, there may be more that waits to come out.
                piece, full = unpacker.unconsumed_tail, len(made) == PIECE
    except zlib.error as error:
        raise damaged(name, "it can't be unpacked") from error
    if not unpacker.eof or unpacker.unused_data:
        raise damaged(name, "it ends in the wrong place")
