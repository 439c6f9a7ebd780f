"""What the list of a package of kept data says, and whether one from outside may be believed."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable

import msgspec

MOST_FILES = 100_000
MOST_BYTES = 50_000_000_000
LISTING = "kept.json"
"""Of each package."""
FORMAT = "genko-kept"
NAME = re.compile(r"[a-z]{1,20}-[0-9a-f]{16}\Z")
SUM = re.compile(r"[0-9a-f]{64}\Z")
_LONGEST_NAME = 4_096


class KeptFile(msgspec.Struct, frozen=True):
    """One file of a package."""

    name: str
    size: int
    sha256: str


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """What `kept.json` says."""

    format: str = FORMAT
    version: int = 1
    system: str
    source: str
    """The name of the file or folder that it came from."""
    kept_at: str
    files: tuple[KeptFile, ...]


def kept_name(listing: Listing) -> str:
    """What the folder of a package is called: the same for the same data."""
    return f"{listing.system}-{digest_of(listing.files)[:16]}"


def is_safe(listing: Listing) -> bool:
    """Whether a listing from outside is one of ours, and none of its names could lead anywhere."""
    files = listing.files
    if (listing.format, listing.version) != (FORMAT, 1) or not NAME.match(kept_name(listing)):
        return False
    sizes = {file.sha256: file.size for file in files}
    if len(files) > MOST_FILES or sum(max(0, size) for size in sizes.values()) > MOST_BYTES:
        return False
    return all(_is_safe(file) and sizes[file.sha256] == file.size for file in files)


def _is_safe(file: KeptFile) -> bool:
    name = file.name.replace("\\", "/")
    odd = not name or len(name) > _LONGEST_NAME or "\0" in name or name.startswith("/") or name[1:3] == ":/"
    return not odd and ".." not in name.split("/") and file.size >= 0 and bool(SUM.match(file.sha256))


def digest_of(files: Iterable[KeptFile]) -> str:
    """Of names and contents, in hex."""
    lines = sorted(json.dumps([file.name, file.size, file.sha256]) for file in files)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
