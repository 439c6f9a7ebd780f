"""A layout taken apart so that it can be changed, and what became of its cells then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from core.assembly.layouts.layout import Group, Inset, Layout, LayoutError, Leaf, Node, check, size

NEW = None
"""The number of a cell that was not there before."""


@dataclass(slots=True, eq=False)
class Spot:
    """A panel, or a group if it has children."""

    weight: float = 1.0
    down: bool = False
    children: list[Spot] = field(default_factory=list)
    parent: Spot | None = None
    bleed: bool = False
    borderless: bool = False
    insets: list[Inset] = field(default_factory=list)
    numbers: list[int | None] = field(default_factory=list)
    """Of the panel and of each of its insets, as they were counted before."""

    def cells(self) -> Iterator[tuple[Spot, int]]:
        """All cells in reading order: the panel, and which of its insets from 1, or 0 for itself."""
        if not self.children:
            for nth in range(len(self.insets) + 1):
                yield self, nth
        for child in self.children:
            yield from child.cells()

    def adopt(self) -> Spot:
        """Let the children know their parent; gives itself."""
        for child in self.children:
            child.parent = self
        return self

    @property
    def place(self) -> int:
        """Which child of its parent it is."""
        assert self.parent is not None
        return next(at for at, child in enumerate(self.parent.children) if child is self)

    @property
    def ancestors(self) -> list[Spot]:
        """From itself up to the whole page."""
        found = [self]
        while found[-1].parent is not None:
            found.append(found[-1].parent)
        return found

    def become(self, other: Spot) -> None:
        """Take over everything of the other but the place among its neighbours and the size there."""
        self.down, self.children = other.down, other.children
        self.bleed, self.borderless = other.bleed, other.borderless
        self.insets, self.numbers = other.insets, other.numbers
        self.adopt()


def take_apart(layout: Layout) -> Spot:
    """The layout's tree, its cells numbered from 0."""
    root = _spot(layout.root)
    for number, (spot, nth) in enumerate(root.cells()):
        spot.numbers[nth] = number
    return root


def _spot(node: Node) -> Spot:
    if isinstance(node, Group):
        return Spot(node.weight, node.down, [_spot(child) for child in node.children]).adopt()
    insets = list(node.insets)
    numbers: list[int | None] = [NEW] * (1 + len(insets))
    return Spot(node.weight, False, [], None, node.bleed, node.borderless, insets, numbers)


def cell(root: Spot, index: int) -> tuple[Spot, int]:
    """The cell of that number; raises LayoutError if there is none."""
    found = next((one for number, one in enumerate(root.cells()) if number == index), None)
    if found is None:
        raise LayoutError("the page has no such panel", "Choose one that is there.")
    return found


def put_together(root: Spot, *, spread: bool) -> Layout:
    """The layout again; raises LayoutError if it has become too large."""
    return check(Layout(_node(root), spread))


def _node(spot: Spot) -> Node:
    if spot.children:
        return Group(spot.down, tuple(_node(child) for child in spot.children), size(spot.weight))
    return Leaf(size(spot.weight), spot.bleed, spot.borderless, tuple(spot.insets))


@dataclass(frozen=True, slots=True)
class Shaped:
    """A changed layout."""

    layout: Layout
    came_from: tuple[int | None, ...]
    """For each cell the number it had before, so that its panel can go along; None for a new one."""
    chosen: int
    """The cell to go on with."""
    gone: tuple[int, ...] = ()
    """Earlier cells that are none any more: their panels need other places."""


def shaped(before: Layout, root: Spot, chosen: int) -> Shaped:
    """The layout again, with what became of its cells; raises LayoutError if it has become too large."""
    after = put_together(root, spread=before.spread)
    came_from = tuple(spot.numbers[nth] for spot, nth in root.cells())
    kept = set(came_from)
    gone = tuple(number for number in range(before.count) if number not in kept)
    return Shaped(after, came_from, min(chosen, len(came_from) - 1), gone)
