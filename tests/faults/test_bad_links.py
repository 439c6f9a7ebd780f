"""Something else stands where the linked file was: told in a sentence, left as it is, no word lost."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from core.workspace import Shelf, ShelfEntry, open_store
from core.workspace.links import all_links, link_project
from tests.linking.test_linked import SCRIPT, Open
from tests.workspace.conftest import shelf

__all__ = ["shelf"]

MINE = SCRIPT.replace("Run.", "Run, now.")
TORN = SCRIPT.replace("(Night.)", "<<<<<<< HEAD\n(Night.)\n=======\n(Dawn.)\n>>>>>>> other")


def _folder(file: Path) -> None:
    file.mkdir()
    (file / "inside.txt").write_text("KEN : Stop.\n")


def _loop(file: Path) -> None:
    file.symlink_to(file)


def _sparse(file: Path) -> None:
    with file.open("wb") as stream:
        stream.truncate(5_000_000_000)


REPLACED: dict[str, tuple[Callable[[Path], object], str]] = {
    "folder": (_folder, "folder"),
    "pipe": (os.mkfifo, "pipe"),
    "loop": (_loop, "symbolic links"),
    "5 GB": (_sparse, "5,000 MB"),
    "binary": (lambda file: file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20), "PNG"),
    "other encoding": (lambda file: file.write_bytes("ÉLÉONORE : Où ?\n".encode("cp1252")), "utf-8"),
    "NUL": (lambda file: file.write_text("KEN : \0.\n" + SCRIPT * 9), "NUL"),
    "conflict": (lambda file: file.write_text(TORN), "conflict"),
    "device": (lambda file: file.symlink_to("/dev/zero"), "device"),
}


@pytest.fixture
def entry(shelf: Shelf) -> ShelfEntry:
    return shelf.create(title="Rain", text=SCRIPT)


@pytest.fixture
def file(tmp_path: Path, shelf: Shelf, entry: ShelfEntry) -> Path:
    folder = tmp_path / "there"
    folder.mkdir()
    link_project(shelf, entry, folder / "rain.txt")
    return folder / "rain.txt"


def seen(file: Path) -> tuple[int, int, int, str]:
    """What stands there, without opening it."""
    found = file.lstat()
    return found.st_mode, found.st_ino, found.st_size, os.readlink(file) if file.is_symlink() else ""


def take_away(file: Path) -> None:
    if file.is_dir() and not file.is_symlink():
        shutil.rmtree(file)
    else:
        file.unlink()


def refuses(desk: Open, file: Path, kind: str) -> None:
    """Put something in the file's place; a save has to leave it alone, and say why."""
    make, said = REPLACED[kind]
    take_away(file)
    make(file)
    before, text = seen(file), desk.text
    desk.save()
    sentence, trouble = desk.said[-1]
    assert trouble
    assert said in sentence
    assert "safe in the project" in sentence
    assert "\n" not in sentence
    assert "ÉLÉONORE" not in sentence
    assert desk.text == text
    assert seen(file) == before
    assert {path.name for path in file.parent.iterdir()} == {"rain.txt"}


def comes_back(desk: Open, file: Path) -> None:
    """A file is put there again, with another's change: both texts' words are in both."""
    take_away(file)
    file.write_text(SCRIPT.replace("Night.", "Dawn."))
    both = MINE.replace("Night.", "Dawn.")
    desk.save()
    assert file.read_text() == desk.text == both


def test_what_took_the_files_place_is_told_and_neither_read_nor_overwritten(
    shelf: Shelf, entry: ShelfEntry, file: Path
) -> None:
    desk = Open(shelf, entry)
    desk.replace("Run.", "Run, now.")
    for kind in REPLACED:
        refuses(desk, file, kind)
        (listed,) = all_links(shelf)
        assert listed.state != "in step"
    comes_back(desk, file)
    assert desk.session.close()
    assert open_store(shelf, entry).text == file.read_text()


@pytest.mark.soak
@pytest.mark.parametrize("kind", REPLACED)
def test_the_same_while_the_project_was_closed(
    shelf: Shelf, entry: ShelfEntry, file: Path, kind: str
) -> None:
    take_away(file)
    REPLACED[kind][0](file)
    desk = Open(shelf, entry)
    desk.replace("Run.", "Run, now.")
    refuses(desk, file, kind)
    comes_back(desk, file)
    assert desk.session.close()


# --- two programs and git


KEEPER = """
import sys
from pathlib import Path
from uuid import UUID
from core.paths import Paths
from core.workspace import ProjectSession, Shelf
from core.workspace.saving import Inbox
home, project, name, times = Path(sys.argv[1]), UUID(sys.argv[2]), sys.argv[3], int(sys.argv[4])
inbox = Inbox()
shelf = Shelf(Paths(home / "data", home / "config", home / "logs", home / "state"))
session = ProjectSession.open(shelf, project, on_ui=inbox.put)
for number in range(times):
    session.poll()
    session.store.checkpoint()
    session.store.splice(session.store.text_length, 0, f"{name} : Line {number}.\\n")
    session.write_link()
    inbox.run_until(lambda: False, 0.15)
inbox.run_until(lambda: session.link.is_idle, 60)
assert session.close()
"""
"""A program with the project open that types a line and saves, and again."""
COMMITS = ("Night.", "Dawn.", "Noon.")


@pytest.mark.soak
def test_two_programs_with_one_link_while_git_checks_out_in_a_loop(
    shelf: Shelf, entry: ShelfEntry, tmp_path: Path
) -> None:
    folder = tmp_path / "repository"
    folder.mkdir()
    file = folder / "rain.txt"
    git = partial(subprocess.run, cwd=folder, check=True, capture_output=True)
    git(["git", "init", "-q"])
    for hour in COMMITS:
        file.write_text(SCRIPT.replace("Night.", hour))
        git(["git", "add", "-A"])
        git(["git", "-c", "user.email=a@example.com", "-c", "user.name=A", "commit", "-qm", hour])
        git(["git", "tag", hour.strip(".").lower()])
    file.write_text(SCRIPT)
    link_project(shelf, entry, file)
    home = shelf.paths.data.parent
    keepers = [
        subprocess.Popen([sys.executable, "-c", KEEPER, str(home), str(entry.project_id), name, "20"])
        for name in ("MIKA", "KEN")
    ]
    chance, checkouts = random.Random(7), 0
    while any(keeper.poll() is None for keeper in keepers):
        tag = chance.choice(COMMITS).strip(".").lower()
        done = subprocess.run(["git", "checkout", "-qf", tag], cwd=folder, check=False, capture_output=True)
        checkouts += done.returncode == 0
        with suppress(subprocess.TimeoutExpired):
            keepers[0].wait(chance.random() * 0.5)
    assert [keeper.returncode for keeper in keepers] == [0, 0]
    assert checkouts > 5
    desk = Open(shelf, entry)
    desk.save()
    text = desk.text
    assert desk.session.close()
    assert file.read_text() == text
    typed = Counter(line for line in text.split("\n") if "Line" in line)
    assert max(typed.values(), default=1) == 1  # a checkout may take lines away, even all; none is twice
    assert restored(text, typed) == SCRIPT
    assert sorted(path.name for path in folder.iterdir()) == [".git", "rain.txt"]


def restored(text: str, typed: Counter[str]) -> str:
    """The text without what was typed and without what the versions differ in."""
    kept = [line for line in text.split("\n") if line not in typed]
    for hour in COMMITS:
        kept = [line.replace(hour, COMMITS[0]) for line in kept]
    return "\n".join(kept)
