"""The rows of the tables that old readers know, made of a manifest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from core.drafts.publishing.manifest import Entry, File, Manifest
from core.drafts.publishing.naming import clip_name, image_name, is_told, song_name

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose rows come from the manifest."""

    name: str
    parent: str
    """The column that says to whom a row belongs."""
    key: str
    """What tells the rows of one pack apart."""
    columns: tuple[tuple[str, str], ...]
    """Name and type of all that is written."""

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names."""
        return tuple(name for name, _ in self.columns)


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


def univers_row(manifest: Manifest) -> Row:
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
    """The rows of each table, by its name."""
    found: dict[str, list[Row]] = {table.name: [] for table in TABLES}
    found[TRANSLATIONS.name] = [
        {"univers_id": univers_id, "language": language, "name": name}
        for language, name in sorted(manifest.names.items())
    ]
    if manifest.prompts:
        found[PROMPTS.name] = [
            {
                "univers_id": univers_id,
                "default_image_prompt": manifest.prompts.get("image"),
                "default_video_prompt": manifest.prompts.get("clip"),
            }
        ]
    found[MUSIC.name] = [
        {"univers_id": univers_id, "language": song.language, "prompt": song.prompt, "lyrics": song.lyrics}
        for song in manifest.songs
    ]
    for order, entry in enumerate(manifest.assets):
        key = str(asset_id(manifest.pack, entry))
        found[ASSETS.name].append(_asset(manifest, entry, key, univers_id, order))
        found[ASSETS_PROMPTS.name].extend(_prompts(entry, key))
        found[ASSETS_TRANSLATIONS.name].extend(
            {"asset_id": key, "language": language, "display_name": name}
            for language, name in sorted(entry.names.items())
        )
    return found


def _asset(manifest: Manifest, entry: Entry, key: str, univers_id: int, order: int) -> Row:
    clip = clip_name(entry)
    return {
        "id": key,
        "univers_id": univers_id,
        "sort_order": order,
        "image_name": image_name(entry),
        "display_name": entry.name,
        "kind": entry.kind,
        "animation_url": f"{manifest.slug}/{clip}" if clip and not is_told(entry) else None,
        "image_sha256": _bytes(entry.image),
        "clip_sha256": _bytes(entry.clip),
        "music_sha256": _bytes(entry.music),
    }


def _prompts(entry: Entry, key: str) -> Iterator[Row]:
    if not entry.making:
        return
    image, clip = entry.making.get("image"), entry.making.get("clip")
    yield {
        "asset_id": key,
        "custom_image_prompt": image.prompt if image else None,
        "custom_video_prompt": clip.prompt if clip else None,
        "generation_count": entry.generated,
        "last_generated_at": entry.generated_at or None,
    }


def _bytes(file: File | None) -> str | None:
    """As the database reads bytes."""
    return None if file is None else f"\\x{file.sha256}"
