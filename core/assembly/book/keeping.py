"""The assembly's records as they change, and which pages of the script they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from core.assembly.book.facts import raw_facts
from core.assembly.book.links import Raw, Seen, find_pages, panel_mark
from core.assembly.book.script_pages import ScriptPage
from core.assembly.book.sequence import is_worth
from core.assembly.layouts import is_spread
from core.story import AssemblyPage, Section

if TYPE_CHECKING:
    from core.story import ProjectStore


class KeptRecords:
    """The living records of pages, read again where they were touched."""

    def __init__(self, store: ProjectStore) -> None:
        self._store = store
        self._records: dict[str, AssemblyPage] = {}
        self._read = False
        self._touched: set[str] = set()
        self.raw: dict[str, dict[str, Raw]] = {}
        """What each says of panels, by record and panel."""
        self.version = 0
        """Grows when pages or panels may belong elsewhere now."""
        self.facts = 0
        """Grows with each change."""
        self.changed: set[str] = set()
        """Records that changed in nothing that places depend on; emptied by who has taken them over."""
        self._headings: frozenset[str] = frozenset()
        self._seen: dict[str, Seen] = {}
        self._linked_at: object = None
        self.links: dict[str, str] = {}
        """Headings that records have, with those that stand for them in the script now."""

    @property
    def all(self) -> list[AssemblyPage]:
        """All of them."""
        return list(self._records.values())

    def get(self, record_id: str) -> AssemblyPage | None:
        """One of them."""
        return self._records.get(record_id)

    def touch(self, ids: Iterable[str] | None) -> None:
        """These changed (None: any may have)."""
        if ids is None:
            self._read = False
        else:
            self._touched.update(ids)

    def read(self) -> None:
        """Bring what was touched up to date."""
        if not self._read:
            self._read = True
            self._records = {record.id: record for record in self._store.pages()}
            self.raw = {key: raw_facts(record) for key, record in self._records.items()}
            self._touched.clear()
            self.version += 1
            self.facts += 1
        for key in self._touched:
            self._read_one(key)
        self._touched.clear()

    def _read_one(self, key: str) -> None:
        before = self._concerns(key)
        record = self._store.record(Section.ASSEMBLY, key)
        if isinstance(record, AssemblyPage) and not record.trashed_at:
            self._records[key], self.raw[key] = record, raw_facts(record)
        else:
            self._records.pop(key, None)
            self.raw.pop(key, None)
        self.facts += 1
        if before is not None and before == self._concerns(key):
            self.changed.add(key)
        else:
            self.version += 1

    def _concerns(self, key: str) -> object:
        """All of a record that the place of pages and panels depends on; None if it isn't there."""
        one = self._records.get(key)
        if one is None:
            return None
        number = one.number if one.after or not one.heading else 0
        spread = is_spread(one.layout)
        panels = frozenset(self.raw[key])
        return one.heading, one.after, one.left_out, one.kind, number, spread, is_worth(one), panels

    def relink(self, pages: Sequence[ScriptPage], vanished: Mapping[str, ScriptPage]) -> None:
        """Find pages again whose heading is another now. Costs little while none has left the script."""
        if not pages:
            return  # they have not all been read
        headings = frozenset(page.heading for page in pages)
        mine = frozenset(one.heading for one in self._records.values() if one.heading)
        for gone in (mine & self._headings) - headings:
            page = vanished.get(gone)
            self._seen[gone] = Seen(page.mark if page else "", self._headings)
        self._headings = headings
        if (state := (mine, headings)) != self._linked_at:
            self._linked_at = state
            self.links = find_pages(self._records.values(), pages, self._seen) if mine - headings else {}


def last_seen(vanished: Mapping[str, ScriptPage]) -> dict[str, Seen]:
    """Panels as they were on pages that changed or left the script."""
    found: dict[str, Seen] = {}
    for page in vanished.values():
        beside = frozenset(panel.id for panel in page.panels)
        found.update((panel.id, Seen(panel_mark(page, panel), beside)) for panel in page.panels)
    return found
