"""Files: an archive of ours goes out and comes in; with its verified backup; what is none is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.backup.archive import open_archive
from core.backup.exporting import CreateWishes, create
from core.backup.importing import ImportRefusedError, PlanChangedError, apply_import, imports, plan_import
from core.backup.plan import Action, Outcome
from core.backup.work import Work
from core.story import Section
from core.workspace.shelf import Shelf
from tests.backup.importing.desk import SCRIPT, Desk, make_shelf, outcomes


@pytest.fixture
def shelf(desk: Desk) -> Shelf:
    """A shelf with one project."""
    entry = desk.shelf.create(title="A storm", text=SCRIPT)
    with desk.shelf.edited(entry.project_id) as store:
        store.add_record(Section.CHARACTERS, name="Akira", notes="He waits.")
    return desk.shelf


def archive_of(shelf: Shelf, folder: Path) -> Path:
    """A backup of the whole shelf."""
    folder.mkdir()
    made = create(shelf, CreateWishes(folder))
    assert made.path is not None
    return made.path


def test_a_backup_restores_the_same_document_on_another_machine(shelf: Shelf, tmp_path: Path) -> None:
    path = archive_of(shelf, tmp_path / "out")
    elsewhere = make_shelf(tmp_path / "elsewhere")
    plan = plan_import(elsewhere, path)
    report = apply_import(elsewhere, path, plan)
    assert report.projects[0].action is Action.CREATE
    again = archive_of(elsewhere, tmp_path / "again")
    with open_archive(path, work=Work()) as before, open_archive(again, work=Work()) as after:
        assert before.manifest.content_id == after.manifest.content_id
    assert plan_import(elsewhere, path).projects[0].action is Action.SAME
    assert [one.import_id for one in imports(elsewhere)] == [report.import_id]
    assert [one.edited_at for one in elsewhere.list()] == [one.edited_at for one in shelf.list()], (
        "of the words"
    )


def test_before_a_project_is_changed_it_is_backed_up_and_the_backup_verified(
    shelf: Shelf, tmp_path: Path
) -> None:
    path = archive_of(shelf, tmp_path / "out")
    elsewhere = make_shelf(tmp_path / "elsewhere")
    apply_import(elsewhere, path, plan_import(elsewhere, path))
    project = shelf.list()[0].project_id
    with shelf.edited(project) as store:
        store.replace_text(SCRIPT + "\n\nPAGE 4\n\nThe end.")
    newer = archive_of(shelf, tmp_path / "newer")
    plan = plan_import(elsewhere, newer)
    assert outcomes(plan)["PAGE 4"] is Outcome.CREATE
    report = apply_import(elsewhere, newer, plan)
    with open_archive(Path(report.backup), work=Work()) as backup:
        assert backup.manifest.reason == "pre-import"
        assert backup.content(project).script == SCRIPT


def test_another_file_than_the_one_of_the_preview_is_refused(shelf: Shelf, tmp_path: Path) -> None:
    path = archive_of(shelf, tmp_path / "out")
    elsewhere = make_shelf(tmp_path / "elsewhere")
    plan = plan_import(elsewhere, path)
    with shelf.edited(shelf.list()[0].project_id) as store:
        store.splice(0, 0, "More. ")
    path.write_bytes(archive_of(shelf, tmp_path / "newer").read_bytes())
    with pytest.raises(PlanChangedError):
        apply_import(elsewhere, path, plan)
    assert elsewhere.list() == []


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff\xe0 picture", b"<html><body>no</body></html>"])
def test_what_is_no_backup_is_refused_by_what_is_in_it(desk: Desk, tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "mine.genko-backup"
    path.write_bytes(data)
    with pytest.raises(ImportRefusedError):
        plan_import(desk.shelf, path)
