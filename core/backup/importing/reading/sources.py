"""Opens what a writer named, by what is in it: an archive of ours, or what another program has written."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from hashlib import file_digest, sha256
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from uuid import UUID

from core.backup.archive.knowing import LOOK, may_be_archive
from core.backup.importing.errors import NOTHING, ImportRefusedError
from core.backup.importing.reading.given import Given, Source
from core.backup.importing.reading.kept import Package
from core.backup.plan import SourceInfo
from core.backup.work import Work
from core.content import Content, RowFate
from core.errors import IncomingError
from core.legacy.addresses import is_address
from core.legacy.kept_list import KeptFile

if TYPE_CHECKING:
    from core.backup.archive import Archive

GENKO = "genko"
_SETTINGS = "settings/"


@contextmanager
def open_source(path: Path | str, *, work: Work, passphrase: str | None = None) -> Iterator[Source]:
    """What lies at `path`, every byte of it verified; or what is in a database, whose address is a text.

    Raises GenkoError for what can't be imported.
    """
    if isinstance(path, str):
        if is_address(path):
            yield _database(path, work)
            return
        path = Path(path)
    if _is_archive(path):
        from core.backup.archive import open_archive

        with open_archive(path, work=work, passphrase=passphrase) as archive:
            archive.verify()
            yield ArchiveSource(archive)
        return
    from core.legacy.sniffing import reader_of

    reader = reader_of(path)
    if reader is None:
        raise ImportRefusedError(
            f"{path} is neither a backup of Genko's nor anything else that Genko can import.",
            safe=NOTHING,
            todo="`genko open` takes scripts as text, Word or Fountain; `genko canvas` a page's canvas.",
        )
    before = sum_of(path)
    foreign = reader.read(path, work=work)
    if sum_of(path) != before:
        raise ImportRefusedError("The file was changed while it was read.", safe=NOTHING, todo="Try again.")
    size = path.stat().st_size if path.is_file() else 0
    info = SourceInfo(str(path), foreign.system, foreign.form, before, size, before)
    yield Given.of_foreign(foreign, info)


def _database(address: str, work: Work) -> Given:
    """All that the earlier app's database holds. Its address, which may hold a password, stays here."""
    from core.backup.importing.reading.coming import digest_of
    from core.legacy.mangaka.reading import foreign_of, staged

    with staged(address, work=work) as found:
        foreign = foreign_of(found, work)
    digest = sha256("\n".join(map(digest_of, foreign.projects)).encode()).hexdigest()
    info = SourceInfo(found.where, foreign.system, foreign.form, digest, 0, foreign.system)
    return Given.of_foreign(foreign, info)


class ArchiveSource:
    """An archive that is open and verified."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        manifest = archive.manifest
        self._pictures = frozenset(medium.sha256 for medium in manifest.media)
        form = f"backup, format {'.'.join(map(str, manifest.format_version))}"
        self.info = SourceInfo(
            str(archive.path),
            GENKO,
            form,
            archive.sha256,
            archive.size,
            str(manifest.archive_id),
            manifest.created_at.isoformat(),
            manifest.label,
        )
        self.rows: Sequence[RowFate] = ()
        self.notes: Sequence[str] = tuple(
            f"The backup lacks {left.what}: {left.why}" for left in manifest.left_out
        )

    def projects(self) -> Iterator[Content]:
        """Its projects, in one pass over the file."""
        return self._archive.contents()

    def project(self, project_id: UUID) -> Content | None:
        """The one with this id; no other is decoded."""
        manifest = self._archive.manifest
        known = project_id in {*(one.id for one in manifest.projects), *(one.id for one in manifest.drafts)}
        return self._archive.content(project_id) if known else None

    def picture(self, sha256: str) -> AbstractContextManager[BinaryIO] | None:
        """The bytes of a picture."""
        return self._archive.media(sha256) if sha256 in self._pictures else None

    def settings(self) -> Mapping[str, bytes]:
        """The user's own files in it."""
        names = [file.name for file in self._archive.manifest.files if file.name.startswith(_SETTINGS)]
        return {name.removeprefix(_SETTINGS): self._archive.file(name) for name in names}

    def kept(self) -> tuple[Package, ...]:
        """Other programs' data in it."""
        found = self._archive.kept().items()
        return tuple(Package(listing, partial(self._kept_file, name)) for name, listing in found)

    def _kept_file(self, package: str, file: KeptFile) -> AbstractContextManager[BinaryIO]:
        return self._archive.kept_file(package, file.sha256)

    def still_the_same(self) -> bool:
        """Every part is checked again when it is read."""
        return True


def sum_of(path: Path) -> str:
    """SHA-256 (hex) of a file; of a folder, of the names, sizes and times of all that is in it."""
    try:
        if not path.is_dir():
            with path.open("rb") as stream:
                return file_digest(stream, "sha256").hexdigest()
        digest = sha256()
        for folder, names, files in os.walk(path):
            names.sort()
            for name in sorted(files):
                status = os.lstat(os.path.join(folder, name))
                digest.update(f"{folder}/{name}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
        return digest.hexdigest()
    except OSError as error:
        raise IncomingError(f"{path} can't be read: {error.strerror or error}.", safe=NOTHING) from error


def _is_archive(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            return False
        if not stat.S_ISREG(mode):  # a pipe to which nobody writes would be waited for without an end
            raise ImportRefusedError(f"{path} is neither a file nor a folder.", safe=NOTHING)
        with path.open("rb") as stream:
            head = stream.read(LOOK)
    except OSError as error:
        raise IncomingError(f"{path} can't be read: {error.strerror or error}.", safe=NOTHING) from error
    if not head:
        raise ImportRefusedError(f"{path} is empty.", safe=NOTHING)
    return may_be_archive(head)
