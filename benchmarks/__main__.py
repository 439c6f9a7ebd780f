"""Measures everything that `docs/performance.md` promises: `python -m benchmarks [--only NAME] [--quick]`."""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Iterator, Sequence

from benchmarks import (
    backup,
    backup_desk,
    backup_importing,
    drafts_ui,
    edits,
    jobs,
    journal_append,
    merging,
    publishing,
    save,
    script,
    start,
    storyboard,
    switching,
    tabs,
    typing,
)
from benchmarks.table import HEAD, Benchmark, Figure, line


def journal(quick: bool) -> list[Figure]:
    """An edit until it is in the file: alone, and while a second process compacts."""
    figures = []
    for row in journal_append.rows(500 if quick else journal_append.EDITS):
        note = (
            f"median {row.p50_ms:.2f} ms; a bare SQLite commit: median {row.bare_p50_ms:.2f}, "
            f"p99 {row.bare_p99_ms:.2f} ms; keeps the UI thread {row.blocked_p99_ms:.2f} ms (p99)"
        )
        what = f"edit to acknowledged append, {row.case}, p99"
        figures.append(Figure(what, row.p99_ms, row.goal_ms, "ms", note))
    return figures


def saving(quick: bool) -> list[Figure]:
    """Ctrl+S of one changed line against a bare UPDATE."""
    rows = save.run(40 if quick else save.ROUNDS)
    short, long = rows[0], rows[-1]
    note = f"{short.save_ms:.1f} ms / UPDATE + COMMIT of one row {short.update_ms:.1f} ms"
    growth = f"{long.save_ms:.1f} ms / at {short.pages} pages {short.save_ms:.1f} ms"
    return [
        Figure(f"Ctrl+S of one line, {short.pages} pages", short.ratio, save.GOAL, "x", note),
        Figure(
            f"Ctrl+S of one line, {long.pages:,} pages",
            long.save_ms / short.save_ms,
            save.GOAL_GROWTH,
            "x",
            growth,
        ),
    ]


def switches(quick: bool) -> list[Figure]:
    """Going from place to place against the tabs of a bare TabbedContent."""
    base, *rows = switching.run(rounds=1 if quick else 4)
    return [
        Figure(
            f"a switch {row.what}",
            row.ratio,
            row.goal,
            "x",
            f"{row.ms:.0f} ms / a tab of TabbedContent {base.ms:.0f} ms",
        )
        for row in rows
    ]


BENCHMARKS: Sequence[Benchmark] = (
    *start.BENCHMARKS[:2],
    *typing.BENCHMARKS,
    *start.BENCHMARKS[2:],
    *script.BENCHMARKS,
    Benchmark("journal", "an edit until its bytes are in the journal's file", journal),
    Benchmark("save", "from taking the frontier to the COMMIT / a bare UPDATE + COMMIT", saving),
    *merging.BENCHMARKS,
    Benchmark("switching", "a switch until it is painted / a tab of a bare TabbedContent", switches),
    *tabs.BENCHMARKS,
    *edits.BENCHMARKS,
    *storyboard.BENCHMARKS,
    *backup.BENCHMARKS,
    *backup_desk.BENCHMARKS,
    *drafts_ui.BENCHMARKS,
    *backup_importing.BENCHMARKS,
    *jobs.BENCHMARKS,
    *publishing.BENCHMARKS,
)


def run(only: Sequence[str], quick: bool) -> Iterator[tuple[Benchmark, Sequence[Figure]]]:
    """Measure those whose name holds one of `only` (none: all), one after another."""
    for benchmark in BENCHMARKS:
        if not only or any(name in benchmark.name for name in only):
            yield benchmark, benchmark.measure(quick)


def main() -> None:
    """Print the table as it is measured."""
    names = ", ".join(benchmark.name for benchmark in BENCHMARKS)
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help=f"one of: {names}")
    parser.add_argument("--quick", action="store_true", help="few repetitions, a rough result")
    options = parser.parse_args()
    started = time.perf_counter()
    load = os.getloadavg()[0]
    print(HEAD, flush=True)
    for _, figures in run(options.only, options.quick):
        for figure in figures:
            print(line(figure), flush=True)
    seconds, after = time.perf_counter() - started, os.getloadavg()[0]
    print(f"\n{seconds:.0f} s on {os.cpu_count()} cores; load {load:.1f} before, {after:.1f} after.")


if __name__ == "__main__":
    main()
