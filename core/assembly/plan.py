"""What previews, sketches and exports draw: pages with their panels in place and the words in their balloons.

Everything is in millimetres from the upper left corner of the trimmed page (of the left page of a
spread), so nothing that draws knows of layouts, scripts or records.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Direction(StrEnum):
    """How the pages are read."""

    LTR = "ltr"
    RTL = "rtl"
    VERTICAL = "vertical"
    """A strip for scrolling (webtoon): from top to bottom, no spreads."""


class Side(StrEnum):
    """Where a page lies in the open book."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"
    """A spread over two pages."""
    SINGLE = "single"
    """In a strip for scrolling."""


class PanelStatus(StrEnum):
    """How far a panel is."""

    SCRIPT = "script"
    THUMBNAILS = "thumbnails"
    PENCILS = "pencils"
    INKS = "inks"
    LETTERS = "letters"
    DONE = "done"


class BalloonKind(StrEnum):
    """What the words stand in."""

    SPEECH = "speech"
    THOUGHT = "thought"
    SHOUT = "shout"
    WHISPER = "whisper"
    CAPTION = "caption"
    SFX = "sfx"
    SIGN = "sign"


@dataclass(frozen=True, slots=True)
class Rect:
    """A box in millimetres."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height

    def overlaps(self, other: Rect, slack: float = 1e-6) -> bool:
        """Whether both have an area in common that is more than a rounding error."""
        return (
            self.x < other.right - slack
            and other.x < self.right - slack
            and self.y < other.bottom - slack
            and other.y < self.bottom - slack
        )


@dataclass(frozen=True, slots=True)
class PageFormat:
    """The paper, in millimetres."""

    width: float = 182.0
    height: float = 257.0
    bleed: float = 3.0
    top: float = 12.0
    bottom: float = 14.0
    inner: float = 14.0
    """Margin at the binding."""
    outer: float = 10.0
    across: float = 3.0
    """The gutter between panels side by side."""
    down: float = 6.0
    """The gutter between rows."""


@dataclass(frozen=True, slots=True)
class BalloonPlan:
    """Words in their place."""

    kind: BalloonKind
    speaker: str
    """As written; empty for captions, signs and sound effects."""
    text: str
    order: int
    """From 1 within the page, in reading order."""
    box: Rect
    tail: tuple[float, float] | None = None
    """Where its tail points to."""
    overfull: bool = False
    """The words don't fit the box at the size of the lettering."""
    row: int = -1
    """Its row in the script; -1 for what is not in it."""
    number: int = 0
    """From 1 within its panel, as the script has it; a place that the writer gives it is kept under it."""
    placed: bool = False
    """The writer gave it its place."""
    marked: str = ""
    """The words with their signs of emphasis (`**never**`), if there are any; drawings stress them."""
    voices: tuple[str, ...] = ()
    """Names of those who say it, as in the bible where they are there."""


@dataclass(frozen=True, slots=True)
class PanelPlan:
    """A panel in its cell, and all that is known of it."""

    id: str
    """The identity of the panel's heading in the script; `cell:N` for a cell without a panel."""
    label: str
    """Its number as written or counted."""
    box: Rect
    inset: bool = False
    """It lies on another panel."""
    bleeds: bool = False
    """It runs over the edge of the page; its box then reaches into the bleed."""
    borderless: bool = False
    description: str = ""
    balloons: tuple[BalloonPlan, ...] = ()
    characters: tuple[str, ...] = ()
    """Names of those who are in the picture, as in the bible where they are there."""
    background: str = ""
    picture: str = ""
    """SHA-256 of a file in the media store."""
    notes: str = ""
    """Of the assembly."""
    remarks: str = ""
    """Notes to colleagues that stand in the script."""
    status: PanelStatus = PanelStatus.SCRIPT
    row: int = -1
    """The row of its heading in the script; -1 without one."""


@dataclass(frozen=True, slots=True)
class PagePlan:
    """A page (or a spread) ready to be drawn."""

    key: str
    """The id of its record, else the identity of its heading in the script."""
    heading: str
    """The identity of its heading in the script; empty for a page that is in none."""
    numbers: tuple[int, ...]
    """In the book: one, or two for a spread; (0,) for a cover, which is not counted."""
    title: str
    side: Side
    format: PageFormat
    direction: Direction
    width: float
    """Of the whole picture: two pages for a spread."""
    height: float
    """The format's, or more for a strip."""
    panels: tuple[PanelPlan, ...]
    """In reading order; insets after the panel that they lie on."""
    layout: str = ""
    script_panels: int = 0
    """How many panels the script has for it; -1 for a page that is not in the script."""
    page_turn: bool = False
    """One turns the leaf after it."""
    problems: tuple[str, ...] = ()
    """Sentences: what differs from the script, what doesn't fit."""


@dataclass(frozen=True, slots=True)
class Book:
    """All pages in order, and what the drawings need to know of the story."""

    title: str
    author: str
    language: str
    direction: Direction
    pages: tuple[PagePlan, ...]
    colours: Mapping[str, str] = field(default_factory=dict)
    """`#rrggbb` of characters, by their names."""
    backgrounds: Mapping[str, str] = field(default_factory=dict)
    """Kinds of backgrounds (interior, exterior, abstract), by their names."""
    looks: Mapping[str, str] = field(default_factory=dict)
    """What the bible says of how characters look, by their names."""
    summary: str = ""
    """A sentence or two on the story, for the metadata of what is exported."""
