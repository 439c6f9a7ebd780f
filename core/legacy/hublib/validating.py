"""All rows of a Hub-Lib export together: ids, references between tables, what must not be there twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import msgspec

from core.content import Fate
from core.legacy.hublib.forms import Comment, Profile, Row, Share
from core.legacy.hublib.rows import read_row
from core.legacy.hublib.shapes import Export, refuse_too_many
from core.legacy.hublib.tables import EVENTS, TABLES, Reference, Table
from core.legacy.values import mapping
from core.work import Work

R = TypeVar("R", bound=Row)
_LIST_OF = "a list of resources"


@dataclass
class Entry:
    """One row: as it stands there, as its type, and what becomes of it."""

    table: str
    at: int
    """Its place in the table, from 0."""
    raw: Any
    row: Row | None = None
    fate: Fate = Fate.KEPT
    remarks: list[str] = field(default_factory=list)

    @property
    def where(self) -> str:
        """Table and id, or place where it has none."""
        key = mapping(self.raw).get("id")
        name = " ".join(key.split())[:60] if isinstance(key, str) else ""
        return f"{self.table} {name}" if name else f"{self.table}[{self.at}]"

    def refuse(self, why: str) -> None:
        """It can't be what it says it is."""
        self.fate, self.row = Fate.REFUSED, None
        self.remarks = [why]


