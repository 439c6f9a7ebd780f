"""Tells the address of a database from the name of a file; loads no driver."""

from __future__ import annotations

from pathlib import Path


def is_address(text: str) -> bool:
    """Whether this names a database and no file."""
    head = text.lower().partition("://")
    return bool(head[1]) and head[0].partition("+")[0] in ("postgres", "postgresql")


def source_of(text: str) -> Path | str:
    """What was typed or passed on: a file's path, or a database's address, which a path would spoil."""
    return text if is_address(text) else Path(text)
