"""Line ends: LF inside, what the file had outside, so that an export gives the same bytes again."""

from __future__ import annotations

import re
from collections import Counter
from zlib import crc32

from core.errors import IncomingError

LF, CRLF, CR = "lf", "crlf", "cr"
_ENDS = {LF: "\n", CRLF: "\r\n", CR: "\r"}
_STYLES = {end: style for style, end in _ENDS.items()}
_END = re.compile("\r\n|\r|\n")
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

    The style is `lf`, `crlf` or `cr`; in a file that mixes them it also names the lines that differ
    (`crlf lf@12:9f3a1c77`), for each other kind of end.
    """
    if "\r" not in raw:
        return raw, LF, ""
    ends = [_STYLES[end[0]] for end in _END.finditer(raw)]
    counts = Counter(ends)
    # Of equals, the one that this order has first.
    ranked = sorted(counts, key=lambda style: (-counts[style], (CRLF, LF, CR).index(style)))
    usual, *others = ranked
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    if not others:
        return text, usual, ""
    said = " and ".join(
        f"{counts[style]:,} {'' if at else 'lines end '}in {_name(style)}" for at, style in enumerate(ranked)
    )
    if len(ends) - counts[usual] > MOST_EXCEPTIONS:
        return text, usual, f"{said}; an export will end all of them in {_name(usual)}."
    lines = text.split("\n")
    groups = (_group(style, ends, lines) for style in others)
    return text, " ".join((usual, *groups)), f"{said}; an export will end each as it was."


def _group(style: str, ends: list[str], lines: list[str]) -> str:
    """The rows that end in `style`, as a remembered style names them."""
    rows = (row for row, end in enumerate(ends) if end == style)
    return f"{style}@{','.join(f'{row}:{_fingerprint(lines[row])}' for row in rows)}"


def write_newlines(text: str, style: str) -> str:
    """The text with the line ends of a remembered style; edited lines get the usual one."""
    usual, *groups = style.split(" ")
    end = _ENDS.get(usual, "\n")
    if not groups:
        return text if end == "\n" else text.replace("\n", end)
    lines = text.split("\n")
    ends = [end] * (len(lines) - 1)
    for group in groups:
        other, _, marks = group.partition("@")
        for row in _find(lines, marks):
            ends[row] = _ENDS.get(other, "\n")
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
