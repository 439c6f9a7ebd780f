"""In which order the eye takes in panels, and where that differs from the script's order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from core.assembly.layouts.geometry import binding
from core.assembly.plan import Direction, PagePlan, PanelPlan, Rect

SLACK = 0.01
"""Millimetres that boxes may reach into each other by rounding."""


def reading_order(boxes: Sequence[Rect], direction: Direction, fold: float | None = None) -> list[int]:
    """Indices in the order of reading.

    Where a gutter goes through from side to side, what lies above it is read first; else where one goes
    through from top to bottom, what lies on the side that reading starts from; and so on within each
    part. On a spread that nothing crosses at the `fold`, one page is read after the other.
    """
    whole = list(range(len(boxes)))
    if fold is not None and all(box.right <= fold + SLACK or box.x >= fold - SLACK for box in boxes):
        pages = [
            [at for at in whole if boxes[at].x < fold - SLACK],
            [at for at in whole if boxes[at].x >= fold - SLACK],
        ]
        if direction is Direction.RTL:
            pages.reverse()
        return [at for page in pages for at in _ordered(boxes, page, direction)]
    return _ordered(boxes, whole, direction)


def _ordered(boxes: Sequence[Rect], some: list[int], direction: Direction) -> list[int]:
    """By cuts, without recursion: 5,000 panels may lie in ever smaller corners."""
    found: list[int] = []
    waiting = [some]
    while waiting:
        part = waiting.pop()
        if len(part) < 2:
            found += part
            continue
        rows = _cut(boxes, part, down=True)
        parts = rows if len(rows) > 1 else _cut(boxes, part, down=False)
        if len(rows) == 1 and direction is Direction.RTL:
            parts.reverse()
        if len(parts) > 1:
            waiting += reversed(parts)
        else:
            from_right = -1 if direction is Direction.RTL else 1
            found += sorted(part, key=lambda at: (round(boxes[at].y, 1), from_right * boxes[at].x))
    return found


def _cut(boxes: Sequence[Rect], some: Sequence[int], *, down: bool) -> list[list[int]]:
    """Parts with a straight line between them that no box crosses."""

    def span(at: int) -> tuple[float, float]:
        box = boxes[at]
        return (box.y, box.bottom) if down else (box.x, box.right)

    parts: list[list[int]] = []
    end = 0.0
    for at in sorted(some, key=span):
        start, stop = span(at)
        if not parts or start >= end - SLACK:
            parts.append([])
            end = stop
        parts[-1].append(at)
        end = max(end, stop)
    return parts


def order_problems(page: PagePlan) -> tuple[str, ...]:
    """Sentences: which panels the eye meets in another order than the script's."""
    panels = [panel for panel in page.panels if not panel.inset]
    scripted = [panel for panel in panels if panel.row >= 0]
    panels = scripted or panels
    area = binding(page.format, page.side)
    fold = area.x + area.width / 2 if area else None
    met = reading_order([panel.box for panel in panels], page.direction, fold)
    meant = {at: turn for turn, at in enumerate(sorted(met, key=lambda at: (panels[at].row, at)))}
    return tuple(
        f"The eye meets panel {_name(panels, one)} before panel {_name(panels, two)}."
        for one, two in pairwise(met)
        if meant[one] > meant[two]
    )


def _name(panels: Sequence[PanelPlan], at: int) -> str:
    return panels[at].label or str(at + 1)
