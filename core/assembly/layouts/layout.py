"""What a page's panel grid is: rows and columns with sizes, nested; what is on a page as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from core.errors import GenkoError

MAX_PANELS = 5_000
"""On one page, insets too."""
MAX_DEPTH = 24
"""Groups in groups."""
MAX_LENGTH = 200_000
"""Characters of a written layout."""
SMALLEST, LARGEST = 0.001, 1_000_000.0
"""Sizes that are kept; they have three decimals."""


class LayoutError(GenkoError):
    """A layout that makes no sense, or a change that it can't take.

    `column` counts from 1; 0 where no place in a text is meant.
    """

    def __init__(self, reason: str, right: str = "", column: int = 0) -> None:
        self.reason, self.right, self.column = reason, right, column
        where = f"The layout makes no sense at column {column}: " if column else ""
        what = f"{where}{reason[:1].lower() if where else reason[:1].upper()}{reason[1:]}."
        super().__init__(what, todo=right)


def size(value: float) -> float:
    """A size as it is kept and written: three decimals, within bounds."""
    return min(max(round(value, 3), SMALLEST), LARGEST)


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")


@dataclass(frozen=True, slots=True)
class Inset:
    """A small panel on another; in whole percents of that panel, `x` from where reading starts."""

    x: int
    y: int
    width: int
    height: int
    borderless: bool = False

    def __str__(self) -> str:
        flags = " borderless" if self.borderless else ""
        return f"{self.width}x{self.height} at {self.x},{self.y}{flags}"

    def overlaps(self, other: Inset) -> bool:
        """Whether both cover something in common."""
        across = self.x < other.x + other.width and other.x < self.x + self.width
        return across and self.y < other.y + other.height and other.y < self.y + self.height


@dataclass(frozen=True, slots=True)
class Leaf:
    """A panel."""

    weight: float = 1.0
    """Its size among its neighbours in the same row or column."""
    bleed: bool = False
    borderless: bool = False
    insets: tuple[Inset, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Panels and groups one below the other (`down`), or side by side; in reading order."""

    down: bool
    children: tuple[Node, ...]
    """Two or more."""
    weight: float = 1.0


Node = Leaf | Group


@dataclass(frozen=True, slots=True)
class Layout:
    """A page's panels. `str` writes it in the one form that `parse_layout` reads back to the same."""

    root: Node
    spread: bool = False
    """Over two pages."""

    @property
    def count(self) -> int:
        """Panels, insets too."""
        return sum(1 + len(leaf.insets) for leaf in leaves(self.root))

    def __str__(self) -> str:
        root = self.root
        text = _written(root) if isinstance(root, Leaf) or root.weight != 1.0 else _children(root)
        return f"spread: {text}" if self.spread else text


def leaves(node: Node) -> Iterator[Leaf]:
    """The panels without their insets, in reading order."""
    if isinstance(node, Leaf):
        yield node
        return
    for child in node.children:
        yield from leaves(child)


def depth(node: Node) -> int:
    """How many groups lie in each other; 0 for a panel."""
    return 0 if isinstance(node, Leaf) else 1 + max(depth(child) for child in node.children)


def check(layout: Layout) -> Layout:
    """Give the layout back, or raise LayoutError if it has too many panels or groups in groups."""
    if layout.count > MAX_PANELS:
        raise LayoutError(f"a page can't have more than {MAX_PANELS:,} panels", "Use several pages.")
    if depth(layout.root) > MAX_DEPTH:
        raise LayoutError(
            f"groups can't lie more than {MAX_DEPTH} deep in each other", "Put the panels on one level."
        )
    return layout


def _written(node: Node) -> str:
    if isinstance(node, Group):
        weight = "" if node.weight == 1.0 else _number(node.weight)
        return f"{weight}({_children(node)})"
    flags = (" bleed" if node.bleed else "") + (" borderless" if node.borderless else "")
    insets = f" {{{'; '.join(map(str, node.insets))}}}" if node.insets else ""
    return f"{_number(node.weight)}{flags}{insets}"


def _children(group: Group) -> str:
    """A row of size 1 within rows needs no parentheses: `|` binds closer than `/`."""
    written = []
    for child in group.children:
        bare = group.down and isinstance(child, Group) and not child.down and child.weight == 1.0
        written.append(_children(child) if bare and isinstance(child, Group) else _written(child))
    return (" / " if group.down else " | ").join(written)


@lru_cache(maxsize=512)
def parse_layout(text: str) -> Layout:
    """Read a layout as `docs/layouts.md` describes; spaces, capitals and full-width signs don't matter.

    Raises LayoutError, which says where and why, and what would be right.
    """
    from core.assembly.layouts.reading import read

    return read(text)
