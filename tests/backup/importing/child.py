"""Does imports in processes of its own and kills them: `python -m … MODE TEMPLATE OUT SAMPLES`.

All is loaded once; each try is a fork with its own copy of the data folder, killed with SIGKILL at one of
the calls and returns of all functions that the import goes through. Says which were killed, as JSON.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from core.backup.importing import apply_import, plan_import
from core.backup.plan import ImportPlan
from core.workspace.shelf import Shelf
from tests.backup.importing.desk import make_shelf

WATCHED = (
    "core/backup/importing/",
    "core/backup/keeping/",
    "core/backup/archive/writing.py",
    "core/workspace/shelf.py",
    "core/journal/",
    "core/atomic.py",
)
ARCHIVE = "theirs.genko-backup"


def planned(home: Path) -> tuple[Shelf, Path, ImportPlan]:
    """The preview, before anything is counted."""
    shelf = make_shelf(home)
    return shelf, home / ARCHIVE, plan_import(shelf, home / ARCHIVE)


def good(shelf: Shelf, path: Path, plan: ImportPlan) -> None:
    """The import as it is."""
    apply_import(shelf, path, plan)


def naive(shelf: Shelf, path: Path, plan: ImportPlan) -> None:
    """One that takes out what was there and then writes what comes: the control."""
    from core.backup.importing import open_source
    from core.backup.work import Work

    with open_source(path, work=Work()) as source:
        for content in source.projects():
            if content.project_id is None or not shelf.path_of(content.project_id).exists():
                continue
            with shelf.edited(content.project_id) as store:
                store.replace_text("")
            with shelf.edited(content.project_id) as store:
                store.replace_text(content.script or "")


MODES: dict[str, Callable[[Shelf, Path, ImportPlan], None]] = {"good": good, "naive": naive}


def counted(do: Callable[[], None], stop: int) -> int:
    """How many calls and returns `do` goes through in all its threads; killed at number `stop`."""
    seen = 0

    def watch(frame: FrameType, event: str, arg: Any) -> None:
        nonlocal seen
        if event in ("call", "return") and any(part in frame.f_code.co_filename for part in WATCHED):
            seen += 1
            if seen == stop:
                os.kill(os.getpid(), signal.SIGKILL)

    threading.setprofile(watch)
    sys.setprofile(watch)
    try:
        do()
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
    return seen


def forked(mode: str, home: Path, stop: int) -> tuple[int, int]:
    """One try; gives the signal that ended it (0: none) and how many events it went through."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        shelf, path, plan = planned(home)
        seen = counted(lambda: MODES[mode](shelf, path, plan), stop)
        os.write(writing, str(seen).encode())
        os._exit(0)
    os.close(writing)
    _, status = os.waitpid(child, 0)
    with open(reading, "rb") as stream:
        told = stream.read()
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0, int(told or 0)


def main() -> None:
    """Sweep evenly over all events, `SAMPLES` of them."""
    mode, template, out, samples = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4])
    whole = out / f"{mode}-whole"
    shutil.copytree(template, whole)
    _, events = forked(mode, whole, -1)
    told: dict[str, int] = {}
    for number in range(samples):
        home = out / f"{mode}-{number}"
        shutil.copytree(template, home)
        told[home.name], _ = forked(mode, home, 1 + (2 * number + 1) * (events - 1) // (2 * samples))
    json.dump({"events": events, "signals": told}, sys.stdout)


if __name__ == "__main__":
    main()
