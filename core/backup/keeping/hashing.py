"""The SHA-256 of a file, of what the disk has."""

from __future__ import annotations

from core.hashing import PIECE, hash_of

__all__ = ["PIECE", "hash_of"]
