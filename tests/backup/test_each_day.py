"""Each day: what an interrupted import has done is told, whoever looks after the backups."""

from __future__ import annotations

from pathlib import Path

from core.backup.each_day import each_day
from core.backup.exporting import CreateWishes, create
from core.backup.importing import apply_import, plan_import
from core.backup.importing.reports.ledger import Ledger
from core.backup.keeping import wishes_of
from core.backup.work import Work
from core.workspace.shelf import Shelf
from tests.backup.importing.desk import make_shelf


def told(shelf: Shelf) -> tuple[str, ...]:
    """The notes of one day without a backup."""
    return each_day(shelf, wishes_of({"daily": False}, shelf.paths), server=None, work=Work()).notes


def test_an_interrupted_import_is_told_of_once(tmp_path: Path) -> None:
    shelf, folder = make_shelf(tmp_path / "home"), tmp_path / "out"
    shelf.create(title="A storm", text="PAGE 1\n\nRain.")
    folder.mkdir()
    made = create(shelf, CreateWishes(folder))
    assert made.path is not None
    other = make_shelf(tmp_path / "elsewhere")
    report = apply_import(other, made.path, plan_import(other, made.path))
    assert told(other) == (), "it came to its end"
    Ledger(other.paths).begin(report)
    (note,) = told(other)
    assert note.startswith("An import did not come to its end."), note
    assert told(other) == ()
