"""Positions of ordered rows: numbers between numbers, so that an insertion writes only its own row."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from decimal import Context, Decimal
from fractions import Fraction

STEP = 1024
"""Distance of rows that are numbered together."""
LONGEST = 40
"""Digits after the point from which on the neighbours are numbered anew."""

_EXACT = Context(prec=2000)


def between(low: Decimal | None, high: Decimal | None, count: int) -> list[Decimal]:
    """`count` positions above `low` and below `high` (None: open end), rising, with few digits."""
    if count == 0:
        return []
    if high is None:
        start = Decimal(0) if low is None else low.to_integral_value()
        return [start + STEP * (index + 1) for index in range(count)]
    if low is None:
        start = high.to_integral_value()
        return [start - STEP * (count - index) for index in range(count)]
    width = Fraction(high) - Fraction(low)
    scale = 0
    while width * 10**scale < count + 1:
        scale += 1
    # With room for count + 1 whole units, equal shares rounded down stay apart and within.
    units = [(Fraction(low) + width * (index + 1) / (count + 1)) * 10**scale for index in range(count)]
    return [_EXACT.scaleb(Decimal(_floor(unit)), -scale) for unit in units]


def _floor(number: Fraction) -> int:
    return number.numerator // number.denominator


def too_long(position: Decimal) -> bool:
    """Whether a position has become unwieldy."""
    exponent = position.as_tuple().exponent
    return isinstance(exponent, int) and -exponent > LONGEST


def arrange(
    current: Sequence[Decimal | None], low: Decimal | None = None, high: Decimal | None = None
) -> list[Decimal]:
    """Positions for rows in this order, all between `low` and `high`, that keep as many as possible.

    `current` holds each row's position now, None for a new row.
    """
    kept = _longest_rising(current, low, high)
    result: list[Decimal] = []
    start = 0
    for stop in [*kept, len(current)]:
        upper = high if stop == len(current) else current[stop]
        lower = low if start == 0 else result[-1]
        result += between(lower, upper, stop - start)
        if stop < len(current) and upper is not None:
            result.append(upper)
        start = stop + 1
    return result


def _longest_rising(
    current: Sequence[Decimal | None], low: Decimal | None, high: Decimal | None
) -> list[int]:
    """Indices of a longest strictly rising selection between the bounds (patience sorting)."""
    tails: list[Decimal] = []
    tail_index: list[int] = []
    before: dict[int, int | None] = {}
    for index, position in enumerate(current):
        if (
            position is None
            or (low is not None and position <= low)
            or (high is not None and position >= high)
        ):
            continue
        place = bisect_left(tails, position)
        before[index] = tail_index[place - 1] if place else None
        tails[place : place + 1] = [position]
        tail_index[place : place + 1] = [index]
    chosen: list[int] = []
    last = tail_index[-1] if tail_index else None
    while last is not None:
        chosen.append(last)
        last = before[last]
    return chosen[::-1]
