"""How long an import takes, with the verified backup before it and the save after it, and taking it back."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks import large_book
from benchmarks.backup import shelf_in
from benchmarks.table import Benchmark, Figure
from core.backup.exporting import CreateWishes, create
from core.backup.importing import apply_import, plan_import, undo_import
from core.server import Server, ServerSettings
from core.server.embedded import EmbeddedServer
from core.story import ProjectStore, Section
from core.workspace import open_store
from core.workspace.saving import save_project

GOAL_IMPORT, GOAL_PLAN, GOAL_UNDO = 1.5, 0.5, 1.5


def importing(quick: bool) -> Sequence[Figure]:
    """A book of 300 pages, of which somebody else has changed ten pages and some records."""
    with tempfile.TemporaryDirectory(prefix="genko-bench-") as name:
        folder = Path(name)
        embedded = EmbeddedServer(folder / "server")
        try:
            server = Server(ServerSettings(url=embedded.start()))
            server.start()
            turns = [_turn(folder / str(turn), server) for turn in range(3 if quick else 5)]
        finally:
            embedded.destroy()
    plan, done, taken_back = (median(turn[at] for turn in turns) for at in range(3))
    what = f"of {large_book.PAGES} pages with {large_book.CHARACTERS + 100} records"
    return [
        Figure(
            f"the plan of an import {what}", plan * 1e3, GOAL_PLAN * 1e3, "ms", "verified to its last byte"
        ),
        Figure(
            f"an import {what}", done * 1e3, GOAL_IMPORT * 1e3, "ms", "from its verified backup until saved"
        ),
        Figure("taking it back", taken_back * 1e3, GOAL_UNDO * 1e3, "ms", "with a backup, until saved"),
    ]


def _turn(folder: Path, server: Server) -> tuple[float, float, float]:
    """Seconds of the plan, the import and the undoing."""
    ours, theirs = shelf_in(folder / "ours"), shelf_in(folder / "theirs")
    project = large_book.make(theirs)
    ours.adopt(open_store(theirs, theirs.entry(project)))
    save_project(ours, project, server)
    with theirs.edited(project) as store:
        _change(store)
    path = create(theirs, CreateWishes(folder, (project,))).path
    assert path is not None
    marks = [time.perf_counter()]
    plan = plan_import(ours, path)
    marks.append(time.perf_counter())
    report = apply_import(ours, path, plan, server=server)
    marks.append(time.perf_counter())
    assert report.notes == ()
    undo_import(ours, report.import_id, server=server)
    marks.append(time.perf_counter())
    return marks[1] - marks[0], marks[2] - marks[1], marks[3] - marks[2]


def _change(store: ProjectStore) -> None:
    lines = store.text.split("\n")
    for place in range(10, len(lines), max(1, len(lines) // 10)):
        lines[place] += " And more."
    store.replace_text("\n".join(lines))
    for one in store.characters()[:20]:
        store.update_record(Section.CHARACTERS, one.id, age="40")


BENCHMARKS = (Benchmark("importing", "an import with its backup, until saved", importing),)
