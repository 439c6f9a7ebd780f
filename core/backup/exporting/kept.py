"""Other programs' data that waits for its place goes with the whole library: it may be the only copy."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from core.backup.exporting.wishes import KEPT, CreateWishes, Left
from core.backup.work import Work
from core.legacy.kept import Kept, kept_packages, verify
from core.legacy.kept_list import NAME, is_safe
from core.legacy.values import ForeignError

if TYPE_CHECKING:
    from core.paths import Paths

MOST_FILES = 30_000
"""In one backup, of all packages: each has an entry in the manifest, which may have 16 MB."""
LARGEST = 4_000_000_000
"""Bytes of one file."""
MOST_BYTES = 60_000_000_000


def wants_kept(wishes: CreateWishes) -> bool:
    """Whether a backup has them: they are of no project."""
    return KEPT in wishes.sections and wishes.projects is None


def fitting(paths: Paths) -> Iterator[Kept | Left]:
    """Those that a backup can hold, by what is known without reading their files; a Left for each other."""
    found = {package.folder.name: package for package in kept_packages(paths.kept)}
    files = size = 0
    for name in sorted(_names(paths.kept)):
        package = found.get(name)
        if why := _trouble(package, files, size):
            yield Left(_called(name), why)
        elif package is not None:
            files, size = files + len(package.listing.files) + 1, size + package.size
            yield package


def sound(paths: Paths, work: Work) -> Iterator[Kept | Left]:
    """As `fitting`, each read and compared with its sums. Raises StoppedError."""
    for one in fitting(paths):
        if isinstance(one, Kept):
            try:
                verify(one, work=work)
            except ForeignError as error:
                yield Left(_called(one.folder.name), error.what)
                continue
        yield one


def _called(name: str) -> str:
    return f"Other programs' data that waits for its place ({name})"


def _trouble(package: Kept | None, files: int, size: int) -> str:
    """Why it can't be in a backup; empty if it can."""
    if package is None or not is_safe(package.listing) or package.folder.name != _named(package):
        return "it is damaged, or is none of Genko's."
    many = files + len(package.listing.files) + 1 > MOST_FILES or size + package.size > MOST_BYTES
    if many or any(file.size > LARGEST for file in package.listing.files):
        return f"it is too large for a backup; to have it twice, copy {package.folder} as well."
    return ""


def _named(package: Kept) -> str:
    return f"{package.listing.system}-{package.digest[:16]}"


def _names(folder: Path) -> list[str]:
    try:
        return [entry.name for entry in os.scandir(folder) if NAME.match(entry.name)]
    except OSError:
        return []
