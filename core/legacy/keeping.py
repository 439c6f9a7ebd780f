"""What of another program's data has no place yet is put aside as its reader says; see `core.legacy.kept`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from core.content import Fate, RowFate
from core.legacy.kept import Item, KeepsItems, Kept, keep, sweep
from core.legacy.values import ForeignError
from core.work import Work

if TYPE_CHECKING:
    from core.legacy.sniffing import Reader

__all__ = ["keep_rows", "keep_source"]


def keep_source(reader: Reader, source: Path, root: Path, *, work: Work, at: datetime) -> Kept:
    """Keep what a reader has no place for yet: what it names, else the file as it is.

    Raises ForeignError, IncomingError, StoppedError; then nothing new is there.
    """
    items = reader.items(source, work=work) if isinstance(reader, KeepsItems) else _all_of(source)
    try:
        return keep(items, reader.system, source.name, root, work=work, at=at)
    except OSError as error:
        what = f"What has no place yet can't be kept in {root}: {error.strerror or error}."
        raise ForeignError(
            what, safe="Nothing was imported.", todo="Make room, or mend the folder."
        ) from error


def keep_rows(rows: Iterable[RowFate], source: Path, root: Path, *, work: Work, at: datetime) -> str:
    """Keep the source of these rows if one of them has to wait; what to say of it, "" if none has.

    Raises as `keep_source` does. Nobody else may be keeping anything meanwhile.
    """
    waiting = sum(row.fate is Fate.KEPT for row in rows)
    if not waiting:
        return ""
    from core.legacy.sniffing import reader_of

    reader = reader_of(source) if source.exists() else None
    if reader is None:
        return (
            f"Rows that have no place yet: {waiting:,}. They stay where they are; nothing of them was copied."
        )
    sweep(root)  # only one import runs at a time
    kept = keep_source(reader, source, root, work=work, at=at)
    files = "1 file" if len(kept.listing.files) == 1 else f"{len(kept.listing.files):,} files"
    size = f"{kept.size / 1e6:,.1f} MB"
    there = "is kept" if kept.is_new else "was kept before"
    return f"What has no place yet ({waiting:,} rows; {files}, {size}) {there}, for later: {kept.folder}"


def _all_of(source: Path) -> Iterator[Item]:
    """A file, or all ordinary files of a folder."""
    if not source.is_dir():
        yield Item(source.name, source)
        return
    for folder, names, files in os.walk(source):
        names.sort()
        for name in sorted(files):
            path = Path(folder) / name
            if path.is_file() and not path.is_symlink():
                yield Item(str(path.relative_to(source)), path)
