"""Finds the layout that panels drawn by hand were meant to have: rows and columns, the others as insets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.assembly.layouts import MAX_DEPTH, Group, Inset, Layout, Leaf, Node, depth, parse_layout, plain

SLACK = 0.012
"""Of the page: so much panels drawn side by side may overlap."""
EDGE = 0.01
"""Of the page: who comes so near to its edge was meant to bleed."""
MANY = 150
"""Panels up to which it is tried; more are put into plain rows."""
MOSTLY = 0.6
"""Of a panel that lies on a larger one: an inset."""


@dataclass(frozen=True, slots=True)
class Box:
    """A panel as it was drawn, in parts of the page, and which one it is."""

    index: int
    x: float
    y: float
    width: float
    height: float
    borderless: bool = False

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    @property
    def area(self) -> float:
        """Of the page."""
        return self.width * self.height

    def common(self, other: Box) -> float:
        """The area that both cover."""
        wide = min(self.right, other.right) - max(self.x, other.x)
        high = min(self.bottom, other.bottom) - max(self.y, other.y)
        return max(wide, 0.0) * max(high, 0.0)


@dataclass(frozen=True, slots=True)
class Found:
    """A layout, and which panel is in which of its cells."""

    layout: Layout
    order: tuple[int, ...]
    insets: frozenset[int] = frozenset()
    """Panels that became insets."""
    guessed: bool = False
    """No rows and columns were found: the panels are in plain rows, in the order of reading."""


def find_layout(boxes: Sequence[Box], *, rtl: bool = False) -> Found:
    """The layout of a page's panels; of one panel at least."""
    if len(boxes) > MANY:
        return _plainly(boxes, rtl)
    standing, lying = list(boxes), dict[int, list[Box]]()
    for box in sorted(boxes, key=lambda one: one.area):
        base = _base(box, standing)
        if base is not None:
            standing.remove(box)
            lying.setdefault(base.index, []).append(box)
    # Whoever lay on a panel that itself became an inset lies on what that lies on.
    tree = _divided(standing, rtl)
    while tree is None and len(standing) > 1:
        box = min(standing, key=lambda one: (one.area, one.index))
        standing.remove(box)
        base = max(standing, key=lambda one: (one.common(box), -_distance(one, box)))
        lying.setdefault(base.index, []).append(box)
        tree = _divided(standing, rtl)
    if tree is None or depth(tree) >= MAX_DEPTH:
        return _plainly(boxes, rtl)
    return _with_insets(tree, standing, lying, boxes, rtl)


def _base(box: Box, standing: Sequence[Box]) -> Box | None:
    """The larger panel that a panel lies on."""
    others = [one for one in standing if one.index != box.index and one.area > 1.2 * box.area]
    best = max(others, key=lambda one: one.common(box), default=None)
    return best if best is not None and best.common(box) >= MOSTLY * box.area else None


def _distance(one: Box, other: Box) -> float:
    across = one.x + one.width / 2 - other.x - other.width / 2
    down = one.y + one.height / 2 - other.y - other.height / 2
    return across * across + down * down


@dataclass(frozen=True, slots=True)
class _Leaf(Leaf):
    """A panel that remembers which one it is, until the insets are hung on it."""

    index: int = -1


def _divided(boxes: Sequence[Box], rtl: bool) -> Node | None:
    """Rows of columns of rows …; None if they can't be told apart."""
    if len(boxes) == 1:
        box = boxes[0]
        return _Leaf(bleed=_bleeds(box), borderless=box.borderless, index=box.index)
    for down in (True, False):
        parts = _parts(boxes, down)
        if len(parts) < 2:
            continue
        nodes = [_divided(part, rtl) for part in parts]
        if any(node is None for node in nodes):
            return None
        sizes = [_extent(part, down) for part in parts]
        least = min(sizes)
        children = [
            replace(node, weight=max(round(size / least, 1), 0.1))
            for node, size in zip(nodes, sizes, strict=True)
            if node is not None
        ]
        return Group(down, tuple(reversed(children) if rtl and not down else children))
    return None


