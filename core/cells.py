"""Words measured and wrapped in the cells of a terminal; characters of unsure width don't get in."""

from __future__ import annotations

import unicodedata

UNSURE = "\ufffd"
"""Stands for characters that some terminals give another width than others."""
ELLIPSIS = "…"
_MARKS = ("Mn", "Me", "Mc")
_UNSEEN = ("Cf", "Zl", "Zp", "Cs", "Co", "Cn")
_UNSURE_RANGES = (
    (0x0D4E, 0x0D4E), (0x0E33, 0x0E33), (0x0EB3, 0x0EB3), (0x1160, 0x11FF), (0x2630, 0x2637),
    (0x268A, 0x268F), (0x3164, 0x3164), (0xFFA0, 0xFFA0), (0x4DC0, 0x4DFF),
    (0xA960, 0xA97F), (0xD7B0, 0xD7FF), (0x16FE0, 0x16FFF), (0x1D300, 0x1D37F), (0x1F000, 0x1F02B),
)  # fmt: skip
"""Old Hangul letters, hexagrams, counting rods and the like, on which tables of widths differ."""
_HELD = frozenset(":;!?»")
"""No line begins with these, though French puts a space before them."""
_NO_START = frozenset(
    "、。，．・：；？！ー」』）】〕〉》’”…‥々ぁぃぅぇぉっゃゅょァィゥェォッャュョ,.!?;:)]}»"
)
"""What doesn't begin a line of Japanese, and closing signs."""


def units(text: str) -> list[tuple[str, int]]:
    """Characters with their marks, and the cells each takes (1 or 2); tabs and the like become spaces."""
    if text.isascii() and text.isprintable():
        return [(character, 1) for character in text]
    found: list[tuple[str, int]] = []
    for character in unicodedata.normalize("NFC", text):
        category = unicodedata.category(character)
        if category in ("Cc", "Zs"):
            found.append((" ", 1))
        elif category in _MARKS:
            if found and found[-1][0] != " " and len(found[-1][0]) < 4:
                found[-1] = (found[-1][0] + character, found[-1][1])
        elif category == "Cf" or 0x1F3FB <= ord(character) <= 0x1F3FF:
            continue
        elif category in _UNSEEN or _unsure(ord(character)):
            found.append((UNSURE, 1))
        else:
            found.append((character, 2 if is_wide(character) else 1))
    return found


def is_wide(character: str) -> bool:
    """Whether a character is set in a full square: two cells of a terminal."""
    return unicodedata.east_asian_width(character) in "WF"


def _unsure(code: int) -> bool:
    return code > 0xD00 and any(first <= code <= last for first, last in _UNSURE_RANGES)


def clean(text: str) -> str:
    """The text as it can be drawn, on one line."""
    return "".join(character for character, _ in units(text))


def width(text: str) -> int:
    """Cells of a text."""
    if text.isascii() and text.isprintable():
        return len(text)
    return sum(cells for _, cells in units(text))


def cut(text: str, columns: int) -> str:
    """The text, or its beginning and `…` where it needs more cells; never more than `columns`."""
    if columns <= 0:
        return ""
    if len(text) > columns * 4 + 1_000:
        text = text[: columns * 4 + 1_000]
    kept, used = [], 0
    whole = units(text)
    if sum(cells for _, cells in whole) <= columns:
        return "".join(character for character, _ in whole)
    for character, cells in whole:
        if used + cells > columns - 1:
            break
        kept.append(character)
        used += cells
    return "".join(kept).rstrip() + ELLIPSIS


def wrap(text: str, columns: int, most: int = 1_000) -> list[str]:
    """Lines of at most so many cells: broken at spaces, between wide characters, else where they end.

    The writer's own line breaks stay. More than `most` lines are cut with `…`.
    """
    if columns <= 0 or most <= 0:
        return []
    longest = (most + 1) * columns * 2 + 1_000  # what is behind that is never seen
    if len(text) > longest:
        text = text[:longest] + ELLIPSIS
    lines: list[str] = []
    for part in text.split("\n"):
        lines.extend(_wrapped(units(part), columns, most + 1 - len(lines)))
        if len(lines) > most:
            break
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], _marked_cut(lines[most - 1], columns)]


def _marked_cut(line: str, columns: int) -> str:
    """The line with `…` at its end, which says that more follows."""
    return line + ELLIPSIS if width(line) < columns else cut(line + "  ", columns)


def _wrapped(pieces: list[tuple[str, int]], columns: int, most: int) -> list[str]:
    lines: list[str] = []
    start = 0
    while start < len(pieces) and len(lines) < most:
        while start < len(pieces) and pieces[start][0] == " ":
            start += 1
        end, used = start, 0
        while end < len(pieces) and used + pieces[end][1] <= columns:
            used += pieces[end][1]
            end += 1
        if end == start:  # a wide character in one column
            if start < len(pieces):
                lines.append(UNSURE)
                start += 1
            continue
        stop = end if end == len(pieces) else _break(pieces, start, end)
        lines.append("".join(character for character, _ in pieces[start:stop]).rstrip())
        start = stop
    return lines


def _break(pieces: list[tuple[str, int]], start: int, end: int) -> int:
    """Where to break before `end`, which doesn't fit any more."""
    held = 0
    for stop in range(end, start, -1):
        before, after = pieces[stop - 1], pieces[stop]
        if after[0] == " " or before[0] == " ":
            if not _holds(pieces, stop if after[0] == " " else stop - 1):
                return stop
            held = held or stop
            continue
        if (before[1] == 2 or after[1] == 2) and after[0] not in _NO_START:
            return stop
        if before[0] in "-–—" and after[0].isalpha() and stop > start + 1:
            return stop
    return held or end


def _holds(pieces: list[tuple[str, int]], space: int) -> bool:
    """Whether a space holds a French sign to its word, as one that does not break would."""
    after = pieces[space + 1][0] if space + 1 < len(pieces) else ""
    return after in _HELD or (space > 0 and pieces[space - 1][0] == "«")
