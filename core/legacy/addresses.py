"""Tells the address of a database from the name of a file; loads no driver."""

from __future__ import annotations


def is_address(text: str) -> bool:
    """Whether this names a database and no file."""
    head = text.lower().partition("://")
    return bool(head[1]) and head[0].partition("+")[0] in ("postgres", "postgresql")
