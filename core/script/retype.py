"""Making a line another kind: the words stay, the markup around them changes."""

from __future__ import annotations

from core.script.keywords import LANGUAGES
from core.script.kinds import LineKind, ParsedLine, Role
from core.script.script import Script

TEXT_KINDS = (LineKind.DESCRIPTION, LineKind.DIALOGUE, LineKind.CAPTION, LineKind.SFX, LineKind.NOTE)
"""What a line with words goes through, in this order."""
HEADING_KINDS = (LineKind.BLANK, LineKind.PANEL, LineKind.PAGE)
"""What an empty line goes through."""

LOOK_UP = 400
"""Rows above that are searched for a speaker or a spelling."""
_NAMES = {"fr": "NOM", "ja": "名前"}


def next_kind(line: ParsedLine) -> LineKind | None:
    """The kind that comes after a line's own; None for a line that is not re-typed (a chapter, a title)."""
    for kinds in (TEXT_KINDS, HEADING_KINDS):
        if line.kind in kinds and not (line.kind in HEADING_KINDS and (line.title or line.text)):
            return kinds[(kinds.index(line.kind) + 1) % len(kinds)]
    return LineKind.DESCRIPTION if line.kind in (LineKind.SIGN, LineKind.MODIFIER) else None


def retyped(script: Script, row: int, kind: LineKind, language: str = "en") -> str:
    """The text of `row` as a line of another kind, spelled as the lines above are.

    `language` (of the project) decides where there is nothing above to go by.
    """
    raw = script.lines[row]
    indent = raw[: len(raw) - len(raw.lstrip())]
    words = _words(script.line(row), raw)
    table = LANGUAGES.get(language, LANGUAGES["en"])
    colon = "：" if language == "ja" else " : "
    match kind:
        case LineKind.DIALOGUE:
            return f"{indent}{_speaker(script, row) or _NAMES.get(language, 'NAME')}{colon}{words}"
        case LineKind.CAPTION:
            return f"{indent}{_spelling(script, row, kind) or table.caption[0]}{colon}{words}"
        case LineKind.SFX:
            return f"{indent}{_spelling(script, row, kind) or table.sfx[0]}{colon}{words}"
        case LineKind.NOTE:
            return f"{indent}[[{words}]]"
        case LineKind.PANEL:
            number = (script.place(row).panel or 0) + 1
            return f"{_spelling(script, row, kind) or table.panel[0]} {number} :"
        case LineKind.PAGE:
            place = script.place(max(row - 1, 0))
            number = (place.numbers[-1] if place.numbers else 0) + 1
            return f"{_spelling(script, row, kind) or table.page[0]} {number} :"
        case LineKind.DESCRIPTION:
            return f"{indent}({words})" if words else indent
    return indent


def _words(line: ParsedLine, raw: str) -> str:
    """What the line says, without the markup of its kind."""
    if line.kind in (LineKind.PANEL, LineKind.PAGE):
        return ""
    words = (line.text or ("" if line.spans else raw)).strip()
    if line.kind is LineKind.DESCRIPTION and words.startswith("(") and words.endswith(")"):
        words = words[1:-1].strip()
    return words


def _speaker(script: Script, row: int) -> str | None:
    """The last one above who spoke."""
    for at in range(row - 1, max(-1, row - LOOK_UP), -1):
        if script.kind(at) is LineKind.DIALOGUE and (speaker := script.line(at).speaker):
            return speaker
    return None


def _spelling(script: Script, row: int, kind: LineKind) -> str | None:
    """The keyword of the last line of this kind above, as the writer spells it."""
    for at in range(row - 1, max(-1, row - LOOK_UP), -1):
        if script.kind(at) is kind:
            for start, end, role in script.line(at).spans:
                if role is Role.KEYWORD:
                    return script.lines[at][start:end]
    return None
