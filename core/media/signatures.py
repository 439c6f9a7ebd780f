"""Tells by a file's beginning what it is when it is not a picture: what is carried, and what is refused."""

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


_EBML = b"\x1a\x45\xdf\xa3"
_DOCTYPE = b"\x42\x82"
_SOUND = (b"M4A ", b"M4B ", b"F4A ")
_FILMS = (b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"iso7", b"iso8", b"iso9", b"mp41", b"mp42")
_MORE_FILMS = (b"avc1", b"dash", b"M4V ", b"MSNV", b"f4v ", b"mmp4", b"cmfc", b"hvc1", b"av01")


def carried_kind(head: bytes) -> str:
    """The kind of a clip or of music that begins so, as a mime type; empty for anything else.

    What is inside is not looked at: such files are kept and handed on, and decoded by nobody here.
    """
    if head[4:8] == b"ftyp":
        brand = head[8:12]
        if brand in _SOUND:
            return "audio/mp4"
        return "video/mp4" if brand in _FILMS or brand in _MORE_FILMS else ""
    if head.startswith(_EBML):
        at = head.find(_DOCTYPE, 0, 64)
        return "video/webm" if at > 0 and head[at + 3 : at + 7] == b"webm" else ""
    if head.startswith(b"OggS\0"):
        return "audio/ogg"
    return "audio/mpeg" if _is_mp3(head) else ""


def _is_mp3(head: bytes) -> bool:
    """A tag, or the first frame of layer III whose numbers make sense."""
    if head.startswith(b"ID3"):
        return len(head) > 10 and head[3] in (2, 3, 4) and all(byte < 0x80 for byte in head[6:10])
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return False
    version, rate, frequency = head[1] >> 3 & 3, head[2] >> 4, head[2] >> 2 & 3
    return version != 1 and rate not in (0, 15) and frequency != 3
