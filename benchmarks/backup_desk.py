"""How long the UI's thread is kept while backups are made, verified, read and compared on their screen."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from textual.pilot import Pilot

from benchmarks import large_book
from benchmarks.switching import SIZE
from benchmarks.table import Benchmark, Figure
from core.paths import Paths
from core.workspace import Shelf
from screens.backup.screen import BackupScreen
from tui.app import GenkoApp
from tui.settings import Settings

GOAL = 50.0
BEAT = 0.001
REST = 0.3
"""Seconds after each action, so that what it leaves behind is counted as its own."""
PATIENCE = 60.0


class Heart:
    """Beats each millisecond on the UI's thread; a beat that comes late tells how long that was kept."""

    def __init__(self) -> None:
        self.worst: dict[str, list[float]] = {}
        self._now = 0.0

    async def beat(self) -> None:
        """Until it is cancelled."""
        last = time.perf_counter()
        while True:
            await asyncio.sleep(BEAT)
            now = time.perf_counter()
            self._now = max(self._now, (now - last - BEAT) * 1000)
            last = now

    async def during(self, what: str, pilot: Pilot[int], key: str, done: Callable[[], bool]) -> None:
        """The latest beat (ms) from a key until what it does is done and shown."""
        self._now = 0.0
        await pilot.press(key)
        end = time.monotonic() + PATIENCE
        while not done():
            if time.monotonic() > end:
                raise TimeoutError(what)
            await asyncio.sleep(0.01)
        await asyncio.sleep(REST)
        self.worst.setdefault(what, []).append(self._now)


async def _measure(folder: Path, heart: Heart) -> None:
    paths = Paths(folder / "data", folder / "config", folder / "logs", folder / "state")
    large_book.make(Shelf(paths))  # not opened: its tabs would be made ready meanwhile
    app = GenkoApp(paths, Settings(), server=False)
    app.animation_level = "none"
    try:
        async with app.run_test(size=SIZE) as pilot:
            await pilot.press("f9")
            await pilot.pause(1.0)
            screen = app.screen
            assert isinstance(screen, BackupScreen)
            beating = asyncio.create_task(heart.beat())
            await _use(screen, pilot, heart)
            beating.cancel()
    finally:
        app.close()


async def _use(screen: BackupScreen, pilot: Pilot[int], heart: Heart) -> None:
    def said(words: str) -> Callable[[], bool]:
        return lambda: words in screen.work_line.text("what")

    rested = time.monotonic() + REST
    await heart.during("nothing", pilot, "f24", lambda: time.monotonic() > rested)
    await heart.during("making", pilot, "b", said("Backed up"))
    await heart.during("verifying", pilot, "v", said("read again"))
    await heart.during("reading", pilot, "enter", lambda: bool(screen.depth.leaves))
    await heart.during("a page", pilot, "enter", lambda: screen.depth.leaf is not None)
    await heart.during("comparing", pilot, "c", lambda: screen.depth.compared is not None)


def measure(quick: bool) -> Sequence[Figure]:
    """The action that keeps it longest; of several runs the one in the middle."""
    heart = Heart()
    for _ in range(1 if quick else 5):
        with tempfile.TemporaryDirectory(prefix="genko-bench-") as folder:
            asyncio.run(_measure(Path(folder), heart))
    each = {what: statistics.median(values) for what, values in heart.worst.items()}
    idle = each.pop("nothing")
    note = ", ".join(f"{what} {ms:.0f} ms" for what, ms in each.items()) + f"; nothing at all {idle:.0f} ms"
    what = f"the UI kept, at most, while {large_book.PAGES} pages are backed up, read and compared"
    return [Figure(what, max(each.values()), GOAL, "ms", note)]


BENCHMARKS = (Benchmark("backup_desk", "the latest of the UI's beats, one each millisecond", measure),)
