"""Where panels lie on the paper, in millimetres from the upper left corner of the trimmed (left) page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from core.assembly.layouts.layout import Group, Inset, Layout, Leaf, Node
from core.assembly.plan import Direction, PageFormat, Rect, Side

STRIP_ROW = 0.75
"""In a strip for scrolling, a row of size 1 is so high for its width."""
GUTTER_SHARE = 0.5
"""Where panels are so many that gutters would leave them no room, gutters take this part of it."""

SAFE = 5.0
"""Millimetres from the trim within which nothing important belongs."""

Path = tuple[int, ...]
"""Which child of which child a panel or group is."""


class Cell(NamedTuple):
    """A panel's place. With `bleeds` its box reaches into the bleed, with `inset` it lies on another."""

    box: Rect
    inset: bool
    bleeds: bool
    borderless: bool
    safe: Rect
    """The part of the box that neither the knife nor the binding takes: where words belong."""


@dataclass(frozen=True, slots=True)
class Gutter:
    """The space between two neighbours in a row or column; what a mouse takes hold of."""

    box: Rect
    path: Path
    """Of their group."""
    before: int
    """Which child of the group lies before it, in reading order."""
    down: bool
    """Its neighbours lie above and below it."""
    length: float
    """What the neighbours of the group share, in millimetres, without gutters."""
    forward: int
    """1 if reading goes towards greater x or y here, -1 if towards smaller x."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What the whole page is; passed down."""

    format: PageFormat
    direction: Direction
    side: Side
    area: Rect
    width: float
    height: float

    @property
    def middle(self) -> float:
        """Of the binding in a spread; where there is none, far away."""
        return self.format.width if self.side is Side.BOTH else -1e9


class _Placed(NamedTuple):
    leaf: Leaf
    path: Path
    box: Rect


def page_size(layout: Layout, format: PageFormat, direction: Direction, side: Side) -> tuple[float, float]:
    """Width and height of the whole picture: two pages of a spread; a strip is as high as it needs to be."""
    sheet = _sheet(layout, format, direction, side)
    return sheet.width, sheet.height


def live_area(layout: Layout, format: PageFormat, direction: Direction, side: Side) -> Rect:
    """What lies within the margins; the cells tile it."""
    return _sheet(layout, format, direction, side).area


def binding(format: PageFormat, side: Side) -> Rect | None:
    """Where a spread disappears into the binding: nothing important belongs there. None for other pages."""
    if side is not Side.BOTH:
        return None
    return Rect(format.width - format.inner, 0.0, 2 * format.inner, format.height)


def place_cells(layout: Layout, format: PageFormat, direction: Direction, side: Side) -> tuple[Cell, ...]:
    """The panels in reading order, insets after the panel that they lie on.

    A spread is placed over two pages whatever `side` says; a vertical page is a strip.
    """
    sheet = _sheet(layout, format, direction, side)
    cells: list[Cell] = []
    for leaf, _, box in _placed(layout.root, (), sheet.area, sheet):
        whole = _bled(box, sheet) if leaf.bleed else box
        cells.append(Cell(whole, False, whole != box, leaf.borderless, _safe(whole, sheet)))
        for inset in leaf.insets:
            small = _on(box, inset, sheet)
            cells.append(Cell(small, True, False, inset.borderless, small))
    return tuple(cells)


def gutters(layout: Layout, format: PageFormat, direction: Direction, side: Side) -> tuple[Gutter, ...]:
    """All gutters of the page."""
    sheet = _sheet(layout, format, direction, side)
    return tuple(_gutters(layout.root, (), sheet.area, sheet))


def effective_side(layout: Layout, direction: Direction, side: Side) -> Side:
    """The side that the layout is placed on: a strip has none, a spread takes both."""
    if direction is Direction.VERTICAL:
        return Side.SINGLE
    return Side.BOTH if layout.spread else side


def _sheet(layout: Layout, format: PageFormat, direction: Direction, side: Side) -> _Sheet:
    side = effective_side(layout, direction, side)
    left, right = {
        Side.LEFT: (format.outer, format.inner),
        Side.RIGHT: (format.inner, format.outer),
    }.get(side, (format.outer, format.outer))
    width = format.width * (2 if side is Side.BOTH else 1)
    inside = max(width - left - right, 1.0)
    if direction is not Direction.VERTICAL:
        high = max(format.height - format.top - format.bottom, 1.0)
        area = Rect(left, format.top, inside, high)
        return _Sheet(format, direction, side, area, width, format.height)
    high = _strip_height(layout.root, inside, format.down)
    area = Rect(left, format.top, inside, high)
    return _Sheet(format, direction, side, area, width, format.top + high + format.bottom)


def _strip_height(root: Node, width: float, gutter: float) -> float:
    if isinstance(root, Leaf) or not root.down:
        return width * STRIP_ROW * root.weight
    rows = sum(child.weight for child in root.children) * width * STRIP_ROW
    return rows + gutter * (len(root.children) - 1)


def _placed(node: Node, path: Path, box: Rect, sheet: _Sheet) -> Iterator[_Placed]:
    if isinstance(node, Leaf):
        yield _Placed(node, path, box)
        return
    for index, (child, part) in enumerate(zip(node.children, parts(node, box, sheet), strict=True)):
        yield from _placed(child, (*path, index), part, sheet)


