"""Knows an archive by its first bytes, without opening it; loads nothing else."""

from __future__ import annotations

LOOK = 64
"""Bytes that are enough."""
_ZIP = b"PK\x03\x04"
_LOCKED = b"GENKO ENCRYPTED BACKUP"
_AGE = (b"age-encryption.org/", b"-----BEGIN AGE ENCRYPTED FILE-----")


def is_locked(head: bytes) -> bool:
    """Whether a file that begins so is an encrypted backup of ours."""
    return head.startswith(_LOCKED)


def may_be_archive(head: bytes) -> bool:
    """Whether opening it as an archive says what it is: ours, encrypted, or why it is neither."""
    return head.startswith((_ZIP, _LOCKED, *_AGE))
