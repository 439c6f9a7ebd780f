"""`genko backup plan`, `import`, `imports`, `undo`, `restore` and `compare`, with honest exit statuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.workspace.files import open_store
from core.workspace.shelf import Shelf
from tests.backup.importing.desk import SCRIPT
from tests.cli.conftest import Genko, genko, home, shelf

__all__ = ["genko", "home", "shelf"]


@pytest.fixture
def file(shelf: Shelf, genko: Genko, tmp_path: Path) -> Path:
    """A backup of one project, which has gone on since."""
    entry = shelf.create(title="A storm", text=SCRIPT)
    target = tmp_path / "mine.genko-backup"
    assert genko("backup", "create", "--to", target, "--no-server").status == 0
    with shelf.edited(entry.project_id) as store:
        store.replace_text(SCRIPT.replace("The door.", "The red door."))
    return target


def text(shelf: Shelf) -> str:
    """The one project's script."""
    (entry,) = shelf.list()
    return open_store(shelf, entry).text


def test_a_plan_says_what_would_happen_and_changes_nothing(genko: Genko, shelf: Shelf, file: Path) -> None:
    told = genko("backup", "plan", file)
    assert told.status == 0
    assert "here already" in told.out
    plan = genko("backup", "plan", file, "--restore", "--json").json()
    assert plan["projects"][0]["action"] == "restore"
    assert "The red door." in text(shelf)


def test_imported_listed_and_taken_back(genko: Genko, shelf: Shelf, file: Path) -> None:
    assert genko("backup", "import", file, "--restore", "--no-server").status == 2, "nobody has agreed"
    assert "The red door." in text(shelf)
    done = genko("backup", "import", file, "--restore", "--yes", "--no-server")
    assert (done.status, text(shelf)) == (0, SCRIPT)
    assert "Backup before it:" in done.out
    assert "pre-import" in genko("backup", "list").out
    report = genko("backup", "imports", "--json").json()[0]
    assert genko("backup", "undo", report["import_id"][:8], "--no-server").status == 0
    assert "The red door." in text(shelf)
    assert genko("backup", "undo", report["import_id"][:8], "--no-server").status == 1


def test_without_a_name_the_last_import_that_changed_something_is_taken_back(
    genko: Genko, shelf: Shelf, file: Path
) -> None:
    for _ in range(2):  # the second changes nothing
        assert genko("backup", "import", file, "--restore", "--yes", "--no-server").status == 0
    looked = genko("backup", "undo", "--dry-run")
    assert (looked.status, "Nothing was changed." in looked.out, "red" in text(shelf)) == (0, True, False)
    told = genko("backup", "undo", "--no-server")
    assert (told.status, "The red door." in text(shelf)) == (0, True)
    again = genko("backup", "undo", "--no-server")
    assert (again.status, "The red door." in text(shelf)) == (1, True), "an undoing is not undone unasked"


def test_a_copy_stands_beside_the_one_that_is_here(genko: Genko, shelf: Shelf, file: Path) -> None:
    assert genko("backup", "import", file, "--as-copy", "--yes", "--no-server").status == 0
    assert sorted("red" in open_store(shelf, entry).text for entry in shelf.list()) == [False, True]


def test_a_page_is_brought_back_and_what_differs_is_told(genko: Genko, shelf: Shelf, file: Path) -> None:
    told = genko("backup", "compare", file)
    assert "PAGE 2" in told.out
    assert "panel 1" in told.out
    assert genko("backup", "restore", file, "--page", "2", "--no-server").status == 0
    assert text(shelf) == SCRIPT
    assert genko("backup", "restore", file, "--page", "99", "--no-server").status == 1
    assert genko("backup", "restore", file, "--no-server").status == 2


def test_what_can_not_be_imported_is_one_sentence(genko: Genko, shelf: Shelf, tmp_path: Path) -> None:
    path = tmp_path / "x.genko-backup"
    path.write_bytes(b"nothing of ours")
    for command in ("plan", "import", "compare"):
        ended = genko("backup", command, path)
        assert ended.status == 1
        assert len(ended.err.splitlines()) == 1
    assert genko("backup", "import", path, "--ours", "--theirs").status == 2
