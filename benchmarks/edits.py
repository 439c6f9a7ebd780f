"""Edits until they are painted, against one widget's repaint in a bare app; and the preview of a page."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from textual.app import App, ComposeResult
from textual.widgets import Static

from benchmarks import large_book
from benchmarks.switching import SIZE, Frames
from benchmarks.table import Benchmark, Figure
from core.assembly.book import LiveBook
from core.assembly.terminal import draw
from core.script import Script
from core.story import ProjectStore, Section
from screens.assembly.screen import AssemblyScreen

FRAME_MS = 1000 / 60
PREVIEW_MS = 50.0
COLUMNS, ROWS = 100, 40


class OneWidget(App[None]):
    """What a repaint costs by itself."""

    def compose(self) -> ComposeResult:
        yield Static("0")


async def _until_painted(frames: Frames, edit: Callable[[], object]) -> float:
    """Milliseconds until the next frame."""
    frames.last, started = 0.0, time.perf_counter()
    edit()
    while frames.last == 0.0:
        await asyncio.sleep(0)
    return (frames.last - started) * 1000


async def _bare(turns: int) -> list[float]:
    app = OneWidget()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(0.2)
        frames, costs = Frames(app), []
        for turn in range(turns):
            costs.append(
                await _until_painted(frames, lambda turn=turn: app.query_one(Static).update(str(turn)))  # type: ignore[misc]
            )
            await pilot.pause(0.1)
    return costs


async def _genko(folder: Path, turns: int) -> dict[str, list[float]]:
    """By what is edited: each edit until the first frame after it."""
    costs: dict[str, list[float]] = {}
    async with large_book.opened(folder, SIZE) as (app, pilot):
        assert app.session is not None
        store, frames = app.session.store, Frames(app)
        who = store.characters()[0].id
        app.action_characters()
        await pilot.pause(3.0)
        for turn in range(turns):
            edit = lambda turn=turn: store.update_record(Section.CHARACTERS, who, role=f"role {turn}")  # noqa: E731
            costs.setdefault("a record", []).append(await _until_painted(frames, edit))
            await pilot.pause(0.5)
        app.action_assembly()
        await pilot.pause(3.0)
        desk = app.screen
        assert isinstance(desk, AssemblyScreen)
        desk.choose_page(5)
        at = store.text.index("Rain", store.text.index("PAGE 6\n"))
        for turn in range(turns):
            await pilot.pause(0.5)
            step = desk.action_status_back if turn % 2 else desk.action_status_forward
            costs.setdefault("a panel's status", []).append(await _until_painted(frames, step))
            await pilot.pause(0.5)
            typed = await _until_painted(frames, lambda: store.splice(at, 0, "x"))
            costs.setdefault("the script of the page that is shown", []).append(typed)
    return costs


def edits(quick: bool) -> Sequence[Figure]:
    """Each beside the bare repaint of the same run."""
    turns = 6 if quick else 12
    base = statistics.median(asyncio.run(_bare(turns)))
    with tempfile.TemporaryDirectory() as folder:
        costs = asyncio.run(_genko(Path(folder), turns))
    return [
        Figure(
            f"an edit of {what} until it is painted",
            statistics.median(values),
            FRAME_MS,
            "ms",
            f"{statistics.median(values) / base:.1f}× one widget's repaint in a bare app, {base:.1f} ms",
        )
        for what, values in costs.items()
    ]


def preview(quick: bool) -> Sequence[Figure]:
    """A page made and drawn in characters, as when somebody turns to it."""
    store = ProjectStore.create(title="A large book", language="en", direction="ltr")
    store.replace_text(large_book.script())
    large_book.fill(store)
    script = Script(store.text)
    live = LiveBook(store, script).settle()
    spent = []
    for index in range(0, live.count, 10 if quick else 2):
        started = time.process_time()
        draw(live.page(index), COLUMNS, ROWS)
        spent.append((time.process_time() - started) * 1000)
    note = f"{COLUMNS}×{ROWS} cells, processor time; median {statistics.median(spent):.1f} ms"
    return [Figure("the preview of a page, slowest of all", max(spent), PREVIEW_MS, "ms", note)]


BENCHMARKS: Sequence[Benchmark] = (
    Benchmark("edits", "an edit over a large book until its first frame", edits),
    Benchmark("preview", "a page made and drawn in characters", preview),
)
