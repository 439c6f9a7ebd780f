"""The text of COPY: columns between tabs, what would be mistaken escaped by a backslash."""

from __future__ import annotations

import re

_ESCAPE = re.compile(rb"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|(.))", re.DOTALL)
_SIGNS = {b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"v": b"\v"}


def copied_values(line: bytes) -> list[str | None]:
    """The columns of a line. Raises UnicodeDecodeError."""
    return [_value(field) for field in line.rstrip(b"\r\n").split(b"\t")]


def _value(field: bytes) -> str | None:
    if field == b"\\N":
        return None
    return (_ESCAPE.sub(_sign, field) if b"\\" in field else field).decode()


def _sign(match: re.Match[bytes]) -> bytes:
    octal, hexadecimal, other = match.groups()
    if octal is not None:
        return bytes([int(octal, 8) & 0xFF])
    if hexadecimal is not None:
        return bytes([int(hexadecimal, 16)])
    return _SIGNS.get(other, other)
