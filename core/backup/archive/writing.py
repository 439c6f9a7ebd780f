"""Writes an archive: streamed, synced, read back to the last byte, and only then given its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, BinaryIO
from uuid import UUID

import msgspec

from core.backup.archive.contentid import ContentId
from core.backup.archive.errors import ArchiveError
from core.backup.archive.keybox import Lock
from core.backup.archive.limits import LIMITS
from core.backup.archive.lines import SECTIONS, DraftLine, Line, ProjectLine, as_line, fitting
from core.backup.archive.locked import Locking, locking
from core.backup.archive.manifest import (
    Counted,
    DocumentPart,
    DraftPart,
    FilePart,
    Manifest,
    ManifestFacts,
    MediumPart,
    ProjectPart,
    SectionPart,
    draft_part,
    encode_manifest,
    make_manifest,
    project_part,
)
from core.backup.archive.naming import (
    FRAME,
    MANIFEST,
    README,
    document_member,
    draft_member,
    kept_member,
    media_member,
    section_member,
)
from core.backup.archive.parts import PartFile, cant_write, finish_file, part_file, publish
from core.backup.archive.readme import README_TEXT
from core.backup.archive.sink import Sink
from core.backup.archive.zipwriting import PIECE, MemberStream, ZipStream
from core.backup.work import Work
from core.legacy.kept_list import LISTING

if TYPE_CHECKING:
    from core.legacy.kept import Kept, KeptFile


@dataclass(frozen=True, slots=True)
class Written:
    """An archive that was read back and has its name; `path` is None for one that went into a pipe."""

    path: Path | None
    sha256: str
    """Of the whole file, in hex."""
    size: int
    manifest: Manifest
    recovery_sheet: str = ""
    """For an archive that was encrypted with a passphrase, not with a Lock: to be shown or printed once."""


def write_archive(
    target: Path | BinaryIO,
    *,
    work: Work,
    passphrase: str | Lock | None = None,
    expected: int = 0,
    content: ContentId | None = None,
) -> ArchiveWriter:
    """A writer for use in a `with` block; leaving that without `finish` leaves nothing.

    `target` is a name, or a stream that need not be able to seek. `passphrase`, or a lock made before,
    encrypts it. `expected` is about how many bytes it will have, if known. `content` has counted all lines
    already, so that they may come by `SectionWriter.put`. Raises ArchiveError, and StoppedError when
    `work` is to stop.
    """
    return ArchiveWriter(target, work, passphrase, expected, content)


class SectionWriter:
    """Takes the lines of one section."""

    def __init__(
        self,
        name: str,
        stream: MemberStream,
        content: ContentId,
        projects: list[ProjectPart],
        drafts: list[DraftPart],
    ) -> None:
        self._name, self._stream = name, stream
        self._content, self._projects, self._drafts = content, projects, drafts
        self.count = 0
        content.begin(name)

    def write(self, line: Line | Mapping[str, Any]) -> None:
        """One more. Raises ValueError for what is no line of this section."""
        for piece, encoded in fitting(as_line(self._name, line)):
            self._stream.write(encoded)
            self._content.add(self._name, piece, encoded)
            self.count += 1
            if isinstance(piece, ProjectLine):
                self._projects.append(project_part(piece))
            elif isinstance(piece, DraftLine):
                self._drafts.append(draft_part(piece))

    def put(self, lines: bytes) -> None:
        """Any piece of lines in their canonical form that the caller has counted.

        None of projects or drafts: the manifest names these.
        """
        self._stream.write(lines)
        self.count += lines.count(b"\n")


class ArchiveWriter:
    """Takes the parts of an archive, one after another; see `write_archive`."""

    def __init__(
        self,
        target: Path | BinaryIO,
        work: Work,
        passphrase: str | Lock | None,
        expected: int,
        content: ContentId | None = None,
    ) -> None:
        self._target, self._work, self._expected = target, work, expected
        self._passphrase = passphrase
        self._stack = ExitStack()
        self._part: PartFile | None = None
        self._locking: Locking | None = None
        self._sections: list[SectionPart] = []
        self._documents: list[DocumentPart] = []
        self._media: dict[str, MediumPart] = {}
        self._files: list[FilePart] = []
        self._projects: list[ProjectPart] = []
        self._drafts: list[DraftPart] = []
        self._content = content or ContentId()
        self._counting = content is None

    def __enter__(self) -> ArchiveWriter:
        with ExitStack() as stack:
            if isinstance(self._target, Path):
                self._part = stack.enter_context(part_file(self._target))
            self._sink = Sink(self._target, self._part, self._expected)
            send: Callable[[bytes], object] = self._sink.put
            if self._passphrase is not None:
                self._locking = stack.enter_context(locking(self._passphrase, self._sink.put, self._work))
                send = self._locking.stream.write
            self._zip = ZipStream(send, self._wrote)
            self.file(README, README_TEXT.encode())
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    @property
    def size(self) -> int:
        """Bytes so far."""
        return self._zip.size

    def manuscript(self, name: str, text: str) -> None:
        """A script as people read it; `name` as `naming.manuscript_member` makes it."""
        self.file(name, text.encode())

    def file(self, name: str, data: bytes) -> None:
        """A small file, under its whole name in the archive: `settings/settings.toml`."""
        with self._zip.member(name, packed=True) as stream:
            for start in range(0, len(data), PIECE):
                stream.write(data[start : start + PIECE])
        self._files.append(FilePart(name=name, bytes=stream.size, sha256=stream.sha256))

    @contextmanager
    def lines(self, section: str) -> Iterator[SectionWriter]:
        """One of SECTIONS, whole: all projects' lines, in the order of the projects."""
        done = [part.name for part in self._sections]
        if section not in SECTIONS or section in done:
            raise ValueError(f"no section {section}, or it was written")
        with self._zip.member(section_member(section), packed=True) as stream:
            content = self._content if self._counting else ContentId()
            writer = SectionWriter(section, stream, content, self._projects, self._drafts)
            yield writer
        part = SectionPart(name=section, count=writer.count, bytes=stream.size, sha256=stream.sha256)
        self._sections.append(part)

    def document(self, project: UUID, blobs: Iterable[bytes]) -> None:
        """The lossless form of a project, Loro blobs that are imported one after another."""
        stream = self._blobs(document_member(project), blobs)
        self._documents.append(DocumentPart(project=project, bytes=stream.size, sha256=stream.sha256))

    def draft_document(self, draft: UUID, blobs: Iterable[bytes]) -> None:
        """The same of a draft."""
        stream = self._blobs(name := draft_member(draft), blobs)
        self._files.append(FilePart(name=name, bytes=stream.size, sha256=stream.sha256))

    def _blobs(self, name: str, blobs: Iterable[bytes]) -> MemberStream:
        with self._zip.member(name, packed=True) as stream:
            for blob in blobs:
                stream.write(FRAME.pack(len(blob)))
                for start in range(0, len(blob), PIECE):
                    stream.write(blob[start : start + PIECE])
        return stream

    def media(self, sha256: str, source: BinaryIO, size: int) -> bool:
        """A picture's file, once; False if it is in the archive already.

        Raises ArchiveError when the bytes are not those of that name.
        """
        if sha256 in self._media:
            return False
        with self._zip.member(media_member(sha256), packed=False) as stream:
            while piece := source.read(PIECE):
                stream.write(piece)
        if (stream.sha256, stream.size) != (sha256, size):
            raise ArchiveError(f"The picture {sha256[:12]}… on this machine is damaged.", member=sha256)
        self._media[sha256] = MediumPart(bytes=size, sha256=sha256)
        return True

    def kept(self, package: Kept) -> None:
        """A package of other programs' data, that was verified; the list first. Raises ArchiveError."""
        from core.legacy.kept_list import kept_name

        name = kept_name(package.listing)
        self.file(kept_member(name, LISTING), msgspec.json.encode(package.listing))
        for file in {file.sha256: file for file in package.listing.files}.values():
            with package.path_of(file).open("rb") as source:
                self._kept_file(kept_member(name, file.sha256), source, file)
        if self._counting:
            self._content.keep(name)

    def _kept_file(self, name: str, source: BinaryIO, file: KeptFile) -> None:
        with self._zip.member(name, packed=True) as stream:
            while stream.size <= file.size and (piece := source.read(PIECE)):
                stream.write(piece)
        if (stream.sha256, stream.size) != (file.sha256, file.size):
            raise ArchiveError("What waits for its place was changed while it was backed up.", member=name)
        self._files.append(FilePart(name=name, bytes=stream.size, sha256=stream.sha256))

    def finish(self, facts: ManifestFacts) -> Written:
        """Write the manifest, put it all on the disk, read it back, and give it its name."""
        manifest = make_manifest(facts, self._counted())
        data = encode_manifest(manifest)
        if len(data) > LIMITS.manifest:
            raise ArchiveError("There are too many projects and pictures for one backup.")
        with self._zip.member(MANIFEST, packed=True) as stream:
            stream.write(data)
        self._zip.end()
        if self._locking is not None:
            self._locking.stream.end()
        self._sink.flush()
        path = self._kept()
        sheet = "" if self._locking is None else self._locking.sheet(facts.created_at)
        return Written(path, self._sink.sha256, self._sink.size, manifest, sheet)

    def _counted(self) -> Counted:
        return Counted(
            *(self._sections, self._documents, list(self._media.values()), self._files, self._projects),
            drafts=self._drafts,
            content_id=self._content.value(),
            encrypted=self._passphrase is not None,
        )

    def _kept(self) -> Path | None:
        """On the disk, read back and under its name; None for what went into a pipe."""
        if self._part is None or not isinstance(self._target, Path):
            return None
        try:
            finish_file(self._part)
            self._read_back(self._part.path)
            return publish(self._part, self._target)
        except OSError as error:
            raise cant_write(self._target, error) from error

    def _read_back(self, path: Path) -> None:
        from core.backup.archive.reading import open_archive

        key = None if self._locking is None else self._locking.reader_key
        with open_archive(path, work=self._work, passphrase=key) as archive:
            archive.verify()
            if (archive.sha256, archive.size) != (self._sink.sha256, self._sink.size):
                raise ArchiveError("The disk does not give back what was written to it.")

    def _wrote(self, size: int) -> None:
        self._work.step("writing the backup", size, max(self._expected, size) if self._expected else 0)
