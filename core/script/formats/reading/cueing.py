"""What readers of dialects share: a name with its modifiers, and what lettering a reserved name makes."""

from __future__ import annotations

import re

from core.script.cues import Cue, match_cue
from core.script.facts import LONGEST
from core.script.formats.reading.builder import Builder, Modifiers
from core.script.headings import Heading, match_heading
from core.script.keywords import DOUBTFUL, RESERVED, SPEECH, bare
from core.script.kinds import LETTERING, LineKind
from core.script.normal import Normal, normalise

_NAMED = re.compile(r"(?P<name>[^()（）]+?)\s*(?P<mods>(?:[(（][^()（）]*[)）]\s*)+)$")
_MODIFIER = re.compile(r"[(（]([^()（）]*)[)）]")
_ASIDE = re.compile(r"[(（]([^()（）]{1,58})[)）]$")
_LONGEST_CUE = 300
_COUNTER = re.compile(r"\s*#?[0-9]{1,3}$")


def name_and_modifiers(cue: str) -> tuple[str, Modifiers]:
    """`TOM (off)(cont.)` as the name and what stands in parentheses behind it."""
    cue = cue.strip()
    found = _NAMED.match(cue) if len(cue) < _LONGEST_CUE else None
    if not found:
        return cue, ()
    return found["name"], tuple(part.strip() for part in _MODIFIER.findall(found["mods"]) if part.strip())


def reserved(name: str, language: str) -> LineKind | str | None:
    """What a name in front of words is if it is no person: a kind, or SPEECH for `Dialogue`."""
    word = bare(name)
    owner = DOUBTFUL.get(word)
    if owner is not None and owner != language:
        return None
    return RESERVED.get(word) or RESERVED.get(_COUNTER.sub("", word))


def letter(to: Builder, cue: str, text: str, language: str, modifiers: Modifiers = ()) -> None:
    """Add what `cue` says: a balloon, or the caption, effect, note or description that it announces."""
    name, more = name_and_modifiers(cue)
    modifiers = (*more, *modifiers)
    kind = reserved(name, language)
    if isinstance(kind, LineKind) and kind in LETTERING:
        to.letter(kind, text, modifiers, name)
    elif kind is LineKind.NOTE:
        to.note(_with(modifiers, text), name)
    elif kind == SPEECH and text.strip():
        to.say("", text, modifiers)
    elif kind in (LineKind.DESCRIPTION, SPEECH):
        to.describe(_with(modifiers, text), name)
    elif not any(char.isalpha() for char in name):
        to.describe(f"{cue} {text}")
    else:
        to.say(name, text, modifiers)


def letter_lines(to: Builder, cue: str, lines: list[str], language: str, modifiers: Modifiers = ()) -> None:
    """The lines of one speech; a `(pause)` on its own begins another balloon."""
    said = False
    rows = [line.strip() for line in lines]
    last = len(rows) - 1
    for at, line in enumerate(rows):
        thought = at == last and not said and line.startswith("（")  # nothing follows: it is said itself
        if not thought and (aside := _ASIDE.match(line)):
            modifiers, said = (*(() if said else modifiers), aside[1].strip()), False
        elif said:
            to.more(line, apart=True)
        elif line:
            letter(to, cue, line, language, modifiers)
            said = True
    if not said:
        letter(to, cue, "", language, modifiers)


def put_note(to: Builder, text: str) -> None:
    """A note, for whom it says: `LETTERER: keep it small`."""
    name, colon, words = text.partition(":")
    if colon and words.strip() and RESERVED.get(bare(name)) is LineKind.NOTE:
        to.note(words, name.strip())
    else:
        to.note(text)


def put_cued(
    to: Builder,
    line: str,
    language: str,
    *,
    only: bool = False,
    speakers: bool = True,
    lettering: bool = True,
) -> bool:
    """A line that may hold a whole balloon, `NAME (off): words`; if not, a description unless `only`.

    Without `speakers` only what a keyword announces is believed, `SFX: words`; without `lettering` only the
    label of a description or a note.
    """
    normal = normalise(line)
    cue = match_cue(normal) if normal.body and len(normal.body) < 2000 else None
    believed = cue is not None and not cue.own_line and (cue.strong or cue.forced or not cue.key)
    believed = believed and lettering and (speakers or (cue is not None and not cue.key))
    if cue and believed and cue.text and cue.kind in LETTERING and cue.name:
        words = line[normal.column(len(normal.body) - len(cue.text)) :]
        if cue.kind is LineKind.DIALOGUE:
            to.say(cue.name, words, cue.modifiers)
        else:
            to.letter(cue.kind, words, cue.modifiers, cue.name)
        return True
    if not only and not (cue and _put_labelled(to, line, normal, cue)):
        to.describe(line)
    return False


def _put_labelled(to: Builder, line: str, normal: Normal, cue: Cue) -> bool:
    """`SETTING: rust`, a description or a note whose label we know; not what stands in parentheses."""
    if cue.own_line or cue.modifiers or bare(cue.name) not in RESERVED or normal.body[0] in "(（":
        return False
    words = line[normal.column(len(normal.body) - len(cue.text)) :] if cue.text else ""
    if cue.kind is LineKind.NOTE and words:
        to.note(words, cue.name)
    elif cue.kind is LineKind.DESCRIPTION:
        to.describe(words, cue.name)
    else:
        return False
    return True


def heading_in(line: str) -> Heading | None:
    """The heading of our grammar that a line is, believed only where it stands in full."""
    if len(line) > LONGEST:
        return None
    heading = match_heading(normalise(line).body) if line.strip() else None
    return None if heading is None or heading.weak else heading


def put_heading(to: Builder, heading: Heading) -> None:
    """Open what a heading of our grammar opens."""
    if heading.kind is LineKind.PAGE:
        title = "" if heading.panels is not None else heading.title
        to.page(
            heading.numbers,
            title,
            stated=heading.stated,
            splash=heading.splash,
            spread=heading.spread,
            forced=heading.forced,
        )
        if heading.panels is not None:
            to.panel(heading.panels, heading.title)
    elif heading.kind is LineKind.PANEL:
        to.panel(heading.numbers, heading.title)
    elif heading.kind is LineKind.CHAPTER:
        to.chapter(heading.title, heading.numbers)
    else:
        to.scene(heading.title, heading.numbers)


def put_place(to: Builder, line: str) -> None:
    """A scene opened by a line that names its place, with INT. or the like in front or without."""
    normal = normalise(line)
    heading = match_heading(normal.body) if normal.body else None
    if heading and heading.kind is LineKind.SCENE and not heading.numbers:
        to.scene(heading.title, label=normal.body[: len(normal.body) - len(heading.title)].strip())
    else:
        to.scene(line)


def _with(modifiers: Modifiers, text: str) -> str:
    return " ".join([*(f"({modifier})" for modifier in modifiers), text])
