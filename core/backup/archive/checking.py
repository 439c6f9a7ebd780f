"""Checks the unpacked bytes of a member while they pass: its sum, its lines, its frames."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from core.backup.archive.errors import damaged
from core.backup.archive.limits import Limits
from core.backup.archive.lines import LINE_TYPES, Line, encode_line
from core.backup.archive.manifest import Manifest
from core.backup.archive.naming import section_member
from core.backup.archive.writing import FRAME

if TYPE_CHECKING:
    from core.backup.archive.listing import Listed


def checked(pieces: Iterator[bytes], listed: Listed) -> Iterator[bytes]:
    """The same pieces; at their end ArchiveDamaged is raised if they are not what the manifest says."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
        yield piece
    if digest.hexdigest() != listed.sha256:
        raise damaged(listed.name, "its SHA-256 is not the one of the manifest")


class SectionReader:
    """Decodes the lines of a section, strictly."""

    def __init__(self, section: str, manifest: Manifest, limits: Limits) -> None:
        self._name = section_member(section)
        self._limits = limits
        self._type = LINE_TYPES[section]
        self._decoder = msgspec.json.Decoder(self._type)

    def lines(self, pieces: Iterator[bytes]) -> Iterator[Line]:
        """Line for line. Raises ArchiveDamaged with the number of the line."""
        for number, raw in enumerate(split_lines(pieces, self._name, self._limits), 1):
            yield self._line(raw, number)

    def _line(self, raw: bytes, number: int) -> Line:
        try:
            line: Line = self._decoder.decode(raw)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise damaged(self._name, f"line {number:,} can't be read") from error
        if encode_line(line) != raw:
            raise damaged(self._name, f"line {number:,} can't be read")
        return line


def split_lines(pieces: Iterator[bytes], name: str, limits: Limits) -> Iterator[bytes]:
    """Lines with their line feed."""
    rest = bytearray()
    for piece in pieces:
        rest += piece
        if b"\n" in piece:
            *whole, last = rest.split(b"\n")
            for line in whole:
                yield bytes(line) + b"\n"
            rest = last
        if len(rest) > limits.line:
            raise damaged(name, f"a line is longer than {limits.line / 1e6:,.0f} MB")
    if rest:
        raise damaged(name, "its last line has no end")


def document_blobs(pieces: Iterator[bytes], name: str, limits: Limits) -> Iterator[bytes]:
    """The blobs of a document, without their frames."""
    rest = bytearray()
    for piece in pieces:
        rest += piece
        while len(rest) >= FRAME.size:
            size = FRAME.unpack_from(rest)[0]
            if size > limits.document:
                raise damaged(name, "a part of it is too large")
            if len(rest) < FRAME.size + size:
                break
            yield bytes(rest[FRAME.size : FRAME.size + size])
            del rest[: FRAME.size + size]
    if rest:
        raise damaged(name, "its last part is cut off")
