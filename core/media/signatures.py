"""Tells by a file's beginning what it is when it is not a picture that Genko takes."""

from __future__ import annotations

import re

HEAD = 4096
"""How many bytes are looked at."""

_STARTS: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "an archive (ZIP, or a document made of one)"),
    (b"PK\x05\x06", "an empty archive (ZIP)"),
    (b"7z\xbc\xaf\x27\x1c", "an archive (7-Zip)"),
    (b"Rar!", "an archive (RAR)"),
    (b"\x1f\x8b", "compressed (gzip)"),
    (b"BZh", "compressed (bzip2)"),
    (b"\xfd7zXZ\x00", "compressed (xz)"),
    (b"\x28\xb5\x2f\xfd", "compressed (zstd)"),
    (b"8BPS", "a Photoshop file; export it as PNG"),
    (b"CSFCHUNK", "a Clip Studio file; export it as PNG"),
    (b"SQLite format 3\x00", "a database"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"gimp xcf", "a GIMP file; export it as PNG"),
    (b"FORM", "a file of layers or sound"),
    (b"<!DOCTYPE html", "a web page"),
    (b"<html", "a web page"),
)
_HEIF = re.compile(rb"(?s)....ftyp(?:heic|heix|hevc|heim|heis|mif1|msf1|avif|avis)")
_VIDEO = re.compile(rb"(?s)....ftyp")
_SVG = re.compile(rb"<(?:[A-Za-z_][\w.-]*:)?svg[\s/>]")


def what_else(head: bytes) -> str:
    """What a file is that begins so, in words that follow "is"; empty for what may be a picture."""
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text.startswith(b"<") and _SVG.search(head):
        return "SVG, which can hold programs; export it as PNG"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) and _SVG.search(head.replace(b"\0", b"")):
        return "SVG, which can hold programs; export it as PNG"
    for start, told in _STARTS:
        if head.startswith(start):
            return told
    if head[257:262] == b"ustar":
        return "an archive (tar)"
    if b"%PDF-" in head[:1024]:
        return "a PDF; export its page as PNG"
    if _HEIF.match(head):
        return "HEIC or AVIF; save it as PNG or JPEG"
    return "a film" if _VIDEO.match(head) else ""
