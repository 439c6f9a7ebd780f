"""What a picture is to Genko: its facts, which kinds are taken, how large one may be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.errors import GenkoError
from core.sizes import as_size

LARGEST_FILE = 64_000_000
"""Bytes. A page of 600 dpi as PNG has 10 to 40 MB."""
MOST_PIXELS = 80_000_000
"""A B4 page at 600 dpi has 52 million, a spread of A4 pages 70 million. As RGBA they fill 320 MB."""
LONGEST_SIDE = 65_535
LONGEST_NAME = 200

LARGEST_CLIP = 200_000_000
"""Bytes of a clip or a piece of music."""

PICTURES: Mapping[str, str] = {
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/webp": ".webp",
    "image/gif": ".gif",
    "image/bmp": ".bmp",
    "image/tiff": ".tif",
}
"""The kinds of pictures that are taken, and how their files end in the store."""
CARRIED: Mapping[str, str] = {
    "video/mp4": ".mp4",
    "video/webm": ".webm",
    "audio/mpeg": ".mp3",
    "audio/ogg": ".ogg",
    "audio/mp4": ".m4a",
}
"""Clips and music of drafts: known by their first bytes and carried, never decoded."""
SUFFIXES: Mapping[str, str] = {**PICTURES, **CARRIED}
TAKEN = "PNG, JPEG, WebP, GIF, BMP and TIFF"

_SHA = re.compile(r"[0-9a-f]{64}\Z")


class MediaError(GenkoError):
    """A picture that can't be taken, kept, shown or moved."""


class DamagedError(MediaError):
    """A file of the store holds other bytes than its name promises."""


class MediaFolderError(MediaError):
    """The store itself can't be written: no room, no right. No picture is at fault."""


class MediaCancelledError(MediaError):
    """The caller asked to stop; nothing is wrong."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The facts of a picture, or of a clip or music. The file itself is in a MediaStore under its SHA-256."""

    sha: str
    """SHA-256 of the file, 64 hex digits."""
    mime: str
    width: int
    """In pixels, as it is seen (a camera's turning taken into account). 0 for clips and music."""
    height: int
    size: int
    """Of the file, in bytes."""
    name: str
    """The file's name where it came from, without its folder."""

    def as_mark(self) -> dict[str, Any]:
        """The value of the mark `picture:<sha>`."""
        return {
            "name": self.name,
            "mime": self.mime,
            "width": self.width,
            "height": self.height,
            "size": self.size,
        }

    @classmethod
    def from_mark(cls, sha: str, value: object) -> Picture | None:
        """The picture that a mark names; None for what is none (a document may come from anybody)."""
        if not is_sha(sha) or not isinstance(value, dict):
            return None
        mime, name = value.get("mime"), value.get("name")
        if not isinstance(mime, str) or mime not in SUFFIXES or not isinstance(name, str):
            return None
        width, height = (_count(value.get(key), LONGEST_SIDE) for key in ("width", "height"))
        size = _count(value.get("size"), largest(mime))
        if not size or (mime in PICTURES and not (width and height)):
            return None
        return cls(sha, mime, width, height, size, clean_name(name))

    @property
    def is_picture(self) -> bool:
        """Whether it can be shown; clips and music are only carried."""
        return self.mime in PICTURES

    @property
    def sentence(self) -> str:
        """Name and size, for whoever can't see it."""
        if not self.is_picture:
            return f"{self.name}, {as_size(self.size)}"
        return f"{self.name}, {self.width} × {self.height}, {as_size(self.size)}"


def largest(mime: str) -> int:
    """Bytes that a file of a kind may have."""
    return LARGEST_CLIP if mime in CARRIED else LARGEST_FILE


def damaged(name: str) -> DamagedError:
    """The sentence for a file of the store that is not what it was."""
    return DamagedError(
        f"The project's copy of {name} is damaged: its bytes are not those that were put there.",
        todo="Add the picture again, or save from a machine that has it whole.",
    )


def _count(value: object, most: int) -> int:
    """A whole number from 1 to `most`; 0 for anything else."""
    fits = isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= most
    return value if fits and isinstance(value, int) else 0


def is_sha(text: str) -> bool:
    """Whether this is a SHA-256 in hex; nothing else ever becomes the name of a file."""
    return _SHA.match(text) is not None


def clean_name(name: str) -> str:
    """A file's name on one line, without controls, and not too long."""
    printable = "".join(char if char.isprintable() else "�" for char in name)
    return printable[:LONGEST_NAME] or "picture"
