"""Pictures, films and sounds of a universe: what they are by their first bytes, and their SHA-256."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from core.media.signatures import what_else
from core.work import Work

LARGEST = 4_000_000_000
_PIECE = 1 << 20
_STARTS: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"GIF8[79]a"), "image/gif"),
    (re.compile(rb"(?s)RIFF....WEBP"), "image/webp"),
    (re.compile(rb"(?s)....ftyp"), "video/mp4"),
    (re.compile(rb"\x1aE\xdf\xa3"), "video/webm"),
    (re.compile(rb"ID3|\xff[\xe2\xe3\xf2\xf3\xfa\xfb]"), "audio/mpeg"),
)
ENDINGS = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".mp3": "audio/mpeg",
}


@dataclass(frozen=True, slots=True)
class Media:
    """A file of a universe."""

    name: str
    """Under the universe's folder, with `/` between."""
    path: Path
    size: int
    sha256: str
    mime: str
    """By its bytes; "" for what is none of the kinds."""
    trouble: str = ""
    """What is wrong with it, in words."""

    @property
    def kind(self) -> str:
        """`image`, `video`, `audio` or ""."""
        return self.mime.partition("/")[0]


def is_media_name(name: str) -> bool:
    """Whether a file of this name is meant to be one."""
    return os.path.splitext(name)[1].lower() in ENDINGS


def mime_of(head: bytes) -> str:
    """What a file is that begins so; "" for none of the kinds."""
    return next((mime for start, mime in _STARTS if start.match(head)), "")


def probe(path: Path, name: str, *, work: Work) -> Media:
    """Read a file to its end. Nothing is raised for what is wrong with it: that is its `trouble`."""
    digest, size, head = hashlib.sha256(), 0, b""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(descriptor, "rb") as stream:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                return Media(name, path, 0, "", "", "it is no ordinary file")
            while piece := stream.read(_PIECE):
                work.step("Reading pictures and sounds", size, 0)
                head = head or piece[:4096]
                size += len(piece)
                if size > LARGEST:
                    return Media(name, path, size, "", "", f"it is larger than {LARGEST / 1e9:.0f} GB")
                digest.update(piece)
    except OSError as error:
        return Media(name, path, 0, "", "", f"it can't be read ({error.strerror})")
    mime = mime_of(head)
    return Media(name, path, size, digest.hexdigest(), mime, _trouble(name, mime, head))


def _trouble(name: str, mime: str, head: bytes) -> str:
    meant = ENDINGS.get(os.path.splitext(name)[1].lower(), "")
    if not head:
        return "it is empty"
    if mime and meant and mime.partition("/")[0] == meant.partition("/")[0]:
        return ""
    if not mime:
        other = what_else(head)
        return f"it is {other}" if other else "its bytes are neither a picture nor a film nor a sound"
    return f"by its bytes it is {mime}"
