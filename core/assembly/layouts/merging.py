"""Makes one panel of two that form a rectangle, also across the rows of a grid."""

from __future__ import annotations

from core.assembly.layouts.layout import LayoutError
from core.assembly.layouts.spots import Spot

Cell = tuple[Spot, int]


def joined(first: Cell, second: Cell) -> None:
    """Join two cells, the one read first staying; raises LayoutError where they form no rectangle."""
    (one, nth), (two, mth) = first, second
    if mth:
        _drop_inset(one, two, nth, mth)
    elif one is two or nth:
        raise LayoutError(
            "an inset and another panel form no rectangle", "Merge it with the panel it lies on."
        )
    elif one.parent is two.parent and two.place == one.place + 1:
        _siblings(one, two)
    elif not _across_rows(one, two):
        raise LayoutError("these two form no rectangle", "Choose neighbours with an edge of the same length.")


def _drop_inset(one: Spot, two: Spot, nth: int, mth: int) -> None:
    if one is not two:
        raise LayoutError(
            "an inset and another panel form no rectangle", "Merge it with the panel it lies on."
        )
    if nth and not one.insets[nth - 1].overlaps(one.insets[mth - 1]):
        raise LayoutError("two insets form no panel", "Merge each with the panel it lies on.")
    del two.insets[mth - 1]
    del two.numbers[mth]


def _siblings(one: Spot, two: Spot) -> None:
    group = one.parent
    assert group is not None
    _carry_insets(one, two)
    one.weight += two.weight
    group.children.remove(two)
    if len(group.children) == 1:
        group.become(one)


def _carry_insets(one: Spot, two: Spot) -> None:
    """Those of the second come along where none of the first lies."""
    for inset, number in zip(two.insets, two.numbers[1:], strict=True):
        if not any(inset.overlaps(other) for other in one.insets):
            one.insets.append(inset)
            one.numbers.append(number)


def _across_rows(one: Spot, two: Spot) -> bool:
    """Panels of two neighbouring rows (or columns) that lie exactly below (or beside) each other.

    The two rows become: what lies before the panel, the panel, what lies after it.
    """
    upper, lower = one.parent, two.parent
    if upper is None or lower is None or upper.parent is None or upper.parent is not lower.parent:
        return False
    around = upper.parent
    if lower.place != upper.place + 1 or upper.down != lower.down or upper.down == around.down:
        return False
    if not _same(upper, one.place, lower, two.place):
        return False
    _carry_insets(one, two)
    parts = []
    for above, below in (
        (upper.children[: one.place], lower.children[: two.place]),
        (upper.children[one.place + 1 :], lower.children[two.place + 1 :]),
    ):
        parts.append(_block(upper, lower, above, below, down=around.down))
    before, after = parts
    middle = Spot(
        one.weight, bleed=one.bleed, borderless=one.borderless, insets=one.insets, numbers=one.numbers
    )
    upper.weight += lower.weight
    around.children.remove(lower)
    upper.children = [part for part in (before, middle, after) if part is not None]
    upper.adopt()
    for spot in (upper, around):
        if len(spot.children) == 1:
            spot.become(spot.children[0])
    return True


def _same(upper: Spot, at: int, lower: Spot, other: int) -> bool:
    """Whether both begin and end at the same part of their rows."""
    spans = []
    for group, place in ((upper, at), (lower, other)):
        weights = [child.weight for child in group.children]
        spans.append((sum(weights[:place]) / sum(weights), sum(weights[: place + 1]) / sum(weights)))
    return all(abs(one - two) < 1e-3 for one, two in zip(*spans, strict=True))


def _block(upper: Spot, lower: Spot, above: list[Spot], below: list[Spot], *, down: bool) -> Spot | None:
    """Parts of both rows, one below the other as the rows were."""
    if not above or not below:
        return None
    halves = [_row(part, group.down, group.weight) for group, part in ((upper, above), (lower, below))]
    return Spot(sum(child.weight for child in above), down, halves).adopt()


def _row(spots: list[Spot], down: bool, weight: float) -> Spot:
    row = Spot(weight, down, spots).adopt()
    if len(spots) == 1:
        row.become(spots[0])
    return row
