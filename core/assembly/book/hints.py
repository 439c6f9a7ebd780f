"""Hints on a page put together: words that don't fit, reading order, where a spread falls."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from core.assembly.book.making import View
from core.assembly.layouts import order_problems
from core.assembly.plan import BalloonKind, BalloonPlan, Direction, PanelPlan, Rect
from core.script.hints.hint import Severity
from core.script.hints.thresholds import Thresholds

MOST = 40
"""Hints on a page; what has more is in a state that more of them don't make clearer."""
_SLACK = 0.5
"""Millimetres that balloons may overlap, since they are drawn round."""


class About(StrEnum):
    """What a hint is about."""

    LAYOUT = "layout"
    OVERFULL = "overfull"
    OVERLAP = "overlap"
    OUTSIDE = "outside"
    READING_ORDER = "reading-order"
    PANELS = "panels"
    SPREAD = "spread"
    SPLASH = "splash"
    DESCRIPTION = "description"


class PageHint(NamedTuple):
    """One thing that is worth a look."""

    about: About
    sentence: str
    panel: str = ""
    """The panel it is about."""
    severity: Severity = Severity.HINT


def hints(view: View, limits: Thresholds | None = None) -> tuple[PageHint, ...]:
    """The hints on a page, those on the whole page first. Costs O(page)."""
    found: list[PageHint] = []
    for hint in _all(view, limits or Thresholds()):
        found.append(hint)
        if len(found) == MOST:
            break
    return tuple(found)


def _all(view: View, limits: Thresholds) -> Iterator[PageHint]:
    if view.trouble:
        yield PageHint(About.LAYOUT, f"{view.trouble} A ready layout stands in for it.", "", Severity.WARN)
    yield from _whole(view, limits)
    for panel in view.plan.panels:
        yield from _balloons(panel, view.plan.direction)
    yield from _across(view.plan.panels)


def _whole(view: View, limits: Thresholds) -> Iterator[PageHint]:
    """What is about the page."""
    plan, page = view.plan, view.page
    if view.slot.displaced:
        first = plan.numbers[0]
        good = "even" if first % 2 else "odd"
        good = f"It needs an {good} page."
        sentence = f"The spread begins on page {first}: its halves would not face each other. {good}"
        yield PageHint(About.SPREAD, sentence, "", Severity.WARN)
    for sentence in order_problems(plan):
        yield PageHint(About.READING_ORDER, sentence)
    on_paper = [panel for panel in plan.panels if not panel.inset]
    if page and page.splash and len(on_paper) > 1 and not page.spread:
        yield PageHint(About.SPLASH, f"The heading says splash; {len(on_paper)} panels share the page.")
    yield from _undescribed([panel for panel in plan.panels if panel.row >= 0 and not panel.description])
    severity = limits.panels.judge(len(plan.panels), len(plan.numbers))
    if severity:
        yield PageHint(About.PANELS, f"{len(plan.panels):,} panels are many for a page.", "", severity)


def _undescribed(panels: Sequence[PanelPlan]) -> Iterator[PageHint]:
    """Panels of the script of which nobody knows what to draw, in one hint."""
    labels = [panel.label for panel in panels]
    if len(labels) == 1:
        yield PageHint(About.DESCRIPTION, f"Panel {labels[0]} has no description.", panels[0].id)
    elif labels:
        few = f"Panels {', '.join(labels[:-1])} and {labels[-1]}"
        named = few if len(labels) < 8 else f"{len(labels):,} panels"
        yield PageHint(About.DESCRIPTION, f"{named} have no description.", panels[0].id)


def _balloons(panel: PanelPlan, direction: Direction) -> Iterator[PageHint]:
    """What is about the words of one panel."""
    where = f" of panel {panel.label}" if panel.label else ""
    ordered = sorted(panel.balloons, key=lambda balloon: balloon.order)
    for balloon in ordered:
        if balloon.overfull:
            yield PageHint(About.OVERFULL, f"The words of {_name(balloon)}{where} don't fit.", panel.id)
        if balloon.placed and not _mostly_on(balloon.box, panel.box):
            yield PageHint(About.OUTSIDE, f"{_capital(balloon)}{where} lies outside of its panel.", panel.id)
    for before, after in pairwise(ordered):
        if (before.placed or after.placed) and _is_seen_first(after.box, before.box, direction):
            sentence = f"{_capital(after)}{where} is seen before {_name(before)}, and comes after it."
            yield PageHint(About.READING_ORDER, sentence, panel.id)


def _across(panels: Sequence[PanelPlan]) -> Iterator[PageHint]:
    """Balloons that cover each other, in one panel or in two."""
    lettered = [
        (panel, balloon)
        for panel in panels
        for balloon in panel.balloons
        if balloon.kind is not BalloonKind.SFX
    ]
    lettered.sort(key=lambda one: one[1].box.y)
    open_: list[tuple[PanelPlan, BalloonPlan]] = []
    for panel, balloon in lettered:
        open_ = [one for one in open_ if one[1].box.bottom > balloon.box.y + _SLACK]
        for other, earlier in open_:
            if earlier.box.overlaps(balloon.box, _SLACK):
                first, second = sorted((earlier, balloon), key=lambda one: one.order)
                at = f" in panel {panel.label}" if panel.label and panel.id == other.id else ""
                yield PageHint(About.OVERLAP, f"{_capital(first)} and {_name(second)} overlap{at}.", panel.id)
        open_.append((panel, balloon))


def _name(balloon: BalloonPlan) -> str:
    kind = {BalloonKind.CAPTION: "caption", BalloonKind.SFX: "sound", BalloonKind.SIGN: "sign"}
    return f"{kind.get(balloon.kind, 'balloon')} {balloon.order}"


def _capital(balloon: BalloonPlan) -> str:
    return _name(balloon).capitalize()


def _mostly_on(box: Rect, panel: Rect) -> bool:
    """Whether its middle lies on the panel."""
    x, y = box.x + box.width / 2, box.y + box.height / 2
    return panel.x <= x <= panel.right and panel.y <= y <= panel.bottom


def _is_seen_first(box: Rect, other: Rect, direction: Direction) -> bool:
    """Whether the eye meets `box` before `other`: above it, or beside it where reading starts."""
    if box.bottom <= other.y:
        return True
    if box.y >= other.bottom:
        return False
    beside = other.right <= box.x if direction is Direction.RTL else box.right <= other.x
    return beside and box.y <= other.y + other.height / 2
