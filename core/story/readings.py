"""What can be read of a document, the same of the screens' store and of a worker's replica."""

from __future__ import annotations

from core.story.clean import Json
from core.story.document import Document
from core.story.records import MARK, AnyRecord, Character, Meta
from core.story.shelves import Shelves
from core.story.types import Frontier, Section, Version


class Readings:
    """Reads of one document. Belongs to the thread that made it."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._shelves = Shelves(document)

    @property
    def text(self) -> str:
        """The whole script."""
        return self._document.text

    @property
    def text_length(self) -> int:
        """Length of the script in code points."""
        return self._document.text_length

    def text_slice(self, start: int, end: int) -> str:
        """The script between two code point positions, cut to what is there as Python's own slices are."""
        length = self._document.text_length
        start, end = min(max(start, 0), length), min(max(end, 0), length)
        return self._document.text_slice(start, end) if start < end else ""

    @property
    def meta(self) -> Meta:
        """The project's meta."""
        return self._shelves.meta()

    @property
    def title(self) -> str:
        """The title alone: beside it meta may hold thousands of marks."""
        value = self._shelves.meta_value("title")
        return value if isinstance(value, str) else ""

    def records(self, section: Section) -> list[AnyRecord]:
        """The records of a section, typed, in order, without those in the trash."""
        return [record for record in self._shelves.records(section) if not record.trashed_at]

    def all_records(self, section: Section) -> list[AnyRecord]:
        """The records of a section with those in the trash, typed, in order."""
        return self._shelves.records(section)

    def trashed(self, section: Section) -> list[AnyRecord]:
        """The records of a section that are in the trash, typed, in order."""
        return [record for record in self._shelves.records(section) if record.trashed_at]

    def order(self, section: Section) -> list[str]:
        """The ids of a section in their order, read without the records; deleted ones may be among them."""
        return self._shelves.order(section)

    def ids(self, section: Section) -> list[str]:
        """The ids of a section in no order, read without the records; deleted ones are among them."""
        return self._shelves.ids(section)

    def former_names(self, section: Section) -> dict[str, str]:
        """The names of the records that are in the trash or deleted, by id, as far as there is one."""
        return self._shelves.former_names(section)

    def raw_records(self, section: Section) -> dict[str, dict[str, Json]]:
        """The living records of a section as JSON values by id, in order."""
        return self._shelves.raw_records(section)

    def raw_meta(self) -> dict[str, Json]:
        """Meta as JSON values."""
        return self._shelves.raw_meta()

    def marks(self, kind: str) -> dict[str, Json]:
        """What is kept about the project under names of one kind: known words, hand-offs …"""
        found = ((name, self.mark(kind, name)) for name in self.mark_names(kind))
        return {name: value for name, value in found if value is not None}

    def mark_names(self, kind: str) -> list[str]:
        """The names of the marks of a kind; their values are not read."""
        start = kind + MARK
        return [key.removeprefix(start) for key in self._shelves.meta_keys() if key.startswith(start)]

    def mark(self, kind: str, name: str) -> Json:
        """The value of one mark; None if there is none."""
        return self._shelves.meta_value(f"{kind}{MARK}{name}")

    def names(self) -> list[str]:
        """Everybody of the bible, by name and by every alias: who speaks in the script."""
        found: list[str] = []
        for record in self.records(Section.CHARACTERS):
            assert isinstance(record, Character)
            found += (name for name in (record.name, *record.aliases) if name.strip())
        return found

    @property
    def version(self) -> Version:
        """Every operation that is held here."""
        return self._document.version

    @property
    def frontier(self) -> Frontier:
        """This point of the history."""
        return self._document.frontier

    def knows(self, frontier: Frontier) -> bool:
        """Whether a point of the history is in this document."""
        return self._document.knows(frontier)

    def updates_since(self, version: Version | None) -> bytes:
        """The operations that `version` lacks (None: all); b"" if there are none."""
        return self._document.updates_since(version)

    def snapshot(self) -> bytes:
        """State and whole history."""
        return self._document.snapshot()

    def character_id(self, position: int) -> str:
        """The identity of the character at `position`, equal on all replicas; "" at the end."""
        return self._document.character_id(position)
