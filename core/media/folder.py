"""Many pictures at once: one decoding process for all, progress, a way to stop, doubles only once."""

from __future__ import annotations

import os
import threading
from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from core.media.asking import Asker
from core.media.kinds import MediaCancelledError, MediaError, MediaFolderError, Picture
from core.media.store import MediaStore

MOST_FILES = 20_000
_SUFFIXES = frozenset(".png .jpg .jpeg .jpe .jfif .webp .gif .bmp .dib .tif .tiff".split())  # noqa: SIM905


@dataclass
class Added:
    """What came of adding many."""

    pictures: list[Picture] = field(default_factory=list)
    """Each once, in the order they came."""
    doubles: int = 0
    """Files whose bytes had come before."""
    refused: list[tuple[Path, MediaError]] = field(default_factory=list)
    cancelled: bool = False
    failure: MediaError | None = None
    """Why it ended early: the store can't be written. What was added before is here."""


def pictures_in(folder: Path) -> list[Path]:
    """The files of a folder (not of those in it) that are named like pictures, by name.

    Raises MediaError when it can't be read or holds more than MOST_FILES of them.
    """
    try:
        with os.scandir(folder) as found:
            names = [
                entry.name
                for entry in found
                if not entry.name.startswith(".")
                and os.path.splitext(entry.name)[1].lower() in _SUFFIXES
                and entry.is_file(follow_symlinks=False)
            ]
    except OSError as error:
        raise MediaError(
            f"The folder {folder} can't be read ({error.strerror}).", safe="Nothing was changed."
        ) from error
    if len(names) > MOST_FILES:
        raise MediaError(
            f"The folder holds {len(names):,} pictures; Genko takes up to {MOST_FILES:,} at once.",
            safe="Nothing was changed.",
        )
    return [folder / name for name in sorted(names)]


def add_all(
    store: MediaStore,
    paths: Iterable[Path],
    *,
    known: Mapping[str, Picture] | None = None,
    progress: Callable[[int, int, str], None] = lambda done, total, name: None,
    cancelled: threading.Event | None = None,
) -> Added:
    """Add files, and those of folders, one after another; a refused one never stops the others.

    `progress` hears how many are done, of how many, and the next one's name. What was added before it
    was cancelled, or before the disk was full, stays and is told of.
    """
    found = Added()
    files = _files(paths, found)
    facts: ChainMap[str, Picture] = ChainMap({}, dict(known or {}))

    def check() -> None:
        if cancelled is not None and cancelled.is_set():
            raise MediaCancelledError("Stopped.", safe="What was added before stays.")

    with Asker(check) as asker:
        try:
            for done, path in enumerate(files):
                progress(done, len(files), path.name)
                check()
                _add(store, asker, path, facts, check, found)
            progress(len(files), len(files), "")
        except MediaCancelledError:
            found.cancelled = True
        except MediaFolderError as error:
            found.failure = error
    return found


def _add(
    store: MediaStore,
    asker: Asker,
    path: Path,
    facts: ChainMap[str, Picture],
    check: Callable[[], None],
    found: Added,
) -> None:
    """Add one file; `facts` begins with those that have come already."""
    try:
        picture = store.add_with(asker, path, facts, check, clips=False)
    except (MediaCancelledError, MediaFolderError):
        raise
    except MediaError as error:
        found.refused.append((path, error))
        return
    if picture.sha in facts.maps[0]:
        found.doubles += 1
    else:
        facts[picture.sha] = picture
        found.pictures.append(picture)


def _files(paths: Iterable[Path], found: Added) -> list[Path]:
    files: list[Path] = []
    for path in paths:
        try:
            files += pictures_in(path) if path.is_dir() and not path.is_symlink() else [path]
        except MediaError as error:
            found.refused.append((path, error))
    return files
