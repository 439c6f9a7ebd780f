"""The SHA-256 of a file, of what the disk has."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from core.work import Work

PIECE = 1 << 18
"""Bytes read or written at a time."""


def hash_of(path: Path, work: Work, what: str) -> str:
    """In hex; what the system remembers of the file is put away first. Raises OSError, for a link as well."""
    digest, done = hashlib.sha256(), 0
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    with open(descriptor, "rb", buffering=0) as stream:
        total = os.fstat(descriptor).st_size
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        while piece := stream.read(PIECE):
            digest.update(piece)
            done += len(piece)
            work.step(what, done, total)
    return digest.hexdigest()
