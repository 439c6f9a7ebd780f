"""What the figures of a script are made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from core.script.kinds import LineKind
from core.script.statistics import Statistics

CJK_PER_WORD = 2
"""So many Japanese characters weigh as much as a word when lengths are compared."""


class Words(NamedTuple):
    """An amount of text: words as split at white space, and how many of its characters are CJK.

    A Japanese sentence is one word here, so lengths are compared by `weight`.
    """

    words: int = 0
    cjk: int = 0

    def plus(self, other: Words) -> Words:
        """Both together."""
        return Words(self.words + other.words, self.cjk + other.cjk)

    @property
    def weight(self) -> float:
        """A length that is fair to both ways of writing, in words."""
        return max(float(self.words), self.cjk / CJK_PER_WORD)


NOTHING = Words()


class Spot(NamedTuple):
    """A place of the script: its row (from 0) and how people call it."""

    row: int
    label: str
    """`12.3` (page and panel), `12` on a page before its panels, empty outside of pages."""


@dataclass(slots=True)
class BalloonFigures:
    """A balloon, caption or sign."""

    kind: LineKind
    speaker: str
    """Empty for captions and signs."""
    size: Words
    at: Spot
    text: str


@dataclass(slots=True)
class SpeakerFigures:
    """Who says how much, and where; a name is spelled as it is first written."""

    name: str
    first: Spot
    last: Spot
    longest: BalloonFigures
    balloons: int = 0
    size: Words = NOTHING
    pages: int = 0
    """Page headings under which somebody speaks: a spread is one."""
    panels: int = 0


@dataclass(slots=True)
class PanelFigures:
    """One panel heading; `PANELS 2-4` is one of these with a count of three."""

    at: Spot
    count: int
    title: str
    size: Words
    """Of what is lettered."""
    balloons: int
    """Of speakers."""
    captions: int
    """Captions and signs."""
    sfx: int


@dataclass(slots=True)
class PageFigures:
    """One page heading; a spread is one of these with a count of two."""

    at: Spot
    count: int
    title: str
    panels: int
    size: Words
    """Of what is lettered."""
    balloons: int
    captions: int
    sfx: int
    per_panel: list[PanelFigures] = field(default_factory=list)


@dataclass(slots=True)
class PlaceFigures:
    """Where scenes play. `KITCHEN - NIGHT` and `KITCHEN - DAY` are one place."""

    name: str
    first: Spot
    scenes: int = 0
    pages: int = 0
    """Page headings on which it is the place: from its scene line to the next one or to the next chapter."""


@dataclass(slots=True)
class Figures:
    """All figures of a script that was parsed to its end."""

    totals: Statistics
    dialogue: Words
    """What speakers say."""
    lettered: Words
    """That, captions, sound effects and signs."""
    described: Words
    """Descriptions."""
    speakers: list[SpeakerFigures]
    """Most balloons first."""
    pages: list[PageFigures]
    loose_panels: list[PanelFigures]
    """Panels outside of pages."""
    places: list[PlaceFigures]
    """In the order in which they are first seen."""
    longest: list[BalloonFigures]
    """The longest first, at most `LONGEST`."""

    @property
    def balloons(self) -> int:
        """Balloons of speakers; captions and signs are counted apart."""
        return self.totals.dialogues

    @property
    def mostly_cjk(self) -> bool:
        """Whether counting characters says more than counting words."""
        return self.totals.cjk_characters > self.totals.words

    def panels(self) -> list[PanelFigures]:
        """All panels in order; those outside of pages first."""
        return [*self.loose_panels, *(panel for page in self.pages for panel in page.per_panel)]


LONGEST = 30
"""Balloons in the list of the longest."""
