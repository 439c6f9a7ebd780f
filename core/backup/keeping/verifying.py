"""Backups read again, byte by byte: one when somebody asks, a few old ones each day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

from core.backup.keeping.catalogue import Catalogue
from core.backup.keeping.entry import Entry
from core.backup.keeping.hashing import hash_of
from core.backup.work import Work
from core.errors import GenkoError

_NEVER = datetime.min.replace(tzinfo=UTC)


def verify_again(
    catalogue: Catalogue, wanted: str, *, work: Work | None = None, passphrase: str | None = None
) -> Entry:
    """Read all of a backup and write down what was found (`verify_failed` says what is wrong with it).

    An encrypted one without a passphrase is compared with its hash: that shows that it is, to the byte,
    what was written. Raises NotFound, StoppedError, and GenkoError where its disk can't be asked.
    """
    work = work or Work()
    entry = catalogue.entry(wanted)
    path = Path(entry.path)
    if entry.path and not path.parent.is_dir():
        raise GenkoError(f"The folder of this backup is not there: {path.parent}.", todo="Mount its disk.")
    wrong, sha256 = _what_is_wrong(entry, path, work, passphrase)
    now = datetime.now(UTC)

    def with_finding(newest: Entry) -> Entry:
        if wrong:
            return replace(newest, verify_failed=wrong, missing=not path.is_file())
        return replace(
            newest, verify_failed="", verified_at=now, sha256=newest.sha256 or sha256, missing=False
        )

    return catalogue.revise(entry.id, with_finding)


def _what_is_wrong(entry: Entry, path: Path, work: Work, passphrase: str | None) -> tuple[str, str]:
    """(a sentence, empty if nothing is; the hash of the whole file)."""
    from core.backup.archive import ArchiveLocked, open_archive

    if not entry.path:
        return "This backup was streamed; there is no file of it here.", ""
    if path.is_symlink() or not path.is_file():
        return f"The file is gone: {path.name}.", ""
    try:
        if entry.encrypted and passphrase is None:
            sha256 = hash_of(path, work, "reading")
            if not entry.sha256:
                return "It can't be checked without its passphrase.", ""
        else:
            with open_archive(path, work=work, passphrase=passphrase) as archive:
                archive.verify()
                sha256 = archive.sha256
    except OSError as error:
        return f"It can't be read: {error.strerror}.", ""
    except ArchiveLocked:
        raise
    except GenkoError as error:
        from core.backup.work import StoppedError

        if isinstance(error, StoppedError):
            raise
        return error.what, ""
    if entry.sha256 and sha256 != entry.sha256:
        return "It is not what was written: its SHA-256 has changed.", sha256
    return "", sha256


def next_to_read(entries: Sequence[Entry], most: int, now: datetime) -> list[Entry]:
    """Those that were verified longest ago, up to `most` bytes but one at least; not the same twice a day.

    What was found damaged already is known to be so.
    """
    due = [
        entry
        for entry in entries
        if entry.path
        and entry.trashed_at is None
        and not entry.missing
        and not entry.verify_failed
        and (entry.verified_at is None or (now - entry.verified_at).total_seconds() > 20 * 3600)
    ]
    due.sort(key=lambda entry: (entry.verified_at or _NEVER, entry.id))
    chosen: list[Entry] = []
    for entry in due:
        if chosen and sum(one.size for one in chosen) + entry.size > most:
            break
        chosen.append(entry)
    return chosen


def reread(
    catalogue: Catalogue, most: int, *, now: datetime | None = None, work: Work | None = None
) -> list[Entry]:
    """Read some old backups again; gives those that were found damaged. Nothing is thrown away for it."""
    damaged = []
    for entry in next_to_read(catalogue.entries(), most, now or datetime.now(UTC)):
        checked = verify_again(catalogue, entry.id, work=work)
        if checked.verify_failed:
            damaged.append(checked)
    return damaged
