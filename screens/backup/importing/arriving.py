"""What is brought: paths as terminals paste and drop them, addresses of databases; what a file is inside."""

from __future__ import annotations

import os
import shlex
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from core.backup.archive.knowing import LOOK, is_locked, may_be_archive
from core.legacy.addresses import is_address
from screens.import_paths import path_from

LONGEST = 100_000
"""Characters of a paste that may be paths; more is a text."""
MOST_PATHS = 100
_BEGINS = ("/", "~", "'", '"', "file://")
"""How a whole path begins, as it stands, quoted, or as an address."""
_ZIP = b"PK\x03\x04"
_FIRST, _LAST = b"README.txt", b"MANIFEST.json"
_TAIL = 4096
"""Bytes at the end of a ZIP in which the name of its last member stands."""


class Kind(StrEnum):
    """What lies at a path, seen from what is in it."""

    BACKUP = "backup"
    """Ours, encrypted or not, whole or damaged."""
    FOREIGN = "foreign"
    """Another program's data that a reader knows."""
    SCRIPT = "script"
    """Anything else: a script, or nothing anybody can read; its preview says so."""


def address_in(text: str) -> str:
    """The address of a database, if a text is one and nothing else."""
    text = text.strip()
    return text if is_address(text) and not any(map(str.isspace, text)) else ""


def spoken_path(path: str) -> str:
    """The name of a file, or where a database is: never a password, nor anything a URL hides behind `?`."""
    if not is_address(path):
        return Path(path).name or path
    try:
        parts = urlsplit(path.strip())
        place = f"{parts.hostname or ''}{f':{parts.port}' if parts.port else ''}{parts.path}"
    except ValueError:
        return "a database"
    return f"{parts.username}@{place}" if parts.username else place


def paths_in(text: str) -> list[Path]:
    """The files and folders that a pasted text names, if it names nothing else; blocks.

    Understood are a path as it stands, one a line, and several on a line as shells and terminals write
    them: quoted, with backslashes, as `file://` addresses.
    """
    text = text.strip()
    if not text.startswith(_BEGINS) or len(text) > LONGEST or "\0" in text:
        return []
    if "\n" not in text and _is_there(whole := path_from(text)):
        return [whole]
    lines = [line for line in text.splitlines() if line.strip()]
    found = [path_from(line) for line in lines]
    if not all(map(_is_there, found)):
        try:
            found = [path_from(word) for line in lines for word in shlex.split(line)]
        except ValueError:  # a quote without its other half: prose
            return []
    return found if 0 < len(found) <= MOST_PATHS and all(map(_is_there, found)) else []


def _is_there(path: Path) -> bool:
    return path.is_absolute() and os.path.lexists(path)


def is_sealed(path: str) -> bool:
    """Whether it is encrypted with a passphrase, told by its first bytes; blocks."""
    return not is_address(path) and is_locked(_bytes_of(Path(path), LOOK))


def kind_of(path: Path) -> Kind:
    """What it is, by what is in it and never by its name; blocks. Raises IncomingError."""
    head = _bytes_of(path, LOOK)
    ours = not head.startswith(_ZIP) or head[30:].startswith(_FIRST) or _LAST in _end_of(path)
    if may_be_archive(head) and ours:  # a Word file is a ZIP as well
        return Kind.BACKUP
    from core.legacy.sniffing import reader_of

    return Kind.SCRIPT if reader_of(path) is None else Kind.FOREIGN


def _bytes_of(path: Path, count: int) -> bytes:
    """The first bytes of an ordinary file; none of anything else."""
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as stream:
            return stream.read(count)
    except (OSError, ValueError):
        return b""


def _end_of(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            stream.seek(max(0, path.stat().st_size - _TAIL))
            return stream.read()
    except OSError:
        return b""
