"""Universes out of rows of tables: what names what is checked, and no row goes without a fate."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from core.content import Fate, RowFate
from core.legacy.magikswipe.names import slug_of
from core.legacy.magikswipe.rows import Tables
from core.legacy.magikswipe.universes import Asset, Music, Universe
from core.legacy.moments import moment
from core.legacy.values import text

_OWNER = ("univers_id", "univers_folder", "folder")
"""The column that names a universe; the older ones name its folder."""
_LANGUAGES = frozenset({"fr", "en", "es", "it", "de"})


class Assembled:
    """Universes, and the rows of the report that belong to none."""

    def __init__(self, tables: Tables, where: str, form: str) -> None:
        self.universes: list[Universe] = []
        self.rows: list[RowFate] = list(tables.fates)
        self._tables, self._where, self._form = tables, where, form
        self._by_key: dict[str, Universe] = {}
        self._assets: dict[str, tuple[Asset, Universe]] = {}
        self._done: set[tuple[str, str, str]] = set()
        self._read("univers", self._universe)
        self._read("univers_assets", self._asset)
        self._read("univers_prompts", self._prompt)
        self._read("univers_translations", self._translation)
        self._read("univers_music_prompts", self._music)
        self._read("univers_assets_prompts", self._asset_prompt)
        self._read("univers_assets_translations", self._asset_translation)
        for where, _ in self._each("jobs"):
            self.rows.append(
                RowFate(where, Fate.NO_PLACE, why="What the old program was doing at some time.")
            )
        for universe in self.universes:
            universe.assets.sort(key=lambda asset: asset.sort_order)
            if not universe.assets:
                public = "it is public, and " if universe.is_public else ""
                universe.remarks.append(f"{public}there is no concept in it")

    def _each(self, table: str) -> Iterator[tuple[str, dict[str, Any]]]:
        for at, row in enumerate(self._tables.rows.get(table, ())):
            key = text(row.get("id"), 60)
            yield f"{self._where}:{table} {key}" if key else f"{self._where}:{table}[{at}]", row

    def _read(self, table: str, take: Callable[[str, dict[str, Any]], str | None]) -> None:
        """`take` gives None for a row that has been taken, else why not."""
        for where, row in self._each(table):
            why = take(where, row)
            if why is not None:
                title = text(row.get("name") or row.get("display_name"), 80)
                self.rows.append(RowFate(where, Fate.REFUSED, title, why))

    def _universe(self, where: str, row: dict[str, Any]) -> str | None:
        name, slug = text(row.get("name"), 500).strip(), text(row.get("slug") or row.get("folder"), 500)
        keys = {key for column in ("id", "folder", "slug") if (key := text(row.get(column), 200))}
        if not name or not keys:
            return "It has no name." if not name else "It has no id."
        if keys & self._by_key.keys():
            return "Another universe has its id or its slug."
        universe = Universe(where, self._form, slug_of(slug or name), name, {slug or name})
        universe.is_public = _truth(row.get("is_public"))
        universe.thumbnail = text(row.get("thumbnail_url"), 2_000)
        universe.background_color = text(row.get("background_color"), 40)
        universe.created_at = moment(row.get("created_at")).at
        universe.updated_at = moment(row.get("updated_at")).at
        self._by_key |= dict.fromkeys(keys, universe)
        self.universes.append(universe)
        return None

    def _owner(self, row: dict[str, Any]) -> Universe | None:
        named = next((key for column in _OWNER if (key := text(row.get(column), 200))), "")
        return self._by_key.get(named)

    def _asset(self, where: str, row: dict[str, Any]) -> str | None:
        universe, key = self._owner(row), text(row.get("id"), 200)
        name = text(row.get("display_name"), 500).strip()
        if universe is None:
            return "The universe that it names is not there."
        if not name or not key or key in self._assets:
            return "It has no name." if not name else "It has no id of its own."
        asset = Asset(name, _whole(row.get("sort_order"), len(universe.assets)), where)
        asset.said_image = text(row.get("image_name"), 2_000)
        universe.assets.append(asset)
        self._assets[key] = asset, universe
        return None

    def _kept(self, where: str, universe: Universe, row: dict[str, Any], what: str) -> str | None:
        """The row in the report; a second one for the same is said."""
        key = (universe.where, what, text(row.get("language"), 20))
        again = "There is another for the same; the first one counts." if key in self._done else ""
        self._done.add(key)
        self.rows.append(RowFate(where, Fate.KEPT, why=again))
        return again or None

    def _prompt(self, where: str, row: dict[str, Any]) -> str | None:
        universe = self._owner(row)
        if universe is None:
            return "The universe that it names is not there."
        if self._kept(where, universe, row, "prompt") is None:
            universe.image_prompt = text(row.get("default_image_prompt"))
            universe.video_prompt = text(row.get("default_video_prompt"))
        return None

    def _translation(self, where: str, row: dict[str, Any]) -> str | None:
        universe, language = self._owner(row), text(row.get("language"), 20)
        if universe is None or language not in _LANGUAGES:
            return _nothing(universe)
        if self._kept(where, universe, row, "name") is None:
            universe.names[language] = text(row.get("name"), 500)
        return None

    def _music(self, where: str, row: dict[str, Any]) -> str | None:
        universe, language = self._owner(row), text(row.get("language"), 20)
        if universe is None or language not in _LANGUAGES:
            return _nothing(universe)
        if self._kept(where, universe, row, "music") is None:
            universe.music[language] = Music(text(row.get("lyrics")), text(row.get("prompt")))
        return None

    def _asset_prompt(self, where: str, row: dict[str, Any]) -> str | None:
        found = self._assets.get(text(row.get("asset_id"), 200))
        if found is None:
            return "The concept that it names is not there."
        asset, universe = found
        if self._kept(where, universe, row, f"prompt of {asset.where}") is None:
            asset.image_prompt = text(row.get("custom_image_prompt"))
            asset.video_prompt = text(row.get("custom_video_prompt"))
            asset.generated_at = moment(row.get("last_generated_at")).at
        return None

    def _asset_translation(self, where: str, row: dict[str, Any]) -> str | None:
        found, language = self._assets.get(text(row.get("asset_id"), 200)), text(row.get("language"), 20)
        if found is None or language not in _LANGUAGES:
            return (
                "The concept that it names is not there." if found is None else "Its language is not known."
            )
        asset, universe = found
        if self._kept(where, universe, row, f"name of {asset.where}") is None:
            asset.names[language] = text(row.get("display_name"), 500)
        return None


def _nothing(universe: Universe | None) -> str:
    return "The universe that it names is not there." if universe is None else "Its language is not known."


def _truth(value: object) -> bool | None:
    if isinstance(value, bool) or value in (0, 1):
        return bool(value)
    return {"true": True, "t": True, "1": True, "false": False, "f": False, "0": False}.get(
        str(value).lower()
    )


def _whole(value: object, otherwise: int) -> int:
    if isinstance(value, str) and value.strip().lstrip("-").isdecimal() and len(value) < 12:
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else otherwise
