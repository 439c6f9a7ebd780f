"""What a line can be, and the parts that colours, completion and exports need of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class LineKind(StrEnum):
    """The kinds of line. A line nobody is sure of is a DESCRIPTION."""

    BLANK = "blank"
    TITLE = "title"
    """A title or a line of front matter."""
    CHAPTER = "chapter"
    SCENE = "scene"
    PAGE = "page"
    PANEL = "panel"
    DESCRIPTION = "description"
    DIALOGUE = "dialogue"
    MODIFIER = "modifier"
    """A `(softly)` on its own line under a speaker's name."""
    CAPTION = "caption"
    SFX = "sfx"
    SIGN = "sign"
    NOTE = "note"
    RULE = "rule"
    """Dashes, equals signs or a code fence: it separates, and says nothing."""


LETTERING = frozenset({LineKind.DIALOGUE, LineKind.CAPTION, LineKind.SFX, LineKind.SIGN})
"""The kinds that end up as letters on the page."""

HEADINGS = frozenset({LineKind.TITLE, LineKind.CHAPTER, LineKind.SCENE, LineKind.PAGE, LineKind.PANEL})


class Audience(StrEnum):
    """The colleague whom a note is for."""

    ARTIST = "artist"
    LETTERER = "letterer"
    COLOURIST = "colourist"
    EDITOR = "editor"


class Role(StrEnum):
    """What a part of a line is."""

    KEYWORD = "keyword"
    NUMBER = "number"
    SPEAKER = "speaker"
    MODIFIER = "modifier"
    TEXT = "text"
    LABEL = "label"
    NOTE = "note"
    MARK = "mark"
    """Brackets, colons and signs that belong to the markup."""


class Span(NamedTuple):
    """Columns `start` to `end` (not included) of the writer's own line."""

    start: int
    end: int
    role: Role


@dataclass(frozen=True, slots=True)
class ParsedLine:
    """One line understood. Columns are those of the writer's line, whatever was read past."""

    kind: LineKind
    spans: tuple[Span, ...] = ()
    speaker: str | None = None
    """As written; compare with `core.script.fold`. Also on the text lines below a bare name."""
    modifiers: tuple[str, ...] = ()
    numbers: tuple[int, ...] = ()
    """Of a chapter, scene, page (two and more for a spread) or panel; empty where it has none."""
    panel: int | None = None
    """The panel's number on a line that opens a page and a panel at once."""
    opens_panel: bool = False
    """A page line that opens a panel too, whether or not it gives its number."""
    title: str = ""
    """What follows the number of a heading; the text of a title line."""
    text: str = ""
    """The words of dialogue, captions, SFX, signs, notes and descriptions."""
    label: str = ""
    """Whom a note is for, or what a labelled description is about, as written."""
    audience: Audience | None = None
    """Whom a note is for, if its label says so; None for everybody."""
    stated_panels: int | None = None
    """The panels that a page heading promises: `PAGE 3 (5 panels)`."""
    splash: bool = False
    spread: bool = False
    forced: bool = False
    """The number was written with a leading zero: it must not be changed."""
    continued: bool = False
    """The line goes on with the balloon or note of the line above."""
