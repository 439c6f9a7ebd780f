"""Backups that have had their time go to the trash: only files that are ours and as they were written."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from core.backup.keeping.catalogue import BackupError, Catalogue
from core.backup.keeping.clock import Reading, trusted
from core.backup.keeping.entry import Entry
from core.backup.keeping.hashing import hash_of
from core.backup.keeping.retention import keep
from core.backup.work import Work
from core.errors import NotFound

_NOT_PRUNED = "Nothing was let go: the new backup is not verified."


def expired(catalogue: Catalogue, now: datetime | None = None) -> list[Entry]:
    """What `prune` would put into the trash now, oldest first."""
    entries = catalogue.entries(trashed=False)
    return list(reversed(keep(entries, now or datetime.now(UTC))[1]))


def prune(
    catalogue: Catalogue,
    *,
    after: Entry,
    now: datetime | None = None,
    work: Work | None = None,
    clock: Reading | None = None,
) -> tuple[Sequence[Entry], list[str]]:
    """(what went to the trash, sentences for the writer). `after` is the new backup, verified.

    A file that is not as the catalogue has it is left where it is, and told. While the clock can't be
    trusted nothing is let go at all.
    """
    now, work = now or datetime.now(UTC), work or Work()
    after = catalogue.entry(after.id)
    if not after.is_sound or not Path(after.path).is_file():
        return (), [_NOT_PRUNED]
    with catalogue.locked():
        if not trusted(catalogue, clock or Reading.now()):
            return (), ["The clock has jumped: no backup is let go until it has been steady for some days."]
    gone: list[Entry] = []
    notes: list[str] = []
    for entry in expired(catalogue, now):
        wrong = is_not_as_it_was(entry, work)
        try:
            if wrong:
                notes.append(wrong)
                catalogue.mark(entry.id, verify_failed=wrong)
            elif (trashed := _let_go(catalogue, entry, now)) is not None:
                gone.append(trashed)
        except (BackupError, NotFound) as error:
            notes.append(str(error))
    catalogue.empty_trash(now)
    return gone, notes


def _let_go(catalogue: Catalogue, entry: Entry, now: datetime) -> Entry | None:
    """Into the trash, unless somebody has pinned, named or thrown it away while its file was read."""
    with catalogue.locked():
        newest = catalogue.entry(entry.id)
        return catalogue.trash(entry.id, now=now) if newest == entry else None


def is_not_as_it_was(entry: Entry, work: Work) -> str:
    """What differs between a file and what the catalogue says of it, in a sentence; empty: nothing."""
    path = Path(entry.path)
    try:
        if path.is_symlink() or not path.is_file():
            return f"{path.name} is not where it was."
        if path.stat().st_size != entry.size or hash_of(path, work, "reading") != entry.sha256:
            return f"{path.name} is not as it was written."
    except OSError as error:
        return f"{path.name} can't be read: {error.strerror}."
    return ""