@dataclass
class Library:
    """An export, checked: what a later part of Genko brings in."""

    entries: dict[str, list[Entry]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def rows(self, form: type[R]) -> list[R]:
        """The rows of one type that are kept, in their order."""
        return [
            entry.row
            for entries in self.entries.values()
            for entry in entries
            if entry.fate is Fate.KEPT and type(entry.row) is form
        ]


def checked(export: Export, *, work: Work) -> Library:
    """Every row of an export with its type and its fate."""
    library = Library()
    done, total = 0, sum(len(rows) for rows in export.tables.values()) + len(export.events)
    refuse_too_many(total + len(export.accounts))
    for table in (*TABLES.values(), EVENTS):
        rows = export.events if table is EVENTS else export.tables.get(table.name, [])
        entries = []
        for at, raw in enumerate(rows):
            if at % 500 == 0:
                work.step("Reading rows", done + at, total, "rows")
            entries.append(_entry(table, at, raw, export))
        done += len(rows)
        library.entries[table.name] = entries
    _Checks(library, export).run()
    return library


def _entry(table: Table, at: int, raw: Any, export: Export) -> Entry:
    entry = Entry(table.name, at, raw)
    without = export.shape == _LIST_OF and isinstance(raw, Mapping) and "id" not in raw
    read = read_row(table, {**raw, "id": f"{at + 1}"} if without else raw)
    entry.row, entry.remarks = read.row, read.remarks
    if read.refused:
        entry.refuse(read.refused)
    return entry


class _Checks:
    """Goes over all tables once for each rule."""

    def __init__(self, library: Library, export: Export) -> None:
        self._library = library
        self._export = export
        self._notes = library.notes
        self._ids: dict[str, dict[str, Entry]] = {}

    def run(self) -> None:
        """Rules in the order in which the later ones rely on the earlier."""
        for table in (*TABLES.values(), EVENTS):
            self._ids[table.name] = {}
            for entry in self._kept(table.name):
                self._count_in(entry)
        self._people()
        for name in ("resource_comments", "category_hierarchy"):
            self._cycles(name, "parent_id")
        for table in (*TABLES.values(), EVENTS):
            if table.references and self._export.shape != _LIST_OF:
                self._references(table)
        self._shares()
        self._answers()
        for table in TABLES.values():
            self._twice(table)
            self._overwritten(table)

    def _kept(self, table: str) -> Iterator[Entry]:
        return (entry for entry in self._library.entries[table] if entry.row is not None)

    def _count_in(self, entry: Entry) -> None:
        """Its id, which may be another's: those of Hub-Lib come from a clock."""
        assert entry.row is not None
        first = self._ids[entry.table].setdefault(entry.row.id, entry)
        if first is entry:
            return
        if first.row == entry.row:
            entry.fate = Fate.DUPLICATE
            entry.remarks.append("The same row stands in it twice")
        else:
            entry.remarks.append("another row has the same id and says something else")

    def _people(self) -> None:
        """Addresses that profiles lack, from the accounts; and who is there twice."""
        known = {
            str(account.get("userId")): account.get("email")
            for account in map(mapping, self._export.accounts)
        }
        user = mapping(self._export.session.get("user"))
        known.setdefault(str(user.get("id")), user.get("email"))
        seen: dict[str, Entry] = {}
        for entry in self._kept("profiles"):
            profile = entry.row
            assert isinstance(profile, Profile)
            if not profile.email:
                email = known.get(profile.id)
                profile = msgspec.structs.replace(profile, email=email if isinstance(email, str) else None)
                entry.row = profile
                said = "its address was taken from its account" if profile.email else "without an address"
                entry.remarks.append(said)
            if profile.email and entry.fate is Fate.KEPT:
                first = seen.setdefault(profile.email.casefold(), entry)
                if first is not entry:
                    entry.remarks.append(f"the same address as {first.where}: one person")

    def _references(self, table: Table) -> None:
        for entry in list(self._kept(table.name)):
            for reference in table.references:
                named = getattr(entry.row, reference.column, None)
                if named and named not in self._ids[reference.table]:
                    self._dangling(entry, reference)
                if entry.row is None:
                    break

    def _dangling(self, entry: Entry, reference: Reference) -> None:
        missing = f"“{reference.column}” names a row of {reference.table} that is not in the file"
        if reference.needed:
            entry.refuse(f"{missing}.")
            self._ids[entry.table].pop(mapping(entry.raw).get("id", ""), None)
            return
        assert entry.row is not None
        entry.row = msgspec.structs.replace(entry.row, **{reference.column: None})
        entry.remarks.append(f"{missing} and is left out")

    def _shares(self) -> None:
        for entry in list(self._kept("resource_shares")):
            share = entry.row
            assert isinstance(share, Share)
            if bool(share.shared_with_user_id) == bool(share.shared_with_group_id):
                entry.refuse("It is shared with neither or with both, a person and a group.")

    def _cycles(self, table: str, column: str) -> None:
        """Rows that are their own ancestors."""
        above = {key: getattr(entry.row, column) for key, entry in self._ids[table].items() if entry.row}
        settled: set[str] = set()
        for start in above:
            path: dict[str, None] = {}
            key: str | None = start
            while key in above and key not in settled and key not in path:
                path[key] = None
                key = above[key]
            if key in path:
                names = list(path)
                for name in names[names.index(str(key)) :]:
                    self._ids[table].pop(name).refuse("It is its own ancestor.")
            settled.update(path)

    def _answers(self) -> None:
        """An answer to a comment on another resource, or to a refused one, begins a thread of its own."""
        for entry in self._kept("resource_comments"):
            comment = entry.row
            assert isinstance(comment, Comment)
            if comment.parent_id is None:
                continue
            parent = self._ids["resource_comments"].get(comment.parent_id)
            if parent and isinstance(parent.row, Comment) and parent.row.resource_id == comment.resource_id:
                continue
            entry.row = msgspec.structs.replace(comment, parent_id=None)
            entry.remarks.append("what it answers is not there; it begins a thread of its own")

    def _twice(self, table: Table) -> None:
        if not table.unique:
            return
        seen: dict[tuple[Any, ...], Entry] = {}
        for entry in self._kept(table.name):
            values = tuple(getattr(entry.row, column) for column in table.unique)
            if entry.fate is not Fate.KEPT or all(value is None for value in values):
                continue
            first = seen.setdefault(values, entry)
            if first is not entry:
                entry.remarks.append(f"the same {' and '.join(table.unique)} as {first.where}")

    def _overwritten(self, table: Table) -> None:
        """Hub-Lib could, by mistake, change all rows of a table where one was meant."""
        rows = [entry.row for entry in self._kept(table.name) if entry.row is not None]
        if len(rows) < 2 or table is EVENTS:
            return
        changed, made = Counter(row.updated_at for row in rows), {row.created_at for row in rows}
        if len(changed) == 1 and None not in changed and len(made) > 1:
            self._notes.append(
                f"All {len(rows):,} rows of {table.name} were last changed at one moment, but they were made"
                " at several. Hub-Lib sometimes changed a whole table where one row was meant: look at them."
            )
