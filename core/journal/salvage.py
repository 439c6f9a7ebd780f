"""Finds journal rows in raw bytes: for files whose b-trees, headers or logs are broken.

SQLite's file format (sqlite.org/fileformat2.html): pages of 4096 bytes; a table leaf's cell is
varint payload size, varint rowid, payload; what doesn't fit goes to a chain of overflow pages.
Every row of ours carries its own length and digest (envelope.py), so no other structure is trusted.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from core.journal.envelope import MAGIC, OVERHEAD, Envelope, Kind, packed_size, unpack

PAGE = 4096
_LOG_HEADER, _FRAME_HEADER = 32, 24
_WHOLE_LOCAL = PAGE - 35
_LEAST_LOCAL = (PAGE - 12) * 32 // 255 - 23
# sqlite_sequence: record header of 3 bytes, text of 7 bytes, integer; then the text and the integer.
_SEQUENCE = re.compile(rb"\x03\x1b([\x01-\x06\x08\x09])updates", re.DOTALL)
_INTEGER_SIZES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}

Lookup = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class Frame:
    """One page image in a write-ahead log."""

    number: int
    commits: bool
    image: bytes


@dataclass
class Found:
    """What a scan brought up: rows with their id (None if unreadable), each row once."""

    rows: dict[tuple[int, int], tuple[int | None, Envelope]] = field(default_factory=dict)
    highest: int = 0

    def add(self, id_: int | None, envelope: Envelope) -> None:
        known = self.rows.get(envelope.key)
        if known is None or known[0] is None:
            self.rows[envelope.key] = (id_, envelope)


def varint(value: int) -> bytes:
    """SQLite's variable-length integer, for values below 2**56."""
    groups = [value & 0x7F]
    while value := value >> 7:
        groups.append(value & 0x7F | 0x80)
    return bytes(reversed(groups))


def log_frames(log: bytes) -> list[Frame]:
    """The frames of the log's present round, valid or not, up to the last one that bears its salt."""
    starts = range(_LOG_HEADER, len(log) - _FRAME_HEADER - PAGE + 1, _FRAME_HEADER + PAGE)
    salts = [log[at + 8 : at + 16] for at in starts]
    salt = _round(log[16:24], salts)
    ours = [index for index, found in enumerate(salts) if found == salt]
    frames: list[Frame] = []
    for at in starts[: ours[-1] + 1 if ours else 0]:
        number, size = struct.unpack_from(">II", log, at)
        start = at + _FRAME_HEADER
        frames.append(Frame(number, bool(size), log[start : start + PAGE]))
    return frames


def _round(header: bytes, salts: list[bytes]) -> bytes:
    """The salt of the present round: the log's header says it, unless that is the damaged spot."""
    if header in salts[:3]:
        return header
    return max(salts[:3], key=salts[:3].count, default=b"")


def scan(main: bytes, frames: list[Frame]) -> Found:
    """Every row that proves itself, in the file's pages and in the log's frames."""
    found = Found()

    def in_main(number: int) -> bytes:
        return main[(number - 1) * PAGE : number * PAGE] if number > 0 else b""

    for number in range(1, (len(main) + PAGE - 1) // PAGE + 1):
        _scan_page(in_main(number), [in_main], found)
    positions: dict[int, list[int]] = {}
    for position, frame in enumerate(frames):
        positions.setdefault(frame.number, []).append(position)
    for position, frame in enumerate(frames):
        lookups = [_lookup(frames, positions, in_main, position, newest) for newest in (False, True)]
        _scan_page(frame.image, [*lookups, in_main], found)
    return found


def _lookup(
    frames: list[Frame], positions: dict[int, list[int]], in_main: Lookup, position: int, newest: bool
) -> Lookup:
    """Page images as a row in the frame at `position` sees them: written close to it, or else newest."""

    def image(number: int) -> bytes:
        places = positions.get(number)
        if not places:
            return in_main(number)
        best = places[-1] if newest else min(places, key=lambda place: abs(place - position))
        return frames[best].image

    return image


def _scan_page(page: bytes, lookups: list[Lookup], found: Found) -> None:
    for match in _SEQUENCE.finditer(page):
        found.highest = max(found.highest, _integer(page, match.end(), match[1][0]))
    at = page.find(MAGIC)
    while at >= 0:
        envelope = _read_body(page, at, lookups, found)
        if envelope is not None:
            found.add(_row_id(page, at, len(envelope.payload) + OVERHEAD), envelope)
        at = page.find(MAGIC, at + 1)


def _read_body(page: bytes, at: int, lookups: list[Lookup], found: Found) -> Envelope | None:
    size = packed_size(page[at : at + OVERHEAD])
    if size is None:
        return None
    key = struct.unpack_from(">QQ", page, at + 8)
    known = found.rows.get(key)
    if known is not None and known[0] is not None:
        return None  # A leaf is written again with each row added to it; once is enough.
    prefix = len(_prefix(size))
    if prefix + size <= _WHOLE_LOCAL:
        return unpack(page[at : at + size])
    local = _LEAST_LOCAL + (prefix + size - _LEAST_LOCAL) % (PAGE - 4)
    local = (local if local <= _WHOLE_LOCAL else _LEAST_LOCAL) - prefix
    for lookup in lookups:
        chain = _follow(page[at + local : at + local + 4], size - local, lookup)
        envelope = unpack(page[at : at + local] + b"".join(chain))
        if envelope is not None:
            return envelope
    return None


def _follow(pointer: bytes, left: int, lookup: Lookup) -> Iterator[bytes]:
    while left > 0:
        page = lookup(int.from_bytes(pointer, "big"))
        if len(page) < 5:
            return
        yield page[4 : 4 + left]
        left -= PAGE - 4
        pointer = page[:4]


def _prefix(size: int) -> bytes:
    """The record header of a row: its own size, NULL (the rowid stands for it), a blob of `size`."""
    serial = varint(12 + 2 * size)
    return bytes([2 + len(serial), 0]) + serial


def _row_id(page: bytes, at: int, size: int) -> int | None:
    prefix = _prefix(size)
    if page[at - len(prefix) : at] != prefix:
        return None
    payload = varint(len(prefix) + size)
    end = at - len(prefix)
    for length in range(1, 9):
        start = end - length
        if start < len(payload) or page[start - len(payload) : start] != payload:
            continue
        value = 0
        for byte in page[start:end]:
            value = value << 7 | byte & 0x7F
        if varint(value) == page[start:end]:
            return value
    return None


def _integer(page: bytes, at: int, serial: int) -> int:
    if serial in (8, 9):
        return serial - 8
    return int.from_bytes(page[at : at + _INTEGER_SIZES[serial]], "big")


def lost_tail(log: bytes, known: Callable[[int, Envelope], bool]) -> bool:
    """Whether the log's last committed frames hold an update that reading the file didn't bring up.

    A broken frame makes SQLite ignore all that follow it without a word. Rows without a readable
    id don't count: they are what a deletion leaves in a page.
    """
    frames = log_frames(log)
    while frames and not frames[-1].commits:
        frames.pop()
    found = scan(b"", frames[-24:])
    return any(
        id_ is not None and not known(id_, envelope)
        for id_, envelope in found.rows.values()
        if envelope.kind is Kind.UPDATE
    )
