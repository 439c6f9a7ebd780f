"""Commands about projects do what they say, answer programs in JSON, and fail in one line."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from core.workspace import Shelf, open_store
from tests.cli.conftest import Genko

SCRIPT = "CHAPTER 1 : Rain\n\nPAGE 1 :\n\nPANEL 1 :\n(Rain.)\nMIKA : Run, now.\n\nPANEL 2 :\n(Silence.)\n"


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """A script file."""
    path = tmp_path / "rain.txt"
    path.write_text(SCRIPT)
    return path


def test_a_script_goes_in_and_comes_out_as_it_was(genko: Genko, script: Path, tmp_path: Path) -> None:
    assert genko("import", script, "--as", "Rain").status == 0
    assert genko("export", "Rain").out == SCRIPT
    assert genko("export", "Rain", "--to", tmp_path / "out.txt").status == 0
    assert (tmp_path / "out.txt").read_text() == SCRIPT
    assert genko("export", "Rain", "--to", "-").out == SCRIPT
    assert genko("export", "Rain", "--to", "--force").status == 2


def test_an_export_replaces_nothing_unasked(genko: Genko, script: Path) -> None:
    genko("import", script, "--as", "Rain")
    ended = genko("export", "Rain", "--to", script)
    assert (ended.status, ended.out) == (2, "")
    assert "exists" in ended.err
    assert script.read_text() == SCRIPT


def test_statistics_are_the_same_of_a_project_and_its_file(genko: Genko, script: Path) -> None:
    genko("import", script, "--as", "Rain")
    figures = genko("stats", "Rain", "--json").json()
    assert figures == genko("stats", script, "--json").json()
    assert {"pages", "panels", "chapters", "words", "characters", "dialogues"} <= figures.keys()
    assert (figures["pages"], figures["panels"], figures["chapters"], figures["dialogues"]) == (1, 2, 1, 1)


def test_a_dry_run_creates_nothing(genko: Genko, script: Path, shelf: Shelf) -> None:
    ended = genko("import", script, "--dry-run", "--json")
    assert ended.json()[0]["pages"] == 1
    assert ended.json()[0]["id"] is None
    assert shelf.list() == []


def test_one_bad_file_and_none_comes_in(genko: Genko, script: Path, tmp_path: Path, shelf: Shelf) -> None:
    ended = genko("import", script, tmp_path / "missing.txt")
    assert ended.status == 1
    assert "missing.txt" in ended.err
    assert shelf.list() == []


def test_projects_lists_what_there_is(genko: Genko, script: Path) -> None:
    assert "No projects yet" in genko("projects").out
    assert genko("projects", "--json").json() == []
    genko("import", script, "--as", "Rain")
    (entry,) = genko("projects", "--json").json()
    assert (entry["title"], entry["pages"], entry["panels"]) == ("Rain", 1, 2)
    assert "Rain" in genko("projects").out


def test_rename_duplicate_trash_restore(genko: Genko, script: Path, shelf: Shelf) -> None:
    genko("import", script, "--as", "Rain")
    assert genko("rename", "Rain", "Snow").status == 0
    assert genko("duplicate", "Snow", "--as", "Hail").status == 0
    assert genko("trash", "Snow").status == 0
    assert [entry.title for entry in shelf.list()] == ["Hail"]
    assert genko("restore", "Snow").status == 0
    assert sorted(entry.title for entry in shelf.list()) == ["Hail", "Snow"]
    assert open_store(shelf, shelf.find("Hail")).text == SCRIPT


def test_json_export_is_the_unified_document(genko: Genko, script: Path) -> None:
    genko("import", script, "--as", "Rain")
    document = json.loads(genko("export", "Rain", "--format", "json").out)
    assert document["script"]["content"] == SCRIPT
    assert document["script"]["title"] == "Rain"


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("export", "Nothing"), 1),
        (("export",), 2),
        (("export", "Rain", "--format", "odt"), 2),
        (("fly",), 2),
        (("stats", "/nowhere/at/all.txt"), 1),
        (("import",), 2),
        (("projects", "--jsno"), 2),
    ],
)
def test_what_cannot_be_done_is_one_line_and_a_status(
    genko: Genko, arguments: tuple[str, ...], status: int
) -> None:
    ended = genko(*arguments)
    assert ended.status == status
    assert ended.out == ""
    assert ended.err.startswith("genko: ")
    assert ended.err.count("\n") == 1
    assert "Traceback" not in ended.err


@pytest.mark.parametrize(
    "command",
    ["open", "projects", "import", "export", "stats", "save", "rename", "duplicate", "trash", "restore",
     "db", "doctor", "where"],
)  # fmt: skip
def test_each_command_explains_itself(genko: Genko, command: str) -> None:
    ended = genko(command, "--help")
    assert ended.status == 0
    assert f"genko {command}" in ended.out
    assert len(ended.out.splitlines()) > 3


def test_listing_counting_and_exporting_start_no_server(genko: Genko, script: Path, home: Path) -> None:
    genko("import", script, "--as", "Rain")
    genko("projects")
    genko("stats", "Rain")
    genko("export", "Rain")
    made = {
        path.relative_to(home).parts[1] for path in home.rglob("*") if len(path.relative_to(home).parts) > 1
    }
    assert made == {"projects"}


def test_the_program_itself_ends_as_it_should(
    program: Callable[..., subprocess.CompletedProcess[bytes]], script: Path
) -> None:
    assert program("import", script, "--as", "Rain").returncode == 0
    done = program("export", "Rain")
    assert (done.returncode, done.stdout) == (0, SCRIPT.encode())
    refused = program("open", "Rain")
    assert refused.returncode == 1
    assert refused.stderr.count(b"\n") == 1


def test_a_reader_that_leaves_early_is_no_fault(genko: Genko, tmp_path: Path) -> None:
    big = tmp_path / "big.txt"
    big.write_text("PAGE 1 :\n" + "word " * 100_000)
    genko("import", big, "--as", "Big")
    pipeline = f"{sys.executable} -m tui export Big | head -c 10 > /dev/null; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", pipeline], capture_output=True, check=False)
    assert b"Traceback" not in done.stderr
    assert b"Broken" not in done.stderr


@pytest.mark.parametrize(
    ("where", "status"), [pytest.param(">&-", 0, marks=pytest.mark.soak), ("2>&- >&-", 0), (">/dev/full", 1)]
)
def test_an_output_that_takes_nothing_is_no_fault(
    genko: Genko, script: Path, where: str, status: int
) -> None:
    genko("import", script, "--as", "Rain")
    for command in ("projects", "export Rain"):
        done = subprocess.run(
            ["sh", "-c", f'"$0" -m tui {command} {where}', sys.executable], capture_output=True, check=False
        )
        assert done.returncode == status
        assert b"Traceback" not in done.stderr
