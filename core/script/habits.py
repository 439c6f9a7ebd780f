"""How this writer spells and spaces things, read off the lines around a place; else as the studio does it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from core.script.cues import Cue
from core.script.keywords import LANGUAGES, bare, fold
from core.script.keywords.table import Language
from core.script.kinds import HEADINGS, LineKind, Role
from core.script.script import Script

LOOK_UP, LOOK_DOWN = 400, 100
"""Rows above and below a place that are searched for examples."""

_EXAMPLES = 8
_SPELLED = frozenset({LineKind.CHAPTER, LineKind.PAGE, LineKind.PANEL, LineKind.CAPTION, LineKind.SFX})
_QUOTES = '「『“"«„'
_QUOTE_AT_END = re.compile(rf"[{_QUOTES}]\s*$")
_COLON_AT_END = re.compile(r"[0-9](\s?:)[\s*_]*$")
_KEYWORDS = {LineKind.CAPTION: "caption", LineKind.SFX: "sfx", LineKind.SIGN: "sign", LineKind.NOTE: "note"}


@dataclass(frozen=True, slots=True)
class CueForm:
    """How a cue is written: `before` NAME `after` words, as in `**NAME:** words` or `NAME「`."""

    before: str
    name: str
    """The name, or the keyword of a caption, sound or sign; empty if there is no example."""
    after: str
    """With the quotation mark that opens the words, if they are in any."""
    own_line: bool = False
    """The words stand on the next line."""

    @property
    def capitals(self) -> bool:
        """Whether names are written in capitals."""
        return self.name.upper() == self.name and self.name.lower() != self.name

    def of(self, name: str) -> str:
        """The cue with this name, ready for its words."""
        return f"{self.before}{name}{self.after}"


def table_of(language: str) -> Language:
    """The spellings of a language; English for one that we have no table of."""
    return LANGUAGES.get(language, LANGUAGES["en"])


def colon(language: str) -> str:
    """The sign between a name and its words, with its spaces."""
    return {"fr": " : ", "ja": "："}.get(language, ": ")


def cues_near(script: Script, row: int) -> Iterator[tuple[int, Cue]]:
    """Balloons, captions, sounds and signs around a row, the nearest above first, then those below."""
    yield from reversed(script.cues(row - LOOK_UP, row))
    yield from script.cues(row + 1, row + LOOK_DOWN)


def cue_form(script: Script, row: int, kind: LineKind, language: str) -> CueForm:
    """How cues of this kind are written around a row; without an example as other cues are, or headings."""
    other: CueForm | None = None
    for at, cue in cues_near(script, row):
        if cue.kind is kind:
            return _form(script, at, cue)
        if other is None or (other.own_line and not cue.own_line):
            other = _form(script, at, cue)
    word = getattr(table_of(language), _KEYWORDS[kind])[0] if kind in _KEYWORDS else ""
    if other is None or other.own_line:
        return CueForm("", word, _sign(script, row, kind, language))
    after = _QUOTE_AT_END.sub("", other.after.lstrip("]"))
    if not after.strip() or (kind is LineKind.DIALOGUE and language == "ja"):
        after = _sign(script, row, kind, language)
    return CueForm(other.before.rstrip("[@"), word, after)


def _sign(script: Script, row: int, kind: LineKind, language: str) -> str:
    """What stands between a name and its words: as headings have their colons, else as the language has."""
    if language == "ja":
        return "「" if kind is LineKind.DIALOGUE else colon(language)
    at = script.pages.at(row).row if len(script.pages) else -1
    found = _COLON_AT_END.search(script.lines[at]) if at >= 0 else None
    return f"{found[1]} " if found else colon(language)


def after_modifier(script: Script, row: int, language: str) -> str:
    """What follows a modifier in parentheses: `: `, `「`."""
    form: CueForm | None = None
    for at, cue in cues_near(script, row):
        if cue.kind is LineKind.DIALOGUE:
            form = form or _form(script, at, cue)
            if cue.modifiers:
                return _form(script, at, cue).after
    return (form or cue_form(script, row, LineKind.DIALOGUE, language)).after.lstrip("]")


def recent_speakers(script: Script, row: int, most: int = 12) -> list[str]:
    """Who spoke above a row, the last one first, as each was last written."""
    found: dict[str, str] = {}
    for _, cue in reversed(script.cues(row - LOOK_UP, row)):
        if cue.kind is LineKind.DIALOGUE and cue.key:
            found.setdefault(fold(cue.name), cue.name)
            if len(found) == most:
                break
    return list(found.values())


def blanks_above(script: Script, row: int) -> int | None:
    """Blank rows directly above a row; None if the text begins with them."""
    for count, kind in enumerate(reversed(script.kinds(row - 9, row))):
        if kind is not LineKind.BLANK:
            return count
    return None


def blanks_between_cues(script: Script, row: int) -> int:
    """Blank rows between two balloons of a panel."""
    for at, _ in cues_near(script, row):
        found = blanks_above(script, at)
        if found is not None and script.kind(at - found - 1) not in HEADINGS:
            return found
    return 0


def _form(script: Script, row: int, cue: Cue) -> CueForm:
    raw, spans = script.lines[row], script.line(row).spans
    named = [span for span in spans if span.role in (Role.SPEAKER, Role.KEYWORD)]
    if not named:
        return CueForm("", cue.name, ": ")
    name = named[-1]
    modifiers = [span.end for span in spans if span.role is Role.MODIFIER]
    texts = [span.start for span in spans if span.role is Role.TEXT]
    before, end = raw[: name.start], max([name.end, *modifiers])
    if cue.own_line:
        return CueForm(before, raw[name.start : name.end], raw[end:].rstrip(), own_line=True)
    start = texts[0] if texts else len(raw)
    after = raw[end:start]
    if texts and raw[start] in _QUOTES:
        after += _opening(raw, start)
    elif not texts and after.endswith(":"):
        after += " "
    return CueForm(before, raw[name.start : name.end], after)


def _opening(raw: str, start: int) -> str:
    """The quotation mark, with the space that French puts behind it."""
    return raw[start : start + 2] if raw[start + 1 : start + 2].isspace() else raw[start]


def written_language(script: Script, row: int, otherwise: str) -> str:
    """The language of the keywords above a row; `otherwise` where they are of several, or none."""
    first = max(row - LOOK_UP, 0)
    kinds = script.kinds(first, row + 1)
    rows = [first + at for at, kind in enumerate(kinds) if kind in _SPELLED][: -_EXAMPLES - 1 : -1]
    possible: set[str] = set(LANGUAGES)
    for at in rows:
        raw = script.lines[at]
        for start, end, role in script.line(at).spans:
            if role is Role.KEYWORD and (codes := _codes(bare(raw[start:end]))):
                possible &= codes
    return otherwise if otherwise in possible or len(possible) != 1 else possible.pop()


@cache
def _codes(word: str) -> frozenset[str]:
    """The languages that have this keyword."""
    return frozenset(code for code, words in _words_of_languages().items() if word in words)


@cache
def _words_of_languages() -> dict[str, frozenset[str]]:
    fields = ("chapter", "page", "splash", "spread", "panel", "caption", "sfx")
    return {
        code: frozenset(
            bare(word)
            for field in fields
            for word in (*getattr(table, field), *table.suffixed.get(field, ()))
        )
        for code, table in LANGUAGES.items()
    }
