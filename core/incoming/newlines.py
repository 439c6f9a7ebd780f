"""Line ends: LF inside, what the file had outside, so that an export gives the same bytes again."""

from __future__ import annotations

import re
from zlib import crc32

from core.errors import IncomingError

LF, CRLF, CR = "lf", "crlf", "cr"
_ENDS = {LF: "\n", CRLF: "\r\n", CR: "\r"}
MOST_EXCEPTIONS = 1000
"""Lines that end unlike the rest and are remembered one by one."""

_BOMS = {
    "utf-8": b"\xef\xbb\xbf",
    "utf-16-le": b"\xff\xfe",
    "utf-16-be": b"\xfe\xff",
    "utf-32-le": b"\xff\xfe\x00\x00",
    "utf-32-be": b"\x00\x00\xfe\xff",
}


def read_newlines(raw: str) -> tuple[str, str, str]:
    """The text with LF only, the style to remember, and a sentence if lines end in different ways.

    The style is `lf`, `crlf` or `cr`; in a file that mixes LF and CRLF it names the lines that differ
    (`crlf lf@12:9f3a1c77`). A CR is a line end only in a file without any LF; elsewhere it is a
    character like any other.
    """
    if "\r" not in raw:
        return raw, LF, ""
    if "\n" not in raw:
        return raw.replace("\r", "\n"), CR, ""
    pairs = raw.count("\r\n")
    singles = raw.count("\n") - pairs
    if not pairs:
        return raw, LF, ""
    text = raw.replace("\r\n", "\n")
    if not singles:
        return text, CRLF, ""
    usual, other = (CRLF, LF) if pairs >= singles else (LF, CRLF)
    count = min(pairs, singles)
    said = f"{pairs:,} lines end in CR LF and {singles:,} in LF"
    if count > MOST_EXCEPTIONS:
        return text, usual, f"{said}; an export will end all of them in {_name(usual)}."
    rows = _rows(raw, ended_by_pair=other == CRLF)
    lines = text.split("\n")
    marks = ",".join(f"{row}:{_fingerprint(lines[row])}" for row in rows)
    return text, f"{usual} {other}@{marks}", f"{said}; an export will end each as it was."


def write_newlines(text: str, style: str) -> str:
    """The text with the line ends of a remembered style; edited lines get the usual one."""
    usual, _, rest = style.partition(" ")
    end = _ENDS.get(usual, "\n")
    if not rest:
        return text if end == "\n" else text.replace("\n", end)
    other, _, marks = rest.partition("@")
    lines = text.split("\n")
    exceptions = _find(lines, marks)
    other_end = _ENDS.get(other, "\n")
    ends = [other_end if row in exceptions else end for row in range(len(lines) - 1)]
    return "".join(line + tail for line, tail in zip(lines, [*ends, ""], strict=True))


def render_bytes(text: str, newline: str = LF, bom: bool = False, encoding: str = "utf-8") -> bytes:
    """The bytes of a text as its file had them (see `Incoming`).

    Raises IncomingError if the encoding is unknown or can't hold a character of the text.
    """
    try:
        data = write_newlines(text, newline).encode(encoding)
    except LookupError as error:
        raise IncomingError(f"There is no encoding {encoding}.", todo="Export it as utf-8.") from error
    except UnicodeEncodeError as error:
        row = text.count("\n", 0, text.find(error.object[error.start])) + 1
        raise IncomingError(
            f"Line {row} holds a character that {encoding} has not (U+{ord(error.object[error.start]):04X}).",
            safe="The project itself is unchanged.",
            todo="Export it as utf-8.",
        ) from error
    return _BOMS.get(encoding, b"") + data if bom else data


def _rows(raw: str, *, ended_by_pair: bool) -> list[int]:
    """The rows that end in CR LF, or those that end in LF alone."""
    ends = re.finditer("\r?\n", raw)
    return [row for row, end in enumerate(ends) if (end[0] == "\r\n") == ended_by_pair]


def _find(lines: list[str], marks: str) -> set[int]:
    """The rows meant by the marks: where they were, else the nearest row with the same words."""
    found: set[int] = set()
    moved: list[tuple[int, str]] = []
    for mark in filter(None, marks.split(",")):
        row, _, print_ = mark.partition(":")
        at = int(row)
        if at < len(lines) - 1 and _fingerprint(lines[at]) == print_:
            found.add(at)
        else:
            moved.append((at, print_))
    if moved:
        rows: dict[str, list[int]] = {}
        for row_, line in enumerate(lines[:-1]):
            rows.setdefault(_fingerprint(line), []).append(row_)
        for at, print_ in moved:
            free = [row_ for row_ in rows.get(print_, ()) if row_ not in found]
            if free:
                found.add(min(free, key=lambda row_: abs(row_ - at)))
    return found


def _fingerprint(line: str) -> str:
    return f"{crc32(line.encode('utf-8', 'surrogatepass')):08x}"


def _name(style: str) -> str:
    return {LF: "LF", CRLF: "CR LF", CR: "CR"}[style]
