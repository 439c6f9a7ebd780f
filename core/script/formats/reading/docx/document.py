"""A Word document as lines of text: paragraphs, lists, tables row by row, boxes, comments on their line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.script.formats.reading.docx.layout import Line, laid_out
from core.script.formats.reading.docx.numbering import Numbering
from core.script.formats.reading.docx.package import Package
from core.script.formats.reading.docx.runs import Collector, Words
from core.script.formats.reading.docx.styles import Styles, list_of
from core.script.formats.reading.markup import Node
from core.script.formats.reading.zipped import Archive
from core.script.keywords import RESERVED, bare
from core.script.kinds import LineKind

_HOLDERS = frozenset({"w:sdt", "w:sdtContent", "w:customXml", "w:smartTag", "w:ins", "w:moveTo", "mc:Choice"})
_NUMBERED_ROW = 2
"""Rows of a table that begin with a bare number, from which on those numbers are panels."""


@dataclass(frozen=True, slots=True)
class Document:
    """What a Word document says."""

    text: str
    notes: tuple[str, ...]
    """Sentences for the writer."""


def read_docx(data: bytes, name: str) -> Document:
    """Read a document; `name` says which file it is in sentences. Raises IncomingError."""
    package = Package(Archive(data, name), name)
    reader = _Reader(package)
    for node in package.blocks(package.main, "w:body"):
        reader.block(node)
    reader.edges(part for kind in ("header", "footer") for part in package.parts(kind))
    return reader.finish()


class _Reader:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._styles = Styles(package.blocks(package.part("styles")))
        self._numbering = Numbering(package.blocks(package.part("numbering")))
        self._collector = Collector(self._styles)
        self._remarks = {
            kind: {node.attributes.get("w:id", ""): node for node in package.blocks(package.part(kind))}
            for kind in ("comments", "footnotes", "endnotes")
        }
        self._lines: list[Line] = []
        self._deleted = 0
        self._seen: set[str] = set()

    def block(self, node: Node) -> None:
        """A paragraph, a table, or what holds them."""
        if node.tag == "w:p":
            self._paragraph(node)
        elif node.tag == "w:tbl":
            self._table(node)
        elif node.tag in ("w:del", "w:moveFrom"):
            self._deleted += len(node.words().split())
        elif node.tag != "w:sectPr":
            for child in node.children:
                self.block(child)

    def finish(self) -> Document:
        """The lines, with the comments that hang on nothing at their end."""
        for mark, node in self._remarks["comments"].items():
            if mark not in self._seen and (note := self._comment(node)):
                self._lines.append(Line("", notes=[note]))
        told: tuple[str, ...] = ()
        if self._deleted:
            told = (f"{self._deleted:,} words that were deleted with changes tracked were left out.",)
        return Document("\n".join(laid_out(self._lines)), told)

    def edges(self, parts: Iterable[str]) -> None:
        """Headers and footers that say what the text does not, as notes at its beginning, each once."""
        said = {word for line in self._lines for word in line.text.casefold().split()}
        found: dict[str, None] = {}
        for part in parts:
            text = " ".join(self._flat(node) for node in self._package.blocks(part)).strip()
            if any(word not in said and any(map(str.isalpha, word)) for word in text.casefold().split()):
                found[f"[[{text}]]"] = None
        self._lines[:0] = [Line(note) for note in found]

    def _paragraph(self, node: Node) -> None:
        properties = node.find("w:pPr")
        style = self._styles[properties.value("w:pStyle") if properties else None]
        words = self._collector.collect(node)
        self._deleted += words.deleted
        own = list_of(properties) or (style.list_id, style.list_level)
        text = _emphasised(words.pieces, wholly=style.name == "description")
        text = text.upper() if style.capitals else text
        number = self._numbering.next(*own) if own[0] else ""
        notes = self._notes(words)
        lines = f"{number} {text}".strip().split("\n") if number else text.strip("\n").split("\n")
        for at, line in enumerate(lines):
            last = at == len(lines) - 1
            self._lines.append(Line(line.rstrip(), style, at > 0, notes if last else []))
        for box in words.boxes:
            for child in box.children:
                self.block(child)

    def _table(self, table: Node) -> None:
        """Row by row, cell by cell; each cell's words stand apart."""
        rows = [list(_held(row, "w:tc")) for row in _held(table, "w:tr")]
        firsts = [_cell_text(row[0]) for row in rows if row]
        numbered = sum(text.rstrip(".").isdigit() for text in firsts) >= _NUMBERED_ROW
        for row in rows:
            for at, cell in enumerate(row):
                start = len(self._lines)
                for child in cell.children:
                    if child.tag != "w:tcPr":
                        self.block(child)
                number = _cell_text(cell).rstrip(".")
                if numbered and at == 0 and number.isdigit() and len(number) < 4:
                    self._lines[start:] = [Line(f"PANEL {number}", notes=_all_notes(self._lines[start:]))]
                self._lines.append(Line(""))

    def _notes(self, words: Words) -> list[str]:
        found = []
        for mark in words.comments:
            node = self._remarks["comments"].get(mark)
            if mark not in self._seen and node is not None and (note := self._comment(node)):
                found.append(note)
            self._seen.add(mark)
        for kind, mark in words.footnotes:
            node = self._remarks.get(kind, {}).get(mark)
            if node is not None and (text := self._flat(node)):
                found.append(f"[[{text}]]")
        return found

    def _comment(self, node: Node) -> str:
        author = " ".join(node.attributes.get("w:author", "").split())
        lines = [line for child in node.children if (line := self._flat(child))] or [self._flat(node)]
        if RESERVED.get(bare(author)) is LineKind.NOTE and any(lines):
            return f"{author}: {' '.join(lines)}"
        text = "\n".join(lines)
        return f"[[{author}: {text}]]" if author and text else f"[[{text}]]" if text else ""

    def _flat(self, node: Node) -> str:
        """All words of a comment or footnote on one line."""
        parts: list[str] = []
        if node.tag == "w:p":
            parts.append("".join(piece for piece, _ in self._collector.collect(node).pieces))
        else:
            _paragraphs(node, parts, self._collector)
        return " ".join(" ".join(parts).split()).replace("]]", "] ]").replace("[[", "[ [")


