"""A draft's records at hand: read once, then only what the store says was touched, when somebody asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from time import perf_counter
from typing import Any, TypeVar, cast

from core.story import (
    PACK_ID,
    PACK_SECTIONS,
    AnyRecord,
    Asset,
    Attempt,
    Change,
    Pack,
    ProjectStore,
    PromptRevision,
    Section,
)

MANY = 500
"""From so many touched records on a section is read as a whole, which is quicker."""

READ_MS = 5
"""Milliseconds of a slice of reading."""

Kept = TypeVar("Kept", PromptRevision, Attempt)
Place = tuple[str, str]
"""An asset's id ("" for the pack) and a medium."""


class PackIndex:
    """Belongs to one store and its thread. Costs nothing while nobody reads."""

    def __init__(self, store: ProjectStore) -> None:
        self._store = store
        self._stale: dict[Section, set[str] | None] = dict.fromkeys(PACK_SECTIONS)
        """What has to be read; None: all of it."""
        self._pack = Pack(id=PACK_ID)
        self._assets: dict[str, Asset] = {}
        self._moved = False
        """Whether the assets' order has to be read."""
        self._kept: list[Asset] = []
        self._at: dict[str, int] = {}
        """Where in it each of them stands."""
        self._prompts = ByPlace[PromptRevision]()
        self._attempts = ByPlace[Attempt]()
        self._meanwhile: dict[Section, set[str]] = {}
        """What is touched while a section is read in slices."""
        self.changes = 0
        """Grows with each change of the draft's own sections: who computes from them knows when to again."""
        self.missing: frozenset[str] = frozenset()
        """SHA-256 of files that somebody has found to be gone or altered."""
        store.subscribe(None, self._changed, first=True)  # whoever hears of a change may ask about it

    @classmethod
    def of(cls, store: ProjectStore) -> PackIndex:
        """The one that is kept with a document, made when it is first asked for."""
        kept = store.companions.get(cls) or cls(store)
        store.companions[cls] = kept
        assert isinstance(kept, cls)
        return kept

    @property
    def pack(self) -> Pack:
        """What holds for the draft as a whole; an empty one where the record is lost."""
        if self._take(Section.PACK) != set():
            found = self._store.record(Section.PACK, PACK_ID)
            self._pack = found if isinstance(found, Pack) else Pack(id=PACK_ID)
        return self._pack

    @property
    def assets(self) -> Mapping[str, Asset]:
        """All assets by id, in their order, those in the trash among them."""
        self._read_assets()
        return self._assets

    @property
    def kept(self) -> list[Asset]:
        """Those that are not in the trash, in their order; the list is not to be changed."""
        self._read_assets()
        return self._kept

    @property
    def prompts(self) -> ByPlace[PromptRevision]:
        """Revisions by asset and medium."""
        self._read_into(Section.PROMPTS, self._prompts)
        return self._prompts

    @property
    def attempts(self) -> ByPlace[Attempt]:
        """Attempts by asset and medium."""
        self._read_into(Section.ATTEMPTS, self._attempts)
        return self._attempts

    def reading(self) -> Iterator[None]:
        """Read all of it in slices of milliseconds; whoever asks meanwhile reads a section whole."""
        assets = dict[str, Asset]()
        yield from self._read_in_slices(
            Section.ASSETS, lambda one: assets.update({one.id: cast("Asset", one)}), lambda: self._use(assets)
        )
        for section, places in ((Section.PROMPTS, self._prompts), (Section.ATTEMPTS, self._attempts)):
            fresh = ByPlace[Any]()
            yield from self._read_in_slices(section, fresh.add, partial(places.become, fresh))

    def _read_in_slices(
        self, section: Section, take: Callable[[AnyRecord], None], done: Callable[[], None]
    ) -> Iterator[None]:
        if self._stale[section] is not None or section in self._meanwhile:
            return
        meanwhile = self._meanwhile[section] = set()
        try:
            keys = self._store.ids(section)
            yield
            until = perf_counter() + READ_MS / 1000
            for key in keys:
                if (record := self._store.record(section, key)) is not None:
                    take(record)
                if perf_counter() > until:
                    yield
                    until = perf_counter() + READ_MS / 1000
            if self._stale[section] is None:  # else somebody could not wait
                done()
                self._stale[section] = meanwhile
        finally:
            del self._meanwhile[section]

    def _changed(self, change: Change) -> None:
        if change.section not in self._stale:
            return
        self.changes += 1
        self._moved = self._moved or (change.ordered and change.section is Section.ASSETS)
        for stale in (self._stale[change.section], self._meanwhile.get(change.section)):
            if stale is not None:
                stale |= change.records

    def _take(self, section: Section) -> set[str] | None:
        stale = self._stale[section]
        self._stale[section] = set()
        return None if stale is None or len(stale) > MANY else stale

    def _read_assets(self) -> None:
        touched, moved = self._take(Section.ASSETS), self._moved
        if touched == set() and not moved:
            return
        self._moved = False
        if touched is None:
            found = cast("list[Asset]", self._store.all_records(Section.ASSETS))
            self._assets = {asset.id: asset for asset in found}
            self._list()
        elif self._read_touched(touched) or moved:
            self._use(self._assets)

    def _use(self, assets: dict[str, Asset]) -> None:
        """All assets, to be put into their order."""
        order = dict.fromkeys(key for key in self._store.order(Section.ASSETS) if key in assets)
        self._assets = {key: assets[key] for key in [*order, *sorted(assets.keys() - order)]}
        self._moved = False
        self._list()

    def _list(self) -> None:
        self._kept = [asset for asset in self._assets.values() if not asset.trashed_at]
        self._at = {asset.id: index for index, asset in enumerate(self._kept)}

    def _read_touched(self, touched: set[str]) -> bool:
        """Read these; whether others than before are there, or in the trash. Else all lists are right."""
        others, kept = False, self._kept.copy()
        for key in touched:
            known, asset = self._assets.get(key), self._store.record(Section.ASSETS, key)
            if not isinstance(asset, Asset):
                others = self._assets.pop(key, None) is not None or others
                continue
            others = others or known is None or bool(known.trashed_at) != bool(asset.trashed_at)
            self._assets[key] = asset
            if key in self._at:
                kept[self._at[key]] = asset
        self._kept = kept
        return others

    def _read_into(self, section: Section, places: ByPlace[Kept]) -> None:
        touched = self._take(section)
        if touched is None:
            places.fill(cast("list[Kept]", self._store.all_records(section)))
            return
        for key in touched:
            places.put(key, cast("Kept | None", self._store.record(section, key)))


