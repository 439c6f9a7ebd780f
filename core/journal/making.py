"""A new project's file with its first words in it: it is there whole, or not at all."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from uuid import UUID

from core.errors import JournalError
from core.journal.contents import Contents
from core.journal.disk import Disk
from core.journal.envelope import Envelope, Kind
from core.journal.file import write_contents
from core.journal.notebook import storable
from core.journal.notes import Notes
from core.journal.schema import publish
from core.journal.trouble import describe, name_trouble

_LEFT = 3600.0
"""Seconds; a draft lives for moments, so one that is older was left by a program that was killed."""


def make_file(
    path: Path,
    blobs: Iterable[bytes],
    *,
    facts: Mapping[str, str],
    acknowledged: tuple[UUID, bytes, datetime] | None = None,
) -> bool:
    """Make a journal that holds `blobs` and `facts`, on the disk when this returns; False if one is there.

    It is written under another name and then linked: a program that is killed meanwhile leaves no project.
    Raises JournalError when the disk refuses.
    """
    tidy(path.parent)
    token, now = int.from_bytes(os.urandom(8), "big"), time.time_ns()
    contents = Contents(
        updates={at: Envelope(Kind.UPDATE, token, at, blob) for at, blob in enumerate(blobs, 1)},
        notes=Notes(facts={key: (storable(value), now) for key, value in facts.items()}),
    )
    if acknowledged is not None:
        server, version, when = acknowledged
        contents.notes.acknowledged[server] = version, when
    draft = path.with_name(f".{path.name}.{os.getpid()}-{os.urandom(4).hex()}.new")
    try:
        write_contents(draft, contents, shared=Disk().network(path.parent) is None)
        return publish(draft, path)
    except (sqlite3.Error, OSError) as error:
        told = describe(name_trouble(error, path), path)
        todo = told.todo.removesuffix("; Genko keeps trying.").removesuffix(".")
        raise JournalError(told.what, safe="Nothing was created.", todo=f"{todo}.") from error
    finally:
        for left in path.parent.glob(f"{draft.name}*"):  # SQLite's own beside it, too
            left.unlink(missing_ok=True)


@cache
def tidy(folder: Path) -> None:
    """Delete what killed programs left half made; once is enough for a process."""
    for draft in folder.glob(".*.new*"):
        with contextlib.suppress(OSError):
            if time.time() - draft.stat().st_mtime > _LEFT:
                draft.unlink()
