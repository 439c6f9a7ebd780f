"""A linked file and its project hold the same words: whatever ends a program, whoever writes."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from core.errors import UsageError
from core.workspace import ProjectSession, Shelf, ShelfEntry, import_file, open_file, open_store
from core.workspace.linkfile import LinkError, has_conflict
from core.workspace.links import Take, all_links, keep_once, link_project, unlink_project
from core.workspace.saving import Inbox
from tests.workspace.conftest import shelf

__all__ = ["shelf"]

SCRIPT = "PAGE 1 :\n\nPANEL 1 :\n(Rain.)\nMIKA : Run.\n\nPANEL 2 :\n(Night.)\n"


class Open:
    """An open project whose inbox stands for the UI's loop."""

    def __init__(self, shelf: Shelf, entry: ShelfEntry) -> None:
        self.inbox = Inbox()
        self.session = ProjectSession.open(shelf, entry.project_id, on_ui=self.inbox.put)
        self.said: list[tuple[str, bool]] = []
        self.session.on_link(lambda sentence, trouble: self.said.append((sentence, trouble)))
        self.idle()

    @property
    def text(self) -> str:
        return self.session.store.text

    def idle(self) -> None:
        keeper = self.session.link
        assert keeper is not None
        assert self.inbox.run_until(lambda: keeper.is_idle, 60)
        self.inbox.run_until(lambda: False, 0)

    def replace(self, old: str, new: str) -> None:
        self.session.store.checkpoint()
        self.session.store.splice(self.text.index(old), len(old), new)

    def save(self) -> None:
        self.session.write_link()
        self.idle()

    def until(self, holds: Callable[[], bool]) -> None:
        assert self.inbox.run_until(holds, 60), self.text


@pytest.fixture
def entry(shelf: Shelf) -> ShelfEntry:
    return shelf.create(title="Rain", text=SCRIPT)


@pytest.fixture
def file(tmp_path: Path, shelf: Shelf, entry: ShelfEntry) -> Path:
    path = tmp_path / "rain.txt"
    link_project(shelf, entry, path)
    return path


@pytest.fixture
def desk(shelf: Shelf, entry: ShelfEntry, file: Path) -> Iterator[Open]:
    desk = Open(shelf, entry)
    yield desk
    desk.session.close()


def test_a_link_writes_the_file_and_each_save_writes_it_again(desk: Open, file: Path) -> None:
    assert file.read_text() == SCRIPT
    file.chmod(0o640)
    desk.replace("Run.", "Run, now.")
    assert file.read_text() == SCRIPT  # typing alone writes nothing
    desk.save()
    assert file.read_text() == SCRIPT.replace("Run.", "Run, now.")
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert [path.name for path in file.parent.iterdir() if "genko" in path.name] == []


def test_both_sides_changes_survive_and_one_undo_takes_theirs_back(desk: Open, file: Path) -> None:
    desk.replace("Run.", "Run, now.")
    file.write_text(SCRIPT.replace("Night.", "Dawn.") + "KEN : Stop.\n")
    both = SCRIPT.replace("Run.", "Run, now.").replace("Night.", "Dawn.") + "KEN : Stop.\n"
    desk.until(lambda: desk.text == both)
    assert file.read_text() == SCRIPT.replace("Night.", "Dawn.") + "KEN : Stop.\n"
    desk.until(lambda: any("changed outside" in sentence for sentence, _ in desk.said))
    # once more, while the script holds words that the file does not
    file.write_text(SCRIPT.replace("Night.", "Dawn.") + "KEN : Stop now.\n")
    desk.until(lambda: desk.text == both.replace("Stop.", "Stop now."))
    desk.session.store.undo()
    assert desk.text == both
    desk.session.store.undo()
    assert desk.text == SCRIPT.replace("Run.", "Run, now.")
    desk.save()
    assert file.read_text() == desk.text


def test_a_save_never_overwrites_what_was_written_outside(desk: Open, file: Path) -> None:
    desk.replace("Run.", "Run, now.")
    file.write_text(SCRIPT + "KEN : Stop.\n")
    desk.save()
    assert file.read_text() == desk.text == SCRIPT.replace("Run.", "Run, now.") + "KEN : Stop.\n"


def test_what_changed_while_genko_was_closed_comes_in_once(
    shelf: Shelf, entry: ShelfEntry, file: Path
) -> None:
    for number in range(3):
        file.write_text(f"TITLE : {number}\n" + SCRIPT)
        for _ in range(2):
            desk = Open(shelf, entry)
            assert desk.text == f"TITLE : {number}\n" + SCRIPT
            desk.session.close()


