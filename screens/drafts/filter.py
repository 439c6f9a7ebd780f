"""Which assets pass the letters and the state that are looked for; each is gone through when it changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from core.story import Asset
from screens.wording import plain


class AssetFilter:
    """What was found out of an asset is kept until somebody says that it was touched."""

    def __init__(self, state_of: Callable[[Asset], str]) -> None:
        self._state_of = state_of
        self.only_state = ""
        """Only assets of this state pass; empty: of all."""
        self._states: dict[str, str] = {}
        self._told: dict[str, str] = {}

    def passing(self, assets: Iterable[Asset], letters: str) -> list[str]:
        """The ids of those in which all parts of `letters` stand, and that stand as is wanted."""
        parts, state = plain(letters).split(), self.only_state
        return [
            asset.id
            for asset in assets
            if (not state or self.state(asset) == state) and (not parts or self._has(asset, parts))
        ]

    def state(self, asset: Asset) -> str:
        """Where it stands."""
        found = self._states.get(asset.id)
        if found is None:
            found = self._states[asset.id] = self._state_of(asset)
        return found

    def _has(self, asset: Asset, parts: Sequence[str]) -> bool:
        told = self._told.get(asset.id)
        if told is None:
            words = " ".join((asset.name, *asset.names.values(), asset.kind))
            told = self._told[asset.id] = plain(words)
        return all(part in told for part in parts)

    def touched(self, ids: Iterable[str]) -> None:
        """These are otherwise now."""
        for asset_id in ids:
            self._states.pop(asset_id, None)
            self._told.pop(asset_id, None)

    def look_again(self, assets: Sequence[Asset]) -> bool:
        """Whether any of these stands otherwise than when it was last looked at."""
        before = {asset.id: self._states.pop(asset.id, "") for asset in assets}
        return any(self.state(asset) != before[asset.id] for asset in assets)

    def forget(self) -> None:
        """All may be."""
        self._states.clear()
        self._told.clear()
