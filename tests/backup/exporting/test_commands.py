"""`genko backup create` and `estimate`, as they are called from a shell."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from random import Random
from typing import Any

import pytest

from core.backup.archive import open_archive
from core.backup.exporting.estimating import Forecast, estimate, notes
from core.backup.hierarchy.reading import read_hierarchy
from core.backup.work import Work
from core.workspace import Shelf
from tests.backup.exporting.making import PNG, TEXT, project, with_picture
from tui.cli.parser import run_command

Capture = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shelf's own folder is the user's."""
    monkeypatch.setenv("GENKO_HOME", str(tmp_path))
    return tmp_path


def create(*words: str) -> int:
    """Without a server."""
    return run_command(["backup", "create", "--no-server", *words])


def test_a_backup_in_a_folder_said_as_json(shelf: Shelf, folder: Path, capsys: Capture) -> None:
    project(shelf)
    assert create("rêve", "--to", str(folder), "--json", "--label", "draft 1 done") == 0
    told = json.loads(capsys.readouterr().out)
    with open_archive(Path(told["path"]), work=Work()) as archive:
        archive.verify()
        assert archive.manifest.label == "draft 1 done"
        assert (archive.sha256, archive.manifest.reason) == (told["sha256"], "named")


def test_a_project_in_the_trash_can_be_named(shelf: Shelf, folder: Path) -> None:
    shelf.trash(project(shelf))
    assert create("rêve", "--to", str(folder)) == 0


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["nobody"], 1),
        (["--section", "scripts"], 2),
        (["--to", "/nowhere/at/all"], 2),
        (["rêve", "--library"], 2),
        (["--sheet", "sheet.txt"], 2),
    ],
)
def test_what_makes_no_sense_is_one_sentence(
    shelf: Shelf, words: list[str], status: int, capsys: Capture
) -> None:
    project(shelf)
    assert create(*words) == status
    said = capsys.readouterr()
    assert said.err.count("\n") == 1
    assert not said.out


@pytest.mark.soak
def test_an_encrypted_one_with_its_sheet(shelf: Shelf, folder: Path) -> None:
    project(shelf)
    (folder / "secret").write_text("open sesame\n")
    sheet = folder / "sheet.txt"
    words = ["--passphrase-file", str(folder / "secret"), "--sheet", str(sheet)]
    assert create("rêve", "--to", str(folder), *words) == 0
    (path,) = folder.glob("*.age")
    with open_archive(path, work=Work(), passphrase="open sesame") as archive:
        archive.verify()
    assert "AGE-SECRET-KEY" in sheet.read_text().upper()
    assert sheet.stat().st_mode & 0o777 == 0o600


def test_standard_output_gets_the_archive_and_nothing_else(
    shelf: Shelf, folder: Path, tmp_path: Path
) -> None:
    project(shelf)
    done = genko(["backup", "create", "--no-server", "--to", "-"], tmp_path)
    (folder / "streamed").write_bytes(done.stdout)
    with open_archive(folder / "streamed", work=Work()) as archive:
        archive.verify()
    digest = hashlib.sha256(done.stdout).hexdigest()
    assert digest in done.stderr.decode()
    assert "genko backup confirm" in done.stderr.decode()


def test_a_terminal_is_refused(shelf: Shelf, tmp_path: Path) -> None:
    project(shelf)
    ours, theirs = os.openpty()
    try:
        done = genko(["backup", "create", "--no-server", "--to", "-"], tmp_path, stdout=theirs)
    finally:
        os.close(ours)
        os.close(theirs)
    assert done.returncode == 2
    assert b"not for a terminal" in done.stderr


def genko(words: list[str], home: Path, stdout: int = subprocess.PIPE) -> subprocess.CompletedProcess[bytes]:
    """The real program."""
    environment = {**os.environ, "GENKO_HOME": str(home)}
    command = [sys.executable, "-m", "tui", *words]
    return subprocess.run(
        command, stdout=stdout, stderr=subprocess.PIPE, env=environment, timeout=60, check=False
    )


def test_one_document_for_other_programs(shelf: Shelf, folder: Path, capsys: Capture) -> None:
    one = project(shelf)
    with_picture(shelf, one)
    assert create("rêve", "--format", "json", "--to", str(folder / "rêve.json.gz"), "--json") == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    (found,) = read_hierarchy(folder / "rêve.json.gz", work=Work()).projects
    assert (found.script, found.project_id, found.pictures[0].name) == (TEXT, one, "mara.png")
    assert told["checksum"] in gzip.decompress((folder / "rêve.json.gz").read_bytes()).decode()
    assert {"The history of the projects", "The bytes of pictures", "Your settings"} == {
        left["what"] for left in told["left_out"]
    }
    assert create("rêve", "--format", "json", "--to", str(folder / "rêve.json.gz")) == 2, "it is not replaced"
    secret = folder / "passphrase"
    secret.write_text("a passphrase")
    plain = ("rêve", "--format", "json", "--to", str(folder / "other.json"))
    assert create(*plain, "--passphrase-file", str(secret)) == 2, "it would not be encrypted"
    assert not (folder / "other.json").exists()


def various(words: int) -> str:
    """A script that doesn't repeat itself."""
    made = Random(1)
    known = ["".join(made.choices("aeioulmnrst", k=made.randint(2, 8))) for _ in range(800)]
    panels = (f"PANEL 1\n{' '.join(made.choices(known, k=20))}\n" for _ in range(words // 20))
    return "\n".join(f"PAGE {page}\n\n{panel}" for page, panel in enumerate(panels, 1))


def test_an_estimate_says_about_what_it_becomes(shelf: Shelf, folder: Path, capsys: Capture) -> None:
    with_picture(shelf, project(shelf, text=various(3_000)))
    assert run_command(["backup", "estimate", "rêve", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert create("rêve", "--to", str(folder)) == 0
    (made,) = folder.iterdir()
    assert 0.2 < told["bytes"] / made.stat().st_size < 5
    assert told["words"] == shelf.list()[0].words
    assert told["sections"]["media"] == len(PNG)
    part = estimate(shelf, sections=("script",))
    assert part.sections.keys() == {"script"}


@pytest.mark.parametrize(
    ("size", "said"),
    [(9_999_999, 0), (10_000_000, 1), (49_999_999, 1), (50_000_000, 1), (100_000_000, 2)],
)
def test_what_is_said_grows_with_the_size(size: int, said: int) -> None:
    found = notes(Forecast(sections={"media": size}))
    assert len(found) == said
    assert ("pictures" in " ".join(found)) == (said == 2)
    assert ("takes a while" in " ".join(found)) == (size >= 50_000_000)
