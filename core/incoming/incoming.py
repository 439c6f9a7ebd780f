"""A file as a script: its text, its title, and what a person should know about how it was read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import IncomingError
from core.incoming.encodings import NAMES, Decoded, decode, decode_as, marked, unmarked_wide
from core.incoming.files import file_bytes, refuse_binary
from core.incoming.newlines import LF, read_newlines, write_newlines
from core.incoming.preview import Unsure, preview
from core.script import LineKind, Script, Statistics, parse
from core.script.formats import Dialect
from core.script.keywords import TITLE_KEYS, bare

if TYPE_CHECKING:
    # The readers bring XML and ZIP with them, which is not loaded before the first paint.
    from core.script.formats.reading import Candidates, Reading

TITLE_ROWS = 300
"""Rows in which a title is looked for."""
LONGEST_TITLE = 120
_OTHER_FORMS = "Some bytes have more than one form in this encoding; an export writes the usual one."
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Incoming:
    """A text from outside. `render_bytes(text, newline, bom, encoding)` gives the file's bytes again.

    That is so where `exact`; a text in another dialect was converted, and goes out as UTF-8 with LF.
    """

    text: str
    """What becomes the script. LF is the only line break; everything else is as it was, if `exact`."""
    title: str
    """The script's own title, else the file's name without its ending."""
    encoding: str
    newline: str
    """`lf`, `crlf`, `cr`, or one of them and the lines that differ (see core.incoming.newlines)."""
    bom: bool
    confidence: float = 1.0
    """Of the encoding, 0 to 1."""
    guessed: bool = False
    alternatives: tuple[str, ...] = ()
    """Other encodings that fit, best first: read again with one of them."""
    notes: tuple[str, ...] = ()
    """Sentences for the writer: a guessed encoding, characters that had to change. Often empty."""
    dialect: Dialect = Dialect.PLAIN
    language: str = "en"
    """`en`, `fr` or `ja`: of the text, and of the keywords that a conversion writes."""
    candidates: Candidates = ()
    """Dialects that the text may be in, best first, each with a score from 0 to 1."""
    exact: bool = True
    """Whether `text` holds just the characters that came in."""

    @property
    def unsure(self) -> tuple[Unsure, ...]:
        """Rows of `text` that may have been misunderstood; parses the whole text (see `preview`)."""
        return preview(self).unsure

    def statistics(self) -> Statistics:
        """What is in it, for a preview; parses the whole text."""
        return parse(self.text).statistics()


def read_file(
    path: Path | str,
    encoding: str | None = None,
    *,
    dialect: Dialect | None = None,
    language: str | None = None,
    canonical: bool = False,
) -> Incoming:
    """Read a script from a file, in the encoding, dialect and language given or the ones that fit.

    With `canonical` plain text and Markdown are converted to our markup too. Raises IncomingError with
    one clear sentence.
    """
    path = Path(path)
    data = file_bytes(path)
    return read_bytes(data, path, encoding, dialect=dialect, language=language, canonical=canonical)


def read_bytes(
    data: bytes,
    path: Path | str = "text",
    encoding: str | None = None,
    *,
    dialect: Dialect | None = None,
    language: str | None = None,
    canonical: bool = False,
) -> Incoming:
    """The same for bytes that are here already; `path` names them and lends its stem as the title."""
    from core.script.formats.reading import read_document, read_script

    path = Path(path)
    document = read_document(data, str(path), dialect=dialect, language=language)
    if document is not None:
        return _incoming(document, path.stem)
    if marked(data) is None and unmarked_wide(data) is None and encoding is None:
        refuse_binary(data, path)
    decoded = decode(data, path) if encoding is None else decode_as(data, encoding, path)
    raw, changed = _holdable(decoded.text)
    text, newline, mixed = read_newlines(raw)
    reading = read_script(text, ending=path.suffix, dialect=dialect, language=language, canonical=canonical)
    notes = [note for note in (_guess_note(decoded), *changed) if note]
    if reading.exact:
        notes += [mixed] if mixed else []
        if not changed and not _comes_back(data, decoded, text, newline):
            notes.append(_OTHER_FORMS)
    return Incoming(
        reading.text,
        title_of(reading.text) or path.stem,
        decoded.encoding if reading.exact else "utf-8",
        newline if reading.exact else LF,
        decoded.bom and reading.exact,
        decoded.confidence,
        decoded.guessed,
        decoded.alternatives,
        (*notes, *reading.notes),
        reading.dialect,
        reading.language,
        reading.candidates,
        reading.exact,
    )


def read_text(
    text: str,
    title: str = "text",
    *,
    dialect: Dialect | None = None,
    language: str | None = None,
    canonical: bool = False,
) -> Incoming:
    """The same for a text that was pasted; `title` is its name unless it gives itself one."""
    from core.script.formats.reading import read_script

    held, changed = _holdable(text)
    plain, newline, _ = read_newlines(held)
    reading = read_script(plain, dialect=dialect, language=language, canonical=canonical)
    return _incoming(reading, title, newline if reading.exact else LF, tuple(changed))


def _incoming(reading: Reading, title: str, newline: str = LF, notes: tuple[str, ...] = ()) -> Incoming:
    """A text that did not come in an encoding of its own."""
    return Incoming(
        reading.text,
        title_of(reading.text) or title,
        "utf-8",
        newline,
        False,
        notes=(*notes, *reading.notes),
        dialect=reading.dialect,
        language=reading.language,
        candidates=reading.candidates,
        exact=reading.exact,
    )


def title_of(text: str) -> str:
    """The title that a script gives itself before its first page; empty if it gives none."""
    script = Script("\n".join(text.split("\n", TITLE_ROWS)[:TITLE_ROWS])).complete()
    plain = ""
    for row in range(len(script.lines)):
        kind = script.kind(row)
        if kind in (LineKind.PAGE, LineKind.PANEL):
            break
        if kind is not LineKind.TITLE:
            continue
        line = script.line(row)
        if bare(line.label) in TITLE_KEYS and line.title:
            return _clean(line.title)
        if not line.label and not plain:
            plain = _clean(line.title)
    return plain


def _clean(title: str) -> str:
    one_line = " ".join(title.replace("*", "").split())
    return one_line if len(one_line) <= LONGEST_TITLE else one_line[: LONGEST_TITLE - 1] + "…"


def _holdable(text: str) -> tuple[str, list[str]]:
    """Replace what neither the document nor Postgres can hold, and say so."""
    notes = []
    if nuls := text.count("\0"):
        text = text.replace("\0", "␀")
        notes.append(f"{nuls:,} NUL characters can't be kept; each became ␀.")
    if broken := len(_SURROGATES.findall(text)):
        text = _SURROGATES.sub("\ufffd", text)
        notes.append(f"{broken:,} halves of characters can't be kept; each became \ufffd.")
    return text, notes


def _guess_note(decoded: Decoded) -> str:
    if not decoded.guessed:
        return ""
    others = f"; it would also read as {', '.join(decoded.alternatives[:4])}" if decoded.alternatives else ""
    name = NAMES.get(decoded.encoding)
    told = f"{decoded.encoding}, {name}" if name else decoded.encoding
    return f"The file is not UTF-8. It was read as {told} ({decoded.confidence:.0%} sure){others}."


def _comes_back(data: bytes, decoded: Decoded, text: str, newline: str) -> bool:
    """Whether an export of the unedited text gives the file's bytes."""
    if decoded.encoding == "utf-8" and newline in ("lf", "crlf", "cr"):
        return True  # UTF-8 has one form for each character
    try:
        again = write_newlines(text, newline).encode(decoded.encoding)
    except UnicodeEncodeError:
        return False
    return data.endswith(again) and len(data) - len(again) == (len(_mark_of(decoded)) if decoded.bom else 0)


def _mark_of(decoded: Decoded) -> bytes:
    return "\ufeff".encode(decoded.encoding)


__all__ = ["Incoming", "IncomingError", "read_bytes", "read_file", "read_text", "title_of"]
