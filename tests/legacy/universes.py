"""Small universes of MagikSwipe on disk, in each of the forms that its programs left behind."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

AT = "2025-12-11T14:42:00"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR"
WEBM = b"\x1aE\xdf\xa3 a film of "
MP4 = b"\0\0\0\x18ftypmp42 a film of "
MP3 = b"ID3 a song in "
WORDS = ("tiger", "parrot", "liana")


def write(folder: Path, files: dict[str, Any]) -> Path:
    for name, value in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(
            value if isinstance(value, bytes) else json.dumps(value, ensure_ascii=False).encode()
        )
    return folder


def media(words: tuple[str, ...] = WORDS, ending: str = "_silent.webm") -> dict[str, bytes]:
    found = {f"{at:02}_{word}.png": PNG + word.encode() for at, word in enumerate(words)}
    films = {f"{at:02}_{word}{ending}": WEBM + word.encode() for at, word in enumerate(words)}
    return {**found, **films, "music_fr.mp3": MP3 + b"French"}


def old(folder: Path) -> Path:
    """words.json, prompts.json and data.json beside the pictures."""
    shown = [{"title": w, "image": f"{n:02}_{w}.png", "video": ""} for n, w in enumerate(WORDS)]
    translated = {"fr": ["tigre", "perroquet", "liane"], "en": list(WORDS)}
    return write(
        folder,
        {
            "data.json": {
                "items": shown,
                "theme": "jungle",
                "description": "Green",
                "translations": {"fr": "La jungle"},
            },
            "words.json": {"words": list(WORDS), "words_translations": translated},
            "prompts.json": {
                "words": list(WORDS),
                "images": [f"a {w} in leaves" for w in WORDS],
                "videos": [],
            },
            **media(),
        },
    )


def draft(folder: Path) -> Path:
    """A draft, whose folder ends with the beginning of its id."""
    listed = [
        {
            "id": f"{n:02}",
            "display_name": w,
            "sort_order": n,
            "image_prompt": f"a {w} in leaves",
            "image_file": f"{n:02}_{w}.png",
            "video_file": f"{n:02}_{w}_silent.webm",
            "generated_at": AT,
        }
        for n, w in enumerate(WORDS)
    ]
    head = {
        "draft_id": "0a1b2c3d-0000-4000-8000-000000000000",
        "name": "Jungle",
        "theme": "jungle",
        "slug": "jungle",
        "status": "draft",
        "created_at": AT,
        "music_lyrics": {"fr": "La la {tema}"},
    }
    files = {f"assets/{name}": data for name, data in media().items()}
    return write(folder, {"metadata.json": head, "assets_metadata.json": listed, **files})


def storage(folder: Path) -> Path:
    """A database and a bucket."""
    (folder / "db").mkdir(parents=True)
    database = sqlite3.connect(folder / "db" / "local.db")
    for table, columns in COLUMNS.items():
        database.execute(f"CREATE TABLE {table} ({columns})")
    for table, rows in {**rows_of_tables(), "secrets": [{"id": "5ecret"}]}.items():
        for row in rows:
            names, marks = ", ".join(row), ", ".join("?" for _ in row)
            database.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))  # noqa: S608
    database.commit()
    database.close()
    write(folder / "buckets" / "univers" / "jungle", media())
    return folder


COLUMNS = {
    "univers": "id INTEGER PRIMARY KEY, name TEXT, slug TEXT UNIQUE, is_public BOOLEAN, created_at TEXT",
    "univers_prompts": "id TEXT, univers_id INTEGER, default_image_prompt TEXT, default_video_prompt TEXT",
    "univers_translations": "id INTEGER, univers_id INTEGER, language TEXT, name TEXT",
    "univers_music_prompts": "id INTEGER, univers_id INTEGER, language TEXT, prompt TEXT, lyrics TEXT",
    "univers_assets": "id TEXT, univers_id INTEGER, sort_order INTEGER, image_name TEXT, display_name TEXT",
    "univers_assets_prompts": "id INTEGER, asset_id TEXT, custom_image_prompt TEXT, custom_video_prompt TEXT",
    "univers_assets_translations": "id INTEGER, asset_id TEXT, language TEXT, display_name TEXT",
    "jobs": "id TEXT, type TEXT, status TEXT",
    "secrets": "id TEXT",
}


def rows_of_tables() -> dict[str, list[dict[str, Any]]]:
    assets = [
        {"id": f"a{n}", "univers_id": 1, "sort_order": n, "image_name": f"{n:02}_{w}.png", "display_name": w}
        for n, w in enumerate(WORDS)
    ]
    return {
        "univers": [
            {"id": 1, "name": "Jungle", "slug": "jungle", "is_public": 1, "created_at": AT},
            {"id": 2, "name": "Noël", "slug": "noel", "is_public": 1, "created_at": AT},
        ],
        "univers_prompts": [{"id": "p", "univers_id": 1, "default_image_prompt": "a {concept}"}],
        "univers_translations": [{"id": 1, "univers_id": 1, "language": "fr", "name": "La jungle"}],
        "univers_music_prompts": [
            {"id": 1, "univers_id": 1, "language": "fr", "prompt": "drums", "lyrics": "la"}
        ],
        "univers_assets": assets,
        "univers_assets_prompts": [{"id": 1, "asset_id": "a1", "custom_image_prompt": "a parrot"}],
        "univers_assets_translations": [
            {"id": 1, "asset_id": "a1", "language": "fr", "display_name": "perroquet"}
        ],
        "jobs": [{"id": "j", "type": "generate_images", "status": "running"}],
    }
