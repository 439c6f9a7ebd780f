"""What is in a draft: add, change, order, put into the trash and take out again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from core.drafts.errors import DraftError
from core.drafts.kinds import KINDS
from core.drafts.pack.base import DraftBase, clean_names, needed_name
from core.story import Asset, Section

MOST_ASSETS = 20_000
_WRITERS = frozenset({"kind", "name", "names", "project", "section", "record", "notes", "tags"})


class AssetActions(DraftBase):
    """Each action is one undo step."""

    def assets(self) -> list[Asset]:
        """Those that are not in the trash, in their order. The list is the index's own: don't change it."""
        return self.index.kept

    def trashed_assets(self) -> list[Asset]:
        """Those in the trash, the last one thrown away first."""
        gone = [asset for asset in self.index.assets.values() if asset.trashed_at]
        return sorted(gone, key=lambda asset: asset.trashed_at, reverse=True)

    def add_asset(self, kind: str, name: str, **fields: Any) -> str:
        """Add one behind the others: names, project, section, record, notes, tags. Gives its id.

        Raises DraftError, UsageError.
        """
        return self.add_assets([{"kind": kind, "name": name, **fields}])[0]

    def add_assets(self, wanted: Sequence[Mapping[str, Any]]) -> list[str]:
        """Add several as one undo step, each with `kind` and `name`; gives their ids. Raises DraftError."""
        if len(self.index.assets) + len(wanted) > MOST_ASSETS:
            raise DraftError(f"A draft may have {MOST_ASSETS:,} assets.", safe="Nothing was changed.")
        records = [self._clean({"kind": "other", "name": "", **fields}) for fields in wanted]
        self.store.checkpoint()
        return self.store.add_records(Section.ASSETS, records)

    def update_asset(self, asset_id: str, **fields: Any) -> None:
        """Change what the writer decides of an asset. Raises DraftError, UsageError."""
        self.update_assets({asset_id: fields})

    def update_assets(self, changes: Mapping[str, Mapping[str, Any]]) -> None:
        """Change several, as one undo step. Raises DraftError, UsageError."""
        for asset_id in changes:
            self._needed(asset_id)
        cleaned = {key: self._clean(fields) for key, fields in changes.items()}
        self.store.checkpoint()
        self.store.change_records(Section.ASSETS, cleaned)

    def move_assets(self, ids: Sequence[str], index: int) -> None:
        """Put assets next to each other, in this order, in front of the `index`-th of the others."""
        moved = set(ids)
        behind = [asset.id for asset in self.assets() if asset.id not in moved][max(0, index) :]
        known = [key for key in ids if key in self.index.assets]
        self.store.checkpoint()
        self.store.move_records_before(Section.ASSETS, known, behind[0] if behind else None)

    def remove_assets(self, ids: Iterable[str]) -> int:
        """Put assets into the trash; gives how many. What was made for them stays."""
        gone = [key for key in ids if (asset := self.asset(key)) is not None and not asset.trashed_at]
        now = datetime.now(UTC).isoformat()
        self.store.checkpoint()
        return self.store.update_records(Section.ASSETS, gone, trashed_at=now)

    def restore_assets(self, ids: Iterable[str]) -> int:
        """Take assets out of the trash; gives how many."""
        back = [key for key in ids if (asset := self.asset(key)) is not None and asset.trashed_at]
        self.store.checkpoint()
        return self.store.update_records(Section.ASSETS, back, trashed_at="")

    def _clean(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        unknown = fields.keys() - _WRITERS
        if unknown:
            raise DraftError(f"{min(unknown)} of an asset can't be set so.", safe="Nothing was changed.")
        cleaned = dict(fields)
        if "kind" in cleaned and cleaned["kind"] not in KINDS:
            raise DraftError(
                "There is no such kind of asset.",
                safe="Nothing was changed.",
                todo=f"There are {', '.join(KINDS)}.",
            )
        if "name" in cleaned:
            cleaned["name"] = needed_name(cleaned["name"], "An asset")
        if "names" in cleaned:
            cleaned["names"] = clean_names(cleaned["names"])
        return cleaned
