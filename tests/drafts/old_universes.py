"""Universes of the earlier app with pictures that can be decoded, in each of its five forms."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.legacy import universes
from tests.media.making import png

WORDS = universes.WORDS


WEBM = b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm a film called "
MP3 = b"ID3\x04\0\0\0\0\0\0 a song called "


def real(folder: Path) -> Path:
    """The same with true pictures, each of another width, and beginnings of true films and songs."""
    for path in sorted(folder.rglob("*.*")):
        if path.is_file() and path.suffix in (".png", ".webm", ".mp3"):
            path.write_bytes(media(path.name))
    return folder


def media(name: str) -> bytes:
    """What a file of this name holds."""
    start = {".webm": WEBM, ".mp3": MP3}.get(Path(name).suffix, b"")
    return start + name.encode() if start else picture(name)


def picture(name: str) -> bytes:
    """A small grey picture, another for each name."""
    return png(8 + sum(name.encode()) % 97, 4)


def unified(folder: Path) -> Path:
    """What came after drafts: one folder, with a colour, and its media beside the documents."""
    universes.draft(folder)
    for path in (folder / "assets").iterdir():
        path.rename(folder / path.name)
    (folder / "assets").rmdir()
    head = {
        "folder": folder.name,
        "name": "Jungle",
        "theme": "jungle",
        "slug": "jungle",
        "status": "published",
        "background_color": "#A0B1C2",
        "thumbnail_url": f"/storage/{folder.name}/01_parrot.png",
        "default_prompts": {"image": "an {object} in {theme_description}", "video": "a tiger walks"},
        "music_lyrics": {"fr": "la la", "es": "lo lo"},
    }
    return universes.write(folder, {"metadata.json": head})


def dumped(folder: Path) -> Path:
    """A dump of Postgres and the bucket."""
    universes.write(folder / "univers" / "jungle", universes.media())
    lines: list[str] = []
    for table, rows in universes.rows_of_tables().items():
        names = list(rows[0])
        lines.append(f"COPY public.{table} ({', '.join(names)}) FROM stdin;")
        lines += [
            "\t".join("\\N" if row.get(name) is None else str(row[name]) for name in names) for row in rows
        ]
        lines += ["\\.", ""]
    return universes.write(folder, {"dump.sql": "\n".join(lines).encode()})


FORMS: dict[str, tuple[str, Callable[[Path], Path]]] = {
    "old folder": ("jungle", universes.old),
    "draft": ("jungle-0a1b2c3d", universes.draft),
    "one folder for all": ("jungle", unified),
    "SQLite and bucket": ("storage", universes.storage),
    "dump of Postgres and bucket": ("export", dumped),
}


def make(form: str, folder: Path) -> Path:
    """A universe in this form under `folder`; gives what to import."""
    name, maker = FORMS[form]
    return real(maker(folder / name))


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    """All files with their bytes and when they were changed."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}


def write(folder: Path, **documents: Any) -> None:
    """Documents of JSON in a universe's folder."""
    universes.write(folder, {f"{name}.json": value for name, value in documents.items()})
