"""Opens an archive: what it holds, and each part of it, checked while it is read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, cast
from uuid import UUID

from core.backup.archive.checking import SectionReader, checked, document_blobs
from core.backup.archive.errors import ArchiveError, NotAnArchive
from core.backup.archive.limits import LIMITS, Limits
from core.backup.archive.lines import Line, ProjectLine
from core.backup.archive.listing import Listed, listed_members, read_manifest
from core.backup.archive.manifest import Manifest
from core.backup.archive.naming import MANIFEST, document_member, media_member, section_member
from core.backup.archive.streams import PieceStream
from core.backup.archive.zipreading import ZipFileReader
from core.backup.work import Work

if TYPE_CHECKING:
    from core.content import Content


def open_archive(
    path: Path, *, work: Work, passphrase: str | None = None, limits: Limits = LIMITS
) -> Archive:
    """An archive, for use in a `with` block; its structure and manifest are checked at once.

    Raises NotAnArchive, ArchiveDamaged, ArchiveTooNew, ArchiveLocked or another ArchiveError.
    """
    descriptor = _open(path)
    try:
        size = os.fstat(descriptor).st_size
        if not size:
            raise NotAnArchive("The file is empty.")
        if size > limits.file:
            raise ArchiveError(f"The file is larger than {limits.file / 1e9:,.0f} GB.")
        return Archive(path, descriptor, ZipFileReader(descriptor, size, limits), work, limits)
    except BaseException:
        os.close(descriptor)
        raise


def _open(path: Path) -> int:
    # Without NONBLOCK a pipe nobody writes to would hold the program for ever.
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "its name can't be one"
        raise ArchiveError(f"{path} can't be opened: {why}.") from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise NotAnArchive(f"{path} is not an ordinary file.")
    return descriptor


class Archive:
    """An open archive; see `open_archive`. One thread at a time."""

    def __init__(
        self, path: Path, descriptor: int, zipped: ZipFileReader, work: Work, limits: Limits
    ) -> None:
        self.path = path
        self._descriptor, self._zip, self._work, self._limits = descriptor, zipped, work, limits
        self._sha256 = ""
        self.manifest: Manifest = read_manifest(zipped, limits)
        self._listed: dict[str, Listed] = listed_members(self.manifest, zipped, limits)

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._descriptor)

    @property
    def size(self) -> int:
        """Bytes of the file."""
        return self._zip.size

    @property
    def sha256(self) -> str:
        """Of the whole file, in hex. Known after `verify`, else the file is read for it."""
        if not self._sha256:
            from core.backup.archive.verifying import sum_of

            self._sha256 = sum_of(self._zip, self._work)
        return self._sha256

    def verify(self) -> None:
        """Read every byte and check all that can be checked. Raises ArchiveDamaged, naming the member."""
        from core.backup.archive.verifying import Checked, verify

        found = Checked(self.manifest, self._listed, self._zip, self._limits, self._work)
        self._sha256 = verify(found)

    def has(self, section: str) -> bool:
        """Whether a section is in it at all."""
        return self.manifest.section(section) is not None

    def projects(self) -> tuple[ProjectLine, ...]:
        """All projects, in their order."""
        return tuple(line for line in self.lines("projects") if isinstance(line, ProjectLine))

    def lines(self, section: str, project: UUID | None = None) -> Iterator[Line]:
        """The lines of a section, of one project or all; none if the section is not in the archive."""
        if not self.has(section):
            return
        reader = SectionReader(section, self._limits, newer=self.manifest.newer)
        for line in reader.lines(self._pieces(section_member(section))):
            if project is None or line.project_id == project:
                yield line

    def document(self, project: UUID) -> tuple[bytes, ...]:
        """The lossless form of a project; empty if it is not in the archive."""
        name = document_member(project)
        if name not in self._listed:
            return ()
        return tuple(document_blobs(self._pieces(name), name))

    def content(self, project: UUID) -> Content:
        """All of a project. Raises ArchiveError if it is not in the archive."""
        from core.backup.archive.contents import content_of

        return content_of(self, project)

    def contents(self) -> Iterator[Content]:
        """All projects one after another, in one pass over the file."""
        from core.backup.archive.contents import all_contents

        return all_contents(self)

    @contextmanager
    def media(self, sha256: str) -> Iterator[BinaryIO]:
        """The bytes of a picture. Raises ArchiveError if its file is not in the archive."""
        name = media_member(sha256)
        if name not in self._listed:
            raise ArchiveError(f"The picture {sha256[:12]}… is not in the backup.", member=name)
        with PieceStream(self._pieces(name)) as raw:
            yield cast(BinaryIO, BufferedReader(raw))

    def file(self, name: str) -> bytes:
        """A README, a manuscript or a file of settings, by its whole name."""
        if name not in self._listed or name == MANIFEST:
            raise ArchiveError("There is no such file in the backup.", member=name)
        return b"".join(self._pieces(name))

    def _pieces(self, name: str) -> Iterator[bytes]:
        return checked(self._zip.data(name), self._listed[name])
