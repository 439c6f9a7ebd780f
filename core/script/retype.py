"""Making a line another kind: the words stay, the markup around them changes."""

from __future__ import annotations

from core.script.following import following
from core.script.habits import CueForm, colon, cue_form, recent_speakers
from core.script.kinds import LineKind, ParsedLine
from core.script.script import Script, parse

TEXT_KINDS = (LineKind.DESCRIPTION, LineKind.DIALOGUE, LineKind.CAPTION, LineKind.SFX, LineKind.NOTE)
"""What a line with words goes through, in this order."""
HEADING_KINDS = (LineKind.BLANK, LineKind.PANEL, LineKind.PAGE)
"""What an empty line goes through."""

NEAR = 60
"""Rows above that show whether descriptions stand in parentheses."""
_NAMES = {"fr": "NOM", "ja": "名前"}
_QUOTES = {"「": "」", "『": "』", "“": "”", "«": "»", '"': '"'}


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
    words = _words(script.line(row), raw)
    match kind:
        case LineKind.DIALOGUE | LineKind.CAPTION | LineKind.SFX:
            return _lettered(script, row, kind, words, language)
        case LineKind.NOTE:
            return f"{_indent(raw)}[[{words}]]"
        case LineKind.PANEL | LineKind.PAGE:
            return following(script, row - 1, kind, language).text
        case LineKind.DESCRIPTION:
            return f"{_indent(raw)}{_described(script, row, words)}"
    return _indent(raw)


def _lettered(script: Script, row: int, kind: LineKind, words: str, language: str) -> str:
    """A balloon, caption or sound with these words, its quotation mark closed if it opens one."""
    form = cue_form(script, row, kind, language)
    if form.own_line:
        form = CueForm(form.before, form.name, colon(language))
    name = form.name
    if kind is LineKind.DIALOGUE:
        name = next(iter(recent_speakers(script, row)), "") or form.name or _NAMES.get(language, "NAME")
    before = form.before if form.before.strip() else _indent(script.lines[row])
    return f"{before}{name}{form.after}{words}{_QUOTES.get(form.after.strip()[-1:], '')}"


def _described(script: Script, row: int, words: str) -> str:
    """In parentheses, unless the script does without and the words can't be taken for anything else."""
    if not words:
        return ""
    above = [
        at
        for at, kind in enumerate(script.kinds(max(row - NEAR, 0), row), max(row - NEAR, 0))
        if kind is LineKind.DESCRIPTION
    ]
    bare = bool(above) and not script.lines[above[-1]].lstrip().startswith(("(", "（"))
    if bare and parse(f"PAGE 1\n\n{words}\n\n").kind(2) is LineKind.DESCRIPTION:
        return words
    return f"({words})"


def _words(line: ParsedLine, raw: str) -> str:
    """What the line says, without the markup of its kind."""
    if line.kind in (LineKind.PANEL, LineKind.PAGE):
        return ""
    words = (line.text or ("" if line.spans else raw)).strip()
    if not words and line.speaker and not raw.rstrip().endswith((":", "：")):
        words = line.speaker  # a word alone on its line was taken for a name
    if line.kind is LineKind.DESCRIPTION and words[:1] in ("(", "（") and words[-1:] in (")", "）"):
        words = words[1:-1].strip()
    if len(words) > 1 and _QUOTES.get(words[0]) == words[-1]:
        words = words[1:-1].strip()
    return words


def _indent(raw: str) -> str:
    return raw[: len(raw) - len(raw.lstrip())]
