"""How the fields of records are kept in the document, and what all records have.

Prose that two people may edit at once (descriptions, notes) is a text of its own, so that both
sets of words survive a merge. Lists of names and relationships are a list and a map, so that two
additions both survive. Everything else is a plain value: the later writer wins.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from core.story.clean import Json


class Kind(Enum):
    """How a field is kept."""

    PLAIN = ""
    PROSE = "text"
    NAMES = "list"
    PAIRS = "map"

    @property
    def container(self) -> str:
        """The child container's kind; "" for a plain value."""
        return self.value


def kept(default: Any, kind: Kind = Kind.PLAIN, key: str = "") -> Any:
    """A field with this default, kept in this way, under `key` (else its own name) in the document."""
    factory = default if callable(default) else lambda: default
    return field(default_factory=factory, metadata={"kind": kind, "key": key})


def kept_line(key: str = "") -> Any:
    """A plain line of text: the later writer wins."""
    return kept("", key=key)


def kept_prose() -> Any:
    """Text that several people may edit at once."""
    return kept("", Kind.PROSE)


def kept_names() -> Any:
    """A list of texts, into which several people may put something."""
    return kept(tuple, Kind.NAMES)


TRASHED = "trashedAt"
"""The key of `Record.trashed_at` in the document."""


@dataclass(frozen=True, kw_only=True)
class Record:
    """What all records have. Unknown fields of newer programs are kept in `extra`."""

    id: str
    notes: str = kept_prose()
    prompt: str = kept_prose()
    tags: tuple[str, ...] = kept_names()
    pictures: tuple[str, ...] = kept_names()
    """SHA-256 (hex) of files in the media store; the first one stands for the record."""
    trashed_at: str = kept_line(TRASHED)
    """When it was put into the trash (ISO 8601); empty for what is not in it."""
    image_url: str = kept_line()
    image: str = kept_line()
    created_at: str = kept_line()
    last_modified: str = kept_line("lastModified")
    metadata: Mapping[str, Json] = kept(dict)
    extra: Mapping[str, Json] = field(default_factory=dict)
