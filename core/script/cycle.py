"""One key turns a line into the next kind: description, dialogue, caption, SFX, note, and round again."""

from __future__ import annotations

from core.script.keywords import LANGUAGES, bare, words_of
from core.script.kinds import LETTERING, LineKind
from core.script.script import Script

ORDER = (LineKind.DESCRIPTION, LineKind.DIALOGUE, LineKind.CAPTION, LineKind.SFX, LineKind.NOTE)
NEAR = 200
"""Rows around a line in which its language and the last speaker are looked for."""
_COLONS = {"en": ": ", "fr": " : ", "ja": "："}
_NAMES = {"en": "NAME", "fr": "NOM", "ja": "名前"}


def cycle_kind(script: Script, row: int, *, language: str | None = None) -> str | None:
    """The line as the next kind, in the words of `language` (else of the lines near it).

    None for lines that are not turned: headings, titles, rules, and text below a name.
    """
    line = script.line(row)
    if line.continued or line.kind not in (*ORDER, LineKind.BLANK, LineKind.SIGN):
        return None
    code = language if language in LANGUAGES else language_near(script, row)
    here = ORDER.index(line.kind) if line.kind in ORDER else 0
    wanted = ORDER[(here + 1) % len(ORDER)]
    raw = script.lines[row]
    indent = raw[: len(raw) - len(raw.lstrip())]
    return indent + written(wanted, _words(line.text), code, _speaker(script, row) if here == 0 else "")


def written(kind: LineKind, text: str, language: str, speaker: str = "") -> str:
    """A line of this kind as the studio writes it in a language."""
    table = LANGUAGES[language]
    if kind is LineKind.NOTE:
        return f"[[{text}]]"
    if kind is LineKind.DESCRIPTION:
        return f"（{text}）" if language == "ja" else f"({text})"
    if kind is LineKind.DIALOGUE:
        name = speaker or _NAMES[language]
    else:
        name = table.caption[0] if kind is LineKind.CAPTION else table.sfx[0]
    if language == "ja" and kind is not LineKind.SFX:
        return f"{name}「{text}」"
    return f"{name}{_COLONS[language]}{text}"


def language_near(script: Script, row: int) -> str:
    """The language of the nearest heading or balloon above a row that shows one; else English."""
    for at in range(row, max(-1, row - NEAR), -1):
        if script.kind(at) not in (*LETTERING, LineKind.PAGE, LineKind.PANEL, LineKind.CHAPTER):
            continue
        raw = script.lines[at]
        if any("\u3040" <= char <= "\u30ff" for char in raw):
            return "ja"
        if " :" in raw or "\u00a0:" in raw or "\u202f:" in raw:
            return "fr"  # PANEL 1 : stands in French scripts too, but only they put a space there
        for code, words in _OWN.items():
            if any(word in words for word in bare(raw.replace(":", " ")).split()[:3]):
                return code
    return "en"


def _own_words() -> dict[str, frozenset[str]]:
    """For each language the keywords that no other has."""
    fields = ("chapter", "page", "panel", "caption", "sfx")
    every = [bare(word) for field in fields for word in words_of(field)]
    return {
        code: frozenset(
            word
            for field in fields
            for word in map(bare, getattr(table, field))
            if len(word) > 3 and every.count(word) == 1
        )
        for code, table in LANGUAGES.items()
    }


_OWN = _own_words()


def _speaker(script: Script, row: int) -> str:
    """The last but one to speak, since speakers take turns; else the last."""
    last = ""
    for at in range(row - 1, max(-1, row - NEAR), -1):
        if script.kind(at) is not LineKind.DIALOGUE:
            continue
        name = script.line(at).speaker
        if name and last and name != last:
            return name
        last = last or name or ""
    return last


def _words(text: str) -> str:
    """Without the brackets that the kind put around them."""
    for opening, closing in (("(", ")"), ("（", "）"), ("「", "」")):
        if text.startswith(opening) and text.endswith(closing) and text.count(opening) == 1:
            return text[1:-1].strip()
    return text
