"""The list brought in step with the files: what is gone, what came, what was moved when a program ended."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

from core.backup.keeping.beside import read_beside
from core.backup.keeping.entry import Entry
from core.backup.keeping.made import entry_of_manifest, scope_of_manifest
from core.backup.keeping.making import was_being_made
from core.backup.keeping.names import TRASH, looks_like_backup, read_name
from core.backup.keeping.register import Register
from core.errors import GenkoError


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    trashed: bool
    stamp: str
    """Size and time: another one is worth another look."""
    size: int


def refresh(register: Register, folder: Path) -> list[str]:
    """Read the folder and its trash once, and write down what differs; gives sentences for the writer.

    No file is touched. What is not called like a backup is not even looked at. The caller holds the lock.
    """
    now = datetime.now(UTC)
    known = {entry.id: entry for entry in register.entries()}
    there = {str(file.path): file for file in _files(folder)}
    changed = {e.id: new for e in known.values() if (new := _followed(e, there, folder, now)) != e}
    known |= changed
    taken = {entry.path for entry in known.values() if not entry.missing}
    unknown = [file for path, file in there.items() if path not in taken]
    notes = _take_in(register, folder, unknown, known, changed)
    lost = [e.id for e in changed.values() if e.missing and e.trashed_at and _is_mounted(e)]
    register.put(*(entry for entry in changed.values() if entry.id not in lost))
    register.forget(lost)
    return notes


def _files(folder: Path) -> Iterator[_File]:
    """What is called like a backup, in the folder and in its trash."""
    for place, trashed in ((folder, False), (folder / TRASH, True)):
        try:
            with os.scandir(place) as found:
                for one in found:
                    if looks_like_backup(one.name) and one.is_file(follow_symlinks=False):
                        facts = one.stat(follow_symlinks=False)
                        stamp = f"{facts.st_size} {facts.st_mtime_ns}"
                        yield _File(place / one.name, trashed, stamp, facts.st_size)
        except OSError:
            continue  # not there (yet), or not mounted: nothing can be said of what is in it


def _followed(entry: Entry, there: dict[str, _File], folder: Path, now: datetime) -> Entry:
    """The entry as its file is now: the same place, the trash, the folder under another path, or gone."""
    if not entry.path:
        return entry
    name = Path(entry.path).name
    for place in (entry.path, str(folder / name), str(folder / TRASH / name)):
        file = there.get(place)
        if file is not None and file.size == entry.size:
            trashed_at = (entry.trashed_at or now) if file.trashed else None
            return replace(entry, path=place, trashed_at=trashed_at, missing=False)
    path = Path(entry.path)
    if not path.is_file():
        return replace(entry, missing=True)
    # In another folder than is used now, or changed since it was written.
    wrong = "" if path.stat().st_size == entry.size else "It is not what was written: its size has changed."
    trashed_at = (entry.trashed_at or now) if path.parent.name == TRASH else None
    return replace(entry, trashed_at=trashed_at, missing=False, verify_failed=entry.verify_failed or wrong)


def _is_mounted(entry: Entry) -> bool:
    """Whether the folder that its trash is in is there, so that a missing file is truly gone."""
    return Path(entry.path).parent.parent.is_dir()


def _take_in(
    register: Register, folder: Path, unknown: list[_File], known: dict[str, Entry], changed: dict[str, Entry]
) -> list[str]:
    """Backups that the list lacks, into `changed`; what is called like one and is none is remembered."""
    notes: list[str] = []
    beside = read_beside(folder)
    by_name = {Path(entry.path).name: entry for entry in beside.values() if entry.path}
    strangers = register.strangers()
    still: dict[str, str] = {}
    for file in unknown:
        key = str(file.path)
        if strangers.get(key) == file.stamp:
            still[key] = file.stamp
            continue
        entry = _entry_of(register, file, by_name.get(file.path.name))
        if entry is None or (entry.id in known and not known[entry.id].missing):
            still[key] = file.stamp  # no backup, or another file of one that is in the list
        else:
            known[entry.id] = changed[entry.id] = entry
    for entry in beside.values():
        if not entry.path and entry.id not in known:
            changed[entry.id] = entry  # it was streamed: there is no file of it here
    if still != strangers:
        register.remember_strangers(still)
    if count := len([key for key in still if key not in strangers]):
        notes.append(f"{count} of the files called like backups can't be read as such; they are left alone.")
    return notes


def _entry_of(register: Register, file: _File, beside: Entry | None) -> Entry | None:
    """What a file is; None if it can't be read as a backup."""
    from core.backup.archive import ArchiveError, ArchiveLocked, open_archive
    from core.backup.work import Work

    place: dict[str, object] = {
        "path": str(file.path),
        "size": file.size,
        "trashed_at": datetime.now(UTC) if file.trashed else None,
        "missing": False,
    }
    try:
        with open_archive(file.path, work=Work()) as archive:
            manifest = archive.manifest
    except ArchiveLocked:
        return _locked(file, beside, place)
    except (GenkoError, OSError) as error:
        if isinstance(error, ArchiveError) and beside is not None and beside.size == file.size:
            return replace(beside, verify_failed=error.what, **place)
        return None
    if beside is not None and beside.id == str(manifest.archive_id) and beside.size == file.size:
        if file.trashed and beside.trashed_at is not None:
            place["trashed_at"] = beside.trashed_at
        return replace(beside, **place)
    scope = was_being_made(register, manifest)
    return entry_of_manifest(
        manifest, **place, found=scope is None, scope=scope or scope_of_manifest(manifest)
    )


def _locked(file: _File, beside: Entry | None, place: dict[str, object]) -> Entry | None:
    """An encrypted backup tells nothing but its name, unless we have written more down beside it."""
    if beside is not None and beside.size == file.size:
        return replace(beside, **place)
    named = read_name(file.path.name)
    if named is None:
        return None
    name = hashlib.sha256(file.path.name.encode("utf-8", "surrogateescape")).hexdigest()[:12]
    return Entry(
        id=f"locked-{name}",
        made_at=named.made_at,
        reason=named.reason,
        encrypted=True,
        found=True,
        scope="locked",
        **place,  # type: ignore[arg-type]
    )
