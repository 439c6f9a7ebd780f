"""Places for the names of a map: a grid in which who belongs together is near, the same each time."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from heapq import nsmallest
from typing import NamedTuple

from core.bible.relations import Edge, Node

_TRIED = 24
"""Free cells that are compared for each name."""
_ROUNDS = 2
"""How often everybody may find a better cell when all are placed."""
_FEW = 150
"""More than so many stay where they were put first."""
_MOST_FRIENDS = 12
"""With more than so many, the first of them decide where somebody is."""
_UNDER = 40.0
"""What a line under somebody else's name costs, in cells of distance."""


class Spot(NamedTuple):
    """A cell of the grid."""

    column: int
    row: int


def place_nodes(
    nodes: Sequence[Node], edges: Iterable[Edge], columns: int, rows: int, *, aspect: float = 2.0
) -> dict[str, Spot]:
    """A cell for each of the nodes; there must be enough of them.

    `aspect` is how much wider than high a cell is drawn. The first nodes come to the middle.
    """
    grid = _Grid(columns, rows, aspect)
    left = {node.id: at for at, node in enumerate(nodes)}
    friends: dict[str, list[str]] = {node: [] for node in left}
    pairs = [(edge.first, edge.second) for edge in edges if edge.first in left and edge.second in left]
    for first, second in sorted(pairs, key=lambda pair: left[pair[0]] + left[pair[1]]):
        if max(len(friends[first]), len(friends[second])) < _MOST_FRIENDS:
            friends[first].append(second)
            friends[second].append(first)
    known = dict.fromkeys(left, 0)
    while left:
        chosen = min(left, key=lambda node: (-known[node], -len(friends[node]), left[node]))
        del left[chosen]
        placed = [grid.spots[other] for other in friends[chosen] if other in grid.spots]
        grid.put(chosen, placed)
        for other in friends[chosen]:
            known[other] += 1
    for _ in range(_ROUNDS if len(nodes) <= _FEW else 0):
        for node in nodes:
            grid.take(node.id, [grid.spots[other] for other in friends[node.id]])
            grid.put(node.id, [grid.spots[other] for other in friends[node.id]])
    return grid.spots


class _Grid:
    def __init__(self, columns: int, rows: int, aspect: float) -> None:
        self.spots: dict[str, Spot] = {}
        self._aspect = aspect
        self._middle = ((columns - 1) / 2, (rows - 1) / 2)
        self._free = [Spot(column, row) for row in range(rows) for column in range(columns)]
        self._taken: set[Spot] = set()
        self._crossed: dict[Spot, int] = {}

    def put(self, node: str, friends: list[Spot]) -> None:
        """Take the best free cell for somebody with these friends."""
        goal = self._middle
        if friends:
            goal = (
                sum(spot.column for spot in friends) / len(friends),
                sum(spot.row for spot in friends) / len(friends),
            )
        near = nsmallest(_TRIED, self._free, key=lambda spot: (self._far(spot, goal), spot.row, spot.column))
        spot = min(near, key=lambda spot: self._cost(spot, friends, goal))
        self._free.remove(spot)
        self._taken.add(spot)
        self.spots[node] = spot
        self._count(spot, friends, 1)

    def take(self, node: str, friends: list[Spot]) -> None:
        """Let somebody's cell be free again."""
        spot = self.spots.pop(node)
        self._free.append(spot)
        self._taken.discard(spot)
        self._count(spot, friends, -1)

    def _count(self, spot: Spot, friends: list[Spot], by: int) -> None:
        for friend in friends:
            for under in between(spot, friend):
                self._crossed[under] = self._crossed.get(under, 0) + by

    def _far(self, spot: Spot, goal: tuple[float, float]) -> float:
        return ((spot.column - goal[0]) * self._aspect) ** 2 + (spot.row - goal[1]) ** 2

    def _cost(self, spot: Spot, friends: list[Spot], goal: tuple[float, float]) -> float:
        cost = self._far(spot, goal) + 0.01 * self._far(spot, self._middle)
        cost += _UNDER * self._crossed.get(spot, 0)
        for friend in friends:
            cost += self._far(spot, (friend.column, friend.row))
            cost += _UNDER * sum(under in self._taken for under in between(spot, friend))
        return cost


def between(one: Spot, other: Spot) -> list[Spot]:
    """The cells that a straight line from the middle of one to the middle of another goes through."""
    column, row = one
    return [Spot(column + x, row + y) for x, y in _steps(other.column - column, other.row - row)]


@lru_cache(maxsize=4096)
def _steps(across: int, down: int) -> tuple[tuple[int, int], ...]:
    steps = 2 * max(abs(across), abs(down))
    found = [
        (math.floor(across * step / steps + 0.5), math.floor(down * step / steps + 0.5))
        for step in range(1, steps)
    ]
    return tuple(one for one in dict.fromkeys(found) if one not in ((0, 0), (across, down)))
