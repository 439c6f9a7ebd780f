"""Reads every byte of an archive once, in order, and checks all that can be checked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from core.backup.archive.checking import SectionReader, checked, document_blobs
from core.backup.archive.contentid import ContentId
from core.backup.archive.errors import damaged
from core.backup.archive.limits import Limits
from core.backup.archive.lines import encode_line
from core.backup.archive.listing import Listed
from core.backup.archive.manifest import Manifest
from core.backup.archive.naming import MANIFEST, document_member, section_member
from core.backup.archive.zipreading import PIECE, ZipFileReader
from core.backup.work import Work

DOING = "reading back"


def sum_of(zipped: ZipFileReader, work: Work) -> str:
    """The SHA-256 (hex) of the whole file."""
    digest = hashlib.sha256()
    for start in range(0, zipped.size, PIECE):
        work.step(DOING, start, zipped.size)
        digest.update(zipped.raw(start, min(PIECE, zipped.size - start)))
    return digest.hexdigest()


def verify(
    manifest: Manifest, listed: Mapping[str, Listed], zipped: ZipFileReader, limits: Limits, work: Work
) -> str:
    """The SHA-256 (hex) of the whole file, when all of it is as it should be. Raises ArchiveDamaged."""
    return _Verifier(manifest, listed, zipped, limits, work).run()


class _Verifier:
    def __init__(
        self,
        manifest: Manifest,
        listed: Mapping[str, Listed],
        zipped: ZipFileReader,
        limits: Limits,
        work: Work,
    ) -> None:
        self._manifest, self._listed, self._zip = manifest, listed, zipped
        self._limits, self._work = limits, work
        self._digest, self._read = hashlib.sha256(), 0
        self._content = ContentId()
        self._sections = {section_member(part.name): part for part in manifest.sections}
        self._documents = {document_member(part.project) for part in manifest.documents}

    def run(self) -> str:
        for name in self._zip.entries:
            self._member(name)
        rest = self._zip.size - self._zip.table_offset
        self._saw(self._zip.raw(self._zip.table_offset, rest))
        if self._content.value() != self._manifest.content_id:
            raise damaged(MANIFEST, "the content has another name than it says")
        return self._digest.hexdigest()

    def _member(self, name: str) -> None:
        pieces = self._zip.data(name, self._saw)
        if name in self._listed:
            pieces = checked(pieces, self._listed[name])
        if name in self._sections:
            self._section(name, pieces)
        elif name in self._documents:
            pieces = document_blobs(pieces, name, self._limits)
        for _ in pieces:
            pass

    def _section(self, name: str, pieces: Iterator[bytes]) -> None:
        part = self._sections[name]
        count = 0
        self._content.begin(part.name)
        for line in SectionReader(part.name, self._manifest, self._limits).lines(pieces):
            self._content.add(part.name, line, encode_line(line))
            count += 1
        if count != part.count:
            raise damaged(name, f"it has {count:,} lines, and should have {part.count:,}")

    def _saw(self, data: bytes) -> None:
        self._digest.update(data)
        self._read += len(data)
        self._work.step(DOING, self._read, self._zip.size)
