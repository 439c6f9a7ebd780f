"""The catalogue of backups: what is known of each, and what is done to them by name."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from core.backup.keeping.entry import Entry, Reason
from core.backup.keeping.made import LIBRARY, LONGEST_LABEL, entry_of_made
from core.backup.keeping.moving import home_of, move, same_disk, trash_of
from core.backup.keeping.names import TRASH
from core.backup.keeping.register import CatalogueError, Register
from core.backup.keeping.wishes import default_folder
from core.errors import GenkoError, UsageError
from core.paths import Paths, private_folder
from core.server.embedded.locks import FileLock

if TYPE_CHECKING:
    from core.backup.exporting import Made

IN_TRASH = timedelta(days=7)
LOCK = "backups.lock"
PATIENCE = 60.0
"""Seconds to wait for another program that is changing the same list."""


class BackupError(GenkoError):
    """A backup can't be moved, thrown away or brought back."""


class Catalogue(Register):
    """Every backup of one data folder. Each change holds the lock of the backups and is one transaction.

    Where a file is decides: what was done to a file and not yet written down when the program ended is
    written down by the next one that looks (`rebuild`).
    """

    def __init__(self, paths: Paths, folder: Path | None = None) -> None:
        """`folder` is where backups are made (None: the usual place). Raises CatalogueError.

        A list that was lost or damaged is made again from the backups in that folder.
        """
        super().__init__(paths)
        self.folder = folder or default_folder(paths)
        self._lock = FileLock(paths.data / LOCK)
        self._held = 0
        if self.fresh:
            self.rebuild(self.folder)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """While this lasts no other program changes backups or their list. May be nested."""
        if not self._held and not self._lock.wait(PATIENCE):
            raise CatalogueError(
                "Another program is busy with the backups.",
                safe="Nothing was changed.",
                todo="Try again soon.",
            )
        self._held += 1
        try:
            yield
        finally:
            self._held -= 1
            if not self._held:
                self._lock.free()

    def record(self, made: Made, scope: str = LIBRARY) -> Entry:
        """Write down a backup that has just been made and read back, or streamed (`path` is None)."""
        entry = entry_of_made(made, scope)
        if made.path is not None:
            chosen = made.path.absolute().parent != self.folder.absolute()
            away = not same_disk(made.path.parent, self.paths.data)
            entry = replace(entry, found=chosen, away=away)
        with self.locked():
            self.put(entry)
            self._beside()
        return entry

    def rebuild(self, folder: Path) -> list[str]:
        """Bring the list in step with the files; gives sentences on what was found. Touches no file."""
        from core.backup.keeping.finding import refresh

        with self.locked():
            notes = refresh(self, folder)
            self._beside()
        return notes

    # what a writer does

    def pin(self, wanted: str, pinned: bool = True) -> Entry:
        """Keep it for ever, or no longer."""
        return self.mark(wanted, pinned=pinned)

    def rename(self, wanted: str, label: str) -> Entry:
        """Give it a name, which keeps it for ever; an empty one takes the name away."""
        from core.workspace.shelf import clean_title

        cleaned = clean_title(label)
        if len(cleaned) > LONGEST_LABEL:
            raise UsageError(f"A name may have {LONGEST_LABEL} characters.", todo="Choose a shorter one.")
        return self.mark(wanted, label=cleaned)

    def trash(self, wanted: str, *, now: datetime | None = None) -> Entry:
        """Into the trash beside it, from where it can be brought back for 7 days. Raises BackupError."""
        with self.locked():
            entry = self.entry(wanted)
            if entry.trashed_at is not None:
                return entry
            path = Path(entry.path)
            if not entry.path or (path.parent.is_dir() and not path.exists()):
                self.forget([entry.id])  # there is nothing that could be brought back
                self._beside()
                return entry
            with _told(path):
                moved = move(path, private_folder(trash_of(path)), path.name)
            return self.mark(entry.id, path=str(moved), trashed_at=now or datetime.now(UTC))

    def restore(self, wanted: str) -> Entry:
        """Out of the trash again. Nothing else is thrown away for it."""
        with self.locked():
            entry = self.entry(wanted)
            path = Path(entry.path)
            if entry.trashed_at is None:
                return entry
            with _told(path):
                moved = move(path, home_of(path), path.name)
            return self.mark(entry.id, path=str(moved), trashed_at=None, missing=False)

    def empty_trash(self, now: datetime) -> list[Entry]:
        """Delete what has been in the trash for 7 days; gives what is gone."""
        with self.locked():
            gone = []
            for entry in self.entries(trashed=True):
                assert entry.trashed_at is not None
                path = Path(entry.path)
                if now - entry.trashed_at >= IN_TRASH and path.parent.name == TRASH:
                    with contextlib.suppress(OSError):
                        path.unlink(missing_ok=True)
                        gone.append(entry)
            self.forget([entry.id for entry in gone])
            if gone:
                self._beside()
        return gone

    def confirm(self, wanted: str, sha256: str, *, now: datetime | None = None) -> Entry:
        """Somebody has received it and found this hash. Raises BackupError if it is another one."""
        with self.locked():
            entry = self.entry(wanted)
            if not entry.sha256 or sha256.strip().lower() != entry.sha256:
                raise BackupError(
                    "What was received is not this backup: its SHA-256 is another one.",
                    safe="It is not counted as being elsewhere.",
                    todo="Send it again, and compare once more.",
                )
            return self.mark(entry.id, confirmed_at=now or datetime.now(UTC))

    def mark(self, wanted: str, **fields: Any) -> Entry:
        """Write down what was found out of one. Raises NotFound."""
        return self.revise(wanted, lambda entry: replace(entry, **fields))

    def revise(self, wanted: str, make: Callable[[Entry], Entry]) -> Entry:
        """The same with a function of what is known now."""
        with self.locked():
            entry = self.edit(self.entry(wanted).id, make)
            self._beside()
        return entry

    def _beside(self) -> None:
        from core.backup.keeping.beside import write_beside

        write_beside(self.folder, self.entries())


def is_ordinary(entry: Entry) -> bool:
    """Whether making it may let others go: a backup before an import never does."""
    return entry.reason != Reason.PRE_IMPORT


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BackupError(
            f"{path.name} can't be moved: {error.strerror}.",
            safe="It is where it was.",
            todo="Look whether its folder can be written.",
        ) from None
