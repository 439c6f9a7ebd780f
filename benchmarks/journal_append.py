"""Edit to acknowledged journal append: alone, and while a second process compacts the same file."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.synchronize import Event
from pathlib import Path

from core.journal import Journal

EDITS = 3000
PAUSE = 0.001
"""Seconds between two edits: far faster than anyone types."""
EDIT_BYTES = 90
SNAPSHOT_BYTES = 500_000
"""What the document of a 300-page script with a long history takes."""
GOALS_MS = {"alone": 1.0, "while a second process compacts": 5.0}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; all times in milliseconds."""

    case: str
    edits: int
    p50_ms: float
    p99_ms: float
    worst_ms: float
    blocked_p99_ms: float
    """How long `append` itself kept the calling thread."""
    compactions: int
    bare_p50_ms: float
    """A bare SQLite INSERT + COMMIT of the same bytes (WAL, synchronous=NORMAL) in the calling thread."""
    bare_p99_ms: float

    @property
    def goal_ms(self) -> float:
        """The goal for p99."""
        return GOALS_MS[self.case]

    @property
    def ratio(self) -> float:
        """How many bare commits a median append costs."""
        return self.p50_ms / self.bare_p50_ms


def rows(edits: int = EDITS) -> list[Row]:
    """Measure both cases on a new project in a temporary folder."""
    measured = []
    for case in GOALS_MS:
        with tempfile.TemporaryDirectory(prefix="genko-bench-") as folder:
            path = Path(folder) / "one.genko"
            Journal.open(path, create=True)[0].close()
            measured.append(_measure(case, path, edits))
    return measured


def _measure(case: str, path: Path, edits: int) -> Row:
    processes = multiprocessing.get_context("spawn")
    stop, ready, count = processes.Event(), processes.Event(), processes.Value("i", 0)
    child = processes.Process(target=_compact_all_the_time, args=(path, ready, stop, count))
    if case != "alone":
        child.start()
        ready.wait(30)
    journal, _ = Journal.open(path)
    acknowledged: list[float] = []
    blocked: list[float] = []
    blob = os.urandom(EDIT_BYTES)
    for _ in range(edits):
        start = time.perf_counter()
        ticket = journal.append(blob)
        handed_over = time.perf_counter()
        if not ticket.wait(30):
            raise RuntimeError("The journal does not answer.")
        acknowledged.append(time.perf_counter() - start)
        blocked.append(handed_over - start)
        time.sleep(PAUSE)
    stop.set()
    journal.close()
    with suppress(AssertionError):  # It was never started.
        child.join(30)
    bare = _bare_commits(path.with_name("bare"), blob, edits // 3)
    return Row(
        case,
        edits,
        _share(acknowledged, 0.5),
        _share(acknowledged, 0.99),
        max(acknowledged) * 1000,
        _share(blocked, 0.99),
        count.value,
        _share(bare, 0.5),
        _share(bare, 0.99),
    )


def _bare_commits(path: Path, blob: bytes, count: int) -> list[float]:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, body BLOB)")
    times = []
    for _ in range(count):
        start = time.perf_counter()
        connection.execute("INSERT INTO t (body) VALUES (?)", (blob,))
        times.append(time.perf_counter() - start)
        time.sleep(PAUSE)
    connection.close()
    return times


def _share(seconds: list[float], share: float) -> float:
    """A percentile, in milliseconds."""
    return sorted(seconds)[min(len(seconds) - 1, int(len(seconds) * share))] * 1000


def _compact_all_the_time(path: Path, ready: Event, stop: Event, count: object) -> None:
    """The second process: writes and compacts without a pause, until it is told to stop."""
    journal, _ = Journal.open(path)
    snapshot = os.urandom(SNAPSHOT_BYTES)
    ready.set()
    while not stop.is_set():
        for _ in range(50):
            journal.append(snapshot[:EDIT_BYTES])
        if journal.compact(lambda blobs: snapshot):
            count.value += 1  # type: ignore[attr-defined]
    journal.close()


def main() -> None:
    """Print the table."""
    for row in rows():
        met = "met" if row.p99_ms <= row.goal_ms else "MISSED"
        print(
            f"append, {row.case}: p50 {row.p50_ms:.3f} ms ({row.ratio:.1f} bare commits), "
            f"p99 {row.p99_ms:.3f} ms (goal {row.goal_ms:g} ms: {met}), worst {row.worst_ms:.1f} ms; "
            f"calling thread p99 {row.blocked_p99_ms:.3f} ms; {row.compactions} compactions meanwhile; "
            f"bare commit p99 {row.bare_p99_ms:.3f} ms"
        )


if __name__ == "__main__":
    main()
