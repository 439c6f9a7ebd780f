"""What a hint says, where, and what can be done about it with one key."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How much a hint matters. Neither ever stands in the way of anything."""

    HINT = "hint"
    WARN = "warn"


class Rule(StrEnum):
    """What is looked at; the value is the rule's name in settings and notes."""

    BALLOON_WORDS = "balloon-words"
    PANEL_WORDS = "panel-words"
    PAGE_WORDS = "page-words"
    BALLOONS = "balloons"
    PANELS = "panels"
    STATED_PANELS = "stated-panels"
    SPREAD = "spread"
    REVEAL = "reveal"
    MISSPELT_SPEAKER = "misspelt-speaker"
    UNKNOWN_SPEAKER = "unknown-speaker"
    EMPTY_PANEL = "empty-panel"
    PAGE_NUMBERS = "page-numbers"
    PANEL_NUMBERS = "panel-numbers"

    @property
    def about(self) -> str:
        """What it looks at, in words."""
        return _ABOUT[self]


_ABOUT = {
    Rule.BALLOON_WORDS: "words in a balloon",
    Rule.PANEL_WORDS: "words in a panel",
    Rule.PAGE_WORDS: "words on a page",
    Rule.BALLOONS: "balloons in a panel",
    Rule.PANELS: "panels on a page",
    Rule.STATED_PANELS: "panels promised and there",
    Rule.SPREAD: "spreads across a page turn",
    Rule.REVEAL: "reveals behind a page turn",
    Rule.MISSPELT_SPEAKER: "misspelt speakers",
    Rule.UNKNOWN_SPEAKER: "unknown speakers",
    Rule.EMPTY_PANEL: "empty panels",
    Rule.PAGE_NUMBERS: "numbers of pages",
    Rule.PANEL_NUMBERS: "numbers of panels",
}


class Action(StrEnum):
    """What a fix does."""

    STATE = "state"
    """Write another count of panels into a page's heading."""
    NUMBER = "number"
    """Write another number into a heading."""
    RENUMBER = "renumber"
    """Count on from a number, from this heading downwards."""
    RENAME = "rename"
    """Write another name for the speaker of this line."""
    RENAME_ALL = "rename-all"
    """The same wherever the name stands."""
    KNOW = "know"
    """The name is a speaker's: remember it for this project. Changes nothing in the text."""
    REMOVE = "remove"
    """Take the rows away."""
    ESCAPE = "escape"
    """Put a backslash in front: the line is a description, whatever it looks like."""


class Fix(NamedTuple):
    """Something that mends what a hint names; `core.script.hints.mending` makes edits of it."""

    action: Action
    title: str
    """What it does, in a few words."""
    value: str = ""
    """The number or the name to be written, or the name to be known."""


class Hint(NamedTuple):
    """One thing that a writer may want to look at."""

    rule: Rule
    row: int
    end_row: int
    """The row after the last that it is about."""
    sentence: str
    """The fact, a colon or full stop, and why it matters."""
    severity: Severity = Severity.HINT
    fixes: tuple[Fix, ...] = ()
    """The likeliest first."""
    columns: tuple[int, int] = (0, 0)
    """What it is about in its first row; (0, 0) for the whole row."""
    panel: str = ""
    """The number of the panel it is about."""
    where: str = ""
    """`page 12, panel 3`, or `line 40` outside of pages and panels."""

    @property
    def fix(self) -> Fix | None:
        """The likeliest fix."""
        return self.fixes[0] if self.fixes else None
