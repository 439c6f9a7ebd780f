"""A linked script under git: an older version that is checked out is an edit, and undo brings mine back."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.workspace import Shelf, open_store
from tests.cli.conftest import Genko, genko, home
from tests.cli.conftest import shelf as cli_shelf
from tests.faults.desk import Desk
from tests.linking.test_linked import SCRIPT, Open
from tests.terminal.pty import Terminal
from tests.workspace.conftest import shelf

__all__ = ["cli_shelf", "genko", "home", "shelf"]

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


class Repository:
    """A folder under git."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self("init", "-q")
        self("config", "user.email", "a@example.com")
        self("config", "user.name", "A")

    def __call__(self, *arguments: str) -> str:
        return subprocess.run(
            ["git", *arguments], cwd=self.folder, capture_output=True, text=True, check=True
        ).stdout

    def commit(self, name: str) -> None:
        self("add", "-A")
        self("commit", "-q", "-m", name)


@pytest.fixture
def git(tmp_path: Path) -> Repository:
    return Repository(tmp_path / "repository")


@pytest.fixture
def desk(shelf: Shelf, git: Repository) -> Iterator[Open]:
    from core.workspace.links import link_project

    entry = shelf.create(title="Rain", text=SCRIPT)
    link_project(shelf, entry, git.folder / "rain.txt")
    git.commit("first")
    desk = Open(shelf, entry)
    yield desk
    desk.session.close()


def test_an_older_version_comes_in_as_an_edit_and_undo_brings_mine_back(desk: Open, git: Repository) -> None:
    desk.replace("Run.", "Run, now.")
    desk.save()
    git.commit("second")
    assert "Run, now." in git("show", "HEAD:rain.txt")
    git("checkout", "-q", "HEAD~1")
    desk.until(lambda: desk.text == SCRIPT)
    desk.idle()
    assert git("status", "--porcelain") == ""  # taking it in writes nothing
    desk.session.store.undo()
    assert "Run, now." in desk.text
    desk.save()
    assert git("status", "--porcelain").strip() == "M rain.txt"


def test_a_merge_of_git_comes_in_and_its_conflicts_do_not(desk: Open, git: Repository) -> None:
    elsewhere = git.folder.with_name("elsewhere")  # somebody else's copy: the linked file stays as it is
    git("worktree", "add", "-q", "-b", "other", str(elsewhere))
    (elsewhere / "rain.txt").write_text(SCRIPT.replace("Night.", "Dawn."))
    git("-C", str(elsewhere), "commit", "-q", "-a", "-m", "dawn")
    desk.replace("Night.", "Late night.")
    desk.save()
    git.commit("late")
    with pytest.raises(subprocess.CalledProcessError):
        git("merge", "other")
    desk.until(lambda: any("conflict" in sentence for sentence, _ in desk.said))
    assert desk.text == SCRIPT.replace("Night.", "Late night.")
    git("checkout", "-q", "--theirs", "rain.txt")
    desk.until(lambda: desk.text == SCRIPT.replace("Night.", "Dawn."))


def test_the_command_line_links_saves_lists_and_ends(genko: Genko, cli_shelf: Shelf, tmp_path: Path) -> None:
    file = tmp_path / "rain.txt"
    cli_shelf.create(title="Rain", text=SCRIPT)
    assert genko("links").out.startswith("No project is linked")
    assert genko("link", "Rain", file).status == 0
    assert file.read_text() == SCRIPT
    (row,) = genko("links", "--json").json()
    assert (row["title"], row["file"], row["state"]) == ("Rain", str(file), "in step")
    cli_shelf.create(title="Other", text="PAGE 1\n")
    refused = genko("link", "Other", file)
    assert (refused.status, refused.err.count("\n")) == (1, 1)
    assert genko("link", "Rain", tmp_path / "b.txt").status == 2
    assert genko("link", "Other", tmp_path).status == 2
    file.write_text(SCRIPT + "KEN : Stop.\n")
    assert "has changed" in genko("links").out
    assert genko("unlink", "Rain").status == 0
    assert "KEN" not in open_store(cli_shelf, cli_shelf.find("Rain")).text
    assert genko("unlink", "Rain").status == 2


def test_in_the_app_a_save_writes_and_an_outside_edit_appears(tmp_path: Path) -> None:
    from core.workspace.links import link_project

    desk = Desk(tmp_path)
    file = tmp_path / "rain.txt"
    link_project(desk.shelf, desk.shelf.entry(desk.project_id), file)
    with desk.open() as terminal:
        terminal.send("<typed ").wait_for("<typed ")
        assert "<typed" not in file.read_text()
        terminal.send("\x13")
        wait_for_file(terminal, file, "<typed ")
        file.write_text(file.read_text().replace("Run, now", "Run, Aya"))
        terminal.wait_for("Run, Aya").wait_for("changed outside")
        terminal.send("\x1a").wait_for("Run, now").send("\x13")
        wait_for_file(terminal, file, "Run, now")


def wait_for_file(terminal: Terminal, file: Path, wanted: str) -> None:
    terminal.wait_for(lambda _: wanted in file.read_text())
