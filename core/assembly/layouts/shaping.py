"""Changes of a layout by hand: split, merge, resize, swap, insets; and which panel is where afterwards."""

from __future__ import annotations

from collections.abc import Callable

from core.assembly.layouts.insets import add_inset, move_inset, toggle_inset
from core.assembly.layouts.layout import Inset, Layout, LayoutError
from core.assembly.layouts.merging import joined
from core.assembly.layouts.sizing import move_gutter, resize_cell
from core.assembly.layouts.spots import NEW, Shaped, Spot, cell, shaped, take_apart

__all__ = [
    "Shaped",
    "add_inset",
    "merge_cells",
    "move_gutter",
    "move_inset",
    "resize_cell",
    "split_cell",
    "swap_cells",
    "toggle_bleed",
    "toggle_borderless",
    "toggle_inset",
    "with_count",
]

MOST_WAYS = 12


def split_cell(layout: Layout, index: int, ways: int = 2, *, down: bool = True) -> Shaped:
    """Split a panel into equal ones, below each other or side by side; the first keeps what it holds.

    Merging them gives the same layout again. Raises LayoutError for insets and for more than 12 ways.
    """
    if not 2 <= ways <= MOST_WAYS:
        raise LayoutError("a panel is split into 2 to 12 parts", "Split the parts again for more.")
    root = take_apart(layout)
    spot, nth = cell(root, index)
    if nth:
        raise LayoutError("an inset can't be split", "Make it a panel of its own first.")
    first = Spot(1.0, bleed=spot.bleed, borderless=spot.borderless, insets=spot.insets, numbers=spot.numbers)
    others = [Spot(1.0, bleed=spot.bleed, borderless=spot.borderless, numbers=[NEW]) for _ in range(ways - 1)]
    spot.become(Spot(down=down, children=[first, *others]))
    return shaped(layout, root, index)


def merge_cells(layout: Layout, index: int, other: int | None = None) -> Shaped:
    """Make one panel of two that form a rectangle, or take an inset away from its panel.

    Without `other`: the next panel, else the one before. The panel read first stays. Raises LayoutError
    where they form no rectangle.
    """
    trouble: LayoutError | None = None
    for candidate in (index + 1, index - 1) if other is None else (other,):
        if not 0 <= candidate < layout.count or candidate == index:
            continue
        root = take_apart(layout)
        try:
            joined(cell(root, min(index, candidate)), cell(root, max(index, candidate)))
        except LayoutError as error:
            trouble = trouble or error
            continue
        return shaped(layout, root, min(index, candidate))
    raise trouble or LayoutError("there is no panel to merge with", "Choose another one.")


def swap_cells(layout: Layout, index: int, other: int) -> Shaped:
    """Let the panels in two cells change places; the layout stays."""
    places: list[int | None] = list(range(layout.count))
    if not (0 <= index < len(places) and 0 <= other < len(places)):
        raise LayoutError("there is no panel to swap with", "Choose another one.")
    places[index], places[other] = places[other], places[index]
    return Shaped(layout, tuple(places), other)


def toggle_bleed(layout: Layout, index: int) -> Shaped:
    """Let a panel run over the edge of the page, or not; raises LayoutError for insets."""

    def change(spot: Spot, nth: int) -> None:
        if nth:
            raise LayoutError("an inset doesn't bleed", "Let the panel bleed that it lies on.")
        spot.bleed = not spot.bleed

    return _changed(layout, index, change)


def toggle_borderless(layout: Layout, index: int) -> Shaped:
    """Take a panel's or inset's border away, or give it one."""

    def change(spot: Spot, nth: int) -> None:
        if not nth:
            spot.borderless = not spot.borderless
            return
        old = spot.insets[nth - 1]
        spot.insets[nth - 1] = Inset(old.x, old.y, old.width, old.height, not old.borderless)

    return _changed(layout, index, change)


def with_count(layout: Layout, count: int) -> Shaped:
    """The layout with so many cells: the largest are split, the last are given to their neighbours."""
    from core.assembly.layouts.counting import fewer, more

    root = take_apart(layout)
    (more if count > layout.count else fewer)(root, count)
    return shaped(layout, root, 0)


def _changed(layout: Layout, index: int, change: Callable[[Spot, int], None]) -> Shaped:
    root = take_apart(layout)
    change(*cell(root, index))
    return shaped(layout, root, index)
