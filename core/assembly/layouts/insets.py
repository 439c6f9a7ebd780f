"""Small panels on others: put there, moved, made panels of their own and back."""

from __future__ import annotations

from core.assembly.layouts.layout import Inset, Layout, LayoutError
from core.assembly.layouts.spots import NEW, Shaped, Spot, cell, shaped, take_apart

SIZES = ((34, 24), (24, 20), (16, 14), (10, 10))
"""Percents of its panel that a new inset takes, the first that finds room."""
STEP = 4
"""Percents."""


def add_inset(layout: Layout, index: int) -> Shaped:
    """Put an inset on a panel (or beside an inset on its panel), where there is room."""
    root = take_apart(layout)
    spot, nth = cell(root, index)
    spot.insets.append(_free_inset(spot))
    spot.numbers.append(NEW)
    return shaped(layout, root, index - nth + len(spot.insets))


def toggle_inset(layout: Layout, index: int) -> Shaped:
    """Lay a panel as an inset on its neighbour, which takes its place; or make an inset a panel again."""
    root = take_apart(layout)
    spot, nth = cell(root, index)
    number = spot.numbers[nth]
    if nth:
        inset = spot.insets.pop(nth - 1)
        del spot.numbers[nth]
        host = Spot(
            2.0, bleed=spot.bleed, borderless=spot.borderless, insets=spot.insets, numbers=spot.numbers
        )
        alone = Spot(1.0, borderless=inset.borderless, numbers=[number])
        spot.become(Spot(down=inset.width > inset.height, children=[host, alone]))
    else:
        _lay_on_neighbour(spot)
    chosen = next(at for at, (one, k) in enumerate(root.cells()) if one.numbers[k] == number)
    return shaped(layout, root, chosen)


def move_inset(
    layout: Layout, index: int, *, across: int = 0, down: int = 0, wider: int = 0, higher: int = 0
) -> Shaped:
    """Move or resize an inset by steps, within its panel; raises LayoutError where another one lies."""
    root = take_apart(layout)
    spot, nth = cell(root, index)
    if not nth:
        raise LayoutError("this panel is no inset", "Choose one that lies on another panel.")
    old = spot.insets[nth - 1]
    width = min(max(old.width + wider * STEP, STEP), 100 - old.x)
    height = min(max(old.height + higher * STEP, STEP), 100 - old.y)
    x = min(max(old.x + across * STEP, 0), 100 - width)
    y = min(max(old.y + down * STEP, 0), 100 - height)
    moved = Inset(x, y, width, height, old.borderless)
    if any(moved.overlaps(other) for at, other in enumerate(spot.insets) if at != nth - 1):
        raise LayoutError("another inset lies there", "Move that one first.")
    spot.insets[nth - 1] = moved
    return shaped(layout, root, index)


def _free_inset(spot: Spot) -> Inset:
    for width, height in SIZES:
        for y in (96 - height, 4):
            for x in (96 - width, 4, (100 - width) // 2):
                found = Inset(x, y, width, height)
                if not any(found.overlaps(other) for other in spot.insets):
                    return found
    raise LayoutError("there is no room for another inset on this panel", "Make the others smaller.")


def _lay_on_neighbour(spot: Spot) -> None:
    """The panel beside or above it takes its place and carries it."""
    group = spot.parent
    if group is None:
        raise LayoutError("the page has no other panel to lie on", "Add an inset instead.")
    at = spot.place
    hosts = [group.children[k] for k in (at - 1, at + 1) if 0 <= k < len(group.children)]
    host = next((one for one in hosts if not one.children), None)
    if host is None or spot.insets:
        raise LayoutError("it has no single panel beside it to lie on", "Merge those first.")
    inset = _free_inset(host)
    host.insets.append(Inset(inset.x, inset.y, inset.width, inset.height, spot.borderless))
    host.numbers.extend(spot.numbers)
    host.weight += spot.weight
    group.children.remove(spot)
    if len(group.children) == 1:
        group.become(host)
