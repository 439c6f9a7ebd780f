"""What the story package speaks with everybody else: versions, sections, text edits, changes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

Version = NewType("Version", bytes)
"""Which operations a replica holds. Opaque; made and compared only by this package."""

Frontier = NewType("Frontier", bytes)
"""One point of the history. Opaque; made and compared only by this package."""


class Section(StrEnum):
    """The parts of a project that can be watched one by one."""

    SCRIPT = "script"
    CHARACTERS = "characters"
    BACKGROUNDS = "backgrounds"
    SCENES = "scenes"
    ASSEMBLY = "assembly"
    META = "meta"
    PACK = "pack"
    ASSETS = "assets"
    PROMPTS = "prompts"
    ATTEMPTS = "attempts"


BOOK_SECTIONS = (Section.CHARACTERS, Section.BACKGROUNDS, Section.SCENES, Section.ASSEMBLY)
"""The sections that hold a project's ordered records."""
PACK_SECTIONS = (Section.PACK, Section.ASSETS, Section.PROMPTS, Section.ATTEMPTS)
"""The sections that hold a draft's: what it is, what is in it, its prompts, and what was tried."""
RECORD_SECTIONS = (*BOOK_SECTIONS, *PACK_SECTIONS)
"""The sections that hold ordered records. A project leaves a draft's empty, and the reverse."""


class Origin(StrEnum):
    """Who caused a change."""

    LOCAL = "local"
    UNDO = "undo"
    REMOTE = "remote"


@dataclass(frozen=True, slots=True)
class TextEdit:
    """Replace `deleted` code points at `position` by `inserted`."""

    position: int
    deleted: int
    inserted: str


@dataclass(frozen=True, slots=True)
class ProseChange:
    """What happened to the prose of one field: applied one after another, `edits` give the new text."""

    record: str
    key: str
    edits: tuple[TextEdit, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one section.

    `edits` (script only), applied one after another to the previous text, give the new text.
    `records` are the ids touched in a record section, or the names of the fields of META.
    `prose` are the edits of fields that are texts of their own.
    """

    section: Section
    origin: Origin
    edits: tuple[TextEdit, ...] = ()
    records: frozenset[str] = frozenset()
    prose: tuple[ProseChange, ...] = ()
    ordered: bool = False
    """Whether the order of the records was touched."""


@dataclass(frozen=True, slots=True)
class Received:
    """What came of an import.

    `waiting` counts operations that can't be applied yet, because something they build on has
    not arrived. They are kept and applied when it does; until then they are in no
    `updates_since`, so whoever journals must also journal `waiting_bytes`.
    """

    changes: tuple[Change, ...] = ()
    waiting: int = 0
    waiting_bytes: bytes = b""

    @property
    def edits(self) -> tuple[TextEdit, ...]:
        """What the import did to the script."""
        return next((c.edits for c in self.changes if c.section is Section.SCRIPT), ())

    @property
    def complete(self) -> bool:
        """Whether everything that was given could be applied."""
        return self.waiting == 0


def apply_edits(text: str, edits: tuple[TextEdit, ...] | list[TextEdit]) -> str:
    """Give `text` after `edits`, one after another."""
    for edit in edits:
        text = text[: edit.position] + edit.inserted + text[edit.position + edit.deleted :]
    return text
