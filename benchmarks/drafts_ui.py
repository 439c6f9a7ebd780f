"""How long the UI's thread is kept while two hundred assets are made at once; from “accept” to its paint."""

from __future__ import annotations

import asyncio
import gc
import statistics
import struct
import tempfile
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, cast
from uuid import UUID

from textual.pilot import Pilot

from benchmarks.backup_desk import BEAT, Heart
from benchmarks.switching import SIZE, Frames
from benchmarks.table import Benchmark, Figure
from core.drafts.making.loop import MakingLoop
from core.drafts.making.queue import JobEnd, JobNow
from core.drafts.making.wish import Wish
from core.paths import Paths
from core.providers.request import Made, MadeFile, MakeRequest
from screens.drafts.jobs.panel import JobsPanel
from screens.drafts.opened.screen import DraftScreen
from tui.app import GenkoApp
from tui.settings import Settings

ASSETS = 200
SECONDS = 4.0
"""How long each of them is made, all at the same time, with news of it all the while."""
FRAME = 1000 / 60
ACCEPT_GOAL = 50.0
TURNS = 20
PATIENCE = 120.0


def _png(colour: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    row = b"\0" + bytes((colour & 255, colour >> 8 & 255, colour >> 16 & 255)) * 256
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 256, 256, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(row * 256)) + chunk(b"IEND", b"")


class Pulse(Heart):
    """Notes as well how long the UI's thread computes between two beats: others' load is not in that."""

    def __init__(self) -> None:
        super().__init__()
        self.computing: dict[str, float] = {}
        self._busy = 0.0

    async def beat(self) -> None:
        """Until it is cancelled."""
        last, spent = time.perf_counter(), time.thread_time()
        while True:
            await asyncio.sleep(BEAT)
            now, busy = time.perf_counter(), time.thread_time()
            self._now = max(self._now, (now - last - BEAT) * 1000)
            self._busy = max(self._busy, (busy - spent) * 1000)
            last, spent = now, busy

    async def during(self, what: str, pilot: Pilot[int], key: str, done: Callable[[], bool]) -> None:
        """Both, from a key until what it does is done and shown."""
        self._busy = 0.0
        await super().during(what, pilot, key, done)
        self.computing[what] = self._busy


class AllAtOnce:
    """A queue of which every job is under way at the same time; each look tells how far all of them are."""

    server_id = "bench"

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._jobs: dict[UUID, tuple[MakeRequest, float]] = {}
        self._on_news: Callable[[UUID | None], None] = lambda job: None

    def listen(self, on_news: Callable[[UUID | None], None]) -> None:
        """News come when `tell` is called."""
        self._on_news = on_news

    def tell(self) -> None:
        """There is news of every job."""
        for job in [*self._jobs]:
            self._on_news(job)

    def hand_over(self, requests: Sequence[MakeRequest], budget: int | None) -> None:
        """They begin at once."""
        for request in requests:
            self._jobs.setdefault(request.id, (request, time.monotonic()))

    def left_alone(self) -> frozenset[str]:
        """All are made."""
        return frozenset()

    def states(self, ids: Iterable[UUID]) -> Mapping[UUID, JobNow]:
        """By the clock."""
        now = time.monotonic()
        found = {}
        for job in ids:
            if job in self._jobs:
                share = (now - self._jobs[job][1]) / self._seconds
                found[job] = JobNow("done") if share >= 1 else JobNow("running", share)
        return found

    def ends(self, ids: Iterable[UUID]) -> Iterator[JobEnd]:
        """A picture each."""
        for job in ids:
            request, _ = self._jobs[job]
            file = MadeFile(_png(request.seed), "image/png")
            yield JobEnd(job, "done", Made(files=(file,), seed=request.seed), tries=1)

    def cancel(self, ids: Iterable[UUID]) -> None:
        """Nobody does."""

    def collected(self, ids: Iterable[UUID]) -> None:
        """They are home."""

    def close(self) -> None:
        """Nothing to let go of."""


