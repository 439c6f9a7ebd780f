"""Reads every byte of an archive once, in order, and checks all that can be checked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from core.backup.archive.checking import SectionReader, checked, frames_fit, strict_object, whole_lines
from core.backup.archive.contentid import CONTENT, ContentId
from core.backup.archive.drafts import draft_documents
from core.backup.archive.errors import damaged
from core.backup.archive.keeping import listings_in, packages_of, read_listing
from core.backup.archive.limits import Limits
from core.backup.archive.lines import LINE_TYPES
from core.backup.archive.listing import Listed
from core.backup.archive.manifest import Manifest, SectionPart
from core.backup.archive.naming import MANIFEST, document_member, section_member
from core.backup.archive.order import Order
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


@dataclass(frozen=True)
class Checked:
    """An archive that is to be verified."""

    manifest: Manifest
    listed: Mapping[str, Listed]
    zipped: ZipFileReader
    limits: Limits
    work: Work


def verify(archive: Checked) -> str:
    """The SHA-256 (hex) of the whole file, when all of it is as it should be. Raises ArchiveDamaged."""
    return _Verifier(archive).run()


class _Verifier:
    def __init__(self, archive: Checked) -> None:
        self._archive, self._zip = archive, archive.zipped
        self._manifest = archive.manifest
        self._digest, self._read = hashlib.sha256(), 0
        self._content = ContentId()
        self._order = Order(self._manifest)
        self._sections = {section_member(part.name): part for part in self._manifest.sections}
        self._packages = packages_of(self._manifest)
        self._lists = listings_in(self._packages)
        self._documents = {document_member(part.project) for part in self._manifest.documents}
        self._documents |= draft_documents(self._manifest).keys()

    def run(self) -> str:
        """All of it."""
        for name in self._zip.entries:
            self._member(name)
        self._order.end()
        rest = self._zip.size - self._zip.table_offset
        self._saw(self._zip.raw(self._zip.table_offset, rest))
        # What a newer version counts as content, nobody knows yet.
        if not self._manifest.newer and self._content.value() != self._manifest.content_id:
            raise damaged(MANIFEST, "the content has another name than it says")
        return self._digest.hexdigest()

    def _member(self, name: str) -> None:
        pieces = self._zip.data(name, self._saw)
        if name in self._archive.listed:
            pieces = checked(pieces, self._archive.listed[name])
        if name in self._sections:
            self._section(self._sections[name], pieces)
        elif name in self._documents:
            frames_fit(pieces, name)
        elif name in self._lists:
            self._package(self._lists[name], pieces)
        for _ in pieces:
            pass

    def _section(self, part: SectionPart, pieces: Iterator[bytes]) -> None:
        known = part.name in LINE_TYPES
        count = self._lines(part, pieces) if known else self._unknown_lines(part, pieces)
        if count != part.count:
            name = section_member(part.name)
            raise damaged(name, f"it has {count:,} lines, and should have {part.count:,}")

    def _package(self, package: str, pieces: Iterator[bytes]) -> None:
        members, newer = self._packages[package], self._manifest.newer
        read_listing(b"".join(pieces), package, members, newer=newer)
        self._content.keep(package)

    def _lines(self, part: SectionPart, pieces: Iterator[bytes]) -> int:
        self._content.begin(part.name)
        reader = SectionReader(part.name, self._archive.limits, newer=self._manifest.newer)
        counted, count = part.name in CONTENT, 0
        for chunk, lines in reader.chunks(pieces):
            self._order.take(part.name, lines)
            count += len(lines)
            if count > part.count:
                raise damaged(section_member(part.name), f"it has more than {part.count:,} lines")
            if counted:
                ends = [0, *_ends(chunk)]
                for line, (start, end) in zip(lines, pairwise(ends), strict=True):
                    self._content.add(part.name, line, chunk[start:end])
        return count

    def _unknown_lines(self, part: SectionPart, pieces: Iterator[bytes]) -> int:
        name, count = section_member(part.name), 0
        for chunk in whole_lines(pieces, name, self._archive.limits.line):
            for line in chunk.split(b"\n")[:-1]:
                count += 1
                strict_object(line, name, f"line {count:,}")
        return count

    def _saw(self, data: bytes) -> None:
        self._digest.update(data)
        self._read += len(data)
        self._archive.work.step(DOING, self._read, self._zip.size)


def _ends(chunk: bytes) -> Iterator[int]:
    end = 0
    while end := chunk.find(b"\n", end) + 1:
        yield end
