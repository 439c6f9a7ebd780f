"""What the tabs over a large book cost: opening each, going back and forth."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks import large_book
from benchmarks.switching import SIZE, Frames, measure_tabs
from benchmarks.table import Benchmark, Figure
from tui.app import GenkoApp

TABS = ("characters", "backgrounds", "scenes", "assembly")
GOAL = 1.3


class FirstFrame(Frames):
    """Notes the first frame after a switch that shows the new place, not the last one it causes."""

    async def first(self, app: GenkoApp, place: str) -> float:
        """Milliseconds until the place is on the screen; what fills in later is not waited for."""
        self.first_at, started = 0.0, time.perf_counter()
        getattr(app, f"action_{place}")()
        while self.first_at == 0.0:
            await asyncio.sleep(0.001)
        return (self.first_at - started) * 1000


async def _measure(folder: Path, turns: int) -> dict[str, list[float]]:
    """By tab: the first opening, then going there again."""
    costs: dict[str, list[float]] = {}
    async with large_book.opened(folder, SIZE) as (app, pilot):
        frames = FirstFrame(app)
        for tab in TABS:
            costs[f"open {tab}"] = [await frames.first(app, tab)]
            await pilot.pause(1.0)
            app.action_script()
            await pilot.pause(0.3)
        for _ in range(turns):
            for tab in TABS:
                costs.setdefault(tab, []).append(await frames.first(app, tab))
                await pilot.pause(0.5)
                app.action_script()
                await pilot.pause(0.1)
    return costs


def measure(quick: bool) -> Sequence[Figure]:
    """In turns with a bare TabbedContent that holds the same script."""
    bare: list[float] = []
    costs: dict[str, list[float]] = {}
    for _ in range(1 if quick else 3):
        bare.append(asyncio.run(measure_tabs(large_book.script(), 10)))
        with tempfile.TemporaryDirectory() as folder:
            for name, values in asyncio.run(_measure(Path(folder), 4 if quick else 8)).items():
                costs.setdefault(name, []).extend(values)
    base = statistics.median(bare)
    figures = []
    for tab in TABS:
        for what, key in ((f"first opening of {tab}", f"open {tab}"), (f"a switch to {tab}", tab)):
            ms = statistics.median(costs[key])
            note = f"{ms:.0f} ms / a tab of TabbedContent {base:.0f} ms"
            figures.append(Figure(f"{what}, 300 pages, 200 characters", ms / base, GOAL, "x", note))
    return figures


BENCHMARKS = (
    Benchmark("tabs", "a tab of a large book until its first frame / a bare TabbedContent", measure),
)
