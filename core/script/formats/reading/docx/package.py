"""The parts of a Word document by what they are to each other; links to outside are never followed."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from core.errors import IncomingError
from core.script.formats.reading.markup import Node, blocks
from core.script.formats.reading.zipped import Archive

_W = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_R = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
PREFIXES = {
    **dict.fromkeys(_W, "w"),
    **dict.fromkeys(_R, "r"),
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
}
MAIN = "word/document.xml"


class Package:
    """The main part of a document and the parts that it names."""

    def __init__(self, archive: Archive, name: str) -> None:
        self._archive = archive
        self._name = name
        self.main = self._target("", "officeDocument") or MAIN
        if self.main not in archive:
            raise IncomingError(
                f"{name} has no text in it that Word would show.",
                todo="Save it again in Word and import that.",
            )

    def blocks(self, part: str | None, within: str = "") -> Iterator[Node]:
        """The trees of a part's blocks; none if there is no such part."""
        if part and part in self._archive:
            yield from blocks(self._archive.chunks(part), within, PREFIXES, self._name)

    def part(self, kind: str) -> str | None:
        """The part that the main part names as its styles, numbering, comments …"""
        return self._target(self.main, kind)

    def parts(self, kind: str) -> list[str]:
        """The same for what there may be several of: headers, footers."""
        return list(self._targets(self.main, kind))

    def _target(self, source: str, kind: str) -> str | None:
        return next(self._targets(source, kind), None)

    def _targets(self, source: str, kind: str) -> Iterator[str]:
        folder, _, file = source.rpartition("/")
        rels = posixpath.join(folder, "_rels", f"{file}.rels")
        for node in self.blocks(rels):
            named = node.attributes.get("Type", "").rpartition("/")[2] == kind
            if named and node.attributes.get("TargetMode") != "External":
                target = node.attributes.get("Target", "")
                yield posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
