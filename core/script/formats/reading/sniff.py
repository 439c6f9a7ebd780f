"""What a file is by its first bytes: a Word or Final Draft document, or one that can't be read."""

from __future__ import annotations

import re

from core.errors import IncomingError
from core.script.formats import Dialect
from core.script.formats.reading.zipped import Archive, locked

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE = "Save it as .docx or as plain text and import that."
# A member of the archive -> what it is then.
_OTHERS = (
    ("Index/Document.iwa", "a Pages document"),
    ("index.apxl", "a Keynote document"),
    ("xl/workbook.xml", "an Excel sheet"),
    ("ppt/presentation.xml", "a PowerPoint document"),
)
_MIMETYPES = {
    b"application/vnd.oasis.opendocument.text": "a LibreOffice document",
    b"application/vnd.oasis.opendocument": "a LibreOffice document",
    b"application/epub+zip": "an EPUB book",
}
_ROOT = re.compile(rb"<(?![?!])(?:[\w.-]+:)?([\w.-]+)")

_COMIC = re.compile(rb"<(?:[\w.-]+:)?(?:panel|case|vignette|frame)\b", re.IGNORECASE)


def sniff(data: bytes, name: str) -> Dialect | None:
    """DOCX, FDX or CSXML, None for what may be a text. Raises IncomingError for documents of other kinds."""
    if data.startswith(_ZIP):
        return _zip(data, name)
    if data.startswith(_OLE):
        raise _ole(data, name)
    start = data[:4000].lstrip(b"\xef\xbb\xbf\r\n\t ")
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):
        start = start.replace(b"\x00", b"")[2:].lstrip()
    if start[:1] != b"<":
        return None
    root = _ROOT.search(start)
    if root and root[1] == b"FinalDraft":
        return Dialect.FDX
    if root and root[1].lower() not in (b"html", b"svg") and _COMIC.search(data[:200_000]):
        return Dialect.CSXML
    return None


def _zip(data: bytes, name: str) -> Dialect:
    archive = Archive(data, name)
    if "word/document.xml" in archive or ("[Content_Types].xml" in archive and "_rels/.rels" in archive):
        other = next((told for member, told in _OTHERS if member in archive), None)
        if other is None:
            return Dialect.DOCX
        raise _not_ours(name, other)
    for member, told in _OTHERS:
        if member in archive:
            raise _not_ours(name, told)
    if "mimetype" in archive:
        kind = archive.whole("mimetype", 1000).strip()
        for start, told in _MIMETYPES.items():
            if kind.startswith(start):
                raise _not_ours(name, told)
    raise IncomingError(
        f"{name} is a ZIP archive, not a text.",
        safe="Nothing was changed.",
        todo="Unpack it and import what is inside.",
    )


def _ole(data: bytes, name: str) -> IncomingError:
    if _wide("EncryptedPackage") in data:
        return locked(name)
    return _not_ours(name, "an old Word document")


def _not_ours(name: str, what: str) -> IncomingError:
    return IncomingError(f"{name} is {what}, not a text.", safe="Nothing was changed.", todo=_SAVE)


def _wide(name: str) -> bytes:
    return name.encode("utf-16-le")
