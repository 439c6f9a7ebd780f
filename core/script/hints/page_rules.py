"""What a page promises and where it falls: stated panels, empty panels, spreads, reveals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from core.script.hints.hint import Action, Fix, Hint, Rule, Severity
from core.script.hints.text_rules import panel_name
from core.script.hints.thresholds import Thresholds
from core.script.keywords import pattern, words_of
from core.script.manuscript import Page, Panel
from core.script.spelled import spell_like

_STATED = re.compile(
    rf"(?P<n>[0-9０-９]{{1,2}}|(?:[^\W\d_]+-)?[^\W\d_]+)[-\s\u00a0]*"
    rf"(?:{pattern(word for word in words_of('panel') if len(word) > 2 or not word.isascii())})",
    re.IGNORECASE,
)


class Sides(NamedTuple):
    """Which pages one turns to. From the reading direction and the side that page 1 is on.

    A book read from left to right begins with page 1 on the right, alone; one read from right to left
    with page 1 on the left, alone. In both, the pages that lie behind a turn are the even ones, and a
    spread is an even page and the odd one after it. If page 1 is on the other side, all is the other
    way round.
    """

    direction: str = "ltr"
    first_side: str = ""
    """`left` or `right`; empty: as the direction has it."""

    @property
    def turned_to(self) -> int:
        """0 if one turns to the even pages, 1 if to the odd ones."""
        usual = "left" if self.direction == "rtl" else "right"
        return 0 if self.first_side in ("", usual) else 1

    def is_turned_to(self, number: int) -> bool:
        """Whether a page is the first that one sees after a turn."""
        return number % 2 == self.turned_to


def page_hints(page: Page, raw: str, limits: Thresholds) -> Iterator[Hint]:
    """Hints on one page that do not depend on where it falls; `raw` is its heading's line."""
    if limits.asks(Rule.STATED_PANELS):
        yield from _stated(page, raw)
    if limits.asks(Rule.EMPTY_PANEL):
        yield from _empty(page, page.panels)


def loose_hints(panels: list[Panel], limits: Thresholds) -> Iterator[Hint]:
    """The same for panels outside of pages."""
    if limits.asks(Rule.EMPTY_PANEL):
        yield from _empty(None, panels)


def _stated(page: Page, raw: str) -> Iterator[Hint]:
    stated, real = page.stated_panels, page.panel_count
    if stated is None or not page.panels or stated == real:
        return
    found = stated_place(raw)
    fixes = (Fix(Action.STATE, f"Write {real} panels", str(real)),) if found else ()
    sentence = f"The heading says {_panels(stated)}, the page has {real}: the artist plans by the heading."
    yield Hint(Rule.STATED_PANELS, page.row, page.row + 1, sentence, Severity.WARN, fixes, found or (0, 0))


def stated_place(raw: str) -> tuple[int, int] | None:
    """Columns of the number of panels that a page's heading promises."""
    for found in _STATED.finditer(raw):
        if spell_like(found["n"], 2) is not None:
            return found.span("n")
    return None


def _empty(page: Page | None, panels: list[Panel]) -> Iterator[Hint]:
    empty = [panel for panel in panels if not panel.elements and not panel.title]
    if page and len(empty) > 1 and len(empty) == len(panels) and not page.elements:
        sentence = f"All {len(empty)} panels of the page are empty: nothing says what to draw."
        yield Hint(Rule.EMPTY_PANEL, page.row, page.end_row, sentence)
        return
    for panel in empty:
        own_line = page is None or panel.row != page.row
        fixes = (Fix(Action.REMOVE, "Take the panel out"),) if own_line else ()
        sentence = "Nothing stands in this panel: there is neither a picture nor a word."
        yield Hint(Rule.EMPTY_PANEL, panel.row, panel.end_row, sentence, fixes=fixes, panel=panel_name(panel))


def placed_hints(
    numbers: tuple[int, ...],
    spread: bool,
    reveals: tuple[tuple[int, str], ...],
    sides: Sides,
    limits: Thresholds,
) -> Iterator[Hint]:
    """Hints on where a page falls. Rows are relative to its heading."""
    if not numbers:
        return
    first = numbers[0]
    turned = sides.is_turned_to(first)
    if spread and not turned and limits.asks(Rule.SPREAD):
        good = "an even" if sides.turned_to == 0 else "an odd"
        sentence = (
            f"The spread begins on page {first}: a page turn would cut it in two; it needs {good} page."
        )
        yield Hint(Rule.SPREAD, 0, 1, sentence, Severity.WARN)
    if turned or spread or first == 1 or not limits.asks(Rule.REVEAL):
        return  # page 1 is seen alone when the book is opened
    for row, panel in reveals:
        sentence = (
            f"The reveal is seen beside page {first - 1} already: behind a page turn is page {first + 1}."
        )
        yield Hint(Rule.REVEAL, row, row + 1, sentence, panel=panel)


def _panels(count: int) -> str:
    return f"{count} panel{'' if count == 1 else 's'}"
