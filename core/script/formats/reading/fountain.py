"""Fountain: screenplays as scenes with dialogue, and its comic uses with `#` for pages and `.` for panels."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.script.facts import LONGEST
from core.script.formats.reading.builder import Builder
from core.script.formats.reading.cueing import (
    heading_in,
    letter,
    name_and_modifiers,
    put_cued,
    put_heading,
    put_note,
    put_place,
)
from core.script.formats.reading.front import read_front
from core.script.formats.reading.remarks import APART, LINE_END, NOTE, take_remarks
from core.script.formats.spelling import author_word
from core.script.headings import Heading
from core.script.keywords import FRONT_KEYS, bare
from core.script.kinds import LineKind

_SLUG = re.compile(
    r"(?:int|ext|est|int\.?\s?/\s?ext|ext\.?\s?/\s?int|i/e|инт|экст|нат)(?:[. 。]|\.\s*$)", re.IGNORECASE
)
_FORCED_SLUG = re.compile(r"\.(?=[^.\s])")
_SECTION = re.compile(r"(?P<level>#{1,6})\s*(?P<words>.*)$")
_SYNOPSIS = re.compile(r"=(?!==)\s*(?P<words>.*)$")
_BREAK = re.compile(r"={3,}\s*$")
_MACRO = re.compile(r"\{\{[^{}]*\}\}")
_LONGEST_NAME = 60
_ASIDE = re.compile(r"[(（][^()（）]{0,58}[)）]$")
_SILENCE = "  "
_LYRICS = re.compile(r"~\s?")
_COMIC_WORDS = re.compile(
    r"(?:script|comic)?\s*(?P<what>page|planche|panel|case|ページ|コマ)\s*$", re.IGNORECASE
)
# A script without capitals shows names by their shortness alone.
_LONGEST_JAPANESE_NAME = 10
_JAPANESE_PROSE = re.compile("[。、！？!?…：:「『]|[はがをに]$")


@dataclass(frozen=True, slots=True)
class _Comic:
    """How a script uses Fountain for pages and panels."""

    section_level: int = 0
    """Sections of this level are pages; 0 for a screenplay."""
    plain: bool = False
    """Lines such as `PAGE 3` on their own are headings."""


def read_fountain(text: str, language: str) -> Builder:
    """Read a whole script; a screenplay gives no pages and no panels."""
    to = Builder()
    body = _noted(without_settings(text))
    lines = take_remarks(body, html=False).split("\n")
    start = read_front(to, lines)
    _credit(to, language)
    reader = _Reader(to, language, lines, _comic(lines))
    reader.read(start)
    return to


def _credit(to: Builder, language: str) -> None:
    """The author has the language's own key, or the one that `Credit: Scénariste` above it names."""
    front = to.out.front
    for above, one in zip([None, *front], front, strict=False):
        if one.label.casefold() == "author":
            one.label = author_word(language)
            if above and above.label.casefold() == "credit" and bare(above.text) in FRONT_KEYS:
                one.label = above.text
                front.remove(above)
            return


def without_settings(text: str) -> str:
    """The text without what an application keeps at its end; that is not part of the script."""
    at = text.rfind("/*")
    words = text[at:].split() if at >= 0 and "BEAT:" in text[at:] else []
    return text[:at] if words[-2:] == ["END_BEAT", "*/"] else text


def _noted(text: str) -> str:
    """`[[notes]]` as remarks, so that both are moved out of the line they stand in."""
    text = text.replace(LINE_END, " ")
    out: list[str] = []
    end = 0
    while (start := text.find("[[", end)) >= 0 and (close := text.find("]]", start)) >= 0:
        inside = text[start + 2 : close].replace("/*", "").replace("*/", "")
        out += (text[end:start], "/*", "*//*".join(map(_on_one_line, APART.split(inside))), "*/")
        end = close + 2
    return "".join((*out, text[end:]))


def _on_one_line(note: str) -> str:
    return LINE_END.join(" ".join(line.split()) for line in note.strip().split("\n"))


def _comic(lines: list[str]) -> _Comic:
    levels: dict[int, int] = {}
    panels = plain = above = 0
    under: dict[int, int] = {}
    for line in lines:
        section = _SECTION.match(line)
        if section:
            above = len(section["level"])
            heading = _comic_heading(section["words"])
            if heading and heading.kind is LineKind.PAGE:
                levels[above] = levels.get(above, 0) + 1
        elif _FORCED_SLUG.match(line):
            heading = _comic_heading(line[1:])
            if heading and heading.kind is LineKind.PANEL:
                panels += 1
                under[above] = under.get(above, 0) + 1
        elif line.strip() and (heading := heading_in(line)) and not line.lstrip().startswith(("=", ">")):
            plain += heading.kind in (LineKind.PAGE, LineKind.PANEL)
    if not levels and not panels:
        return _Comic(0, plain >= 2)
    best = levels or under
    return _Comic(max(best, key=lambda level: best[level]), True)


def _comic_heading(words: str) -> Heading | None:
    """A page or panel in a section or forced heading; `{{serial page}}` is the next number."""
    bare = _MACRO.sub("", words).strip(" :.-")
    if bare != words.strip(" :.-") and (found := _COMIC_WORDS.match(bare)):
        return heading_in(f"{'PANEL' if found['what'].casefold() in ('panel', 'case', 'コマ') else 'PAGE'} #")
    return heading_in(_MACRO.sub("#", words))


