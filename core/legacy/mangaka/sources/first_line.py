"""Tells a table exported without the names of its columns by its first line."""

from __future__ import annotations

from core.legacy.mangaka.rows import uuid_of

COLUMNS = (
    "id",
    "project_id",
    "user_id",
    "title",
    "description",
    "script_data",
    "version",
    "created_at",
    "updated_at",
)
"""Of `manga_scripts`, in the order of its making."""


def is_copied(line: str) -> bool:
    """Whether this is a row of `manga_scripts` as COPY writes it without CSV."""
    fields = line.rstrip("\n").split("\t")
    return len(fields) == len(COLUMNS) and all(uuid_of(field) for field in fields[:3])


def has_no_names(line: str) -> bool:
    """Whether this is a row of `manga_scripts` as CSV, and not the names of its columns."""
    fields = [field.strip(' "\r') for field in line.split(",", 3)]
    return len(fields) == 4 and all(uuid_of(field) for field in fields[:3])
