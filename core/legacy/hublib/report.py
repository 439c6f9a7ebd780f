"""A Hub-Lib export as it is shown before anything is done: every row with its fate, and what to know."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from core.content import Fate, Foreign, RowFate
from core.legacy.hublib.shapes import Export, export_of
from core.legacy.hublib.tables import EVENTS, TABLES
from core.legacy.hublib.validating import Entry, Library, checked
from core.legacy.strict_json import FOREIGN, read_json
from core.legacy.values import mapping
from core.work import Work

LONGEST_TITLE = 80


def read_library(source: Path, *, work: Work) -> tuple[Export, Library]:
    """What a file holds and its rows, checked. Raises ForeignError, IncomingError, StoppedError."""
    work.step("Reading", 0, 0)
    parsed = read_json(source, FOREIGN)
    export = export_of(parsed.value)
    export.mended += parsed.mended
    return export, checked(export, work=work)


def read_foreign(source: Path, *, work: Work) -> Foreign:
    """The same as a report. Nothing of it has a place in Genko yet, so all that can be read is kept."""
    export, library = read_library(source, work=work)
    entries = [entry for rows in library.entries.values() for entry in rows]
    rows = [_fate(entry) for entry in entries]
    rows += _accounts(export)
    if export.session:
        why = "Who was signed in. The key that it holds is not copied."
        rows.append(
            RowFate("auth", Fate.NO_PLACE, _line(mapping(export.session.get("user")).get("email")), why)
        )
    rows += export.rows
    return Foreign("hublib", export.shape, (), tuple(rows), tuple(_notes(export, library)))


def _fate(entry: Entry) -> RowFate:
    table = EVENTS if entry.table == EVENTS.name else TABLES[entry.table]
    title = _line(mapping(entry.raw).get(table.title)) if table.title else ""
    return RowFate(entry.where, entry.fate, title, _sentence(entry.remarks))


def _accounts(export: Export) -> Iterator[RowFate]:
    for at, account in enumerate(map(mapping, export.accounts)):
        yield RowFate(
            f"authData[{at}]", Fate.NO_PLACE, _line(account.get("email")), "A password; it is not copied."
        )


def _notes(export: Export, library: Library) -> Iterator[str]:
    filled = [name for name in TABLES if library.entries.get(name)]
    total = sum(len(library.entries[name]) for name in filled)
    yield f"{total:,} rows in {len(filled)} of {len(TABLES)} tables. They wait for the library to come."
    yield "Figures (ratings, counts, votes) are not believed but counted anew from the rows."
    if export.mended:
        yield f"{export.mended:,} characters were damaged, as half an emoji is, and are shown as \ufffd."
    yield from export.notes
    yield from library.notes


def _sentence(remarks: list[str]) -> str:
    said = "; ".join(remarks)
    return said[:1].upper() + said[1:] + ("" if not said or said.endswith(".") else ".")


def _line(value: Any) -> str:
    """The first words of a text, on one line."""
    line = " ".join(value[: LONGEST_TITLE * 4].split()) if isinstance(value, str) else ""
    return line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1] + "…"
