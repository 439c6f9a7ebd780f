"""The records of a section as a list that follows the store: only what changed is read anew."""

from __future__ import annotations

from collections.abc import Iterable

from core.story.records import AnyRecord, Character
from core.story.store import ProjectStore
from core.story.types import Change, Section


class Roster:
    """All records of a section by id, in order, those in the trash among them."""

    def __init__(self, store: ProjectStore, section: Section) -> None:
        self._store = store
        self.section = section
        self.all: dict[str, AnyRecord] = {}
        self._order: list[str] = []
        self.reload()

    def __contains__(self, record_id: str) -> bool:
        return record_id in self.all

    def get(self, record_id: str) -> AnyRecord | None:
        """One record, None if it is not in the project."""
        return self.all.get(record_id)

    @property
    def kept(self) -> list[AnyRecord]:
        """Those that are not in the trash, in order."""
        return [record for record in self.all.values() if not record.trashed_at]

    @property
    def names(self) -> list[str]:
        """What characters are called who are kept, by name and by every alias: who speaks in the script."""
        people = (record for record in self.kept if isinstance(record, Character))
        return [name for one in people for name in (one.name, *one.aliases) if name.strip()]

    @property
    def trashed(self) -> list[AnyRecord]:
        """Those in the trash, the last one thrown away first."""
        gone = [record for record in self.all.values() if record.trashed_at]
        return sorted(gone, key=lambda record: record.trashed_at, reverse=True)

    def reload(self) -> None:
        """Read all of them."""
        self.all = {record.id: record for record in self._store.all_records(self.section)}
        self._order = self._store.order(self.section)

    def follow(self, change: Change) -> bool:
        """Read what a change touched; whether others than before are there, or in another order."""
        if self._store.order(self.section) == self._order and self._only_fields(change.records):
            moved = [self._read(record_id) for record_id in change.records]
            return any(moved)
        self.reload()
        return True

    def _read(self, record_id: str) -> bool:
        """Read one record; whether it has gone into the trash or come out of it."""
        record = self._store.record(self.section, record_id)
        if record is None:
            return False
        before, self.all[record_id] = self.all[record_id], record
        return bool(before.trashed_at) != bool(record.trashed_at)

    def _only_fields(self, ids: Iterable[str]) -> bool:
        """Whether these records were there, and still are."""
        return all(one in self.all and self._store.has_record(self.section, one) for one in ids)
