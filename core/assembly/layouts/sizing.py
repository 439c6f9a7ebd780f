"""Moves edges between panels, by keys and by the mouse; no panel gets too small."""

from __future__ import annotations

from core.assembly.layouts.geometry import STRIP_ROW, Gutter
from core.assembly.layouts.insets import move_inset
from core.assembly.layouts.layout import Layout, LayoutError, size
from core.assembly.layouts.spots import Shaped, Spot, cell, shaped, take_apart
from core.assembly.plan import Direction

STEP = 1 / 24
"""Of a row or column: what a key moves an edge by."""
LEAST = 0.04
"""Of the page's width or height; no panel is made smaller."""


def resize_cell(
    layout: Layout, index: int, steps: int = 1, *, down: bool, direction: Direction = Direction.LTR
) -> Shaped:
    """Make a panel higher (`down`) or wider by steps, or smaller by steps below 0; its neighbour gives way.

    The opposite steps give the same layout again. In a strip a row grows by itself. Raises LayoutError
    where a panel would become too small, or fills the page that way.
    """
    root = take_apart(layout)
    spot, nth = cell(root, index)
    if nth:
        return move_inset(layout, index, wider=0 if down else steps, higher=steps if down else 0)
    whole = next((one for one in spot.ancestors if one.parent and one.parent.down == down), None)
    if _is_strip_row(whole, root, direction) or (down and whole is None and direction is Direction.VERTICAL):
        _grow_row(whole or root, steps * 0.1)
        return shaped(layout, root, index)
    if whole is None or whole.parent is None:
        way = "height" if down else "width"
        raise LayoutError(f"the panel takes the whole {way} of the page", "Split it to make room for others.")
    siblings, at = whole.parent.children, whole.place
    neighbour = siblings[at + 1] if at + 1 < len(siblings) else siblings[at - 1]
    step = _step(whole.parent)
    _move(root, whole, neighbour, step * steps)
    return shaped(layout, root, index)


def move_gutter(layout: Layout, gutter: Gutter, by: float, direction: Direction = Direction.LTR) -> Shaped:
    """Move a gutter by millimetres, right or down if positive, as far as the panels beside it allow."""
    root = take_apart(layout)
    group = root
    for step in gutter.path:
        group = group.children[step]
    before, after = group.children[gutter.before], group.children[gutter.before + 1]
    share = by * gutter.forward / max(gutter.length, 1e-9)
    if _is_strip_row(before, root, direction):
        rows = sum(child.weight for child in group.children)
        _grow_row(before, share * rows, bounded=True)
    else:
        _scale(group)
        wanted = share * sum(child.weight for child in group.children)
        room_after, room_before = _room(root, after), _room(root, before)
        wanted = min(max(wanted, -room_before), room_after)
        before.weight, after.weight = size(before.weight + wanted), size(after.weight - wanted)
    chosen = next(number for number, (spot, _) in enumerate(root.cells()) if before in spot.ancestors)
    return shaped(layout, root, chosen)


def _is_strip_row(spot: Spot | None, root: Spot, direction: Direction) -> bool:
    """In a strip the rows of the page need not share a height."""
    return direction is Direction.VERTICAL and spot is not None and spot.parent is root and root.down


def _grow_row(spot: Spot, by: float, *, bounded: bool = False) -> None:
    """A row of a strip; its height is its size times `STRIP_ROW` of the width."""
    least = LEAST / STRIP_ROW
    wanted = spot.weight + by
    if wanted < least and not bounded:
        raise LayoutError("the panel can't get smaller", "Remove it, or merge it with another.")
    spot.weight = size(max(wanted, least))


def _scale(group: Spot) -> None:
    """Sizes so small that a step would be lost in their last decimal are written larger."""
    whole = sum(child.weight for child in group.children)
    if whole < 1.0:
        for child in group.children:
            child.weight = size(child.weight * 1_000 / whole)


def _step(group: Spot) -> float:
    _scale(group)
    whole = round(
        sum(child.weight for child in group.children), 3
    )  # as exact as sizes: the same on the way back
    return max(round(whole * STEP, 3), 0.001)


def _move(root: Spot, growing: Spot, giving: Spot, by: float) -> None:
    """Sizes go from one to the other; the sum stays, so that the way back ends where it began."""
    for spot, loss in ((growing, -by), (giving, by)):
        if loss > 0 and loss > _room(root, spot) + 1e-9:
            who = "the panel" if spot is growing else "its neighbour"
            raise LayoutError(f"{who} can't get smaller", "Give it room from another side, or merge panels.")
    growing.weight, giving.weight = size(growing.weight + by), size(giving.weight - by)


def _room(root: Spot, spot: Spot) -> float:
    """How much size a child of a group may lose before one of its panels is smaller than `LEAST`."""
    assert spot.parent is not None
    down = spot.parent.down
    whole = _share(spot.parent, down)
    smallest = min(_smallest(spot, down), 1.0)
    sizes = sum(child.weight for child in spot.parent.children)
    least = LEAST / max(whole * smallest, 1e-12) * sizes
    return max(spot.weight - max(least, 0.001), 0.0)


def _share(spot: Spot, down: bool) -> float:
    """Which part of the page's height or width it takes, gutters aside."""
    share = 1.0
    for one in spot.ancestors:
        if one.parent is not None and one.parent.down == down:
            share *= one.weight / sum(child.weight for child in one.parent.children)
    return share


def _smallest(spot: Spot, down: bool) -> float:
    """Which part of it its smallest panel takes."""
    if not spot.children:
        return 1.0
    if spot.down != down:
        return min(_smallest(child, down) for child in spot.children)
    whole = sum(child.weight for child in spot.children)
    return min(child.weight / whole * _smallest(child, down) for child in spot.children)
