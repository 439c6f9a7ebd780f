"""Opens an archive: what it holds, and each part of it, checked while it is read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, cast
from uuid import UUID

from core.backup.archive.checking import SectionReader, checked, document_blobs
from core.backup.archive.drafts import document_of
from core.backup.archive.errors import ArchiveDamaged, ArchiveError, NotAnArchive
from core.backup.archive.keeping import listings_in, packages_of, read_listing
from core.backup.archive.limits import LIMITS, Limits
from core.backup.archive.lines import DraftLine, Line, ProjectLine
from core.backup.archive.listing import Listed, listed_members, read_manifest
from core.backup.archive.locking import Head, read_head, secret_of, unlock
from core.backup.archive.manifest import Manifest
from core.backup.archive.naming import (
    MANIFEST,
    document_member,
    kept_member,
    media_member,
    section_member,
)
from core.backup.archive.streams import PieceStream
from core.backup.archive.zipreading import ZipFileReader
from core.backup.work import Work

if TYPE_CHECKING:
    from core.content import Content
    from core.legacy.kept_list import Listing


def open_archive(
    path: Path, *, work: Work, passphrase: str | None = None, limits: Limits = LIMITS
) -> Archive:
    """An archive, for use in a `with` block; its structure and manifest are checked at once.

    For an encrypted one `passphrase` may be the key of its recovery sheet; it is decrypted into a file
    without a name, in the system's folder for such. Raises NotAnArchive, ArchiveDamaged, ArchiveTooNew,
    ArchiveLocked or another ArchiveError.
    """
    with ExitStack() as stack:
        descriptor = _open(path)
        stack.callback(os.close, descriptor)
        stamp = _stamp(descriptor)
        if not stamp[0]:
            raise NotAnArchive(f"{path} is empty.")
        if stamp[0] > limits.file:
            raise ArchiveError(f"{path} is larger than {limits.file / 1e9:,.0f} GB.")
        opened = Opened(path, descriptor, stamp)
        head = read_head(descriptor)
        if head is not None:
            opened = _unlocked(opened, head, passphrase, work, limits)
            stack.callback(os.close, opened.descriptor)
        archive = Archive(opened, work, limits)
        archive.closing = stack.pop_all()
        return archive


def _open(path: Path) -> int:
    # Without NONBLOCK a pipe nobody writes to would hold the program for ever.
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "its name can't be one"
        raise ArchiveError(f"{path} can't be opened: {why}.") from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise NotAnArchive(f"{path} is not an ordinary file.")
    return descriptor


@dataclass(frozen=True, slots=True)
class Opened:
    """An open file."""

    path: Path
    descriptor: int
    """Of the ZIP; of a decrypted copy if the file is encrypted."""
    stamp: tuple[int, int, int]
    sha256: str = ""
    """Of the file as it lies there, if that is known."""
    size: int = 0


def _stamp(descriptor: int) -> tuple[int, int, int]:
    """Size and times: what tells that a file was changed while it was open."""
    found = os.fstat(descriptor)
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _unlocked(opened: Opened, head: Head, passphrase: str | None, work: Work, limits: Limits) -> Opened:
    secret = secret_of(head, passphrase, lambda: work.step("opening the key", 0, 0))
    size = opened.stamp[0]

    def check(done: int) -> None:
        work.step("decrypting", done, size)

    found = unlock(opened.descriptor, head, secret, limits.file, check)
    return Opened(opened.path, found.descriptor, _stamp(found.descriptor), found.sha256, size)


class Archive:
    """An open archive; see `open_archive`. One thread at a time."""

    def __init__(self, opened: Opened, work: Work, limits: Limits) -> None:
        self.path, self._opened = opened.path, opened
        self._work, self._limits = work, limits
        self._zip = ZipFileReader(opened.descriptor, opened.stamp[0], limits)
        self._sha256 = opened.sha256
        self.manifest: Manifest = read_manifest(self._zip, limits)
        self._listed: dict[str, Listed] = listed_members(self.manifest, self._zip, limits)
        self.closing = ExitStack()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file; a decrypted copy is gone."""
        self.closing.close()

    @property
    def size(self) -> int:
        """Bytes of the file as it lies there."""
        return self._opened.size or self._zip.size

    @property
    def sha256(self) -> str:
        """Of the file as it lies there, in hex. Known after `verify`, else the file is read for it."""
        if not self._sha256:
            from core.backup.archive.verifying import sum_of

            self._sha256 = sum_of(self._zip, self._work)
        return self._sha256

    def verify(self) -> None:
        """Read every byte and check all that can be checked. Raises ArchiveDamaged, naming the member."""
        from core.backup.archive.verifying import Checked, verify

        found = verify(Checked(self.manifest, self._listed, self._zip, self._limits, self._work))
        self._sha256 = self._opened.sha256 or found
        self.refuse_changed()

    def refuse_changed(self) -> None:
        """Raise ArchiveDamaged if the file was changed since it was opened."""
        if _stamp(self._opened.descriptor) != self._opened.stamp:
            raise ArchiveDamaged("The file was changed while it was read.", todo="Open it again.")

    def has(self, section: str) -> bool:
        """Whether a section is in it at all."""
        return self.manifest.section(section) is not None

    def projects(self) -> tuple[ProjectLine, ...]:
        """All projects, in their order."""
        return tuple(line for line in self.lines("projects") if isinstance(line, ProjectLine))

    def drafts(self) -> tuple[DraftLine, ...]:
        """All drafts, in their order."""
        return tuple(line for line in self.lines("drafts") if isinstance(line, DraftLine))

    def lines(self, section: str, project: UUID | None = None) -> Iterator[Line]:
        """The lines of a section, of one project or all; none if the section is not in the archive."""
        if not self.has(section):
            return
        reader = SectionReader(section, self._limits, newer=self.manifest.newer)
        seen = False
        for line in reader.lines(self._pieces(section_member(section))):
            if project is None or line.project_id == project:
                seen = True
                yield line
            elif seen:
                self.refuse_changed()  # the sum of the whole section is not looked at
                return

    def document(self, project: UUID) -> tuple[bytes, ...]:
        """The lossless form of a project or draft; empty if it is not in the archive."""
        name = document_of(self.manifest, project) or document_member(project)
        if name not in self._listed:
            return ()
        return tuple(document_blobs(self._pieces(name), name))

    def content(self, project: UUID) -> Content:
        """All of a project or draft. Raises ArchiveError if it is not in the archive."""
        from core.backup.archive.contents import content_of

        return content_of(self, project)

    def contents(self) -> Iterator[Content]:
        """All projects one after another, then all drafts, in one pass over the file."""
        from core.backup.archive.contents import all_contents

        return all_contents(self)

    @contextmanager
    def media(self, sha256: str) -> Iterator[BinaryIO]:
        """The bytes of a picture. Raises ArchiveError if its file is not in the archive."""
        name = media_member(sha256)
        if name not in self._listed:
            raise ArchiveError(f"The picture {sha256[:12]}… is not in the backup.", member=name)
        with self._stream(name) as stream:
            yield stream

    def kept(self) -> dict[str, Listing]:
        """The packages of other programs' data in it, by name, with what each holds."""
        packages, newer = packages_of(self.manifest), self.manifest.newer
        return {
            package: read_listing(self.file(name), package, packages[package], newer=newer)
            for name, package in listings_in(packages).items()
        }

    @contextmanager
    def kept_file(self, package: str, sha256: str) -> Iterator[BinaryIO]:
        """The bytes of a file of a package. Raises ArchiveError if it is not in the archive."""
        name = kept_member(package, sha256)
        if name not in self._listed:
            raise ArchiveError("There is no such file in the backup.", member=name)
        with self._stream(name) as stream:
            yield stream

    @contextmanager
    def _stream(self, name: str) -> Iterator[BinaryIO]:
        with PieceStream(self._pieces(name)) as raw:
            yield cast(BinaryIO, BufferedReader(raw))

    def file(self, name: str) -> bytes:
        """A README, a manuscript or a file of settings, by its whole name."""
        if name not in self._listed or name == MANIFEST:
            raise ArchiveError("There is no such file in the backup.", member=name)
        return b"".join(self._pieces(name))

    def _pieces(self, name: str) -> Iterator[bytes]:
        return checked(self._zip.data(name), self._listed[name])