def _gutters(node: Node, path: Path, box: Rect, sheet: _Sheet) -> Iterator[Gutter]:
    if isinstance(node, Leaf):
        return
    found = parts(node, box, sheet)
    length = sum(part.height if node.down else part.width for part in found)
    forward = -1 if sheet.direction is Direction.RTL and not node.down else 1
    for index, (one, two) in enumerate(pairwise(found)):
        first, second = (one, two) if forward > 0 else (two, one)
        if node.down:
            between = Rect(box.x, first.bottom, box.width, second.y - first.bottom)
        else:
            between = Rect(first.right, box.y, second.x - first.right, box.height)
        yield Gutter(between, path, index, node.down, length, forward)
    for index, (child, part) in enumerate(zip(node.children, found, strict=True)):
        yield from _gutters(child, (*path, index), part, sheet)


def parts(group: Group, box: Rect, sheet: _Sheet) -> list[Rect]:
    """The boxes of a group's children, in reading order."""
    weights = [child.weight for child in group.children]
    if group.down:
        spans = _shared(weights, box.y, box.height, sheet.format.down)
        return [Rect(box.x, start, box.width, length) for start, length in spans]
    mirrored = sheet.direction is Direction.RTL
    spans = _across(weights[::-1] if mirrored else weights, box, sheet)
    boxes = [Rect(start, box.y, length, box.height) for start, length in spans]
    return boxes[::-1] if mirrored else boxes


def _shared(
    weights: Sequence[float], start: float, length: float, gutter: float
) -> list[tuple[float, float]]:
    """Start and length of each: gutters exact, the rest by weight; too many gutters shrink."""
    between = len(weights) - 1
    if between and gutter * between > length * GUTTER_SHARE:
        gutter = length * GUTTER_SHARE / between
    each = (length - gutter * between) / sum(weights)
    spans, passed = [], 0.0
    for index, weight in enumerate(weights):
        spans.append((start + passed * each + index * gutter, weight * each))
        passed += weight
    return spans


def _across(weights: Sequence[float], box: Rect, sheet: _Sheet) -> list[tuple[float, float]]:
    """Side by side; in a spread, a gutter that would lie in the binding becomes the binding."""
    gutter, inner, middle = sheet.format.across, sheet.format.inner, sheet.middle
    spans = _shared(weights, box.x, box.width, gutter)
    if not box.x + inner < middle < box.right - inner:
        return spans
    ends = [start + length for start, length in spans[:-1]]
    if not ends:
        return spans
    nearest = min(range(len(ends)), key=lambda index: abs((ends[index] + spans[index + 1][0]) / 2 - middle))
    if spans[nearest + 1][0] <= middle - inner or ends[nearest] >= middle + inner:
        return spans
    cut = nearest + 1
    left = _shared(weights[:cut], box.x, middle - inner - box.x, gutter)
    right = _shared(weights[cut:], middle + inner, box.right - middle - inner, gutter)
    return left + right


def _bled(box: Rect, sheet: _Sheet) -> Rect:
    """The box taken to the edges of the paper that it touches; at the binding, to the fold."""
    area, bleed = sheet.area, sheet.format.bleed
    left, top, right, bottom = box.x, box.y, box.right, box.bottom
    if near(left, area.x):
        left = 0.0 if sheet.side is Side.RIGHT else -bleed
    elif near(left, sheet.middle + sheet.format.inner):
        left = sheet.middle
    if near(right, area.right):
        right = sheet.width + (0.0 if sheet.side is Side.LEFT else bleed)
    elif near(right, sheet.middle - sheet.format.inner):
        right = sheet.middle
    if near(top, area.y):
        top = -bleed
    if near(bottom, area.bottom):
        bottom = sheet.height + bleed
    if (left, top, right, bottom) == (box.x, box.y, box.right, box.bottom):
        return box  # not its sum: that could differ in the last digit
    return Rect(left, top, right - left, bottom - top)


def _safe(box: Rect, sheet: _Sheet) -> Rect:
    """What lies `SAFE` within the trim, and outside of the binding at its edge."""
    inner = sheet.format.inner
    left = max(box.x, inner if sheet.side is Side.RIGHT else SAFE)
    right = min(box.right, sheet.width - (inner if sheet.side is Side.LEFT else SAFE))
    if near(box.x, sheet.middle):
        left += inner
    if near(box.right, sheet.middle):
        right -= inner
    top, bottom = max(box.y, SAFE), min(box.bottom, sheet.height - SAFE)
    if right - left < 1.0 or bottom - top < 1.0:
        return box
    return Rect(left, top, right - left, bottom - top)


def near(one: float, other: float) -> bool:
    """Equal but for a rounding error."""
    return abs(one - other) < 1e-6


def _on(box: Rect, inset: Inset, sheet: _Sheet) -> Rect:
    from_left = 100 - inset.x - inset.width if sheet.direction is Direction.RTL else inset.x
    return Rect(
        box.x + box.width * from_left / 100,
        box.y + box.height * inset.y / 100,
        box.width * inset.width / 100,
        box.height * inset.height / 100,
    )
