"""Backups, written and read back: of a long book, and of a whole library against pg_dump in the same run."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks import large_book
from benchmarks.library import PAGES, RECORDS, Author, fill
from benchmarks.table import Benchmark, Figure
from core.backup.exporting import CreateWishes, Made, create
from core.paths import Paths
from core.server import Server, ServerSettings
from core.server.embedded import EmbeddedServer, find_binaries
from core.workspace import Shelf

GOAL_PROJECT, GOAL_LIBRARY, GOAL_MEMORY, GOAL_GROWTH, GOAL_PACKED = 0.5, 2.0, 200.0, 1.25, 0.30
PROJECTS = 1_000


def shelf_in(folder: Path) -> Shelf:
    """A shelf of its own."""
    return Shelf(Paths(folder / "data", folder / "config", folder / "logs", folder / "state"))


def project(quick: bool) -> Sequence[Figure]:
    """A book of 300 pages: the first backup of it, and the next one when nothing has changed."""
    with tempfile.TemporaryDirectory(prefix="genko-bench-") as name:
        folder = Path(name)
        shelf = shelf_in(folder)
        wishes = CreateWishes(folder, (large_book.make(shelf),))
        first, again, computed, made = [], [], [], None
        for _ in range(3 if quick else 7):
            (shelf.paths.state / "backup-memory").unlink(missing_ok=True)
            began = time.process_time()
            made = create(shelf, wishes)
            computed.append(time.process_time() - began)
            first.append(made.seconds)
            again.append(create(shelf, wishes).seconds)
        assert made is not None
        note = (
            f"{made.size / 1e3:.0f} kB; {median(computed) * 1e3:.0f} ms of it computing; again, when nothing "
            f"has changed, {median(again) * 1e3:.0f} ms"
        )
        what = f"a backup of {large_book.PAGES} pages with {large_book.CHARACTERS + 100} records, read back"
        return [Figure(what, median(first) * 1e3, GOAL_PROJECT * 1e3, "ms", note), _packed(folder)]


def _packed(folder: Path) -> Figure:
    """How small a script gets that does not repeat itself."""
    shelf = shelf_in(folder / "plain")
    entry = shelf.create(title="Plain", text=Author(99).script(300))
    made = create(shelf, CreateWishes(folder, (entry.project_id,)))
    assert made.path is not None
    with zipfile.ZipFile(made.path) as packed:
        pages = packed.getinfo("data/pages.jsonl")
    share = pages.compress_size / pages.file_size
    note = f"{pages.compress_size / 1e3:.0f} kB / {pages.file_size / 1e3:.0f} kB: {1 - share:.0%} less"
    return Figure("a script's share of its bytes when packed", share, GOAL_PACKED, "x", note)


def library(quick: bool) -> Sequence[Figure]:
    """All that a server has, each time in a process of its own, taking turns with pg_dump."""
    count = 200 if quick else PROJECTS
    with tempfile.TemporaryDirectory(prefix="genko-bench-") as folder:
        dump, backups, few = _both(Path(folder), count, 2 if quick else 3)
    took, memory = median(one[0] for one in backups), max(one[1] for one in backups)
    note = f"{took:.1f} s and {backups[0][2] / 1e6:.0f} MB, read back / {dump:.1f} s"
    what = (
        f"a library of {count:,} projects, {PAGES * count:,} pages, {RECORDS * count:,} records / pg_dump -Fc"
    )
    return [
        Figure(what, took / dump, GOAL_LIBRARY, "x", note),
        Figure("memory for it at its highest", memory, GOAL_MEMORY, "MB", "of the process"),
        Figure("memory for all / for a quarter", memory / few[1], GOAL_GROWTH, "x", f"{few[1]:.0f} MB"),
    ]


Taken = tuple[float, float, int]
"""Seconds, megabytes of memory, bytes of the archive."""


def _both(folder: Path, count: int, turns: int) -> tuple[float, list[Taken], Taken]:
    """Median of the seconds that pg_dump took, the backups, and one of a quarter of the projects."""
    embedded = EmbeddedServer(folder / "server")
    try:
        conninfo = embedded.start()
        server = Server(ServerSettings(url=conninfo))
        server.start()
        fill(server, count)
        dumps, backups = [], []
        for turn in range(turns):
            dumps.append(_dump(conninfo, folder / f"{turn}.dump"))
            backups.append(_backup(conninfo, folder / f"{turn}", 0))
        return median(dumps), backups, _backup(conninfo, folder / "few", count // 4)
    finally:
        embedded.destroy()


def _dump(conninfo: str, target: Path) -> float:
    """Seconds."""
    command = [find_binaries().program("pg_dump"), "-Fc", "-f", str(target), conninfo]
    started = time.perf_counter()
    subprocess.run(command, check=True)
    return time.perf_counter() - started


def _backup(conninfo: str, folder: Path, most: int) -> Taken:
    """Of the first projects, or of all if `most` is 0."""
    folder.mkdir()
    command = [sys.executable, "-m", "benchmarks.backup", str(folder), str(most)]
    environment = {**os.environ, "GENKO_DATABASE_URL": conninfo}
    told = subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout.split()
    return float(told[0]), float(told[1]), int(told[2])


def _make(folder: Path, most: int) -> None:
    """Make one of the server that the environment names, and say what it took."""
    from core.workspace import server_entries

    server = Server(ServerSettings())
    chosen = tuple(entry.project_id for entry in server_entries(server)[:most]) or None
    made: Made = create(shelf_in(folder), CreateWishes(folder, chosen, from_server=True), server=server)
    memory = next(
        int(line.split()[1])
        for line in Path("/proc/self/status").read_text().splitlines()
        if line.startswith("VmHWM")
    )
    print(made.seconds, memory / 1e3, made.size)


BENCHMARKS: Sequence[Benchmark] = (
    Benchmark("backup", "a long book backed up and read back", project),
    Benchmark("library", "a library backed up and read back / pg_dump -Fc of the same", library),
)

if __name__ == "__main__":
    _make(Path(sys.argv[1]), int(sys.argv[2]))
