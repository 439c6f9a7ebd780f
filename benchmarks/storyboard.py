"""Storyboards of a whole graphic novel: pages a second, and memory at the beginning and at the end."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.table import Benchmark, Figure

GOAL_MS = 200.0
"""Of computing for a page: five a second."""
GOAL_GROWTH = 1.15
_QUICK = 40
"""Pages of a quick look."""


def measure(quick: bool) -> list[Figure]:
    """In a process of its own, so that nothing else is in its memory."""
    figures = []
    for form in ("cbz", "storyboard", "svg"):
        command = [sys.executable, "-m", "benchmarks.storyboard", form, str(_QUICK if quick else 0)]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
        ms, pages, early, late, size = map(float, told)
        what = f"{form} of {pages:.0f} pages at 150 dpi, computing for a page"
        figures.append(Figure(what, ms, GOAL_MS, "ms", f"{1000 / ms:.0f} pages a second, {size:.0f} MB"))
        note = f"{late:.0f} MB / after a tenth {early:.0f} MB"
        figures.append(Figure(f"{form}, memory at the end", late / early, GOAL_GROWTH, "x", note))
    return figures


def _resident() -> float:
    """Megabytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def _draw(form: str, most: int) -> None:
    from benchmarks.large_book import script
    from core.assembly.drawing import DrawingFormat, Options, write_book
    from core.story import ProjectStore
    from core.workspace.storyboards import DrawingWishes, book_of

    store = ProjectStore.create(title="A large book", language="en", direction="ltr")
    store.replace_text(script())
    book = book_of(store, DrawingWishes())
    held: list[float] = []
    options = Options(pages=((1, most),) if most else ())
    with tempfile.TemporaryDirectory() as folder:
        began = time.process_time()
        made = write_book(
            book,
            Path(folder, "out"),
            DrawingFormat(form),
            options,
            progress=lambda done: held.append(_resident()),
        )
        ms = (time.process_time() - began) / made.pages * 1000
    print(ms, made.pages, held[len(held) // 10 + 1], held[-1], made.size / 1e6)


BENCHMARKS: Sequence[Benchmark] = (
    Benchmark("storyboard", "pages drawn a second, and memory: after a tenth / at the end", measure),
)

if __name__ == "__main__":
    _draw(sys.argv[1], int(sys.argv[2]))
