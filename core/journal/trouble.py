"""Names what stands in the way of writing, in words a writer can act on."""

from __future__ import annotations

import errno
import os
import sqlite3
from enum import StrEnum
from pathlib import Path

from core.errors import JournalError
from core.journal.schema import is_busy


class Trouble(StrEnum):
    """Why a journal can't be written."""

    FULL = "disk full"
    QUOTA = "quota"
    TOO_LARGE = "file size limit"
    READ_ONLY = "read-only"
    FORBIDDEN = "not allowed"
    MISSING = "missing folder"
    BUSY = "locked"
    DAMAGED = "damaged"
    BROKEN = "disk error"


class WriteError(JournalError):
    """New words are in memory only; `trouble` is the kind of reason."""

    def __init__(self, trouble: Trouble, what: str, todo: str) -> None:
        self.trouble = trouble
        safe = "Your newest words are in memory only; what was on the disk before is still there."
        super().__init__(what, safe=safe, todo=todo)


_BY_ERRNO = {
    errno.ENOSPC: Trouble.FULL,
    errno.EDQUOT: Trouble.QUOTA,
    errno.EFBIG: Trouble.TOO_LARGE,
    errno.EROFS: Trouble.READ_ONLY,
    errno.EACCES: Trouble.FORBIDDEN,
    errno.EPERM: Trouble.FORBIDDEN,
    errno.ENOENT: Trouble.MISSING,
    errno.EEXIST: Trouble.MISSING,
    errno.ENOTDIR: Trouble.MISSING,
    errno.ESTALE: Trouble.MISSING,
}
_BY_SQLITE = {
    sqlite3.SQLITE_FULL: Trouble.FULL,
    sqlite3.SQLITE_READONLY: Trouble.READ_ONLY,
    sqlite3.SQLITE_PERM: Trouble.FORBIDDEN,
    sqlite3.SQLITE_CORRUPT: Trouble.DAMAGED,
    sqlite3.SQLITE_NOTADB: Trouble.DAMAGED,
}
_SENTENCES = {
    Trouble.FULL: ("The disk is full: {folder} takes no more.", "Free some space; Genko keeps trying."),
    Trouble.QUOTA: (
        "Your disk quota is used up: {folder} takes no more.",
        "Delete something of yours, or ask for a larger quota; Genko keeps trying.",
    ),
    Trouble.TOO_LARGE: (
        "This process may not write files that large (file size limit): {folder}.",
        "Raise the limit (ulimit -f) and start Genko again after a save or an export.",
    ),
    Trouble.READ_ONLY: ("{folder} can only be read.", "Make it writable; Genko keeps trying."),
    Trouble.FORBIDDEN: ("You may not write in {folder}.", "Change its permissions; Genko keeps trying."),
    Trouble.MISSING: (
        "The folder {folder} is gone, and it can't be made again.",
        "Bring it back; Genko keeps trying.",
    ),
    Trouble.BUSY: (
        "Another program has held the project's file locked for seconds: {folder}.",
        "End that program; Genko keeps trying.",
    ),
    Trouble.DAMAGED: (
        "The project's file was damaged while it was open: {folder}.",
        "Genko is setting it aside and making a new one.",
    ),
    Trouble.BROKEN: ("The disk reports an error: {folder}.", "Check the disk; Genko keeps trying."),
}


def describe(trouble: Trouble, path: Path) -> WriteError:
    """The failure as a person is told of it."""
    what, todo = _SENTENCES[trouble]
    return WriteError(trouble, what.format(folder=path.parent), todo)


def name_trouble(error: sqlite3.Error | OSError, path: Path) -> Trouble:
    """Find the reason behind an error met while writing the journal at `path`.

    SQLite calls a used-up quota, a vanished folder and a file size limit all "disk I/O error",
    so an unclear answer of its is checked by writing a small file of our own there.
    """
    if isinstance(error, OSError):
        return _BY_ERRNO.get(error.errno or 0, Trouble.BROKEN)
    if is_busy(error):
        return Trouble.BUSY
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    guess = _BY_SQLITE.get(code, Trouble.BROKEN)
    if guess is Trouble.DAMAGED:
        return guess
    found = probe(path)
    return guess if found is None or (guess is Trouble.FULL and found is Trouble.BROKEN) else found


def probe(path: Path) -> Trouble | None:
    """Try to write beside `path`, as far into a file as the journal's log reaches; None if it works."""
    reach = max(_size(path), _size(path.with_name(path.name + "-wal")))
    trial = path.with_name(f".{path.name}.{os.getpid()}.try")
    try:
        descriptor = os.open(trial, os.O_CREAT | os.O_WRONLY | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        try:
            os.pwrite(descriptor, b"\0" * 8192, reach)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        return _BY_ERRNO.get(error.errno or 0, Trouble.BROKEN)
    finally:
        _remove(trial)
    return None


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return  # A read-only folder: then nothing was made in it either.
