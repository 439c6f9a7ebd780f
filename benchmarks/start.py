"""Starting and standing: first paint, opening 3,000 pages, memory, what an idle screen sends."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from statistics import median

from benchmarks.desk import READY, Desk, desk, prose, wait_for
from benchmarks.editor_host import script
from benchmarks.ptybench import PtyProgram
from benchmarks.table import Benchmark, Figure

PROSE_BYTES = 200_000
IDLE_SECONDS = 30.0


def paints(starts: Mapping[str, tuple[Callable[[], PtyProgram], str]], rounds: int) -> dict[str, float]:
    """The median time until each program shows its text, in milliseconds; they take turns."""
    times: dict[str, list[float]] = {name: [] for name in starts}
    for turn in range(rounds + 1):
        for name, (start, expected) in starts.items():
            with start() as program:
                taken = program.first_paint(expected) * 1000
            if turn:  # the first fills the system's caches
                times[name].append(taken)
    return {name: median(taken) for name, taken in times.items()}


def measure_first_paint(quick: bool) -> list[Figure]:
    """`genko open` against the bare app with the same text."""
    texts = {"3,300 lines, 300 pages": script(3_300), "200 kB of long paragraphs": prose(PROSE_BYTES)}
    figures = []
    with desk() as place:
        for name, text in texts.items():
            place.shelf.create(title=name, text=text)
            found = paints(
                {
                    "bare": (lambda text=text: place.bare(text), "PANEL"),  # type: ignore[misc]
                    "genko": (lambda name=name: place.open(name), "PANEL"),  # type: ignore[misc]
                },
                3 if quick else 15,
            )
            note = f"genko open {found['genko']:.0f} ms / bare app {found['bare']:.0f} ms"
            ratio = found["genko"] / found["bare"]
            figures.append(Figure(f"first paint, {name}", ratio, 1.25, "x", note))
    return figures


def measure_opening(quick: bool) -> list[Figure]:
    """3,000 pages against an empty project, both until their text is on the screen."""
    with desk() as place:
        place.project("Empty", 0)
        place.project("Long", 33_000)
        found = paints(
            {"empty": (lambda: place.open("Empty"), "Empty"), "long": (lambda: place.open("Long"), "PANEL")},
            3 if quick else 15,
        )
    note = f"{found['long']:.0f} ms; empty project {found['empty']:.0f} ms"
    over = found["long"] - found["empty"]
    return [Figure("opening 3,000 pages, over an empty project", over, 300, "ms", note)]


def connected(place: Desk, stack: ExitStack, title: str) -> PtyProgram:
    """Genko on a project, after the server has answered."""
    program = stack.enter_context(place.open(title))
    program.first_paint("PANEL")
    wait_for(program, READY)
    program.settle(1.0)
    return program


def measure_memory(quick: bool) -> list[Figure]:
    """The most memory used so far by both, with the server connected; and after a save."""
    with desk() as place, ExitStack() as stack:
        project_id = place.project("Pages", 3_300)
        bare = stack.enter_context(place.bare(script(3_300)))
        bare.first_paint("PANEL")
        bare.settle(1.0)
        program = connected(place, stack, "Pages")
        megabytes, base = program.peak_memory(), bare.peak_memory()
        program.send(b"\x13")
        while place.shelf.entry(project_id).saved_at is None:
            program.settle(0.2)
        program.settle(1.0)
        saved = program.peak_memory()
    note = (
        f"{megabytes:.0f} MB / bare app {base:.0f} MB, at their peak; after the first Ctrl+S {saved:.0f} MB"
    )
    return [Figure("memory, 300 pages, connected", megabytes / base, 2.25, "x", note)]


def measure_idle(quick: bool) -> list[Figure]:
    """What Genko sends while nobody does anything."""
    seconds = IDLE_SECONDS / (3 if quick else 1)
    with desk() as place, ExitStack() as stack:
        place.project("Pages", 3_300)
        program = connected(place, stack, "Pages")
        before = program.sent
        program.settle(seconds, limit=seconds)
        minute = (program.sent - before) * 60 / seconds
    return [Figure("bytes a minute when idle", minute, 200, "B", f"over {seconds:.0f} s")]


BENCHMARKS = (
    Benchmark("first-paint", "genko open / bare app, same text, both from their start", measure_first_paint),
    Benchmark("opening", "genko open of 3,000 pages - of an empty project", measure_opening),
    Benchmark("memory", "peak of genko connected to its server / peak of the bare app", measure_memory),
    Benchmark("idle", "bytes from a connected genko that nobody touches", measure_idle),
)
