"""The checksum inside a JSON document: SHA-256 of the document's compact form without the checksum itself."""

from __future__ import annotations

import hashlib
import json
import re
from decimal import Decimal
from enum import Enum
from typing import Any

_STRING_OR_SPACE = re.compile(rb'("(?:[^"\\]++|\\.)*+")|[ \t\r\n]+', re.DOTALL)


class Verdict(Enum):
    """What a document's checksum says of it."""

    FITS = "fits"
    WRONG = "wrong"
    MISSING = "missing"


def verdict(data: bytes, digest: object) -> Verdict:
    """Whether the document, JSON in UTF-8, is what its `checksum` was made of.

    Spaces and line ends between the values don't count, so a document that was indented since still fits.
    """
    if digest is None:
        return Verdict.MISSING
    if not isinstance(digest, str) or not re.fullmatch(r"[0-9a-fA-F]{64}", digest):
        return Verdict.WRONG
    # As it lies there first: what was not touched since is compact already.
    plain = data.removeprefix(b"\xef\xbb\xbf").strip(b" \t\r\n")
    if _fits(plain, digest) or _fits(compact(plain), digest):
        return Verdict.FITS
    # Another program may have written letters as escapes, or the other way round.
    try:
        again = as_javascript(json.loads(data)).encode("utf-8", "surrogatepass")
    except (ValueError, RecursionError):
        return Verdict.WRONG
    return Verdict.FITS if _fits(again, digest) else Verdict.WRONG


def compact(data: bytes) -> bytes:
    """JSON without the space between its values."""
    return _STRING_OR_SPACE.sub(lambda match: match[1] or b"", data)


def _fits(form: bytes, digest: str) -> bool:
    """Whether this is what the checksum was made of; each place where a member with it stands is tried."""
    member = b'"checksum":"' + digest.encode() + b'"'
    whole = memoryview(form)
    for found in re.finditer(re.escape(member), form):
        start, end = found.span()
        if form[start - 1 : start] == b",":
            start -= 1
        elif form[end : end + 1] == b",":
            end += 1
        made = hashlib.sha256(whole[:start])
        made.update(whole[end:])
        if made.hexdigest() == digest.lower():
            return True
    return False


def as_javascript(value: Any) -> str:
    """As `JSON.stringify` writes it."""
    if isinstance(value, dict):
        members = (f"{_quoted(key)}:{as_javascript(item)}" for key, item in value.items())
        return "{" + ",".join(members) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(as_javascript, value)) + "]"
    if isinstance(value, float):
        return javascript_number(value)
    return _quoted(value) if isinstance(value, str) else json.dumps(value)


def javascript_number(value: float) -> str:
    """A finite number as JavaScript writes it: `1`, `0.5`, `1e+21`, `1e-7`."""
    if value == 0:
        return "0"
    if 1e-6 <= abs(value) < 1e21:
        return format(Decimal(repr(value)), "f").removesuffix(".0")
    digits, _, exponent = repr(value).partition("e")
    return f"{digits}e{int(exponent):+d}"


_LONE = re.compile("[\ud800-\udfff]")


def _quoted(text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    return _LONE.sub(lambda half: f"\\u{ord(half[0]):04x}", quoted)
