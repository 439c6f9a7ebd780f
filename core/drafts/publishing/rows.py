"""The rows of the tables that old readers know, made of a manifest."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any
from uuid import UUID, uuid5

from core.drafts.publishing.manifest import Entry, File, Manifest
from core.drafts.publishing.naming import clip_name, image_name, is_told, song_name

Row = tuple[Any, ...]
"""The values of a table's columns, as the database gives them back."""


@dataclass(frozen=True)
class Table:
    """A table whose rows come from the manifest."""

    name: str
    parent: str
    """The column that says to whom a row belongs."""
    key: str
    """What tells the rows of one pack apart."""
    columns: tuple[tuple[str, str], ...]
    """Name and type of all that is written."""

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The columns' names."""
        return tuple(name for name, _ in self.columns)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The names of those that tell its rows apart."""
        return tuple(self.key.split(", "))

    @cached_property
    def key_of(self) -> Callable[[Row], Any]:
        """What tells a row from the others."""
        return itemgetter(*(self.names.index(name) for name in self.keys))

    def as_json(self, rows: Iterable[Row]) -> str:
        """Rows, as they are sent."""
        return json.dumps([dict(zip(self.names, row, strict=True)) for row in rows], ensure_ascii=False)


TEXT, BIG, UID, WHEN = "text", "bigint", "uuid", "timestamptz"

TRANSLATIONS = Table(
    "univers_translations",
    "univers_id",
    "univers_id, language",
    (("univers_id", BIG), ("language", TEXT), ("name", TEXT)),
)
PROMPTS = Table(
    "univers_prompts",
    "univers_id",
    "univers_id",
    (("univers_id", BIG), ("default_image_prompt", TEXT), ("default_video_prompt", TEXT)),
)
MUSIC = Table(
    "univers_music_prompts",
    "univers_id",
    "univers_id, language",
    (("univers_id", BIG), ("language", TEXT), ("prompt", TEXT), ("lyrics", TEXT)),
)
ASSETS = Table(
    "univers_assets",
    "univers_id",
    "id",
    (
        ("id", UID),
        ("univers_id", BIG),
        ("sort_order", BIG),
        ("image_name", TEXT),
        ("display_name", TEXT),
        ("kind", TEXT),
        ("animation_url", TEXT),
        ("image_sha256", "bytea"),
        ("clip_sha256", "bytea"),
        ("music_sha256", "bytea"),
    ),
)
ASSETS_PROMPTS = Table(
    "univers_assets_prompts",
    "asset_id",
    "asset_id",
    (
        ("asset_id", UID),
        ("custom_image_prompt", TEXT),
        ("custom_video_prompt", TEXT),
        ("generation_count", BIG),
        ("last_generated_at", WHEN),
    ),
)
ASSETS_TRANSLATIONS = Table(
    "univers_assets_translations",
    "asset_id",
    "asset_id, language",
    (("asset_id", UID), ("language", TEXT), ("display_name", TEXT)),
)
TABLES = (TRANSLATIONS, PROMPTS, MUSIC, ASSETS, ASSETS_PROMPTS, ASSETS_TRANSLATIONS)
"""In the order in which they are written: whatever a row belongs to stands before it."""


def asset_id(pack: UUID, entry: Entry) -> UUID:
    """The row's id: the same at each publication, and never another pack's."""
    return uuid5(pack, entry.id)


def univers_row(manifest: Manifest) -> dict[str, Any]:
    """What of `univers` the manifest says."""
    cover, song = manifest.cover_entry(), next((one for one in manifest.songs if one.file), None)
    return {
        "name": manifest.name,
        "slug": manifest.slug,
        "description": manifest.description,
        "theme": manifest.theme,
        "thumbnail_url": f"{manifest.slug}/{image_name(cover)}" if cover else None,
        "background_music": f"{manifest.slug}/{song_name(song)}" if song else None,
        "background_color": manifest.colour or None,
    }


def rows_of(manifest: Manifest, univers_id: int) -> dict[str, list[Row]]:
    """The rows of each table, by its name; their values in the order of its columns."""
    found: dict[str, list[Row]] = {table.name: [] for table in TABLES}
    found[TRANSLATIONS.name] = [(univers_id, code, name) for code, name in sorted(manifest.names.items())]
    if manifest.prompts:
        found[PROMPTS.name] = [(univers_id, manifest.prompts.get("image"), manifest.prompts.get("clip"))]
    found[MUSIC.name] = [(univers_id, song.language, song.prompt, song.lyrics) for song in manifest.songs]
    for order, entry in enumerate(manifest.assets):
        key = str(asset_id(manifest.pack, entry))
        found[ASSETS.name].append(_asset(manifest, entry, key, univers_id, order))
        found[ASSETS_PROMPTS.name].extend(_prompts(entry, key))
        found[ASSETS_TRANSLATIONS.name].extend((key, *one) for one in sorted(entry.names.items()))
    return found


def _asset(manifest: Manifest, entry: Entry, key: str, univers_id: int, order: int) -> Row:
    clip = clip_name(entry)
    elsewhere = f"{manifest.slug}/{clip}" if clip and not is_told(entry) else None
    return (
        *(key, univers_id, order, image_name(entry), entry.name, entry.kind, elsewhere),
        *(_bytes(entry.image), _bytes(entry.clip), _bytes(entry.music)),
    )


def _prompts(entry: Entry, key: str) -> Iterator[Row]:
    if entry.making:
        image, clip = entry.making.get("image"), entry.making.get("clip")
        yield (
            *(key, image.prompt if image else None, clip.prompt if clip else None),
            *(entry.generated, entry.generated_at or None),
        )


def _bytes(file: File | None) -> str | None:
    """As the database reads bytes."""
    return None if file is None else f"\\x{file.sha256}"
