"""A folder comes in whole: each file on its own, none twice, and every one is told of."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from core.workspace import Shelf, open_store
from tests.cli.conftest import Genko, genko, home, program, shelf
from tests.terminal.pty import Terminal, plain_environment

__all__ = ["genko", "home", "program", "shelf"]

SCRIPT = "PAGE 1 :\n\nPANEL 1 :\n(Rain.)\nMIKA : Run.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two scripts, a bad one, one deeper down, one hidden, a picture."""
    folder = tmp_path / "scripts"
    (folder / "deeper").mkdir(parents=True)
    (folder / "rain.txt").write_text(SCRIPT)
    (folder / "snow.md").write_text("# PAGE 1\n\n## PANEL 1\n\nMIKA: Run.\n")
    (folder / "bad.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    (folder / "deeper" / "hail.txt").write_text(SCRIPT.replace("Rain", "Hail"))
    (folder / ".hidden.txt").write_text(SCRIPT)
    (folder / "cover.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    return folder


def outcomes(answer: object) -> dict[str, str]:
    assert isinstance(answer, dict)
    return {Path(row["file"]).name: row["outcome"] for row in answer["files"]}


def test_a_bad_file_is_told_of_and_stops_nothing(genko: Genko, folder: Path, shelf: Shelf) -> None:
    ended = genko("import", folder)
    assert ended.status == 1
    assert "2 imported, 1 refused, 1 other file passed over." in ended.out
    assert "bad.txt" in ended.out
    assert "picture" in ended.out
    assert ended.err == ""  # no bar where nobody looks
    assert sorted(entry.title for entry in shelf.list()) == ["rain", "snow"]


def test_the_same_folder_again_makes_no_second_project(genko: Genko, folder: Path, shelf: Shelf) -> None:
    (folder / "bad.txt").unlink()
    assert genko("import", folder, "--recursive").status == 0
    assert len(shelf.list()) == 3
    again = genko("import", folder, "--recursive", "--json")
    assert set(outcomes(again.json()).values()) == {"unchanged"}
    assert again.status == 0
    (folder / "rain.txt").write_text(SCRIPT + "KEN : Stop.\n")
    changed = genko("import", folder, "--json")
    assert outcomes(changed.json()) == {"rain.txt": "changed", "snow.md": "unchanged"}
    assert changed.status == 1
    assert outcomes(genko("import", folder, "--merge", "--json").json())["rain.txt"] == "merged"
    assert "KEN : Stop." in open_store(shelf, shelf.find("rain")).text
    genko("trash", "snow")
    assert outcomes(genko("import", folder, "--json").json())["snow.md"] == "in the trash"
    assert len(shelf.list()) == 2


def test_a_format_that_was_chosen_is_kept_when_the_file_is_read_again(
    genko: Genko, tmp_path: Path, shelf: Shelf
) -> None:
    file = tmp_path / "rain.txt"
    file.write_text("INT. STREET - NIGHT\n\nRain.\n\nMIKA\nRun.\n")
    assert genko("import", tmp_path, "--dialect", "fountain").status == 0
    before = open_store(shelf, shelf.find("rain")).text
    assert before != file.read_text()
    assert outcomes(genko("import", tmp_path, "--json").json()) == {"rain.txt": "unchanged"}
    assert open_store(shelf, shelf.find("rain")).text == before


def test_a_dry_run_of_a_folder_creates_nothing(genko: Genko, folder: Path, shelf: Shelf) -> None:
    ended = genko("import", folder, "--dry-run")
    assert "1 refused, 2 readable" in ended.out
    assert "1 page, 1 panel, 1 balloon, 1 speaker" in ended.out
    assert shelf.list() == []


def test_a_preview_tells_format_language_and_unsure_lines(genko: Genko, tmp_path: Path) -> None:
    file = tmp_path / "rain.txt"
    file.write_text(SCRIPT + "Voice far away : nobody knows\n")
    ended = genko("import", file, "--dry-run")
    assert "would come in with 1 page, 1 panel, 1 balloon, 1 speaker; 1 line I am unsure of." in ended.out
    assert "English" in ended.out
    assert "line 6:" in ended.out
    (told,) = genko("import", file, "--dry-run", "--json").json()
    assert told["unsure"][0]["line"] == 6
    assert told["language"] == "en"
    assert genko("import", file, "--dialect", "cuneiform").status == 2
    assert genko("import", file, "--as", "A", tmp_path).status == 2


def test_the_progress_is_for_a_terminal_only(folder: Path, home: Path) -> None:
    command = [sys.executable, "-m", "tui", "import", str(folder)]
    with Terminal(command, env=plain_environment(GENKO_HOME=str(home), NO_COLOR="1")) as terminal:
        assert terminal.wait_exit() == 1
        assert b"1/3  bad.txt" in terminal.raw
        assert b"\x1b[3" not in terminal.raw


def test_ctrl_c_leaves_whole_projects_only(
    home: Path, tmp_path: Path, shelf: Shelf, program: Callable[..., subprocess.CompletedProcess[bytes]]
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(60):
        (folder / f"rain-{number:02}-{'x' * 120}.txt").write_text(SCRIPT * 20)
    process = subprocess.Popen(
        [sys.executable, "-m", "tui", "import", str(folder)],
        stdout=subprocess.PIPE,
        bufsize=0,
        # who runs the tests in the background may have told them to ignore it
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    if hasattr(fcntl, "F_SETPIPE_SZ"):  # what nobody reads holds it back: it isn't done before the signal
        fcntl.fcntl(process.stdout, fcntl.F_SETPIPE_SZ, 4096)
    for _ in range(3):
        process.stdout.readline()
    process.send_signal(signal.SIGINT)
    process.communicate()
    assert process.returncode == 130
    entries = shelf.list()
    assert 3 <= len(entries) < 60
    assert {(entry.pages, open_store(shelf, entry).text) for entry in entries} == {(20, SCRIPT * 20)}
    assert program("import", folder).returncode == 0
    assert len(shelf.list()) == 60
