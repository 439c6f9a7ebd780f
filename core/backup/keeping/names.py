"""How files of backups are called, and which names in a folder are ours at all."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import NamedTuple

from core.backup.archive.naming import SUFFIX, SUFFIX_LOCKED

TRASH = ".trash"
LIST = ".genko-backups.json"
"""Beside the backups: what the files themselves can't tell (pins, names), should the catalogue be lost."""
_NAME = re.compile(
    r"(?P<slug>.*)--(?P<moment>\d{8}T\d{6}Z)--(?P<reason>[a-z-]+)--(?P<content>[0-9a-f]{8})(?:-\d+)?"
    r"\.genko-backup(?P<secret>\.age)?"
)


class Named(NamedTuple):
    """What the name of a backup says."""

    slug: str
    made_at: datetime
    reason: str
    content: str
    """The first letters of the content's id."""
    secret: bool


def read_name(name: str) -> Named | None:
    """None for a file that is not called like a backup."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    try:
        moment = datetime.strptime(found["moment"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None
    return Named(found["slug"], moment, found["reason"], found["content"], found["secret"] is not None)


def looks_like_backup(name: str) -> bool:
    """Whether it ends like one; a writer may have given it a name of her own."""
    return name.endswith((SUFFIX, SUFFIX_LOCKED)) and not name.startswith(".")


def stem_of(name: str) -> tuple[str, str]:
    """The name without its ending, and the ending."""
    end = next((one for one in (SUFFIX_LOCKED, SUFFIX) if name.endswith(one)), "")
    return name.removesuffix(end), end
