"""A backup from beginning to end: made, read back, written down, copied; only then others are let go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from uuid import UUID

from core.backup.keeping.catalogue import Catalogue, is_ordinary
from core.backup.keeping.copying import copy_out, postpone
from core.backup.keeping.entry import Entry, Reason
from core.backup.keeping.locks import lock_of
from core.backup.keeping.made import LIBRARY, scope_of
from core.backup.keeping.making import intended
from core.backup.keeping.pruning import prune
from core.backup.keeping.wishes import KeepingWishes
from core.backup.work import Work
from core.errors import GenkoError
from core.paths import private_folder

if TYPE_CHECKING:
    from core.backup.archive import Lock, Manifest
    from core.backup.exporting import CreateWishes, Made
    from core.server import Server
    from core.workspace import Shelf


class NoFolderError(GenkoError):
    """Backups can't be made where they are wanted."""


@dataclass(frozen=True)
class BackedUp:
    """What came of it. The backup itself is there and verified, or an error was raised."""

    entry: Entry
    made: Made
    notes: tuple[str, ...] = ()
    """What a writer should know, in sentences: what is left out, that the second place could not be used."""
    pruned: tuple[Entry, ...] = ()

    @property
    def seconds(self) -> float:
        """How long making and reading back took."""
        return self.made.seconds


OWN_FILES = "own files"
"""The note on the newest backup of the library: its content id, and the name of the settings in it."""


@dataclass(frozen=True)
class What:
    """What goes in, and why."""

    reason: str = Reason.MANUAL
    label: str = ""
    projects: tuple[UUID, ...] | None = None
    """None: the whole library."""
    sections: tuple[str, ...] | None = None
    """None: all."""
    passphrase: str | None = None
    """None: as the settings say."""
    folder: Path | BinaryIO | None = None
    """Another folder or file, or a stream; None: where backups are."""
    from_server: bool = False
    """Take what only the server has as well."""


def back_up(
    shelf: Shelf,
    wishes: KeepingWishes,
    what: What | None = None,
    *,
    server: Server | None = None,
    work: Work | None = None,
    now: datetime | None = None,
) -> BackedUp:
    """Make a backup that can be relied upon, whatever happens meanwhile. Blocks.

    When this returns it was read back and is in the catalogue; that a copy or the letting go of others
    failed is told in the notes. Raises GenkoError, and then there is no new backup and nothing was let go.
    """
    from core.backup.exporting import create

    what, work = what or What(), work or Work()
    target = what.folder or backups_folder(wishes)
    scope, lock = scope_of(what.projects, what.sections), lock_of(wishes)
    with Catalogue(shelf.paths, wishes.place) as catalogue:
        parent = next((one.id for one in catalogue.entries() if one.scope == scope and one.is_sound), "")
        with intended(catalogue, scope, what.reason):
            made = create(shelf, _wishes(what, target, lock, parent), server=server, work=work)
            entry = catalogue.record(made, scope)
        if scope == LIBRARY:
            catalogue.remember(OWN_FILES, f"{entry.content_id} {_settings_in(made.manifest)}")
        notes = [left.sentence for left in made.left_out]
        if entry.reason == Reason.PRE_IMPORT:
            postpone(catalogue, wishes, entry)  # somebody waits for the import
        else:
            notes += copy_out(catalogue, wishes, entry, work)
        pruned: Sequence[Entry] = ()
        if is_ordinary(entry) and what.folder is None:
            pruned, said = prune(catalogue, after=entry, now=now, work=work)
            notes += said
        entry = catalogue.entry(entry.id)
    return BackedUp(entry, made, tuple(notes), tuple(pruned))


def _settings_in(manifest: Manifest) -> str:
    """The name of the writer's own files in a backup."""
    from core.backup.exporting.settings import settings_id

    files = manifest.files
    return settings_id((file.name, file.sha256) for file in files if file.name.startswith("settings/"))


def backups_folder(wishes: KeepingWishes) -> Path:
    """The folder, made if it is the usual one or a new one in a folder that is there; closed to others.

    Raises NoFolderError. A folder whose parent is missing may be on a disk that isn't mounted: it isn't made.
    """
    folder = wishes.place
    try:
        usual = folder.name == "backups" and (folder.parent / "projects").is_dir()
        if not folder.parent.is_dir() and not usual:
            raise NoFolderError(
                f"The folder for backups is not there: {folder.parent}.",
                safe="Nothing was changed; older backups are as they were.",
                todo="Mount its disk, or change backup.folder in the settings.",
            )
        return folder if folder.is_dir() else private_folder(folder)
    except OSError as error:
        raise NoFolderError(
            f"The folder for backups can't be used: {folder} ({error.strerror}).",
            safe="Nothing was changed; older backups are as they were.",
            todo="Make it writable, or change backup.folder in the settings.",
        ) from None


def _wishes(what: What, target: Path | BinaryIO, lock: Lock | None, parent: str) -> CreateWishes:
    from core.backup.exporting import SECTIONS, CreateWishes

    return CreateWishes(
        target,
        what.projects,
        what.sections or SECTIONS,
        what.reason,
        what.label,
        what.passphrase or lock,
        what.from_server,
        parent,
    )
