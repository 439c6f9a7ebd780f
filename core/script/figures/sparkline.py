"""A row of numbers as a row of block characters."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

BLOCKS = "▁▂▃▄▅▆▇█"
NONE = "·"
"""Nothing at all: not the same as little."""


def sparkline(values: Sequence[float], width: int, *, top: float | None = None) -> str:
    """`values` in at most `width` characters, the highest (or `top`) a full block.

    Where there are more values than characters, each stands for a stretch of them and shows its mean;
    there is never more than one character a value.
    """
    if not values or width < 1:
        return ""
    shown = _means(values, width) if len(values) > width else list(map(float, values))
    highest = top if top is not None else max(shown)
    return "".join(_block(value, highest) for value in shown)


def _means(values: Sequence[float], width: int) -> list[float]:
    ends = [len(values) * at // width for at in range(width + 1)]
    return [sum(values[start:end]) / (end - start) for start, end in pairwise(ends)]


def _block(value: float, highest: float) -> str:
    if value <= 0 or highest <= 0:
        return NONE
    return BLOCKS[min(len(BLOCKS) - 1, int(value / highest * len(BLOCKS) - 1e-9))]
