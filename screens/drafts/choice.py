"""Which assets are shown, which one the cursor is on, which are marked: the same for grid and list."""

from __future__ import annotations

from collections.abc import Sequence


class AssetChoice:
    """Ids in their order, a cursor, marks. Switching the view changes none of it."""

    def __init__(self) -> None:
        self.ids: Sequence[str] = ()
        self.cursor = 0
        self.marked: set[str] = set()
        self._places: dict[str, int] = {}

    def show(self, ids: Sequence[str], chosen: str = "") -> None:
        """Other assets; `chosen`, or the one that was, stays chosen, or its neighbour if it is gone."""
        chosen = chosen or self.chosen
        self.ids = list(ids)
        self._places = {asset_id: at for at, asset_id in enumerate(self.ids)}
        self.marked &= self._places.keys()
        self.cursor = max(0, min(self._places.get(chosen, self.cursor), len(self.ids) - 1))

    def __len__(self) -> int:
        return len(self.ids)

    def place_of(self, asset_id: str) -> int | None:
        """Where an asset stands; None if it is not shown."""
        return self._places.get(asset_id)

    @property
    def chosen(self) -> str:
        """The asset under the cursor; "" if there is none."""
        return self.ids[self.cursor] if self.cursor < len(self.ids) else ""

    @property
    def acted_on(self) -> list[str]:
        """The marked assets in their order, or the chosen one."""
        if self.marked:
            return sorted(self.marked, key=self._places.__getitem__)
        return [self.chosen] if self.ids else []

    def toggle(self) -> None:
        """Mark the chosen asset, or not any more."""
        if self.ids:
            self.marked ^= {self.chosen}

    def toggle_all(self) -> None:
        """Mark all, or none if all are."""
        self.marked = set() if len(self.marked) == len(self.ids) else set(self.ids)
