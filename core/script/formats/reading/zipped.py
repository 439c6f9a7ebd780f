"""ZIP archives that may be hostile: few members, none too large, read in pieces and never to the disk."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from core.errors import IncomingError

MOST_MEMBERS = 3000
MOST_DIRECTORY = 1_000_000
"""Bytes of the table of contents."""
LARGEST = 60_000_000
"""Bytes of one member, unpacked."""
MOST_TOTAL = 120_000_000
"""Bytes of all members that are read, unpacked."""
HIGHEST_RATIO = 300
"""Unpacked bytes for each packed one, looked at beyond FREE bytes. Word's XML shrinks to a 10th or 50th."""
FREE = 4_000_000
_CHUNK = 1 << 16
_END = b"PK\x05\x06"
_LOCATOR = b"PK\x06\x07"
_PASSWORD = 0x1
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, NotImplementedError, ValueError, OSError)


class Archive:
    """The members of a ZIP archive. `name` says which file it is in sentences. Raises IncomingError."""

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        self.read_bytes = 0
        """Unpacked so far."""
        if _directory_size(data) > MOST_DIRECTORY:
            raise self._bomb("too many members")
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _DAMAGE as error:
            raise self._damaged() from error
        if len(self._zip.infolist()) > MOST_MEMBERS:
            raise self._bomb(f"{len(self._zip.infolist()):,} members")

    def __contains__(self, member: str) -> bool:
        return member in self._zip.NameToInfo

    @property
    def names(self) -> list[str]:
        """The members in the order of the table of contents."""
        return self._zip.namelist()

    def chunks(self, member: str) -> Iterator[bytes]:
        """The bytes of a member in pieces, unpacked as they are asked for."""
        info = self._zip.NameToInfo[member]
        if info.flag_bits & _PASSWORD:
            raise locked(self._name)
        # What the table of contents states is also the most that is unpacked.
        self._check(info.file_size, info.compress_size)
        size = 0
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    self.read_bytes += len(chunk)
                    self._check(size, info.compress_size)  # the total grows
                    yield chunk
        except _DAMAGE as error:
            raise self._damaged() from error

    def whole(self, member: str, most: int = LARGEST) -> bytes:
        """All bytes of a member; IncomingError beyond `most`."""
        out = bytearray()
        for chunk in self.chunks(member):
            out += chunk
            if len(out) > most:
                raise self._bomb(f"{member} of more than {most / 1e6:,.0f} MB")
        return bytes(out)

    def _check(self, size: int, packed: int) -> None:
        if size > LARGEST or self.read_bytes > MOST_TOTAL:
            raise self._bomb(f"more than {min(LARGEST, MOST_TOTAL) / 1e6:,.0f} MB when unpacked")
        if size > FREE and size > HIGHEST_RATIO * max(packed, 1):
            raise self._bomb(f"a part that grows more than {HIGHEST_RATIO}-fold when unpacked")

    def _bomb(self, what: str) -> IncomingError:
        return IncomingError(
            f"{self._name} holds {what}: it is no script, or made to fill the memory.",
            safe="It was not unpacked any further, and nothing was changed.",
            todo="Save it as plain text and import that.",
        )

    def _damaged(self) -> IncomingError:
        return IncomingError(
            f"{self._name} is a damaged ZIP archive or Word document: it can't be unpacked.",
            safe="Nothing was changed.",
            todo="Save it again in the program that made it.",
        )


def locked(name: str) -> IncomingError:
    """The sentence for a file that needs a password."""
    return IncomingError(
        f"{name} is protected by a password.",
        safe="Nothing was changed.",
        todo="Save it without one and import that.",
    )


def _directory_size(data: bytes) -> int:
    """Bytes of the table of contents as the archive states it, the larger one where it does so twice."""
    end = data.rfind(_END, max(0, len(data) - 66_000))
    if end < 0 or end + 22 > len(data):
        return 0
    size = int(struct.unpack_from("<I", data, end + 12)[0])
    locator = end - 20
    if locator >= 0 and data[locator : locator + 4] == _LOCATOR:
        record = int(struct.unpack_from("<Q", data, locator + 8)[0])
        if record + 56 <= len(data):
            size = max(size if size != 0xFFFFFFFF else 0, int(struct.unpack_from("<Q", data, record + 40)[0]))
    return size