def test_two_programs_take_an_outside_change_in_once(shelf: Shelf, entry: ShelfEntry, file: Path) -> None:
    first, second = Open(shelf, entry), Open(shelf, entry)
    first.replace("Run.", "Run, now.")  # so that the file's text stands nowhere in the history
    file.write_text(SCRIPT + "KEN : Stop.\n")
    wanted = SCRIPT.replace("Run.", "Run, now.") + "KEN : Stop.\n"
    for _ in range(200):
        first.inbox.run_until(lambda: False, 0.02)
        second.inbox.run_until(lambda: False, 0.02)
        first.session.poll()
        second.session.poll()
        if first.text == second.text == wanted:
            break
    first.save()
    second.save()
    assert first.text == second.text == file.read_text() == wanted
    first.session.close()
    second.session.close()


def test_ends_of_lines_and_encoding_of_the_file_are_kept(shelf: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "vieux.txt"
    path.write_bytes("PAGE 1 :\r\nÉLÉONORE : Où ?\r\n".encode("cp1252"))
    entry, _ = import_file(shelf, path, encoding="cp1252")
    link_project(shelf, entry, path)
    desk = Open(shelf, entry)
    desk.replace("Où", "Là")
    desk.save()
    assert path.read_bytes() == "PAGE 1 :\r\nÉLÉONORE : Là ?\r\n".encode("cp1252")
    desk.replace("Là", "走れ")
    desk.save()
    assert desk.said[-1][1]
    assert "cp1252" in desk.said[-1][0]
    assert path.read_bytes() == "PAGE 1 :\r\nÉLÉONORE : Là ?\r\n".encode("cp1252")
    desk.session.close()


def test_marks_of_a_conflict_are_neither_read_nor_overwritten(desk: Open, file: Path) -> None:
    torn = SCRIPT.replace("(Night.)", "<<<<<<< HEAD\n(Night.)\n=======\n(Dawn.)\n>>>>>>> other")
    assert has_conflict(torn)
    assert not has_conflict("Title\n=======\n\nPAGE 1\n")
    file.write_text(torn)
    desk.until(lambda: any("conflict" in sentence for sentence, _ in desk.said))
    desk.replace("Run.", "Run, now.")
    desk.save()
    assert file.read_text() == torn
    file.write_text(SCRIPT.replace("Night.", "Dawn."))
    desk.until(lambda: "Dawn." in desk.text)
    assert "Run, now." in desk.text
    assert "<<<" not in desk.text


def test_a_file_that_is_gone_is_said_and_written_anew_on_save(desk: Open, file: Path) -> None:
    file.unlink()
    desk.until(lambda: any("is gone" in sentence for sentence, _ in desk.said))
    assert desk.text == SCRIPT
    desk.save()
    assert file.read_text() == SCRIPT


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_takes_nothing_is_said(desk: Open, file: Path) -> None:
    file.parent.chmod(0o500)
    desk.replace("Run.", "Run, now.")
    desk.save()
    file.parent.chmod(0o700)
    assert desk.said[-1][1]


def test_a_folder_that_is_gone_is_said_and_the_words_are_safe(shelf: Shelf, tmp_path: Path) -> None:
    entry = shelf.create(title="Rain", text=SCRIPT)
    folder = tmp_path / "there"
    folder.mkdir()
    link_project(shelf, entry, folder / "rain.txt")
    desk = Open(shelf, entry)
    (folder / "rain.txt").unlink()
    folder.rmdir()
    desk.replace("Run.", "Run, now.")
    desk.save()
    assert desk.said[-1][1]
    assert "safe in the project" in desk.said[-1][0]
    assert desk.session.close()
    assert "Run, now." in open_store(shelf, entry).text


def test_a_symbolic_link_stays_one(shelf: Shelf, entry: ShelfEntry, tmp_path: Path) -> None:
    real, name = tmp_path / "real.txt", tmp_path / "name.txt"
    real.write_text(SCRIPT)
    name.symlink_to(real)
    link_project(shelf, entry, name)
    desk = Open(shelf, entry)
    desk.replace("Run.", "Run, now.")
    desk.save()
    desk.session.close()
    assert name.is_symlink()
    assert real.read_text() == SCRIPT.replace("Run.", "Run, now.")
    other = shelf.create(title="Other", text=SCRIPT)
    hard = tmp_path / "hard.txt"
    os.link(real, hard)
    for path in (real, name, hard):
        with pytest.raises(LinkError, match="another project"):
            link_project(shelf, other, path)


def test_texts_that_never_agreed_are_not_mixed_unasked(
    shelf: Shelf, entry: ShelfEntry, tmp_path: Path
) -> None:
    path = tmp_path / "other.txt"
    path.write_text("PAGE 9 :\n")
    with pytest.raises(LinkError, match="different texts"):
        link_project(shelf, entry, path)
    assert path.read_text() == "PAGE 9 :\n"
    assert all_links(shelf) == []
    link_project(shelf, entry, path, Take.FILE)
    assert open_store(shelf, entry).text == path.read_text() == "PAGE 9 :\n"
    assert unlink_project(shelf, entry) == str(path)
    with pytest.raises(UsageError):
        unlink_project(shelf, entry)
    path.write_text("PAGE 10 :\n")
    link_project(shelf, entry, path, Take.PROJECT)
    assert path.read_text() == "PAGE 9 :\n"


def test_the_file_a_project_came_from_is_merged_when_it_is_linked(shelf: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "rain.txt"
    path.write_text(SCRIPT)
    entry = open_file(shelf, path).entry
    path.write_text(SCRIPT + "KEN : Stop.\n")
    link_project(shelf, entry, path)
    assert open_store(shelf, entry).text == SCRIPT + "KEN : Stop.\n"
    (listed,) = all_links(shelf)
    assert (listed.path, listed.state) == (str(path), "in step")
    path.write_text(SCRIPT)
    assert all_links(shelf)[0].state == "the file has changed"
    assert not open_file(shelf, path).merged  # the open project does it
    keep_once(shelf, entry.project_id, write=False)
    assert open_store(shelf, entry).text == SCRIPT


KILLED = """
import os, sys
from pathlib import Path
from uuid import UUID
from core.paths import Paths
from core.workspace import ProjectSession, Shelf
from core.workspace import linkfile, linkkeeper
from core.workspace.saving import Inbox
home, project, moment = Path(sys.argv[1]), UUID(sys.argv[2]), sys.argv[3]
shelf = Shelf(Paths(home / "data", home / "config", home / "logs", home / "state"))
inbox = Inbox()
session = ProjectSession.open(shelf, project, on_ui=inbox.put)
inbox.run_until(lambda: session.link.is_idle, 60)
session.store.splice(0, 0, "TITLE : Rain\\n")
session.journal.flush()
replace = os.replace
def deadly(a, b):
    if moment == "after":
        replace(a, b)
    os._exit(9)
if moment == "blind":  # the control: a file is written without a word in the journal before
    linkkeeper.LinkKeeper._put = lambda self, facts: None
    deadly_moment, moment = moment, "after"
os.replace = deadly
session.write_link()
inbox.run_until(lambda: False, 20)
"""


@pytest.mark.parametrize("moment", ["before", "after", "blind"])
@pytest.mark.parametrize("outside", [pytest.param("", marks=pytest.mark.soak), "KEN : Stop.\n"])
def test_a_kill_around_the_write_loses_nothing_and_merges_nothing_twice(
    shelf: Shelf, entry: ShelfEntry, file: Path, moment: str, outside: str
) -> None:
    home = shelf.paths.data.parent
    command = [sys.executable, "-c", KILLED, str(home), str(entry.project_id), moment]
    assert subprocess.run(command, check=False).returncode == 9
    assert file.read_text() == (SCRIPT if moment == "before" else "TITLE : Rain\n" + SCRIPT)
    if outside:  # what somebody did to the file before Genko was started again
        file.write_text(file.read_text().replace("TITLE : Rain", "TITLE : Snow") + outside)
    wanted = ("TITLE : Snow\n" if moment != "before" and outside else "TITLE : Rain\n") + SCRIPT + outside
    desk = Open(shelf, entry)
    told = desk.text == wanted
    desk.save()
    desk.session.close()
    assert told or moment == "blind"
    if moment == "blind":
        assert told or outside  # the control: without the intent, the merge is wrong
        assert not (told and outside)
    else:
        assert file.read_text() == wanted
        assert [path.name for path in file.parent.iterdir() if "genko" in path.name] == []


def test_somebody_who_writes_in_the_moment_of_the_write_is_not_overwritten(
    desk: Open, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = os.replace
    calls: list[str] = []

    def late(source: str, target: str) -> None:
        if not calls:
            file.write_text(SCRIPT + "KEN : Stop.\n")
        calls.append(target)
        whole(source, target)

    monkeypatch.setattr("core.workspace.linkfile.os.replace", late)
    desk.replace("Run.", "Run, now.")
    desk.save()
    assert len(calls) == 2
    assert file.read_text() == desk.text == SCRIPT.replace("Run.", "Run, now.") + "KEN : Stop.\n"
