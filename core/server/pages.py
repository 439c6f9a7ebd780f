"""Keeps in mind which pages the server's rows hold, so that a save writes only those that changed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby
from typing import Any

from core.errors import DocumentError
from core.script import PageSpan, Script, Statistics
from core.server.positions import arrange, too_long
from core.story import TextEdit

FRONT = "front"
"""Key of the text before the first page."""


@dataclass(slots=True)
class Entry:
    """A page as its row has it. `position` is None while it has no row."""

    key: str
    digest: bytes
    position: Decimal | None = None


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
    """The pages of one script, as the parser sees them. After the first time, costs grow with the edit."""

    def __init__(self, text: str, key_at: Callable[[int], str], names: Iterable[str] = ()) -> None:
        """`key_at` gives the identity of the character at an offset, equal on all replicas.

        `names` are those of the bible.
        """
        self._script = Script(text, names=names)
        self._key_at = key_at
        self._entries: dict[int, Entry] = {}  # by the parser's key of the page

    @property
    def length(self) -> int:
        """Code points of the text, to compare with the document's."""
        return self._script.lines.length

    @property
    def statistics(self) -> Statistics:
        """The figures of the whole script, after `changes` or `reconcile`."""
        return self._script.statistics()

    def set_names(self, names: Iterable[str]) -> None:
        """The bible may have changed, and with it who speaks."""
        self._script.set_names(names)

    def edit(self, edits: Iterable[TextEdit]) -> None:
        """Follow the document. IndexError when an edit does not fit the text."""
        for edit in edits:
            self._script.splice(edit.position, edit.deleted, edit.inserted)

    def changes(self) -> PageChanges:
        """What the rows lack since the last call; from here on the map counts it as written."""
        changes, _ = self._changes()
        return changes

    def _changes(self) -> tuple[PageChanges, list[PageSpan]]:
        taken = self._script.complete().take_page_changes()
        gone = {self._entries.pop(key).key for key in taken.removed if key in self._entries}
        out = PageChanges()
        for _, group in groupby(enumerate(taken.changed), lambda pair: pair[1].index - pair[0]):
            self._stretch([span for _, span in group], out, gone)
        kept = {row.key for row in out.rows}
        out.removed = [key for key in gone if key not in kept]
        if any(too_long(row.position) for row in out.rows):
            out.rows = self._renumbered()
        return out, list(taken.changed)

    def _stretch(self, spans: list[PageSpan], out: PageChanges, gone: set[str]) -> None:
        """Compare pages that follow one another with their entries, and place the new ones."""
        fresh = [(span, self._page(span)) for span in spans if span.index >= 0 or self._stop(span)]
        if len(fresh) < len(spans) and 0 in self._entries:
            gone.add(self._entries.pop(0).key)  # nothing stands before the first page any more
        if not fresh:
            return
        old = [self._entries.get(span.key) for span, _ in fresh]
        if len(old) == 1 and old[0] and old[0].position is not None:
            positions = [old[0].position]  # the usual edit: one page, which stays where it is
        else:
            low = self._position(fresh[0][0].index - 1)
            high = self._position(fresh[-1][0].index + 1)
            positions = arrange([entry.position if entry else None for entry in old], low, high)
        for (span, (key, text)), entry, position in zip(fresh, old, positions, strict=True):
            now = Entry(key, digest(text), position)
            if entry is not None and entry.key != key:
                gone.add(entry.key)
            if entry != now:
                self._entries[span.key] = now
                out.rows.append(PageRow(key, position, text, describe(span, text)))

    def reconcile(self, rows: Iterable[tuple[str, Decimal, bytes]]) -> PageChanges:
        """Compare with what the table holds: (key, position, SHA-256 of the text) of each row."""
        self._changes()
        stored = {key: (position, found) for key, position, found in rows}
        spans = [span for span in self._spans() if span.key in self._entries]
        entries = [self._entries[span.key] for span in spans]
        positions = arrange([stored[entry.key][0] if entry.key in stored else None for entry in entries])
        if any(too_long(position) for position in positions):
            positions = arrange([None] * len(entries))
        out = PageChanges()
        for span, entry, position in zip(spans, entries, positions, strict=True):
            entry.position = position
            if stored.pop(entry.key, None) != (position, entry.digest):
                out.rows.append(self._row(span, entry))
        out.removed += stored
        return out

    def _renumbered(self) -> list[PageRow]:
        """Every page with a short position again, after very many insertions in one place."""
        spans = [span for span in self._spans() if span.key in self._entries]
        rows: list[PageRow] = []
        for span, position in zip(spans, arrange([None] * len(spans)), strict=True):
            self._entries[span.key].position = position
            rows.append(self._row(span, self._entries[span.key]))
        return rows

    def _spans(self) -> Iterator[PageSpan]:
        yield self._script.pages.front
        yield from self._script.pages

    def _position(self, index: int) -> Decimal | None:
        if not -1 <= index < len(self._script.pages):
            return None
        entry = self._entries.get(self._script.pages.entry(index).key)
        return entry.position if entry else None

    def _row(self, span: PageSpan, entry: Entry) -> PageRow:
        assert entry.position is not None
        _, text = self._page(span)
        return PageRow(entry.key, entry.position, text, describe(span, text))

    def _page(self, span: PageSpan) -> tuple[str, str]:
        """Key and text of a page; the texts of all pages, put together, are the script."""
        key = FRONT if span.index < 0 else self._key_at(span.offset)
        return key, self._script.lines.slice(span.offset, self._stop(span))

    def _stop(self, span: PageSpan) -> int:
        """The offset of the next page's first character."""
        lines = self._script.lines
        return lines.offset(span.end_row, 0) if span.end_row < len(lines) else lines.length


def describe(span: PageSpan, text: str) -> dict[str, Any]:
    """The JSON of a page's row: only what its own text says, so that no other page's edit changes it."""
    found: dict[str, Any] = {"panels": span.panels, "words": span.words, "balloons": span.balloons}
    if span.index >= 0:
        found["heading"] = text.split("\n", 1)[0].strip()
    if span.title:
        found["title"] = span.title
    if span.spread:
        found["spread"] = True
    return found


def counts(statistics: Statistics) -> dict[str, int]:
    """The six figures of the unified document, for the column `statistics`."""
    names: Sequence[str] = ("pages", "panels", "chapters", "words", "characters", "dialogues")
    return {name: getattr(statistics, name) for name in names}


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
