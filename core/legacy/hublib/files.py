"""Files that Hub-Lib kept inside of a row, as `data:` addresses."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

_HEAD = re.compile(
    r"data:(?P<mime>[\w.+-]{1,60}/[\w.+-]{1,100})?(?:;[\w-]{1,40}=[^;,]{1,100}){0,4}(?P<packed>;base64)?,",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Embedded:
    """A file of a row."""

    mime: str
    data: bytes

    @property
    def sha256(self) -> str:
        """In hex."""
        return hashlib.sha256(self.data).hexdigest()


def embedded(address: str) -> Embedded | None:
    """The file that a `data:` address holds; None if it is damaged, or no such address."""
    head = _HEAD.match(address)
    if head is None:
        return None
    body = address[head.end() :]
    try:
        data = base64.b64decode(body, validate=True) if head["packed"] else unquote_to_bytes(body)
    except (binascii.Error, ValueError):
        return None
    return Embedded((head["mime"] or "text/plain").lower(), data)
