"""Keeps in mind which pages the server's rows hold, so that a save writes only those that changed."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import accumulate
from typing import Any

from core.errors import DocumentError
from core.script import LineBuffer
from core.server.positions import arrange, too_long
from core.server.splitting import Counts, count, describe, page_starts
from core.story import TextEdit

FRONT = "front"
"""Key of the text before the first page."""


@dataclass(slots=True)
class Entry:
    """A page as it stands in the text. `position` is its row's, None when it has no row yet."""

    key: str
    length: int
    digest: bytes
    counts: Counts
    position: Decimal | None = None
    replaces: list[Entry] | None = None
    """Only for a stretch that edits touched: the pages that were there."""


@dataclass(frozen=True, slots=True)
class PageRow:
    """A row of the table `pages`, to be written."""

    key: str
    position: Decimal
    text: str
    content: dict[str, Any]


@dataclass(slots=True)
class PageChanges:
    """What to do to the table."""

    rows: list[PageRow] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.rows) + len(self.removed)


class PageMap:
    """The pages of one script. Costs grow with the edit: clean pages are only ever skipped over."""

    def __init__(self, text: str, key_at: Callable[[int], str]) -> None:
        self._lines = LineBuffer(text)
        self._key_at = key_at
        self._entries = self._split(0, self._lines.length)
        self._lengths = [entry.length for entry in self._entries]
        self.counts = sum((entry.counts for entry in self._entries), Counts())

    @property
    def length(self) -> int:
        """Code points of the text, to compare with the document's."""
        return self._lines.length

    def edit(self, edits: Iterable[TextEdit]) -> None:
        """Follow the document. IndexError when an edit does not fit the text."""
        for edit in edits:
            self._lines.splice(edit.position, edit.deleted, edit.inserted)
            self._touch(edit.position, edit.deleted, len(edit.inserted))

    def _touch(self, position: int, deleted: int, inserted: int) -> None:
        ends = list(accumulate(self._lengths))
        # The page before comes along: it gains the text if this heading is no heading any more.
        first = max(0, min(bisect_left(ends, position), bisect_right(ends, position) - 1))
        last = min(bisect_right(ends, position + deleted), len(ends) - 1)
        length = sum(self._lengths[first : last + 1]) + inserted - deleted
        self._merge(first, last + 1, length)

    def _merge(self, first: int, stop: int, length: int) -> None:
        replaces: list[Entry] = []
        for entry in self._entries[first:stop]:
            replaces += [entry] if entry.replaces is None else entry.replaces
        self._entries[first:stop] = [Entry("", length, b"", Counts(), replaces=replaces)]
        self._lengths[first:stop] = [length]

    def changes(self) -> PageChanges:
        """What the rows lack since the last call; from here on the map counts it as written."""
        self._join_neighbours()
        changes = PageChanges()
        stale = [i for i, entry in enumerate(self._entries) if entry.replaces is not None]
        for index in reversed(stale):
            self._settle(index, changes)
        if any(too_long(row.position) for row in changes.rows):
            return self._renumber(changes.removed)
        return changes

    def _join_neighbours(self) -> None:
        stale = [i for i, entry in enumerate(self._entries) if entry.replaces is not None]
        for index in reversed(stale):
            if index and self._entries[index - 1].replaces is not None:
                self._merge(index - 1, index + 1, self._lengths[index - 1] + self._lengths[index])

    def _settle(self, index: int, changes: PageChanges) -> None:
        """Read a touched stretch anew and compare it with the pages that were there."""
        start = sum(self._lengths[:index])
        old = {entry.key: entry for entry in self._entries[index].replaces or []}
        fresh = self._split(start, start + self._lengths[index])
        before = self._entries[index - 1].position if index else None
        after = self._entries[index + 1].position if index + 1 < len(self._entries) else None
        for entry in fresh:
            entry.position = old[entry.key].position if entry.key in old else None
            self.counts += entry.counts
        self._place(fresh, before, after)
        for entry in fresh:
            known = old.get(entry.key)
            if known is None or known.digest != entry.digest or known.position != entry.position:
                changes.rows.append(self._row(entry, start))
            start += entry.length
        for entry in old.values():
            self.counts -= entry.counts
        changes.removed += old.keys() - {entry.key for entry in fresh}
        self._entries[index : index + 1] = fresh
        self._lengths[index : index + 1] = [entry.length for entry in fresh]

    def _renumber(self, removed: list[str]) -> PageChanges:
        """Give every page a short position again (after very many insertions in one place)."""
        for entry in self._entries:
            entry.position = None
        self._place(self._entries, None, None)
        changes = PageChanges(removed=removed)
        start = 0
        for entry in self._entries:
            changes.rows.append(self._row(entry, start))
            start += entry.length
        return changes

    def reconcile(self, rows: Iterable[tuple[str, Decimal, bytes]]) -> PageChanges:
        """Compare with what the table holds: (key, position, SHA-256 of the text) of each row."""
        self.changes()
        stored = {key: (position, digest) for key, position, digest in rows}
        for entry in self._entries:
            entry.position = stored[entry.key][0] if entry.key in stored else None
        self._place(self._entries, None, None)
        changes = PageChanges()
        start = 0
        for entry in self._entries:
            if stored.pop(entry.key, None) != (entry.position, entry.digest):
                changes.rows.append(self._row(entry, start))
            start += entry.length
        changes.removed += stored
        return changes

    def _place(self, entries: Sequence[Entry], before: Decimal | None, after: Decimal | None) -> None:
        positions = arrange([entry.position for entry in entries], before, after)
        for entry, position in zip(entries, positions, strict=True):
            entry.position = position

    def _row(self, entry: Entry, start: int) -> PageRow:
        text = self._lines.slice(start, start + entry.length)
        assert entry.position is not None
        return PageRow(entry.key, entry.position, text, describe(text, entry.counts))

    def _split(self, start: int, end: int) -> list[Entry]:
        starts = page_starts(self._lines, start, end)
        if not starts or starts[0] != start:
            starts.insert(0, start)
        stops = [*starts[1:], end]
        return [self._entry(a, b) for a, b in zip(starts, stops, strict=True) if a < b]

    def _entry(self, start: int, end: int) -> Entry:
        text = self._lines.slice(start, end)
        counts = count(text)
        key = FRONT if start == 0 and not counts.pages else self._key_at(start)
        return Entry(key, end - start, digest(text), counts)


def digest(text: str) -> bytes:
    """SHA-256 of the text as the server stores it. DocumentError for what Postgres can't hold."""
    if "\0" in text:
        raise unstorable()
    try:
        return hashlib.sha256(text.encode()).digest()
    except UnicodeEncodeError as error:
        raise unstorable() from error


def unstorable() -> DocumentError:
    """The sentence for NUL and lone surrogates, which no edit should have let in."""
    return DocumentError(
        "The script holds a character that no database can store (NUL or half a surrogate pair).",
        safe="Your words are safe on this machine.",
        todo="Remove the character and save again.",
    )
