"""What is told of somebody's appearances in the script."""

from __future__ import annotations

from typing import NamedTuple

from core.script.figures.model import Spot


class Line(NamedTuple):
    """Something that somebody says."""

    row: int
    """In the script, from 0."""
    page: str
    """The page's numbers as people call them; empty outside of pages."""
    panel: str
    """The panel's number; empty outside of panels."""
    text: str
    speaker: str
    """As written before the colon, which may name several."""
    unseen: bool
    """The voice comes from off or over the radio."""

    @property
    def label(self) -> str:
        """`12.3`, `12` before the page's panels, `3` in a script without pages."""
        return label_of(self.page, self.panel)


class Shared(NamedTuple):
    """Somebody else, and the number of panels (or pages and scenes that have none) that both are in."""

    id: str
    """Of the record; empty for a name that is not in the bible."""
    name: str
    panels: int


class Totals(NamedTuple):
    """How much somebody is there; all zero for who is not."""

    pages: int = 0
    """Page headings: a spread is one."""
    panels: int = 0
    """Panels in which somebody speaks or is named in the description."""
    lines: int = 0
    words: int = 0
    cjk: int = 0
    """Japanese characters of the lines, which no spaces part into words."""


def plus(one: Totals, other: Totals) -> Totals:
    """Both together."""
    return Totals(
        one.pages + other.pages,
        one.panels + other.panels,
        one.lines + other.lines,
        one.words + other.words,
        one.cjk + other.cjk,
    )


def label_of(page: str, panel: str) -> str:
    """How people call a place."""
    return f"{page}.{panel}" if page and panel else page or panel


class Appearances(NamedTuple):
    """All that the script has of somebody."""

    pages: int
    panels: int
    lines: int
    words: int
    cjk: int
    first: Spot | None
    last: Spot | None
    with_: tuple[Shared, ...]
    """Most panels first."""
    timeline: tuple[int, ...]
    """For each page of the script in how many of its panels; 1 where somebody is on a page without panels."""
    said: tuple[Line, ...]
    """In order."""


NOWHERE = Appearances(0, 0, 0, 0, 0, None, None, (), (), ())