def _parts(boxes: Sequence[Box], down: bool) -> list[list[Box]]:
    """Groups with nothing but gutter between them."""
    ordered = sorted(boxes, key=lambda one: one.y if down else one.x)
    parts: list[list[Box]] = []
    reached = float("-inf")
    for box in ordered:
        start, end = (box.y, box.bottom) if down else (box.x, box.right)
        slack = min(SLACK, (end - start) / 4)
        if start + slack >= reached:
            parts.append([])
        parts[-1].append(box)
        reached = max(reached, end - slack)
    return parts


def _extent(boxes: Sequence[Box], down: bool) -> float:
    if down:
        return max(max(one.bottom for one in boxes) - min(one.y for one in boxes), 1e-3)
    return max(max(one.right for one in boxes) - min(one.x for one in boxes), 1e-3)


def _bleeds(box: Box) -> bool:
    return box.x <= EDGE or box.y <= EDGE or box.right >= 1 - EDGE or box.bottom >= 1 - EDGE


def _with_insets(
    tree: Node, standing: Sequence[Box], lying: dict[int, list[Box]], boxes: Sequence[Box], rtl: bool
) -> Found:
    """Hang the insets on their panels; those that would cover each other are put below instead."""
    by_index = {box.index: box for box in boxes}
    order: list[int] = []
    spare: list[int] = []
    on_top: set[int] = set()

    def hang(node: Node) -> Node:
        if isinstance(node, Group):
            return replace(node, children=tuple(hang(child) for child in node.children))
        assert isinstance(node, _Leaf)
        order.append(node.index)
        insets: list[Inset] = []
        waiting = sorted(lying.get(node.index, ()), key=lambda one: (one.y, -one.x if rtl else one.x))
        while waiting:
            box = waiting.pop(0)
            inset = _inset(box, by_index[node.index], rtl)
            waiting += lying.get(box.index, ())
            if any(inset.overlaps(other) for other in insets):
                spare.append(box.index)
            else:
                insets.append(inset)
                order.append(box.index)
                on_top.add(box.index)
        return Leaf(node.weight, node.bleed, node.borderless, tuple(insets))

    root = hang(tree)
    if spare:
        row: Node = Group(False, (Leaf(),) * len(spare)) if len(spare) > 1 else Leaf()
        root = Group(True, (replace(root, weight=3.0), row))
        order += spare
    return Found(parse_layout(str(Layout(root))), tuple(order), frozenset(on_top))


def _inset(box: Box, base: Box, rtl: bool) -> Inset:
    """The panel in whole percents of the one it lies on, brought inside of it."""
    width = min(max(round(100 * box.width / base.width), 5), 90)
    height = min(max(round(100 * box.height / base.height), 5), 90)
    left = box.x - base.x if not rtl else base.right - box.right
    x = min(max(round(100 * left / base.width), 0), 100 - width)
    y = min(max(round(100 * (box.y - base.y) / base.height), 0), 100 - height)
    return Inset(x, y, width, height, box.borderless)


def _plainly(boxes: Sequence[Box], rtl: bool) -> Found:
    """In rows of equal panels, as one would read them."""
    ordered = sorted(boxes, key=lambda one: (round(one.y * 8), -one.x if rtl else one.x, one.index))
    return Found(plain(len(boxes)).layout, tuple(one.index for one in ordered), guessed=True)


class Nearest:
    """Finds the panel that a place is on, or the nearest one."""

    def __init__(self, boxes: Sequence[Box]) -> None:
        self._boxes = boxes
        self._fields: dict[tuple[int, int], list[Box]] = {}
        for box in boxes:
            for across in range(int(box.x * _FIELDS), int(box.right * _FIELDS) + 1):
                for down in range(int(box.y * _FIELDS), int(box.bottom * _FIELDS) + 1):
                    self._fields.setdefault((across, down), []).append(box)

    def at(self, x: float, y: float) -> int:
        """The smallest panel there; where none is, the nearest of the first few hundred."""
        here = self._fields.get((int(x * _FIELDS), int(y * _FIELDS)), [])
        under = [box for box in here if box.x <= x <= box.right and box.y <= y <= box.bottom]
        if under:
            return min(under, key=lambda box: box.area).index

        def nearness(box: Box) -> float:
            across = max(box.x - x, 0.0, x - box.right)
            down = max(box.y - y, 0.0, y - box.bottom)
            return across * across + down * down

        return min(self._boxes[:_LOOKED_AT], key=nearness).index


_FIELDS = 16
_LOOKED_AT = 400
