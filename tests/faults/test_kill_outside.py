"""Kill -9 while words come in or go out: a folder import, a linked save, the writer's own editor."""

from __future__ import annotations

import os
import random
import signal
import stat
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from core.errors import DocumentError
from core.journal.making import tidy
from core.workspace import Shelf, ShelfEntry, open_store
from core.workspace.editing import left_over
from core.workspace.links import keep_once, link_project
from tests.cli.conftest import Genko
from tests.faults.desk import SCRIPT, Desk
from tests.faults.test_kill_many_edits import linger

EMPTY_FIRST = """
import time
from core.workspace import shelf
whole = shelf.make_file
def make_file(path, blobs, **known):
    # what an importer does that makes the project first and fills it then
    whole(path, [], facts={})
    time.sleep(2.0)
    path.unlink()
    return whole(path, blobs, **known)
shelf.make_file = make_file
from tui.__main__ import main
main()
"""
"""The program with projects that are made in two steps: the control."""


def folder_of(tmp_path: Path, count: int) -> Path:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(count):
        (folder / f"rain-{number:03}.txt").write_text(SCRIPT * 20)
    return folder


def kill_an_import(folder: Path, after: int, pause: float, command: Sequence[str] = ("-m", "tui")) -> None:
    """Kill the program once so many files are told of, and a moment later."""
    process = subprocess.Popen(
        [sys.executable, *command, "import", str(folder)],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    for _ in range(after):
        process.stdout.readline()
    with suppress(subprocess.TimeoutExpired):
        process.wait(pause)
    process.kill()
    process.communicate()
    assert process.returncode == -signal.SIGKILL


def half(shelf: Shelf) -> list[str]:
    """The projects that are not whole."""
    return [entry.title for entry in shelf.list() if not is_whole(shelf, entry)]


def is_whole(shelf: Shelf, entry: ShelfEntry) -> bool:
    try:
        return (entry.pages, open_store(shelf, entry).text) == (20, SCRIPT * 20)
    except DocumentError:  # nothing in it
        return False


def test_a_killed_import_leaves_whole_projects_and_the_next_one_does_the_rest(
    genko: Genko, shelf: Shelf, tmp_path: Path
) -> None:
    folder = folder_of(tmp_path, 40)
    kill_an_import(folder, 3, 0.0)
    assert 3 <= len(shelf.list()) < 40
    assert half(shelf) == []
    assert genko("import", folder).status == 0
    assert len(shelf.list()) == 40
    assert half(shelf) == []


@pytest.mark.soak
def test_imports_killed_anywhere(genko: Genko, shelf: Shelf, tmp_path: Path) -> None:
    folder, chance = folder_of(tmp_path, 200), random.Random(7)
    for number in range(15):
        kill_an_import(folder, 1 + number * 3, chance.random() * 0.03)
        assert half(shelf) == []
    assert genko("import", folder).status == 0
    assert len(shelf.list()) == 200
    assert half(shelf) == []


@pytest.mark.soak
def test_control_projects_made_in_two_steps_are_seen_half(shelf: Shelf, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, 40)
    kill_an_import(folder, 1, 1.0, ("-c", EMPTY_FIRST))
    assert len(half(shelf)) == 1


def test_what_killed_programs_left_half_made_is_deleted_later(shelf: Shelf) -> None:
    shelf.create(title="Rain", text=SCRIPT)
    old, new = (shelf.paths.projects / f".{name}.genko.7-00.new" for name in ("old", "new"))
    old.write_text("half")
    new.write_text("half")
    os.utime(old, (0, 0))
    tidy.cache_clear()
    shelf.create(title="Snow", text=SCRIPT)
    assert (old.exists(), new.exists()) == (False, True)
    assert [entry.title for entry in shelf.list()] == ["Snow", "Rain"]


# --- the writer's own editor

EDITS = """#!/bin/sh
trap '' HUP
echo "editing $(basename "$1")"
while [ ! -e "$0.go" ]; do sleep 0.02; done
echo "KEN : Written after the kill." >> "$1" && touch "$0.done"
"""


def test_an_editor_that_outlives_a_killed_program_keeps_its_file_and_its_words(tmp_path: Path) -> None:
    desk, editor = Desk(tmp_path), tmp_path / "editor.sh"
    editor.write_text(EDITS)
    editor.chmod(0o755)
    with desk.open(EDITOR=str(editor), VISUAL="") as terminal:
        terminal.send("\x0c8").wait_for("editing rain.txt")
        terminal.kill()
        (lent,) = (desk.home / "state" / "editor").glob("*/rain.txt")
        assert stat.S_IMODE(lent.stat().st_mode) == 0o600
        assert stat.S_IMODE(lent.parent.stat().st_mode) == 0o700
        assert left_over(desk.shelf.paths, desk.project_id) == []  # what the next start asks
        assert lent.read_text() == desk.text()  # unchanged so far, and not taken from under the editor
        Path(f"{editor}.go").touch()
        terminal.wait_for(lambda _: Path(f"{editor}.done").exists())
    assert left_over(desk.shelf.paths, desk.project_id) == [lent]
    assert "KEN : Written after the kill." in lent.read_text()
    assert desk.text() == SCRIPT
    assert "KEN" not in "".join(path.read_text() for path in (desk.home / "logs").iterdir())


# --- a linked save


def kill_a_linked_save(desk: Desk, file: Path, words: str, pause: float) -> None:
    with desk.open() as terminal:
        terminal.send(words).wait_for(words)
        terminal.send("\x13")
        linger(terminal, pause)
        terminal.kill()


@pytest.mark.soak
@pytest.mark.timeout(600)
def test_linked_saves_killed_anywhere_leave_file_and_project_whole(tmp_path: Path) -> None:
    desk, file, chance = Desk(tmp_path), tmp_path / "rain.txt", random.Random(7)
    link_project(desk.shelf, desk.shelf.entry(desk.project_id), file)
    wanted, written = SCRIPT, 0
    for number in range(20):
        before, words = file.read_text(), f"<{number}> "
        kill_a_linked_save(desk, file, words, chance.random() * 0.6)
        wanted = words + wanted
        assert desk.text() == wanted
        assert file.read_text() in (before, wanted)
        written += file.read_text() == wanted
        if number % 3 == 0:  # somebody else goes on with the file as it is
            file.write_text(f"{file.read_text()}KEN : Line {number}.\n")
            wanted += f"KEN : Line {number}.\n"
            keep_once(desk.shelf, desk.project_id, write=False)
        assert desk.text() == wanted
    keep_once(desk.shelf, desk.project_id, write=True)
    assert file.read_text() == desk.text() == wanted
    assert [path.name for path in tmp_path.iterdir() if "genko" in path.name] == []
    assert 0 < written < 20  # the control: kills before and after the write are among them
