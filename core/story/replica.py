"""A headless copy of a project for workers: bytes in, bytes out, words and records to read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core.errors import DocumentError
from core.story.clean import clean_text
from core.story.document import Document, first_bad
from core.story.events import Event
from core.story.feed import to_changes
from core.story.readings import Readings
from core.story.shelves import Shelves
from core.story.types import RECORD_SECTIONS, Change, Frontier, Origin, Received, Section, TextEdit


class Replica(Readings):
    """A document that only receives. Belongs to the one thread that made it."""

    def __init__(self, blobs: Iterable[bytes] = ()) -> None:
        super().__init__(Document())
        blobs = list(blobs)
        if blobs:
            self.receive(blobs, told=False)

    def receive(self, blobs: Sequence[bytes], *, told: bool = True) -> Received:
        """Merge blobs; DocumentError, and nothing merged, if one of them is damaged.

        `told`: whether somebody asks what the first of them changed.
        """
        received, _ = receive(self._document, blobs, told=told)
        self._document.watch()
        return received


def branch(blobs: Iterable[bytes], frontier: Frontier, text: str) -> tuple[bytes, Frontier]:
    """What somebody did who turned the script as it was at `frontier` into `text`.

    Gives the operations (b"" if nothing differs) and the frontier they lead to, whose script is
    `text` again: merged into a project whose script has moved on, both sides' words are kept.
    """
    document = Document()
    receive(document, list(blobs), told=False)
    return document.branch(frontier, clean_text(text).text)


def receive(document: Document, blobs: Sequence[bytes], *, told: bool = True) -> tuple[Received, list[Event]]:
    """Merge blobs into a document, all or none of them; also gives the events as they came.

    What a document that nobody has watched so far has changed is all that it holds: it is gone through
    for that only where it is `told`.
    """
    blobs = [blob for blob in blobs if blob]
    if not blobs:
        return Received(), []
    bad = first_bad(blobs)
    if bad is not None:
        raise DocumentError(
            f"Part {bad + 1} of {len(blobs)} of the changes is damaged.", safe="Nothing was changed."
        )
    watched = document.is_watched
    imported = document.import_all(blobs)
    events = document.events() if watched else []
    changes = to_changes(events, Origin.REMOTE)
    if told and not watched:
        changes = _whole(document)
    return Received(changes, imported.waiting, imported.waiting_bytes), events


def _whole(document: Document) -> tuple[Change, ...]:
    """The changes that lead from nothing to the document as it is."""
    shelves, text = Shelves(document), document.text
    script = [Change(Section.SCRIPT, Origin.REMOTE, (TextEdit(0, 0, text),))] if text else []
    ids = {section: frozenset(shelves.raw_records(section)) for section in RECORD_SECTIONS}
    ids[Section.META] = frozenset(shelves.raw_meta())
    return (*script, *(Change(s, Origin.REMOTE, records=found) for s, found in ids.items() if found))