async def _until(holds: Callable[[], bool], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError(what)
        await asyncio.sleep(0.01)


def _new_draft(app: GenkoApp) -> UUID:
    entry = app.drafts.create("Two hundred", theme="jungle")
    with app.drafts.edited(entry.project_id) as draft:
        draft.add_assets([{"kind": "character", "name": f"asset {number}"} for number in range(ASSETS)])
    return entry.project_id


def _use(app: GenkoApp, queue: AllAtOnce) -> None:
    """Have things made by this queue; there is no server."""
    desk = app.draft_desk
    loop = MakingLoop(cast("Any", None), desk._from_loop, opened=lambda _: queue, first_pause=0.01)
    desk._loop = loop
    loop.start()


async def _stir(queue: AllAtOnce) -> None:
    """News of every job, twenty times a second: as workers tell them."""
    while True:
        await asyncio.sleep(0.05)
        await asyncio.to_thread(queue.tell)


class Run(NamedTuple):
    """The latest beats, ms; each accept until its paint, ms; how often the panel was shown."""

    idle: float
    beginning: float
    making: float
    accepts: list[float]
    paints: int
    computing: float
    """In the longest turn while they were made, ms of processor time."""
    asking: float
    """The same, while they were asked for."""


async def _measure(folder: Path) -> Run:
    paths = Paths(folder / "data", folder / "config", folder / "logs", folder / "state")
    app = GenkoApp(paths, Settings(), server=False)
    app.animation_level = "none"
    heart = Pulse()
    try:
        async with app.run_test(size=SIZE) as pilot:
            draft_id = _new_draft(app)
            queue = AllAtOnce()
            _use(app, queue)
            await pilot.press("f8")
            await pilot.pause(0.5)
            await pilot.press("enter")
            await pilot.pause(1.0)
            screen = app.screen
            assert isinstance(screen, DraftScreen)
            gc.collect()
            gc.freeze()  # as the launcher does
            beating = asyncio.create_task(heart.beat())
            rested = time.monotonic() + 1.0
            await heart.during("nothing", pilot, "f24", lambda: time.monotonic() > rested)
            stirring = asyncio.create_task(_stir(queue))
            screen.open_panel()
            app.draft_desk.generate(draft_id, Wish(accept=False))
            await heart.during("beginning", pilot, "f24", lambda: len(screen.board) == ASSETS)
            await heart.during("making", pilot, "f24", lambda: not app.draft_desk.busy)
            stirring.cancel()
            paints = screen.query_one(JobsPanel).paints
            accepts = await _accept(pilot, screen)
            beating.cancel()
            idle, beginning, making = (heart.worst[what][0] for what in ("nothing", "beginning", "making"))
            computing, asking = (heart.computing[what] for what in ("making", "beginning"))
            return Run(idle, beginning, making, accepts, paints, computing, asking)
    finally:
        app.close()


async def _accept(pilot: Pilot[int], screen: DraftScreen) -> list[float]:
    """From the action until the end of the last frame that it caused."""
    assert isinstance(pilot.app, GenkoApp)
    frames = Frames(pilot.app)
    costs = []
    for _ in range(TURNS):
        await pilot.pause(0.3)
        costs.append(await frames.cost(screen.action_accept_candidate))
        await pilot.press("right")
    return costs


def measure(quick: bool) -> Sequence[Figure]:
    """Of several runs the one in the middle."""
    runs = []
    for _ in range(1 if quick else 5):
        with tempfile.TemporaryDirectory(prefix="genko-bench-") as folder:
            runs.append(asyncio.run(_measure(Path(folder))))
    idle = statistics.median(run.idle for run in runs)
    beginning = statistics.median(run.beginning for run in runs)
    making = statistics.median(run.making for run in runs)
    accept = statistics.median(cost for run in runs for cost in run.accepts)
    computing = statistics.median(run.computing for run in runs)
    asking = statistics.median(run.asking for run in runs)
    note = (
        f"{computing:.0f} ms of it computing; while they are asked for {beginning:.0f} ms, "
        f"{asking:.0f} of it computing; nothing at all {idle:.0f} ms; the panel was shown "
        f"{runs[0].paints} times"
    )
    return [
        Figure(f"the UI kept, at most, while {ASSETS} assets are made at once", making, FRAME, "ms", note),
        Figure(
            "“accept” until its paint",
            accept,
            ACCEPT_GOAL,
            "ms",
            f"median of {TURNS}, with the journal's append",
        ),
    ]


BENCHMARKS = (Benchmark("drafts_ui", "the latest of the UI's beats; a key until its paint", measure),)
