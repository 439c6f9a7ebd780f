"""Typing into the real app: letters, Enter, and the bytes they cost on a slow line."""

from __future__ import annotations

from contextlib import ExitStack
from statistics import median

from benchmarks.desk import COLUMN, desk, go_to, middle
from benchmarks.editor import LETTERS, SIZES, STOCK_LINES, keys, milliseconds
from benchmarks.editor_host import script
from benchmarks.ptybench import percentile
from benchmarks.start import connected
from benchmarks.table import Benchmark, Figure

REST = 0.45
"""Seconds between two letters after which counts and outline have followed."""


def measure_keys(quick: bool) -> list[Figure]:
    """A letter in the middle of scripts of three lengths, and Enter; against a stock TextArea."""
    count = 24 if quick else 120
    with desk() as place, ExitStack() as stack:
        bare = stack.enter_context(place.bare(script(STOCK_LINES), middle(STOCK_LINES), COLUMN))
        bare.first_paint("PAGE")
        ours = []
        for lines in SIZES:
            place.project(f"Lines {lines}", lines)
            ours.append(connected(place, stack, f"Lines {lines}"))
            go_to(ours[-1], middle(lines))
        letters = [LETTERS[at % 6 : at % 6 + 1] for at in range(count)]
        keys((bare, *ours), letters[:6])
        base, *costs = (milliseconds(found) for found in keys((bare, *ours), letters))
        figures = [
            Figure(
                f"key to screen, {lines:,} lines",
                cost / base,
                1.25,
                "x",
                f"{cost:.1f} ms / stock TextArea with {STOCK_LINES} lines {base:.1f} ms",
            )
            for lines, cost in zip(SIZES, costs, strict=True)
        ]
        program = ours[SIZES.index(33_000)]
        enters, again = [], []
        for _ in range(4 if quick else 15):
            enters += keys((program,), [b"\r"])[0]
            again += keys((program,), [b"a", b"b"])[0]
        enter, letter = milliseconds(enters), milliseconds(again)
        note = f"{enter:.1f} ms / letter {letter:.1f} ms"
        return [*figures, Figure("Enter in the middle of 33,000 lines", enter / letter, 2.0, "x", note)]


def measure_bytes(quick: bool) -> list[Figure]:
    """Bytes of a letter with all that follows it: header, counts, outline."""
    with desk() as place, ExitStack() as stack:
        place.project("Pages", 3_300)
        program = connected(place, stack, "Pages")
        go_to(program, middle(3_300))
        letters = (b"night rain on the tin roof " * 5)[: 40 if quick else 120]
        sent = [program.key(letters[at : at + 1], quiet=REST).sent for at in range(len(letters))]
    note = f"median {median(sent):.0f} B; with a rest of {REST} s after each, so that all updates count"
    figure = Figure("bytes a letter, 95th percentile", percentile(sent, 0.95), 600, "B", note)
    return [figure]


BENCHMARKS = (
    Benchmark("keys", "from the key to the changed screen, genko / stock TextArea", measure_keys),
    Benchmark(
        "bytes", "bytes to the terminal for one letter, 120×40, in the middle of a page", measure_bytes
    ),
)
