"""A picture that somebody sent: what it is by its first bytes, and how large by its header.

Nothing is decoded here; `core.media` does that in a process of its own, when the picture is taken in.
"""

from __future__ import annotations

import struct

from core.media.kinds import LARGEST_FILE, LONGEST_SIDE, MOST_PIXELS, SUFFIXES
from core.providers.base import ProviderError
from core.providers.request import MadeFile

_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_ALONE = frozenset({0x01, *range(0xD0, 0xD8)})


def taken(name: str, content: bytes, stem: str, cost: int) -> MadeFile:
    """The file as it is passed on. Raises ProviderError for no PNG, JPEG or WebP, or a huge one."""
    found = header_of(content)
    if found is None:
        raise ProviderError(
            f"{name} sent something that is no picture.", safe="It was thrown away.", cost=cost
        )
    mime, width, height = found
    if not width or not height:
        raise ProviderError(
            f"{name} sent a damaged picture.", safe="It was thrown away.", cost=cost, retry=True
        )
    if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE or len(content) > LARGEST_FILE:
        raise ProviderError(
            f"{name} sent a picture of {width:,} × {height:,} pixels; "
            f"Genko takes up to {MOST_PIXELS // 1_000_000} million pixels.",
            safe="It was thrown away without being opened.",
            todo="Ask for a smaller one.",
            cost=cost,
        )
    return MadeFile(content, mime, f"{stem}{SUFFIXES[mime]}")


def header_of(content: bytes) -> tuple[str, int, int] | None:
    """(Mime type, width, height); 0 × 0 where the header is cut off; None for what is no picture."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        size = (
            struct.unpack_from(">II", content, 16)
            if content[12:16] == b"IHDR" and len(content) > 24
            else (0, 0)
        )
        return ("image/png", *size)
    if content.startswith(b"\xff\xd8\xff"):
        return ("image/jpeg", *_jpeg(content))
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return ("image/webp", *_webp(content))
    return None


def _jpeg(content: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 <= len(content) and content[at] == 0xFF:
        mark = content[at + 1]
        if mark == 0xFF:  # filling
            at += 1
        elif mark in _ALONE:
            at += 2
        elif mark in _FRAMES:
            height, width = struct.unpack_from(">HH", content, at + 5)
            return width, height
        else:
            at += 2 + struct.unpack_from(">H", content, at + 2)[0]
    return 0, 0


def _webp(content: bytes) -> tuple[int, int]:
    if len(content) < 30:
        return 0, 0
    match content[12:16]:
        case b"VP8 ":
            width, height = struct.unpack_from("<HH", content, 26)
            return width & 0x3FFF, height & 0x3FFF
        case b"VP8L":
            bits = struct.unpack_from("<I", content, 21)[0]
            return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
        case b"VP8X":
            return (
                int.from_bytes(content[24:27], "little") + 1,
                int.from_bytes(content[27:30], "little") + 1,
            )
    return 0, 0
