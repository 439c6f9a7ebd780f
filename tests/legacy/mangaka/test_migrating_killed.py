"""A migration that is stopped or killed anywhere leaves whole projects, and goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from core.backup.migrating.known import came_in
from core.backup.work import StoppedError, Work
from core.paths import Paths
from core.workspace import Shelf
from tests.legacy.mangaka.migrations import TEXT, bring, flat, look, write
from tests.legacy.mangaka.samples import row_id, script_row
from tests.server.conftest import conninfo, database18, postgres18, template18  # noqa: F401 fixtures


def test_a_run_that_is_stopped_leaves_whole_projects_and_goes_on(shelf: Shelf, tmp_path: Path) -> None:
    rows = [script_row(flat(f"{TEXT}\n{at}"), at, project=row_id(1000 + at)) for at in range(1, 12)]
    dump = write(tmp_path / "dump.json", rows)
    work = Work()

    def tell(step: Any) -> None:
        if step.what == "importing" and step.done == 5:
            work.stop.set()

    work.tell = tell
    with pytest.raises(StoppedError):
        bring(shelf, dump, work=work)
    assert 0 < len(shelf.list()) < 11
    done = bring(shelf, dump)
    assert done.actions["create"] + done.actions["same"] == 11
    assert len(shelf.list()) == 11
    assert look(shelf, dump).complete


CHILD = """
import sys
from pathlib import Path
from core.backup.migrating.running import run
from core.paths import Paths
from core.workspace import Shelf
home = Path(sys.argv[1])
shelf = Shelf(Paths(home / "data", home / "config", home / "logs", home / "state"))
print("go", flush=True)
run(shelf, sys.argv[2], back_up=lambda projects: Path("backup"))
print("done", flush=True)
"""


def killed_run(home: Path, dump: str, files: int) -> bool:
    """A run in a process of its own, killed once so many projects are there; whether that came in time."""
    child = subprocess.Popen([sys.executable, "-c", CHILD, str(home), dump], stdout=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stdout.readline() == b"go\n"
    projects = home / "data" / "projects"
    while child.poll() is None:
        if files == 0 or (projects.is_dir() and len(list(projects.glob("*.genko"))) >= files):
            os.kill(child.pid, signal.SIGKILL)
            break
    child.wait()
    child.stdout.close()
    return child.returncode == -signal.SIGKILL


def test_killed_in_the_middle_and_run_again(tmp_path: Path) -> None:
    _kill_and_go_on(tmp_path, [3], 20)


@pytest.mark.soak
def test_killed_again_and_again(tmp_path: Path) -> None:
    _kill_and_go_on(tmp_path, [0, 1, 2, 5, 8, 13, 21, 34, 39], 45)


def _kill_and_go_on(tmp_path: Path, at: list[int], many: int) -> None:
    home = tmp_path / "home"
    rows = [script_row(flat(f"{TEXT}\nthe {n}. one\n"), n, project=row_id(1000 + n)) for n in range(many)]
    dump = write(tmp_path / "dump.json", rows)
    killed = sum(killed_run(home, dump, files) for files in at)
    assert killed == len(at)
    shelf = Shelf(Paths(home / "data", home / "config", home / "logs", home / "state"))
    bring(shelf, dump)
    keys = came_in(shelf)
    assert len(shelf.list()) == len(keys) == many  # none twice, none missing
    told = look(shelf, dump)
    assert told.complete, told.misses
    assert all(not entry.damaged for entry in shelf.list())
