"""Reads a project's file for a backup: one moment of it, nothing written, damage read around."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

from core.errors import JournalError
from core.journal import parts
from core.journal.connection import connect_for_reading
from core.journal.contents import Contents
from core.journal.disk import Disk
from core.journal.file import identity, log_path
from core.journal.notes import Notes
from core.journal.opening import DamagedError, is_damage, read_whole
from core.journal.schema import address

T = TypeVar("T")

_SEEN = """
SELECT (SELECT seq FROM sqlite_sequence WHERE name = 'updates'),
       (SELECT substr(body, 1, 80) FROM updates ORDER BY id DESC LIMIT 1)
"""


@dataclass(frozen=True, slots=True)
class View:
    """What a file holds at one moment."""

    blobs: list[bytes]
    """All that makes up the document, snapshot first."""
    read: int
    total: int
    """`read` of `total` updates (a snapshot is one) could be read."""
    facts: Mapping[str, str]


def in_parts(folder: Path) -> bool:
    """Whether projects of this folder lie in several files each, as they do on network file systems.

    Raises OSError. Asked once for all projects of a folder: it looks at every name in it.
    """
    return Disk().network(folder) is not None or any(
        name.endswith(parts.SUFFIX) for name in os.listdir(folder)
    )


def view(path: Path, *, parted: bool) -> View:
    """Read the project at `path`, in one transaction, while others may be writing it; `parted`: see in_parts.

    A damaged one is read from a copy. That opens the file by itself, so it has to be done in a process
    that has the project not open. Raises JournalError if it can't be read at all, or a newer Genko made it.
    """
    try:
        contents = None if parted else _contents(path)
        if contents is not None:
            blobs, total = contents.needed()
            return View(blobs, len(blobs), total, _facts(contents.notes))
        found = parts.gather(path)
    except (sqlite3.Error, OSError) as error:
        raise _unreadable(path, error) from error
    return View(found.blobs, found.read, found.total, _facts(found.notes))


def mark(path: Path, *, parted: bool) -> str:
    """Something short that changes whenever the project at `path` does; quick, the document is not read.

    It may change without the project, but never the other way round. Raises JournalError.
    """
    digest = blake2b(digest_size=16)
    try:
        for file in (path, *(parts.find(path) if parted else ())):
            seen = steadily(file, lambda reader: reader.execute(_SEEN).fetchone())
            digest.update(repr((file.name, seen)).encode())
    except (sqlite3.Error, OSError) as error:
        raise _unreadable(path, error) from error
    return digest.hexdigest()


def _contents(path: Path) -> Contents | None:
    """What the file holds; None when it is damaged."""
    if path.stat().st_size == 0:
        return None
    try:
        return steadily(path, lambda reader: read_whole(reader, path, _log(path)))
    except DamagedError:
        return None
    except sqlite3.Error as error:
        if is_damage(error):
            return None
        raise


def steadily(path: Path, read: Callable[[sqlite3.Connection], T]) -> T:
    """What `read` finds in a file that nobody changes meanwhile.

    With no log beside it nobody has it open, and it is read as a file that never changes: otherwise SQLite
    would leave a log and its index beside every project. Whoever opens it meanwhile makes a log, or changes
    the file; then it is read again, with SQLite's own locks.
    """
    if identity(log_path(path)) is None:
        before = _stamp(path)
        found, trouble = None, None
        try:
            with closing(connect_for_reading(address(path, "mode=ro&immutable=1"))) as reader:
                found = read(reader)
        except (sqlite3.Error, DamagedError) as error:
            trouble = error
        if identity(log_path(path)) is None and _stamp(path) == before:
            if trouble is not None:
                raise trouble
            return found  # type: ignore[return-value]  # there was no trouble
    with closing(connect_for_reading(address(path, "mode=ro"))) as reader:
        return read(reader)


def _log(path: Path) -> bytes:
    return log_path(path).read_bytes() if identity(log_path(path)) else b""


def _stamp(path: Path) -> tuple[int, int, int, int]:
    seen = path.stat()
    return seen.st_dev, seen.st_ino, seen.st_size, seen.st_mtime_ns


def _facts(notes: Notes) -> dict[str, str]:
    return {
        key: value for key, (value, _) in notes.facts.items() if value is not None and not key.startswith("~")
    }


def _unreadable(path: Path, error: sqlite3.Error | OSError) -> JournalError:
    return JournalError(
        f"The project's file can't be read: {path} ({error}).", todo="Open it: Genko then mends it."
    )
