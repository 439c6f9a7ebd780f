"""Files put somewhere else by name alone, never over another one, and on the disk when that is said."""

from __future__ import annotations

import itertools
import os
from pathlib import Path

from core.atomic import sync_folder
from core.backup.keeping.names import TRASH, stem_of


def move(source: Path, folder: Path, name: str) -> Path:
    """Rename `source` into `folder`, under `name` or that with -2, -3, …; gives where it is. Raises OSError.

    The caller holds the lock of the backups, so that no other program of ours takes the name meanwhile.
    """
    target = free_name(folder, name)
    source.rename(target)
    sync_folder(folder)
    if source.parent != folder:
        sync_folder(source.parent)
    return target


def free_name(folder: Path, name: str) -> Path:
    """`name` in `folder`, with a number where that is taken."""
    stem, end = stem_of(name)
    names = itertools.chain([name], (f"{stem}-{number}{end}" for number in itertools.count(2)))
    return next(path for one in names if not os.path.lexists(path := folder / one))


def trash_of(path: Path) -> Path:
    """The trash of the folder that a backup is in."""
    return path.parent if path.parent.name == TRASH else path.parent / TRASH


def home_of(path: Path) -> Path:
    """The folder that a backup in the trash came from."""
    return path.parent.parent if path.parent.name == TRASH else path.parent


def same_disk(one: Path, other: Path) -> bool:
    """Whether two folders are on the same file system; True where that can't be found out."""
    try:
        return one.stat().st_dev == other.stat().st_dev
    except OSError:
        return True