def _all_notes(lines: list[Line]) -> list[str]:
    return [note for line in lines for note in line.notes]


def _paragraphs(node: Node, parts: list[str], collector: Collector) -> None:
    for child in node.children:
        if child.tag == "w:p":
            parts.append("".join(piece for piece, _ in collector.collect(child).pieces))
        else:
            _paragraphs(child, parts, collector)


def _held(node: Node, tag: str) -> list[Node]:
    """Children of that name, those inside content controls and tracked insertions too."""
    found: list[Node] = []
    for child in node.children:
        if child.tag == tag:
            found.append(child)
        elif child.tag in _HOLDERS:
            found += _held(child, tag)
    return found


def _cell_text(cell: Node) -> str:
    if len(cell.children) > 3 or any(child.tag == "w:tbl" for child in cell.children):
        return ""
    return " ".join(cell.words().split())


def _emphasised(pieces: list[tuple[str, str]], *, wholly: bool) -> str:
    """The words, with signs around what is emphasised; around all of them only if asked to."""
    marks = {mark for text, mark in pieces if text.strip()}
    if len(marks) <= 1 and not wholly:
        return "".join(text for text, _ in pieces)
    out: list[str] = []
    joined: list[tuple[str, str]] = []
    for text, mark in pieces:
        if joined and joined[-1][1] == mark:
            joined[-1] = (joined[-1][0] + text, mark)
        else:
            joined.append((text, mark))
    for text, mark in joined:
        for at, line in enumerate(text.split("\n")):
            core = line.strip()
            dressed = line.replace(core, f"{mark}{core}{mark}", 1) if core and mark else line
            out.append(f"\n{dressed}" if at else dressed)
    return "".join(out)
