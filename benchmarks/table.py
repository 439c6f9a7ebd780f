"""The figures that all benchmarks give, and the table they are printed in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple


class Figure(NamedTuple):
    """One line of the table. `measured` and `goal` are in the same unit, smaller is better."""

    what: str
    measured: float
    goal: float
    unit: str
    """`x` for a ratio to something measured in the same run."""
    note: str = ""
    """What was compared, with its own figures."""

    @property
    def met(self) -> bool:
        """Whether the goal is reached."""
        return self.measured <= self.goal


class Benchmark(NamedTuple):
    """A group of figures measured together; `measure` is told whether a rough result will do."""

    name: str
    about: str
    measure: Callable[[bool], Sequence[Figure]]


HEAD = "| what | measured | goal | | compared |\n|---|---|---|---|---|"


def line(figure: Figure) -> str:
    """A figure as a line of a Markdown table."""
    met = "met" if figure.met else "**missed**"
    measured, goal = number(figure.measured, figure.unit), number(figure.goal, figure.unit)
    return f"| {figure.what} | {measured} | ≤ {goal} | {met} | {figure.note} |"


def number(value: float, unit: str) -> str:
    """`1.25×`, `150 ms`, `12 B`."""
    if unit == "x":
        return f"{value:.2f}×"
    digits = 2 if unit == "ms" and value < 10 else 0
    return f"{value:,.{digits}f} {unit}".rstrip()
