"""Brings a layout to a number of cells: for pages whose script has got more or fewer panels."""

from __future__ import annotations

from core.assembly.layouts.layout import LayoutError
from core.assembly.layouts.spots import NEW, Spot

PAGE_SHAPE = 1.4
"""A page is about so much higher than wide."""


def more(root: Spot, count: int) -> None:
    """Split the largest panels until there are so many cells."""
    sizes = _sizes(root)
    for _ in range(count - sum(1 for _ in root.cells())):
        number = max(range(len(sizes)), key=lambda at: sizes[at][1] * sizes[at][2])
        spot, wide, high = sizes[number]
        down = high * PAGE_SHAPE > wide
        first = Spot(
            1.0, bleed=spot.bleed, borderless=spot.borderless, insets=spot.insets, numbers=spot.numbers
        )
        second = Spot(1.0, bleed=spot.bleed, borderless=spot.borderless, numbers=[NEW])
        spot.become(Spot(down=down, children=[first, second]))
        half = (wide, high / 2) if down else (wide / 2, high)
        sizes[number : number + 1] = [(first, *half), (second, *half)]


def fewer(root: Spot, count: int) -> None:
    """Take away the last cells until there are so many; what lies beside them takes their place."""
    if count < 1:
        raise LayoutError("a layout has at least one panel", "Leave one.")
    for _ in range(sum(1 for _ in root.cells()) - count):
        spot, nth = list(root.cells())[-1]
        if nth:
            del spot.insets[nth - 1]
            del spot.numbers[nth]
            continue
        group = spot.parent
        assert group is not None
        group.children.remove(spot)
        if len(group.children) == 1:
            group.become(group.children[0])


def _sizes(root: Spot, wide: float = 1.0, high: float = 1.0) -> list[tuple[Spot, float, float]]:
    """The panels with the part of the page's width and height that each takes."""
    if not root.children:
        return [(root, wide, high)]
    whole = sum(child.weight for child in root.children)
    found = []
    for child in root.children:
        part = child.weight / whole
        found += _sizes(child, wide if root.down else wide * part, high * part if root.down else high)
    return found
