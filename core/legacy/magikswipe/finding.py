"""Finds universes in a folder without following links, however deep the storage lies under it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from core.legacy.magikswipe import SQLITE
from core.legacy.magikswipe.media import is_media_name

DEEPEST = 5
MOST_FOLDERS = 5_000
MOST_FILES = 50_000
DOCUMENTS = frozenset({"metadata.json", "assets_metadata.json", "words.json", "prompts.json", "data.json"})
TABLES = frozenset(
    {
        "univers",
        "univers_prompts",
        "univers_translations",
        "univers_music_prompts",
        "univers_assets",
        "univers_assets_prompts",
        "univers_assets_translations",
        "jobs",
    }
)
_TABLE_FILE = re.compile(r"(?P<table>[a-z_]+?)(?:_rows)?(?:\(\d+\))?\.(?:csv|json)\Z")
_DATABASE = re.compile(r"\.(?:db|sqlite3?)\Z", re.I)
_DUMP = re.compile(r"\.sql\Z", re.I)


@dataclass
class Found:
    """What lies under a folder."""

    universes: list[Path] = field(default_factory=list)
    databases: list[Path] = field(default_factory=list)
    tables: list[tuple[str, Path]] = field(default_factory=list)
    """Files with the rows of one table each: (table, file)."""
    dumps: list[Path] = field(default_factory=list)
    buckets: dict[str, list[Path]] = field(default_factory=dict)
    """Folders with media, by name: several may have the same."""
    links: list[Path] = field(default_factory=list)
    """Not followed."""
    cut: bool = False
    """There was more than is looked at."""


def is_ours(root: Path) -> bool:
    """Whether there is a universe or its database under a folder. Looks at names, and at few of them."""
    return any(_says_so(path, set(names)) for path, names, _ in _walk(root, most=400))


def _says_so(path: Path, names: set[str]) -> bool:
    tables = {match["table"] for name in names if (match := _TABLE_FILE.match(name))}
    if "univers_assets" in tables and "univers" in tables:
        return True
    if is_universe(names):
        return True
    return any(_DATABASE.search(name) and is_database(path / name) for name in names)


def is_universe(names: set[str]) -> bool:
    """Whether a folder with these names is one universe."""
    documents = names & DOCUMENTS
    if "metadata.json" in documents:
        return len(documents) > 1 or "assets" in names
    return len(documents) > 1 or (documents == {"data.json"} and any(map(is_media_name, names)))


def is_database(path: Path) -> bool:
    """Whether this is an SQLite database of MagikSwipe, by its first pages."""
    try:
        if path.is_symlink() or not path.is_file():
            return False
        with path.open("rb") as stream:
            head = stream.read(65_536)
    except OSError:
        return False
    return head.startswith(SQLITE) and b"univers_assets" in head


def find(root: Path) -> Found:
    """All that there is to read under a folder."""
    found = Found()
    folders = 0
    for path, names, links in _walk(root, most=MOST_FOLDERS):
        folders += 1
        found.links += links
        inside = set(names)
        if is_universe(inside):
            found.universes.append(path)
        found.databases += [
            path / name for name in names if _DATABASE.search(name) and is_database(path / name)
        ]
        for name in names:
            match = _TABLE_FILE.match(name)
            if match and match["table"] in TABLES:
                found.tables.append((match["table"], path / name))
            elif _DUMP.search(name):
                found.dumps.append(path / name)
        if any(map(is_media_name, names)) and path.name != "assets":
            found.buckets.setdefault(path.name, []).append(path)
    found.cut = folders >= MOST_FOLDERS
    return found


def _walk(root: Path, *, most: int) -> Iterator[tuple[Path, list[str], list[Path]]]:
    """Folders from the top, each with the names in it and with the links in it; at most `most` of them."""
    queue = [(root, 0)]
    seen = 0
    while queue and seen < most:
        path, depth = queue.pop(0)
        seen += 1
        names, folders, links = _listed(path)
        yield path, names, links
        if depth < DEEPEST:
            queue += [(path / name, depth + 1) for name in folders]


def _listed(path: Path) -> tuple[list[str], list[str], list[Path]]:
    names: list[str] = []
    folders: list[str] = []
    links: list[Path] = []
    try:
        with os.scandir(path) as entries:
            for entry, _ in zip(entries, range(MOST_FILES), strict=False):
                if entry.is_symlink():
                    links.append(path / entry.name)
                    continue
                names.append(entry.name)
                if entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
                    folders.append(entry.name)
    except OSError:
        pass  # a folder that may not be read holds nothing for us
    return sorted(names), sorted(folders), sorted(links)


def files_of(folder: Path) -> Iterator[tuple[str, Path]]:
    """(name with `/`, path) of the files of a universe: in it and in its `assets`."""
    for sub in ("", "assets"):
        if sub and (folder / sub).is_symlink():
            continue
        names, _, _ = _listed(folder / sub if sub else folder)
        for name in names:
            path = folder / sub / name if sub else folder / name
            if not path.is_dir():
                yield (f"{sub}/{name}" if sub else name), path
