"""Rows that have no place yet: an import keeps them whole, says where, once however often it is done."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.backup.importing import Given
from core.backup.importing.applying.running import recover
from core.backup.importing.reports.ledger import Ledger
from core.backup.plan import SourceInfo
from core.backup.work import Work
from core.content import Content, Fate, RowFate
from core.errors import GenkoError
from core.legacy import kept
from core.legacy.sniffing import reader_of
from tests.backup.importing.desk import SCRIPT, Desk
from tests.legacy import hub_lib
from tests.legacy.test_hublib import placed


def source_of(path: Path, *projects: Content) -> Given:
    reader = reader_of(path)
    assert reader is not None
    foreign = reader.read(path, work=Work())
    info = SourceInfo(str(path), foreign.system, foreign.form, "a" * 64, path.stat().st_size, "a")
    return Given(info, projects, foreign.rows, foreign.notes)


def test_an_export_is_kept_and_the_report_says_where(desk: Desk, tmp_path: Path) -> None:
    source = source_of(placed(tmp_path, hub_lib.export()))
    report = desk.bring(source)
    (package,) = kept.kept_packages(desk.shelf.paths.data / "kept")
    assert any(str(package.folder) in note for note in report.notes)
    assert len(report.rows) == len(source.rows)
    kept.verify(package, work=Work())
    again = desk.bring(source)
    assert any("was kept before" in note for note in again.notes)
    assert len(kept.kept_packages(desk.shelf.paths.data / "kept")) == 1


def test_where_all_has_a_place_nothing_is_kept(desk: Desk, tmp_path: Path) -> None:
    path = placed(tmp_path, hub_lib.export())
    source = source_of(path)
    placeless = tuple(RowFate(row.where, Fate.NO_PLACE) for row in source.rows)
    desk.bring(Given(source.info, rows=placeless))
    assert not (desk.shelf.paths.data / "kept").exists()


def test_where_it_can_not_be_kept_nothing_is_imported(desk: Desk, tmp_path: Path) -> None:
    (desk.shelf.paths.data).mkdir(parents=True, exist_ok=True)
    (desk.shelf.paths.data / "kept").write_bytes(b"in the way")
    path = placed(tmp_path, hub_lib.export())
    with pytest.raises(GenkoError, match="can't be kept"):
        desk.bring(source_of(path, Content("book", "A storm", script=SCRIPT)))
    assert desk.shelf.list() == []


def test_a_source_that_is_no_file_stays_where_it_is(desk: Desk) -> None:
    info = SourceInfo("a database", "mangaka", "database", "a" * 64, 0, "a")
    report = desk.bring(Given(info, rows=(RowFate("t 1", Fate.KEPT),)))
    assert any("stay where they are" in note for note in report.notes)


def test_what_a_killed_import_left_is_swept_by_the_next_start(desk: Desk, tmp_path: Path) -> None:
    root = desk.shelf.paths.data / "kept"
    desk.bring(source_of(placed(tmp_path, hub_lib.export())))
    (root / ".half.part").mkdir()
    report = desk.bring(source_of(placed(tmp_path, hub_lib.export())))
    assert not (root / ".half.part").exists()
    (root / ".half.part").mkdir()
    recover(desk.shelf)
    assert (root / ".half.part").exists(), "nothing tells that an import was begun"
    Ledger(desk.shelf.paths).begin(report)
    recover(desk.shelf)
    assert not (root / ".half.part").exists()
    assert len(kept.kept_packages(root)) == 1
