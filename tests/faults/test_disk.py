"""The disk refuses while one writes: the screen says so loudly, and all comes through when it takes again."""

from __future__ import annotations

import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.cli.conftest import Genko
from tests.faults.desk import Desk
from tests.faults.saying import one_sentence
from tests.terminal.pty import Terminal

FEW = "A walk in rain. "
LONG = "A long walk through the rain. " * 4


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Desk]:
    """A desk whose data folder is a file system of 12 MB."""
    data = tmp_path / "home" / "data"
    data.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=12m", "genko-test", str(data)]
    if not shutil.which("mount") or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("mounting a small file system needs root")
    yield Desk(tmp_path)
    subprocess.run(["umount", "-l", str(data)], check=True)


def remount(desk: Desk, mode: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{mode}", str(desk.home / "data")], check=True)


def fill(desk: Desk) -> Path:
    """Take all the room there is."""
    ballast = desk.home / "data" / "ballast"
    with ballast.open("wb", buffering=0) as stream:
        try:
            while stream.write(bytes(4096)) == 4096:
                pass
        except OSError:
            pass
    return ballast


def type_until_refused(terminal: Terminal) -> None:
    """Type marked words until the screen says that they are only in memory."""
    terminal.send("<first")
    for _ in range(400):
        if "only in memory" in terminal.text:
            break
        terminal.send(FEW)  # what was sent in advance has to be typed to its end
        terminal.pump(0.05)
    terminal.wait_for("only in memory")
    terminal.send("\x1b[1;5H<second")  # Ctrl+Home
    terminal.wait_for("<second")


def is_safe(terminal: Terminal) -> bool:
    """By header and status line; a toast may still tell of what is over."""
    header, *_, status, _ = terminal.screen.display
    return "● this disk" in header and "only in memory" not in status


def quits_only_after_a_warning(terminal: Terminal) -> None:
    terminal.send("\x11")
    terminal.wait_for(" Stay ")
    terminal.send("\x1b")
    terminal.wait_for(lambda screen: " Stay " not in screen.text)
    assert terminal.process.poll() is None


def all_came_through(desk: Desk, terminal: Terminal) -> None:
    """The program is killed, so that nothing but what it wrote by itself can be there."""
    terminal.wait_for(is_safe)
    terminal.kill()
    text = desk.text()
    assert text.startswith("<second")
    assert "<first" in text
    assert "MIKA : Run, now." in text
    assert desk.errors() == ""


def test_a_full_disk(small_disk: Desk) -> None:
    with small_disk.open() as terminal:
        terminal.wait_for(is_safe)
        ballast = fill(small_disk)
        type_until_refused(terminal)
        terminal.wait_for("full")
        quits_only_after_a_warning(terminal)
        ballast.unlink()
        all_came_through(small_disk, terminal)


def test_a_disk_that_becomes_read_only(small_disk: Desk) -> None:
    with small_disk.open() as terminal:
        terminal.wait_for(is_safe)
        terminal.send("<first")
        terminal.wait_for("<first")
        with read_only(small_disk):
            type_until_refused(terminal)
            terminal.wait_for("read-only")
        all_came_through(small_disk, terminal)


def test_a_project_on_a_read_only_disk_can_be_read_and_says_so(small_disk: Desk) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk.home / "data")], check=True)
    with small_disk.open() as terminal:
        terminal.wait_for("only in memory")
        remount(small_disk, "rw")
        terminal.send("<late")
        terminal.wait_for("<late")
        terminal.wait_for(is_safe)
        terminal.kill()
    assert small_disk.typed() == "late"


def test_a_file_size_limit(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    with desk.open() as terminal:
        terminal.wait_for(is_safe)
        soft, hard = resource.prlimit(terminal.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(terminal.process.pid, resource.RLIMIT_FSIZE, (4096, hard))
        type_until_refused(terminal)
        quits_only_after_a_warning(terminal)
        # The control: whoever quits in spite of the warning does lose them, they are in memory only.
        left = desk.text_if_killed(tmp_path / "then")
        assert "MIKA : Run, now." in left
        assert "<second" not in left
        resource.prlimit(terminal.process.pid, resource.RLIMIT_FSIZE, (soft, hard))
        all_came_through(desk, terminal)


def move_away(folder: Path) -> None:
    folder.rename(folder.with_name("away"))


def take_away(folder: Path) -> None:
    """`rm -r`, again where the program has put a file into a folder that was just emptied."""
    for _ in range(50):
        with suppress(OSError):
            shutil.rmtree(folder)
            return
    pytest.fail("The folder can't be taken away.")


@pytest.mark.parametrize("lose", [take_away, pytest.param(move_away, marks=pytest.mark.soak)])
def test_a_data_folder_that_vanishes_comes_back_with_every_word(
    tmp_path: Path, lose: Callable[[Path], None]
) -> None:
    desk = Desk(tmp_path)
    with desk.open() as terminal:
        terminal.send("<first ")
        terminal.wait_for("<first")
        terminal.wait_for(is_safe)
        lose(desk.home / "data")
        terminal.send("\x1b[1;5H<second ")
        terminal.wait_for("<second")
        all_came_through(desk, terminal)


def test_a_file_where_the_data_folder_should_be(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    shutil.rmtree(desk.home / "data")
    (desk.home / "data").write_text("not a folder")
    with desk.start() as terminal:
        terminal.wait_for("Nothing here yet")
        terminal.send("n")
        terminal.wait_for("Title of the new project")
        terminal.send("\r")
        terminal.wait_for("home/data")
        terminal.send("\x11")
        assert terminal.wait_exit() == 0
    assert desk.errors() == ""


def test_commands_on_a_folder_that_can_not_be_used(genko: Genko, home: Path, tmp_path: Path) -> None:
    source = tmp_path / "rain.txt"
    source.write_text("PAGE 1 :\n")
    home.mkdir()
    (home / "data").write_text("not a folder")
    assert "can't be used" in one_sentence(genko("import", source))
    assert genko("projects").status == 0
    for command in ("export", "stats", "trash"):
        one_sentence(genko(command, "Rain"))
    for command in ("doctor", "where"):
        assert "Traceback" not in genko(command).err
    assert (home / "data").read_text() == "not a folder"


def test_commands_on_a_full_and_on_a_read_only_disk(genko: Genko, small_disk: Desk, tmp_path: Path) -> None:
    source = tmp_path / "rain.txt"
    source.write_text("PAGE 1 :\n" + LONG * 9000)
    ballast = fill(small_disk)
    assert "full" in one_sentence(genko("import", source, "--as", "New"))
    assert genko("export", "Rain").status == 0
    ballast.unlink()
    assert [entry.title for entry in small_disk.shelf.list()] == ["Rain"]
    remount(small_disk, "ro")
    assert "Read-only" in one_sentence(genko("import", source, "--as", "New"))
    assert "Read-only" in one_sentence(genko("rename", "Rain", "Snow"))
    assert genko("export", "Rain").status == 0
    remount(small_disk, "rw")
    assert [entry.title for entry in small_disk.shelf.list()] == ["Rain"]


@contextmanager
def read_only(desk: Desk) -> Iterator[None]:
    """While open files are written a disk can't be made read-only, but a second look at it can."""
    data = str(desk.home / "data")
    done = subprocess.run(["mount", "-o", "remount,ro", data], check=False, capture_output=True)
    if done.returncode:
        pytest.skip("a disk in use can't be made read-only here")
    yield
    subprocess.run(["mount", "-o", "remount,rw", data], check=True)
