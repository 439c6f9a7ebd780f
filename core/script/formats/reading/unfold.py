"""Lines that hold several things, put on lines of their own: speech inside a description, columns, tables.

Only line breaks come in (and the signs of columns go out), so that no word is changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from core.script.cues import match_cue
from core.script.formats.reading.tables import unfold_tables
from core.script.keywords import LANGUAGES, RESERVED, bare, pattern, words_of
from core.script.kinds import LETTERING, LineKind
from core.script.names import is_name
from core.script.normal import normalise
from core.script.script import Script, parse

LONGEST = 4000
"""Characters of a line that is looked at."""
ENOUGH = 2
"""Lines with speech inside from which on it is the way of the script."""

_END = r"(?:(?<=[.!?…)\]\"”»’'—])|(?<=--))\s+"
_QUOTED = r"(?:\"[^\"]*\"|“[^”]*”|«[^»]*»|‘[^‘]*’(?!\w)|'(?:[^']|'(?=\w))*'(?!\w))"
_NAME = r"(?P<name>[^\W\d_a-z][^\W_]*(?:['’.-][^\W_]+)*(?:[ -][^\W\d_a-z][^\W_]*\.?){0,3}(?: [0-9]{1,2})?)"
_SPOKEN = re.compile(rf"{_END}(?={_NAME}(?P<mods>\s?\([^()]{{1,40}}\))?\s?:\s*{_QUOTED}(?:\s|$))")
_LETTERED = [w for field in ("caption", "sfx") for w in words_of(field) if len(w) > 2 and w.isascii()]
_ANNOUNCED = re.compile(rf"{_END}(?=(?:{pattern(_LETTERED)})(?:\s?\([^()]{{1,40}}\))?\s?:\s*\S)")
_SAID = re.compile(rf"[^:]{{1,60}}:\s*{_QUOTED}\s+(?=[^\W\d_a-z])")
_NUMBERS = pattern(word for table in LANGUAGES.values() for word in table.numbers)
# …stories.PANEL TWOAbit; "end." PANEL 3 A door
_GLUED = re.compile(
    rf"(?:(?<=[^\W_A-Z][.!?…\"”)])|(?<=[.!?…][\"”)])|(?<=[.!?…\"”)])\s+)"
    rf"(?=(?:PAGE|PANEL|PLANCHE|CASE)\s(?:{_NUMBERS}|[0-9]{{1,3}})(?:[^\Wa-z]|[\s:.]|$))"
)
_HEAD = re.compile(rf"(?:PAGE|PANEL|PLANCHE|CASE)\s(?:{_NUMBERS}|[0-9]{{1,3}})(?=[^\W\d_a-z])")
_LOOKS = (_SPOKEN, _ANNOUNCED, _GLUED)


def unfold(text: str) -> tuple[str, int]:
    """The text with one thing a line, and how many of its lines held several; (text, 0) if none did."""
    lines, tables = unfold_tables(text.split("\n"))
    if not tables and not _is_folded(text):
        return text, 0
    if tables:
        text = "\n".join(lines)
    script = parse(text)
    if not len(script.pages) and not script.statistics().panels:
        return text, 0
    out: list[str] = []
    counts = dict.fromkeys(("spoken", "other"), 0)
    for row, line in enumerate(script.lines):
        why, parts = _parts(script, row, line) if 0 < len(line) <= LONGEST else ("", [line])
        if why:
            counts[why] += 1
        out.append("\n".join(parts))
    if counts["spoken"] < ENOUGH and not counts["other"]:
        return (text, tables) if tables else (text, 0)
    return "\n".join(out), counts["spoken"] + counts["other"] + tables


def _is_folded(text: str) -> bool:
    """A quick look, before anything is parsed."""
    return "\t" in text or any(look.search(line[:LONGEST]) for line in text.split("\n") for look in _LOOKS)


def _parts(script: Script, row: int, line: str) -> tuple[str, list[str]]:
    """Why a line is several, and what it is then."""
    kind = script.kind(row)
    if kind is LineKind.BLANK:
        return "", [line]
    if "\t" in line.strip() and kind in (LineKind.PANEL, LineKind.PAGE) and (cells := _cells(line)):
        return "other", cells
    whole = [piece for part in _cut(line, _GLUED) for piece in _cut(part, _HEAD, after=True)]
    in_story = script.place(row).page is not None or script.place(row).panel is not None
    if not in_story or kind not in (LineKind.PANEL, LineKind.PAGE, LineKind.DESCRIPTION, LineKind.DIALOGUE):
        return ("other", whole) if len(whole) > 1 else ("", [line])
    parts = [piece for part in whole for piece in _speeches(part, kind)]
    if len(whole) > 1:
        return "other", parts
    return ("spoken", parts) if len(parts) > 1 else ("", [line])


def _cells(line: str) -> list[str]:
    """The columns of a panel's row, if one of them is lettered."""
    cells = [cell.strip() for cell in line.split("\t") if cell.strip()]
    return cells if any(_is_cue(cell) for cell in cells[1:]) else []


def _is_cue(cell: str) -> bool:
    normal = normalise(cell)
    cue = match_cue(normal) if normal.body else None
    return cue is not None and not cue.own_line and (cue.strong or cue.kind in LETTERING)


def _speeches(line: str, kind: LineKind) -> Iterator[str]:
    """A line cut in front of each speech inside it, and behind it where description goes on."""
    if kind is LineKind.DIALOGUE and not _SAID.match(line):
        yield line  # what somebody says may quote somebody
        return
    pieces = [piece for part in _cut(line, _SPOKEN, check=True) for piece in _cut(part, _ANNOUNCED)]
    if len(pieces) < 2:
        yield line
        return
    for at, piece in enumerate(pieces):
        told = _SAID.match(piece) if at or kind is LineKind.DIALOGUE else None
        yield piece[: told.end()].rstrip() if told else piece
        if told:
            yield piece[told.end() :]


def _cut(line: str, where: re.Pattern[str], *, check: bool = False, after: bool = False) -> list[str]:
    """The line in pieces, cut before (or after) what is found; with `check` only before names."""
    pieces: list[str] = []
    start = 0
    for found in where.finditer(line):
        if check and not _is_speaker(found["name"]):
            continue
        if found.end() in (start, len(line)):
            continue
        pieces.append(line[start : found.start() if not after else found.end()].rstrip())
        start = found.end()
    return [*pieces, line[start:]]


def _is_speaker(name: str) -> bool:
    word = RESERVED.get(bare(name))
    return word in LETTERING if word is not None else is_name(name)
