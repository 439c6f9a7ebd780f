"""What going to another place costs until it is painted, against the tabs of a bare TabbedContent."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from textual.app import App, ComposeResult
from textual.screen import Screen
from textual.widgets import TabbedContent, TabPane, TextArea

from core.paths import Paths
from core.workspace import Shelf
from tui.app import GenkoApp
from tui.settings import Settings

SIZE = (120, 40)
QUIET = 0.05
"""Seconds without a frame after which a switch counts as painted."""


class Row(NamedTuple):
    """One line of the table; the goal is a ratio to the TabbedContent of the same run."""

    what: str
    ms: float
    ratio: float
    goal: float


class Frames:
    """Notes when an app last painted: Textual's own hook is also called when there was nothing to paint."""

    def __init__(self, app: App[Any]) -> None:
        self.last = self.first_at = 0.0
        self._app, self._display = app, app._display
        app._display = self._painted  # type: ignore[method-assign]

    def _painted(self, screen: Screen[Any], renderable: Any) -> None:
        self._display(screen, renderable)
        if renderable is not None and screen is self._app.screen:
            self.last = time.perf_counter()
            self.first_at = self.first_at or self.last

    async def cost(self, switch: Callable[[], object]) -> float:
        """Milliseconds from a switch to the end of the last frame that it caused."""
        self.last, started = 0.0, time.perf_counter()
        switch()
        while self.last == 0.0 or time.perf_counter() - self.last < QUIET:
            await asyncio.sleep(0.002)
        return (self.last - started) * 1000


class Tabs(App[None]):
    """Two tabs with a text area each."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text
        self.animation_level = "none"  # the line under the tabs slides for 0.3 s; that is no cost

    def compose(self) -> ComposeResult:
        with TabbedContent():
            with TabPane("One", id="one"):
                yield TextArea(self._text)
            with TabPane("Two", id="two"):
                yield TextArea(self._text)


def script(pages: int) -> str:
    """A script of so many pages."""
    return "".join(
        f"PAGE {n} :\n\nPANEL 1 :\n(A room.)\nMARA : Page {n}.\nSFX : TOC\n\n" for n in range(1, pages + 1)
    )


async def measure_tabs(text: str, turns: int) -> float:
    """The median cost of switching a bare TabbedContent."""
    app = Tabs(text)
    async with app.run_test(size=SIZE) as pilot:
        tabs = app.query_one(TabbedContent)
        await pilot.pause(0.3)
        frames = Frames(app)
        costs = [
            await frames.cost(lambda turn=turn: setattr(tabs, "active", ("two", "one")[turn % 2]))  # type: ignore[misc]
            for turn in range(turns)
        ]
    return statistics.median(costs[4:])


async def measure_places(text: str, turns: int, folder: Path) -> list[tuple[str, float]]:
    """The median cost of going to each place of the app."""
    paths = Paths(folder / "data", folder / "config", folder / "logs", folder / "state")
    project = Shelf(paths).create(title="Bench", text=text).project_id
    app = GenkoApp(paths, Settings(), opening=project, server=False)
    app.animation_level = "none"
    costs: dict[str, list[float]] = {"projects": [], "script": [], "versions": []}
    try:
        async with app.run_test(size=SIZE) as pilot:
            await pilot.pause(0.3)
            frames = Frames(app)
            for turn in range(turns):
                for place in (("projects", "versions")[turn % 2], "script"):
                    costs[place].append(await frames.cost(getattr(app, f"action_{place}")))
    finally:
        app.close()
    return [(place, statistics.median(values[2:])) for place, values in costs.items()]


def run(rounds: int = 4, turns: int = 10, pages: int = 300) -> list[Row]:
    """Measure both in turns, so that what else the machine does falls on both."""
    text = script(pages)
    bare: list[float] = []
    places: dict[str, list[float]] = {}
    for _ in range(rounds):
        bare.append(asyncio.run(measure_tabs(text, turns)))
        with tempfile.TemporaryDirectory() as folder:
            for place, ms in asyncio.run(measure_places(text, turns, Path(folder))):
                places.setdefault(place, []).append(ms)
    base = statistics.median(bare)
    return [Row("a tab of a bare TabbedContent", base, 1.0, 1.0)] + [
        Row(f"to {place}", statistics.median(costs), statistics.median(costs) / base, 1.3)
        for place, costs in places.items()
    ]


def main() -> None:
    """Print the table."""
    for row in run():
        print(f"{row.what:34} {row.ms:7.1f} ms  {row.ratio:5.2f}x  (goal {row.goal}x)")


if __name__ == "__main__":
    main()
