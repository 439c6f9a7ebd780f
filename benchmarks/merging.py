"""Another writer's edits made offline, taken in by the real app: how long, how smoothly, and is all there."""

from __future__ import annotations

import time
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from uuid import UUID

from benchmarks.desk import READY, Desk, desk, go_to, middle, wait_for
from benchmarks.editor_host import CHANGES
from benchmarks.ptybench import PtyProgram
from benchmarks.start import connected
from benchmarks.table import Benchmark, Figure
from core.story import TextEdit

F2, F7, F8, F9 = b"\x1bOQ", b"\x1b[18~", b"\x1b[19~", b"\x1b[20~"
MARK = "MERGED"
GOALS = {3_300: 150.0, 33_000: 1_500.0}
SWITCHES = 100


def write_elsewhere(place: Desk, project_id: UUID, row: int) -> None:
    """1,000 scattered edits and a word in a row that is on the screen, as one update in the journal."""
    with place.other_program(project_id) as (journal, store):
        before = store.version
        at = sum(len(line) + 1 for line in store.text.split("\n")[:row])
        store.splice(at, 0, f"{MARK} ")
        step = store.text_length // CHANGES
        store.edit_text([TextEdit(number * (step + 1), 0, "~") for number in range(CHANGES)])
        journal.append(store.updates_since(before))
        journal.flush()


def standstill(program: PtyProgram, report: Path) -> float:
    """What F9 reports, in milliseconds."""
    report.unlink(missing_ok=True)
    program.send(F9)
    end = time.perf_counter() + 10
    while time.perf_counter() < end:
        program.pump(0.05)
        if report.exists() and (text := report.read_text(encoding="ascii")):
            return float(text)
    raise TimeoutError("no report")


def merge_once(place: Desk, lines: int, turn: int) -> tuple[float, float]:
    """Milliseconds from taking the edits in to the screen, and the longest standstill of the UI meanwhile."""
    title = f"Merge {lines} {turn}"
    project_id = place.project(title, lines)
    report = place.home / "report"
    with place.measured(title, report) as program:
        program.first_paint("PANEL")
        wait_for(program, READY)
        go_to(program, middle(lines))
        program.key(b"x")  # something of one's own, so that both have gone on
        program.settle(1.0)
        write_elsewhere(place, project_id, middle(lines) - 2)
        program.settle(0.5)
        cost = program.key(F8, quiet=0.8, limit=60)
        if MARK not in program.display():
            raise RuntimeError(f"the merge is not on the screen:\n{program.display()}")
        return cost.ms, standstill(program, report)


def measure_merge(quick: bool) -> list[Figure]:
    """1,000 edits into 300 and into 3,000 pages."""
    figures = []
    with desk() as place:
        for lines, goal in GOALS.items():
            found = [merge_once(place, lines, turn) for turn in range(1 if quick else 5)]
            pages = f"{lines // 11:,} pages"
            what = f"merging {CHANGES:,} scattered edits, {pages}"
            merged, stood = zip(*found, strict=True)
            note = "from taking them in to the screen"
            figures.append(Figure(what, median(merged), goal, "ms", note))
            note = f"median of {len(stood)} runs; the worst {max(stood):.0f} ms"
            figures.append(Figure(f"longest standstill in it, {pages}", median(stood), 50, "ms", note))
    return figures


def measure_lost(quick: bool) -> list[Figure]:
    """A letter before each switch to the saves and back, while another program writes into the same text."""
    switches = 20 if quick else SWITCHES
    with desk() as place, ExitStack() as stack:
        project_id = place.project("Both", 3_300)
        with place.other_program(project_id) as (_, store):
            mine, theirs = store.text.count("µ"), store.text.count("ß")
        program = connected(place, stack, "Both")
        go_to(program, middle(3_300))
        with place.other_program(project_id) as (journal, store):
            for turn in range(switches // 2):
                for key in ("µ".encode(), F7, F2):
                    program.send(key)
                    before = store.version
                    store.splice((turn * 7919) % store.text_length, 0, "ß")
                    journal.append(store.updates_since(before))
                    program.pump(0.05)
                    program.settle(0.05, limit=0.2)
            program.settle(1.0)
        with place.other_program(project_id) as (_, store):
            text = store.text
        lost = switches // 2 - (text.count("µ") - mine) + switches // 2 * 3 - (text.count("ß") - theirs)
        wait_for(program, "µ" * min(10, switches // 2))
    note = f"{switches // 2} typed here and {switches // 2 * 3} written by another program meanwhile"
    return [Figure(f"characters lost in {switches} switches", lost, 0, "", note)]


BENCHMARKS = (
    Benchmark(
        "merge", "the journal's new bytes until they are painted, and the UI's longest wait", measure_merge
    ),
    Benchmark("lost", "the journal's text after switching while two programs write", measure_lost),
)
