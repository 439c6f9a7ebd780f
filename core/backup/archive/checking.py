"""Checks the unpacked bytes of a member while they pass: its sum, its lines, its frames."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec

from core.backup.archive.errors import damaged
from core.backup.archive.limits import Limits
from core.backup.archive.lines import ENCODER, LINE_TYPES, Line
from core.backup.archive.naming import FRAME, section_member
from core.errors import GenkoError
from core.story.clean import DEEPEST

if TYPE_CHECKING:
    from core.backup.archive.listing import Listed

_DIGITS = bytes(ord("0") if chr(code) in "0123456789" else 32 for code in range(256))
_LONG_NUMBER = b"0" * 19
_PLACE = re.compile(r" \(line [\d,]+, column [\d,]+\)\.?$")


def checked(pieces: Iterator[bytes], listed: Listed) -> Iterator[bytes]:
    """The same pieces; at their end ArchiveDamaged is raised if they are not what the manifest says."""
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
        yield piece
    if digest.hexdigest() != listed.sha256:
        raise damaged(listed.name, "its SHA-256 is not the one of the manifest")


class SectionReader:
    """Decodes the lines of a section, strictly: what two programs could read differently is refused.

    Lines in their canonical form go through a fast door, many at once: they are decoded, encoded again
    and compared. What comes out otherwise, or looks odd, goes through a slow and careful one.
    """

    def __init__(self, section: str, limits: Limits, *, newer: bool) -> None:
        self._name, self._newer = section_member(section), newer
        self._limits = limits
        self._type = LINE_TYPES[section]
        self._decoder = msgspec.json.Decoder(self._type)
        self._read = 0

    def lines(self, pieces: Iterator[bytes]) -> Iterator[Line]:
        """Line for line. Raises ArchiveDamaged with the number of the line."""
        for _, lines in self.chunks(pieces):
            yield from lines

    def chunks(self, pieces: Iterator[bytes]) -> Iterator[tuple[bytes, Sequence[Line]]]:
        """Some lines at a time, as they stand and decoded."""
        for chunk in whole_lines(pieces, self._name, self._limits.line):
            lines = self._fast(chunk)
            yield chunk, self._slow(chunk) if lines is None else lines
            self._read += chunk.count(b"\n")

    def _fast(self, chunk: bytes) -> list[Line] | None:
        """The lines, or None if any of them needs a closer look."""
        if b"\\u0000" in chunk or _LONG_NUMBER in chunk.translate(_DIGITS) or _may_be_deep(chunk):
            return None
        try:
            lines: list[Line] = self._decoder.decode_lines(chunk)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return None
        same = ENCODER.encode_lines(lines) == chunk
        return lines if same and not any(line.extra for line in lines) else None

    def _slow(self, chunk: bytes) -> list[Line]:
        raw = chunk.split(b"\n")[:-1]
        return [self._line(line, number) for number, line in enumerate(raw, self._read + 1)]

    def _line(self, raw: bytes, number: int) -> Line:
        value = strict_object(raw, self._name, f"line {number:,}")
        known = self._type.__struct_encode_fields__
        extra = {key: item for key, item in value.items() if key not in known or key == "extra"}
        if extra and not self._newer:
            raise damaged(self._name, f"line {number:,}: it has a field that its version does not know")
        try:
            fields = {key: item for key, item in value.items() if key not in extra}
            return msgspec.convert({**fields, "extra": extra}, self._type)
        except msgspec.ValidationError as error:
            raise damaged(self._name, f"line {number:,}: {_shape(error)}") from error


def strict_object(raw: bytes, name: str, where: str) -> dict[str, Any]:
    """A line of JSON that no two programs read differently. Raises ArchiveDamaged."""
    from core.legacy.strict_json import OWN, decode_json

    try:
        value = decode_json(raw, OWN).value
    except GenkoError as error:
        why = _PLACE.sub("", error.what).rstrip(".")
        raise damaged(name, f"{where}: {why}") from error
    if not isinstance(value, dict) or raw[:1] != b"{":
        raise damaged(name, f"{where} is no object")
    return value


def _shape(error: msgspec.ValidationError) -> str:
    """What does not fit, in msgspec's words: types and places, never values."""
    text = str(error)
    return text[:1].lower() + text[1:200]


def _may_be_deep(chunk: bytes) -> bool:
    """Whether any line has so many brackets that they could be too deep in each other."""
    if chunk.count(b"[") + chunk.count(b"{") <= DEEPEST:
        return False
    return any(line.count(b"[") + line.count(b"{") > DEEPEST for line in chunk.split(b"\n"))


def whole_lines(pieces: Iterator[bytes], name: str, most: int) -> Iterator[bytes]:
    """The same bytes in pieces that end with a line feed. Raises ArchiveDamaged for too long ones."""
    rest = bytearray()
    for piece in pieces:
        end = piece.rfind(b"\n") + 1
        if len(rest) + (piece.find(b"\n") if end else len(piece)) > most:
            raise damaged(name, f"a line is longer than {most / 1e6:,.0f} MB")
        if end:
            yield bytes(rest) + piece[:end]
            rest = bytearray(piece[end:])
        else:
            rest += piece
    if rest:
        raise damaged(name, "its last line has no end")


def document_blobs(pieces: Iterator[bytes], name: str) -> Iterator[bytes]:
    """The blobs of a document, without their frames."""
    rest = bytearray()
    for piece in pieces:
        rest += piece
        while len(rest) >= FRAME.size:
            size = FRAME.unpack_from(rest)[0]
            if len(rest) < FRAME.size + size:
                break
            yield bytes(rest[FRAME.size : FRAME.size + size])
            del rest[: FRAME.size + size]
    if rest:
        raise damaged(name, "its last part is cut off")


def frames_fit(pieces: Iterator[bytes], name: str) -> None:
    """Pass over a document without keeping it. Raises ArchiveDamaged if its frames do not end with it."""
    head, skip = b"", 0
    for piece in pieces:
        while piece:
            jump = min(skip, len(piece))
            skip, piece = skip - jump, piece[jump:]
            if not skip and piece:
                need = FRAME.size - len(head)
                head, piece = head + piece[:need], piece[need:]
                if len(head) == FRAME.size:
                    skip, head = FRAME.unpack(head)[0], b""
    if head or skip:
        raise damaged(name, "its last part is cut off")
