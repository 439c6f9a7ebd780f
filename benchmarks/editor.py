"""The editor from outside, in a pty: keys, Enter, opening, merging, bytes; against a stock TextArea.

`python -m benchmarks.editor` measures the editor in a bare app. With `--command` it measures any
program instead, for example `--command "genko open NAME" --expect "PAGE" --before "\\x07|1600|\\r"`.
"""

from __future__ import annotations

import argparse
import re
import shlex
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.editor_host import stored
from benchmarks.ptybench import KeyCost, PtyProgram, percentile

LETTERS = b"etaoin"
STOCK_LINES = 300
SIZES = (3_300, 33_000, 100_000)
F8, F9 = b"\x1b[19~", b"\x1b[20~"
IDLE_SECONDS = 5.0


class Row(NamedTuple):
    """One line of the table: `measured` and `goal` in the same unit, smaller is better."""

    what: str
    measured: float
    goal: float
    note: str

    @property
    def kept(self) -> bool:
        """Whether the goal is reached."""
        return self.measured <= self.goal


def host(widget: str, lines: int) -> list[str]:
    """The command of the bare app."""
    return [sys.executable, "-m", "benchmarks.editor_host", widget, "--lines", str(lines)]


def keys(programs: Sequence[PtyProgram], data: Sequence[bytes]) -> list[list[KeyCost]]:
    """Type the same into all of them in turn, so that they see the same machine; costs by program."""
    found: list[list[KeyCost]] = [[] for _ in programs]
    for key in data:
        for program, costs in zip(programs, found, strict=True):
            costs.append(program.key(key))
    return found


def milliseconds(costs: Sequence[KeyCost]) -> float:
    """The median time of some keys."""
    return median(cost.ms for cost in costs)


def measure_keys(count: int) -> list[Row]:
    """Letters at each size against a stock TextArea, Enter against a letter, bytes of a letter."""
    with ExitStack() as stack:
        stock = stack.enter_context(PtyProgram(host("stock", STOCK_LINES)))
        ours = [stack.enter_context(PtyProgram(host("editor", lines))) for lines in SIZES]
        for program in (stock, *ours):
            program.first_paint("PAGE")
            program.settle(0.5)
        letters = [LETTERS[at % 6 : at % 6 + 1] for at in range(count)]
        stock_costs, *costs = keys((stock, *ours), letters)
        bare = milliseconds(stock_costs)
        rows = [
            Row(
                f"key to screen, {lines:,} lines / stock TextArea, {STOCK_LINES}",
                milliseconds(found) / bare,
                1.25,
                f"{milliseconds(found):.1f} / {bare:.1f} ms",
            )
            for lines, found in zip(SIZES, costs, strict=True)
        ]
        middle = SIZES.index(33_000)
        (enters,) = keys((ours[middle],), [b"\r"] * 8)
        enter, letter = milliseconds(enters), milliseconds(costs[middle])
        rows.append(
            Row("Enter / letter, 33,000 lines", enter / letter, 2.0, f"{enter:.1f} / {letter:.1f} ms")
        )
        sent = [cost.sent for cost in costs[0]]
        note = f"median {median(sent):.0f}, stock {median(cost.sent for cost in stock_costs):.0f}"
        rows.append(Row("bytes a letter, 95th percentile", percentile(sent, 0.95), 600, note))
        before = ours[0].sent
        ours[0].settle(IDLE_SECONDS, limit=IDLE_SECONDS)
        minute = (ours[0].sent - before) * 60 / IDLE_SECONDS
        return [*rows, Row("bytes a minute when idle", minute, 200, "")]


def measure_opening(rounds: int) -> Row:
    """First paint with 33,000 lines, over one without any; taking turns."""
    times: dict[int, list[float]] = {0: [], 33_000: []}
    with tempfile.TemporaryDirectory() as folder:
        for lines in times:
            Path(folder, str(lines)).write_bytes(stored(lines))
        for _ in range(rounds):
            for lines, found in times.items():
                command = [*host("editor", lines), "--stored", str(Path(folder, str(lines)))]
                with PtyProgram(command) as program:
                    found.append(program.first_paint("PANEL" if lines else "   1") * 1000)
    empty, full = (median(found) for found in times.values())
    return Row("opening 3,000 pages, over none, ms", full - empty, 300, f"{full:.0f} / {empty:.0f} ms")


def measure_merge(lines: int, goal: float) -> list[Row]:
    """1,000 scattered edits from elsewhere until they are on the screen, and the longest standstill."""
    with PtyProgram(host("editor", lines)) as program:
        program.first_paint("PAGE")
        program.settle(0.5)
        program.key(F8, quiet=0.5, limit=60)
        merged = program.key(F8, quiet=0.5)
        if "MERGED" not in program.display():
            raise RuntimeError("the merge is not on the screen")
        program.key(F9)
        gap = re.search(r"gap (\d+) ms", program.display())
        assert gap is not None
    pages = f"{lines // 11:,} pages"
    return [
        Row(f"merging 1,000 edits, {pages}, ms", merged.ms, goal, f"{merged.sent} bytes"),
        Row(f"longest standstill in it, {pages}, ms", float(gap[1]), 50, ""),
    ]


def run(count: int = 60) -> list[Row]:
    """All rows of the table; takes about a minute."""
    return [
        *measure_keys(count),
        measure_opening(5),
        *measure_merge(3_300, 150),
        *measure_merge(33_000, 1_500),
    ]


def measure_command(options: argparse.Namespace) -> None:
    """Print what any full-screen program costs."""
    with PtyProgram(shlex.split(options.command)) as program:
        paint = program.first_paint(options.expect)
        program.settle(1.0)
        for key in options.before.encode().decode("unicode_escape").encode("latin-1").split(b"|"):
            if key:
                program.send(key)
                program.settle(0.4)
        (costs,) = keys((program,), [LETTERS[at % 6 : at % 6 + 1] for at in range(options.keys)])
        (enters,) = keys((program,), [b"\r"] * 6)
        times, sent = [cost.ms for cost in costs], [float(cost.sent) for cost in costs]
        print(f"first paint {paint:.2f} s, memory {program.peak_memory():.0f} MB")
        print(f"letter {median(times):.1f} ms (95 %: {percentile(times, 0.95):.1f}), ", end="")
        print(f"{median(sent):.0f} bytes (95 %: {percentile(sent, 0.95):.0f})")
        print(f"Enter {milliseconds(enters):.1f} ms, {median(cost.sent for cost in enters):.0f} bytes")


def main() -> None:
    """Print the table, or the figures of one command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--command", help="measure this program instead of the bare app")
    parser.add_argument("--expect", default="PAGE", help="what its first paint shows")
    parser.add_argument("--before", default="", help="keys to send first, separated by |")
    parser.add_argument("--keys", type=int, default=60)
    options = parser.parse_args()
    if options.command:
        measure_command(options)
        return
    print("| what | measured | goal | |\n|---|---|---|---|")
    for row in run(options.keys):
        mark = "" if row.kept else " **missed**"
        print(f"| {row.what} | {row.measured:.2f}{mark} | {row.goal:g} | {row.note} |")


if __name__ == "__main__":
    main()
