"""A file with a secret in it, read only if nobody else can read it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

LARGEST = 64 << 10


class NotPrivate(Exception):
    """Others can read the file, or it is somebody else's, or no plain file."""


def read_private(file: Path) -> bytes:
    """What is in it, up to 64 KiB; nothing is waited for. Raises OSError, NotPrivate."""
    with open(os.open(file, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK), "rb") as stream:
        facts = os.fstat(stream.fileno())
        if not stat.S_ISREG(facts.st_mode) or facts.st_mode & 0o077 or facts.st_uid not in (os.geteuid(), 0):
            raise NotPrivate
        return stream.read(LARGEST)
