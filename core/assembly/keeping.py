"""The assembly's records as they change, and which pages of the script they belong to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from core.assembly.facts import raw_facts
from core.assembly.links import Raw, find_pages, panel_mark
from core.assembly.script_pages import ScriptPage
from core.story.records import AssemblyPage
from core.story.types import Section

if TYPE_CHECKING:
    from core.story.store import ProjectStore


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
        """Grows with each change."""
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
        self.version += 1
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
        for key in self._touched:
            record = self._store.record(Section.ASSEMBLY, key)
            if isinstance(record, AssemblyPage) and not record.trashed_at:
                self._records[key], self.raw[key] = record, raw_facts(record)
            else:
                self._records.pop(key, None)
                self.raw.pop(key, None)
        self._touched.clear()

    def relink(self, pages: Sequence[ScriptPage], vanished: Mapping[str, ScriptPage]) -> None:
        """Find pages again whose heading is another now. Costs little while none is lost."""
        if not pages:
            return  # they have not all been read
        headings = {page.heading for page in pages}
        lost = any(one.heading and one.heading not in headings for one in self._records.values())
        known = [_as_last_seen(record, vanished) for record in self._records.values()] if lost else []
        self.links = find_pages(known, pages)


def _as_last_seen(record: AssemblyPage, vanished: Mapping[str, ScriptPage]) -> AssemblyPage:
    """The record with what is typical of its page when it left the script."""
    page = vanished.get(record.heading)
    return replace(record, fingerprint=page.mark) if page is not None and page.mark else record


def remembered(vanished: Mapping[str, ScriptPage]) -> dict[str, str]:
    """The marks of panels as they were last seen on pages that changed or left the script."""
    return {panel.id: panel_mark(page, panel) for page in vanished.values() for panel in page.panels}