class _Reader:
    """The lines in order, each seen with the one above and the one below."""

    def __init__(self, to: Builder, language: str, lines: list[str], comic: _Comic) -> None:
        self._to = to
        self._language = language
        self._lines = lines
        self._comic = comic
        self._cue = ""
        self._modifiers: tuple[str, ...] = ()
        self._said = False
        self._aside = ""  # the parenthetical above, as written, if nothing was said since
        self._spoken = False

    def read(self, row: int) -> None:
        for at in range(row, len(self._lines)):
            line = self._lines[at]
            if line.startswith(NOTE):
                put_note(self._to, line[1:])
            elif not line.strip():
                self._empty(line)
            elif len(line) > LONGEST:
                self._to.more(line, apart=True) if self._cue and self._said else self._to.describe(line)
            elif self._cue:
                self._speech(line.strip())
            elif not self._structure(line.strip(), at):
                self._action(line.strip(), at)
        self._end_speech()

    def _empty(self, line: str) -> None:
        """Two spaces are a line of a speech that says nothing; any other blank line ends it."""
        if not self._cue or line != _SILENCE:
            self._end_speech()
        elif not self._said:
            letter(self._to, self._cue, "", self._language, self._modifiers)
            self._said = True

    def _end_speech(self) -> None:
        """A parenthetical that nothing follows is said itself: a Japanese thought, or the end of a speech."""
        if self._cue and self._aside:
            if self._spoken:
                self._to.more(self._aside, apart=True)
            elif self._aside[0] == "（":
                letter(self._to, self._cue, self._aside, self._language, self._modifiers[:-1])
            else:
                letter(self._to, self._cue, "", self._language, self._modifiers)
        self._cue = self._aside = ""

    def _structure(self, line: str, at: int) -> bool:
        to = self._to
        section, synopsis = _SECTION.match(line), _SYNOPSIS.match(line)
        if _BREAK.match(line):
            return True
        if section:
            self._section(len(section["level"]), section["words"])
        elif synopsis:
            to.note(synopsis["words"])
        elif _FORCED_SLUG.match(line):
            self._forced(line[1:])
        elif _SLUG.match(line) and self._blank(at - 1):
            put_place(to, line)
        elif line[0] == ">":
            to.describe(line[1:].removesuffix("<"))
        elif line[0] == "!":
            self._told(line[1:])
        elif line[0] == "~":
            to.describe(_LYRICS.sub("", line, count=1))
        else:
            return False
        return True

    def _section(self, level: int, words: str) -> None:
        heading = _comic_heading(words)
        is_page = level == self._comic.section_level
        if heading and (heading.kind is LineKind.CHAPTER or self._comic.section_level):
            put_heading(self._to, heading)
        elif is_page:
            self._to.page(title=_MACRO.sub("", words))
        elif level == 1:
            self._to.chapter(words)
        else:
            self._to.note(words)

    def _forced(self, words: str) -> None:
        heading = _comic_heading(words)
        if heading and heading.kind in (LineKind.PAGE, LineKind.PANEL):
            put_heading(self._to, heading)
        elif heading and heading.kind is LineKind.SCENE:
            put_place(self._to, words)  # a place is one in a comic too, and no panel
        elif self._comic.section_level and self._to.in_page:
            self._to.panel(title=words)
        else:
            put_place(self._to, words)

    def _action(self, line: str, at: int) -> None:
        heading = heading_in(line) if self._comic.plain else None
        if heading and heading.kind is not LineKind.SCENE:
            put_heading(self._to, heading)
        elif self._is_cue(line, at):
            self._cue = line.removeprefix("@").removesuffix("^").strip()
            self._modifiers, self._said, self._spoken = (), False, False
        else:
            self._told(line, believed=True)

    def _told(self, line: str, *, believed: bool = False) -> None:
        """A description; in a comic it may have a label, and if `believed` it may be a sound effect."""
        if self._comic.plain:
            put_cued(self._to, line, self._language, speakers=False, lettering=believed)
        else:
            self._to.describe(line)

    def _is_cue(self, line: str, at: int) -> bool:
        if not self._blank(at - 1) or self._blank(at + 1):
            return False
        if line[0] == "@" and len(line) > 1:
            return True
        name, _ = name_and_modifiers(line.removesuffix("^"))
        if len(name) > _LONGEST_NAME:
            return False
        if self._language == "ja" and name.upper() == name.lower():
            return len(name) <= _LONGEST_JAPANESE_NAME and not _JAPANESE_PROSE.search(name)
        return name.upper() == name and name.lower() != name and not name.endswith((" TO:", ":"))

    def _blank(self, at: int) -> bool:
        if not 0 <= at < len(self._lines):
            return True
        line = self._lines[at]
        return line != _SILENCE and (not line.strip() or line[0] == NOTE)

    def _speech(self, line: str) -> None:
        if _ASIDE.match(line):
            self._modifiers, self._said = (
                (*(() if self._said else self._modifiers), line[1:-1].strip()),
                False,
            )
            self._aside = line
            return
        self._aside, self._spoken = "", True
        if self._said:
            self._to.more(_LYRICS.sub("", line, count=1), apart=True)
        else:
            letter(self._to, self._cue, _LYRICS.sub("", line, count=1), self._language, self._modifiers)
            self._said = True
