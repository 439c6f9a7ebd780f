"""Which two pages lie side by side in the open book."""

from __future__ import annotations

from collections.abc import Callable

from core.assembly.plan import Direction, Side


def partner_of(index: int, count: int, side_of: Callable[[int], Side], direction: Direction) -> int | None:
    """The page that lies beside page `index` (from 0) of `count`; None if it lies alone.

    A spread lies alone, since it has both sides, and so does each page of a strip for scrolling.
    """
    sides = (Side.RIGHT, Side.LEFT) if direction is Direction.RTL else (Side.LEFT, Side.RIGHT)
    here = side_of(index)
    if here not in sides:
        return None
    other = index + 1 if here is sides[0] else index - 1
    wanted = sides[1] if here is sides[0] else sides[0]
    return other if 0 <= other < count and side_of(other) is wanted else None
