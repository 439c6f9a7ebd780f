"""Journals on network file systems: one file per process, all of them read at opening.

Locks and shared memory can't be trusted there, and merging makes sharing a file unnecessary.
A part is an ordinary journal with a rollback journal and synced commits, named
`<project>.genko.<owner>.<random>.part`; parts whose process is surely gone are folded into one.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from core.journal.connection import Connection
from core.journal.contents import Contents, read_contents
from core.journal.file import JournalFile, add_missing, identity
from core.journal.mending import COMPANIONS, rescue
from core.journal.notes import Notes
from core.journal.owner import Owner
from core.journal.schema import connect, create_file

SUFFIX = ".part"


@dataclass
class Gathered:
    """What all files of a project hold together; snapshots first."""

    blobs: list[bytes] = field(default_factory=list)
    notes: Notes = field(default_factory=Notes)
    read: int = 0
    total: int = 0


def own_path(path: Path) -> Path:
    """The name of a new part of this process."""
    return path.with_name(f"{path.name}.{Owner.me()}.{os.urandom(4).hex()}{SUFFIX}")


def find(path: Path) -> list[Path]:
    """All parts of the project at `path`, whoever writes them."""
    start = f"{path.name}."
    try:
        names = os.listdir(path.parent)
    except FileNotFoundError:
        return []
    return sorted(path.with_name(name) for name in names if name.startswith(start) and name.endswith(SUFFIX))


def owner_of(part: Path) -> Owner | None:
    """The process that writes a part."""
    pieces = part.name[: -len(SUFFIX)].rsplit(".", 2)
    return Owner.parse(pieces[1]) if len(pieces) == 3 else None


def gather(path: Path, *, leave_out: Path | None = None) -> Gathered:
    """Read the project's file and all its parts, touching none. Raises OSError."""
    gathered = Gathered()
    updates: list[bytes] = []
    for part in [path, *find(path)]:
        if identity(part) is None or part == leave_out:
            continue
        contents, read, total = read_untouched(part)
        blobs, _ = contents.needed()
        if contents.newest_snapshot():
            gathered.blobs.append(blobs.pop(0))
        updates.extend(blobs)
        gathered.notes.merge(contents.notes)
        gathered.read += read
        gathered.total += total
    gathered.blobs.extend(updates)
    return gathered


def read_untouched(path: Path) -> tuple[Contents, int, int]:
    """What a file holds, and n of m updates, read from a copy: its owner may be writing it just now."""
    with tempfile.TemporaryDirectory(prefix="genko-") as folder:
        copy = Path(folder) / "copy"
        for companion in COMPANIONS:
            with contextlib.suppress(FileNotFoundError):
                shutil.copyfile(path.with_name(path.name + companion), copy.with_name(copy.name + companion))
        try:
            connection = sqlite3.connect(copy, isolation_level=None, factory=Connection)
            try:
                contents = read_contents(connection)
            finally:
                connection.close()
            if contents.is_whole():
                blobs, total = contents.needed()
                return contents, len(blobs), total
        except sqlite3.Error:
            pass  # It was caught in the middle of a change, or is damaged: take what proves itself.
        return rescue(copy)


def start_own(path: Path, own: JournalFile) -> None:
    """Make this process's part (and the project's file, by which lists find it), and fold in dead parts.

    Raises sqlite3.Error, OSError.
    """
    create_file(path, shared=False)
    own.attach()
    fold_dead(path, own)


def fold_dead(path: Path, own: JournalFile) -> int:
    """Take over the rows of parts whose process is gone, then delete these; returns how many.

    Killed half-way, rows stand in two parts, which merging doesn't mind.
    """
    folded = 0
    for part in find(path):
        owner = owner_of(part)
        if part == own.path or owner is None or not owner.is_gone():
            continue
        contents, read, total = read_untouched(part)
        if own.connection is None or read != total:
            continue  # A damaged part stays as it is.
        add_missing(own.connection, contents)
        own.sync()
        for companion in ("", "-journal"):
            part.with_name(part.name + companion).unlink(missing_ok=True)
        folded += 1
    return folded


def fold_in(file: JournalFile, contents: Contents) -> None:
    """A folder that came from a network file system to a local disk: take its parts in."""
    if find(file.path) and fold_dead(file.path, file):
        assert file.connection is not None
        whole = read_contents(file.connection)
        contents.updates, contents.pieces = whole.updates, whole.pieces
        contents.highest, contents.notes = whole.highest, whole.notes


def tidy(own: Path) -> None:
    """After closing: a part in which nothing was written needs no place, and no part its empty journal."""
    if identity(own) is None:
        return
    connection = connect(own, shared=False)
    try:
        tables = ("updates", "pieces", "facts", "acknowledged", "outbox")
        empty = not any(connection.execute(f"SELECT 1 FROM {t} LIMIT 1").fetchone() for t in tables)  # noqa: S608
    finally:
        connection.close()
    rollback = own.with_name(own.name + "-journal")
    if identity(rollback) is not None and rollback.stat().st_size == 0:
        rollback.unlink()
    if empty:
        own.unlink(missing_ok=True)
