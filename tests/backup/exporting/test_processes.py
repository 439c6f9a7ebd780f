"""Backups while another program writes, with many projects, and killed on the way."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from core.backup.archive import sweep
from core.backup.exporting import create
from core.story import Replica, Section
from core.workspace import Shelf
from tests.backup.exporting.making import contents, files_below, project, wishes

MOST = 120.0
"""Megabytes, most of them Python and Loro themselves."""


def run(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """What host.py does."""
    command = [sys.executable, "-m", "tests.backup.exporting.host", str(home), *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)


def killed_at(shelf: Shelf, home: Path, folder: Path, step: int) -> bool:
    """Whether it was killed at that step; then nothing that counts is left, and nothing at all once swept."""
    before = files_below(shelf.paths.data, shelf.paths.state, folder)
    done = run(home, "die", str(folder), str(step))
    left = files_below(shelf.paths.data, shelf.paths.state, folder) - before
    if done.returncode == 0:
        return False
    assert done.returncode == -9, done.stderr
    assert all(path.name.endswith(".part") for path in left if path.parent == folder)
    assert not any(path.suffix == ".genko-backup" for path in left)
    sweep(folder)
    assert files_below(shelf.paths.data, shelf.paths.state, folder) <= before
    return True


def test_a_kill_leaves_nothing_that_counts(shelf: Shelf, tmp_path: Path, folder: Path) -> None:
    project(shelf)
    assert killed_at(shelf, tmp_path, folder, 3)
    assert contents(create(shelf, wishes(folder)))


@pytest.mark.soak
def test_kills_at_every_step_leave_nothing_that_counts(shelf: Shelf, tmp_path: Path, folder: Path) -> None:
    project(shelf)
    project(shelf, "Two", text=various(Random(1), 200))
    steps = 1
    while killed_at(shelf, tmp_path, folder, steps):
        steps += 1
    assert steps > 6
    assert len(files_below(folder)) == 1, "control: with nobody to kill it there is a backup"


@pytest.mark.soak
def test_another_program_that_writes_all_the_time_is_seen_at_one_moment(
    shelf: Shelf, tmp_path: Path, folder: Path
) -> None:
    one = shelf.create(title="Counted", text="0").project_id
    with shelf.edited(one) as store:
        record = store.add_record(Section.CHARACTERS, notes="0")
    command = [sys.executable, "-m", "tests.backup.exporting.host", str(tmp_path), "write", str(one), record]
    seen = set()
    with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
        try:
            assert writer.stdout is not None
            assert writer.stdout.readline()
            for _ in range(60):
                made = create(shelf, wishes(folder))
                (found,) = contents(made)
                (note,) = found.records[Section.CHARACTERS]
                assert found.script == note.fields["notes"] == Replica(found.document).text
                assert not made.left_out
                seen.add(found.script)
        finally:
            writer.kill()
    assert len(seen) > 5, "control: it did change meanwhile"


def various(made: Random, pages: int) -> str:
    """A script that doesn't repeat itself."""
    known = ["".join(made.choices("aeioulmnrst", k=made.randint(2, 8))) for _ in range(900)]
    return "\n".join(
        f"PAGE {page}\n\nPANEL 1\n{' '.join(made.choices(known, k=150))}\n" for page in range(1, pages + 1)
    )


@pytest.mark.soak
def test_memory_does_not_grow_with_the_library(shelf: Shelf, tmp_path: Path, folder: Path) -> None:
    made, held = Random(2), []
    for more in (20, 180):
        for _ in range(more):
            project(shelf, text=various(made, 40))
        (shelf.paths.state / "backup-memory").unlink(missing_ok=True)
        told = run(tmp_path, "backup", str(folder)).stdout.split()
        held.append(float(told[1]))
    few, many = held
    assert many < MOST
    assert many < few * 1.25
    assert few > 20, "control: it is memory that was measured"


@pytest.mark.soak
def test_a_disk_without_room_for_what_is_read_is_said(shelf: Shelf, tmp_path: Path, folder: Path) -> None:
    project(shelf, text=various(Random(3), 3_000))
    before = files_below(shelf.paths.data, shelf.paths.state, folder)
    done = run(tmp_path, "cramped", str(folder), "1000000")
    assert done.stdout.startswith("NoRoom: There is no room left"), done.stderr
    assert not files_below(folder)
    assert files_below(shelf.paths.state) <= before
    assert not run(tmp_path, "cramped", str(folder), "100000000").stdout, "control: with room it is made"
    assert files_below(folder)