class ByPlace(dict[str, Kept]):
    """Revisions or attempts by id, and by what they are for; the oldest comes first."""

    def __init__(self) -> None:
        super().__init__()
        self._places: dict[Place, dict[str, Kept]] = {}
        self._sorted: dict[Place, list[Kept]] = {}

    def add(self, record: Kept) -> None:
        """One that is not there yet, and of whose place nothing was asked yet."""
        self[record.id] = record
        self._places.setdefault((record.asset, record.medium), {})[record.id] = record

    def become(self, others: ByPlace[Kept]) -> None:
        """Those of another one, which is used no more."""
        self.clear()
        self._sorted.clear()
        self.update(others)
        self._places = others._places

    def fill(self, records: list[Kept]) -> None:
        """These and no others."""
        self.clear()
        self._places.clear()
        self._sorted.clear()
        for record in records:
            self.add(record)

    def put(self, key: str, record: Kept | None) -> None:
        """One record as it is by now; None: it is not there."""
        before = self.pop(key, None)
        if before is not None:
            place = (before.asset, before.medium)
            self._places[place].pop(key, None)
            self._sorted.pop(place, None)
        if record is not None:
            self[key] = record
            place = (record.asset, record.medium)
            self._places.setdefault(place, {})[key] = record
            self._sorted.pop(place, None)

    def at(self, asset: str, medium: str) -> list[Kept]:
        """Those of one place; the list is not to be changed."""
        place = (asset, medium)
        if place not in self._sorted:
            self._sorted[place] = sorted(self._places.get(place, {}).values(), key=_age)
        return self._sorted[place]


def _age(record: PromptRevision | Attempt) -> tuple[str, str]:
    """The same on all machines, whatever came first there."""
    moment = record.made_at if isinstance(record, PromptRevision) else record.asked_at
    return moment, record.id
